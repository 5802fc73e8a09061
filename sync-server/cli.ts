#!/usr/bin/env node
import { openAuditLog } from './audit-log.js';
import { helpText, readCommand, type Command } from './command-line.js';
import { createSyncServer } from './index.js';
import { createLog } from './log.js';
import { ConfigurationError, DEV_SECRET } from './options.js';

const graceMs = 5000;

async function main(): Promise<void> {
  const command = readCommand(process.env, process.argv.slice(2));
  if (command.help) process.stdout.write(helpText());
  else if (command.printConfig) process.stdout.write(`${JSON.stringify(command.shown, null, 2)}\n`);
  else await start(command);
}

async function start({ options: { logLevel, auditLog, drainDelay = 3, ...options } }: Command): Promise<void> {
  const log = createLog(logLevel);
  const audit = auditLog === undefined ? undefined : openAuditLog(auditLog);
  const server = createSyncServer({ ...options, logger: log, ...(audit ? { onAudit: audit.write } : {}) });
  if (options.insecureDev) console.warn(`Tokens may be signed with the well-known secret "${DEV_SECRET}".`);
  await server.listen();
  let stopping = false;
  const stop = (signal: string) => {
    // the second time somebody is in a hurry
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    // a person at a terminal doesn't wait for whoever deals out connections
    const drainMs = signal === 'SIGTERM' ? drainDelay * 1000 : 0;
    void server.close({ graceMs, drainMs }).then(() => {
      audit?.close();
      process.exit(0);
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || (error instanceof Error && 'code' in error);
  const message = known ? error.message : error instanceof Error ? error.stack : String(error);
  console.error(`cobrowse-sync-server: ${message}`);
  process.exit(1);
});
