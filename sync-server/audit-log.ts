import { closeSync, openSync, writeSync } from 'node:fs';
import { ConfigurationError, type AuditRecord } from './options.js';

/** Who joined, asked, answered, had control, was refused: one JSON line each. No page content, no address, no token. */
export interface AuditLog {
  write(record: AuditRecord): void;
  close(): void;
}

/** @param path a file, which is continued; `-` is standard output. @throws {ConfigurationError} */
export function openAuditLog(path: string): AuditLog {
  if (path === '-') return { write: (record) => void process.stdout.write(line(record)), close: () => undefined };
  try {
    const file = openSync(path, 'a', 0o600);
    // written at once: a record that waits in memory is lost in the crash that it would explain
    return { write: (record) => void writeSync(file, line(record)), close: () => closeSync(file) };
  } catch (cause) {
    throw new ConfigurationError(`COBROWSE_AUDIT_LOG: the file ${path} can’t be written`, { cause });
  }
}

function line(record: AuditRecord): string {
  return `${JSON.stringify(record)}\n`;
}
