import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { test, type TestContext } from 'node:test';
import { LIMITS } from '../protocol/index.js';
import { helpText, readCommand } from './command-line.js';
import { SETTINGS } from './settings.js';
import { open, secret, until } from './testing/rig.js';

function folder(t: TestContext): string {
  const path = mkdtempSync(joinPath(tmpdir(), 'cobrowse-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const problems = (environment: Record<string, string>, argv: string[] = []): string[] => {
  try {
    readCommand(environment, argv);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

test('every setting, from the environment', () => {
  const { options } = readCommand(
    {
      PORT: '9000',
      HOST: '0.0.0.0',
      COBROWSE_SECRET: 'one,two',
      COBROWSE_ALLOWED_ORIGINS: 'https://a.example, https://*.b.example,null',
      COBROWSE_TOKEN_LEEWAY: '5',
      COBROWSE_REQUEST_TIMEOUT: '60',
      COBROWSE_SESSION_MAX: '100',
      COBROWSE_TRUST_PROXY: 'true',
      COBROWSE_MODES: 'screen-share',
      COBROWSE_MAX_SESSIONS: '7',
      COBROWSE_MAX_MIRROR_FRAME_BYTES: '1000',
      LOG_LEVEL: 'warn',
      HOME: '/somewhere',
    },
    [],
  );
  assert.deepEqual(options, {
    port: 9000,
    host: '0.0.0.0',
    secret: ['one', 'two'],
    allowedOrigins: ['https://a.example', 'https://*.b.example', 'null'],
    leeway: 5,
    settings: { requestSeconds: 60, sessionSeconds: 100 },
    trustProxy: 1,
    modes: ['screen-share'],
    limits: { sessions: 7, mirrorFrameBytes: 1000 },
    logLevel: 'warn',
  });
});

test('flags of the same name count more', () => {
  const argv = ['--port', '1', '--request-timeout=9', '--max-sessions', '3', '--insecure-dev', '--secret', 'flag'];
  const { options } = readCommand({ PORT: '9000', COBROWSE_REQUEST_TIMEOUT: '60', COBROWSE_SECRET: 'env' }, argv);
  assert.equal(options.port, 1);
  assert.deepEqual(options.secret, ['flag']);
  assert.equal(options.insecureDev, true);
  assert.deepEqual([options.settings, options.limits], [{ requestSeconds: 9 }, { sessions: 3 }]);
});

test('secrets from files', (t) => {
  const file = joinPath(folder(t), 'secret');
  writeFileSync(file, 'from a file\nand an older one\n');
  const secrets = ['from a file', 'and an older one'];
  assert.deepEqual(readCommand({ COBROWSE_SECRET_FILE: file }, []).options.secret, secrets);
  assert.deepEqual(readCommand({}, ['--secret-file', file]).options.secret, secrets);
  assert.match(problems({ COBROWSE_SECRET_FILE: `${file}.not` })[0]!, /can’t be read/);
  assert.match(problems({ COBROWSE_SECRET_FILE: file, COBROWSE_SECRET: 'x' })[0]!, /both set/);
});

test('what is wrong is named, all of it at once', () => {
  const found = problems(
    { COBROWSE_REDIS_URL: 'redis://x', COBROWSE_SECRT: 'x', PORT: 'abc', LOG_LEVEL: 'loud', COBROWSE_MODES: 'tv' },
    ['--max-session', '3', '--redis-url', 'x', '--host'],
  );
  for (const word of ['COBROWSE_REDIS_URL is not in this version', 'unknown setting COBROWSE_SECRT', '"abc"', '"loud"'])
    assert.ok(
      found.some((line) => line.includes(word)),
      word,
    );
  for (const word of [
    '"tv"',
    'unknown flag --max-session',
    '--redis-url is not in this version',
    '--host needs a value',
  ])
    assert.ok(
      found.some((line) => line.includes(word)),
      word,
    );
});

test('the configuration in force is shown without secrets', () => {
  const { shown, printConfig } = readCommand({ COBROWSE_SECRET: 'hush', COBROWSE_METRICS_TOKEN: 'hush' }, [
    '--print-config',
  ]);
  assert.equal(printConfig, true);
  assert.doesNotMatch(JSON.stringify(shown), /hush/);
  assert.equal(shown['COBROWSE_SECRET'], '[hidden]');
  assert.equal(shown['COBROWSE_MAX_SESSIONS'], LIMITS.sessions);
  assert.equal(shown['COBROWSE_REQUEST_TIMEOUT'], 120);
});

test('help names every setting', () => {
  for (const { env } of SETTINGS) assert.ok(helpText().includes(env));
});

interface Started {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

function startCommand(t: TestContext, environment: Record<string, string>, argv: string[] = []): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sync-server/cli.ts', ...argv], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  t.after(() => child.kill('SIGKILL'));
  return { child, output: () => output, ended };
}

test('the command starts, serves, audits, and stops when told', async (t) => {
  const audit = joinPath(folder(t), 'audit.jsonl');
  const environment = { PORT: '0', COBROWSE_SECRET: secret, COBROWSE_AUDIT_LOG: audit, COBROWSE_DRAIN_DELAY: '0' };
  const command = startCommand(t, environment);
  await until(() => /"port":\d+/.test(command.output()), 'listening', 15_000);
  const port = Number(/"port":(\d+)/.exec(command.output())![1]);
  const rig = { url: `ws://127.0.0.1:${port}` };
  assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
  const agent = await open(t, rig, { role: 'agent' });
  command.child.kill('SIGTERM');
  assert.deepEqual(await agent.closed, { code: 4503, reason: 'server-draining' });
  assert.equal(await command.ended, 0);
  const records = readFileSync(audit, 'utf8').trim().split('\n').map((text) => JSON.parse(text) as { event: string }); // prettier-ignore
  assert.deepEqual(records.map(({ event }) => event), ['open', 'join', 'leave']); // prettier-ignore
  assert.doesNotMatch(command.output() + JSON.stringify(records), /eyJ|a secret of the tests/);
});

test('the command says why it does not start', async (t) => {
  const [keyless, typo] = [startCommand(t, {}), startCommand(t, { COBROWSE_SECRET: secret, COBROWSE_PROT: '1' })];
  assert.equal(await keyless.ended, 1);
  assert.match(keyless.output(), /no key: set COBROWSE_SECRET/);
  assert.equal(await typo.ended, 1);
  assert.match(typo.output(), /unknown setting COBROWSE_PROT/);
});

test('the documentation names every setting, and none that isn’t there', () => {
  const page = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
  const named = new Set(
    page.match(/COBROWSE_[A-Z_]+[A-Z]|`(PORT|HOST|LOG_LEVEL)`/g)?.map((name) => name.replaceAll('`', '')),
  );
  for (const { env } of SETTINGS) assert.ok(page.includes(`\`${env}\``), env);
  named.delete('COBROWSE_REDIS_URL');
  for (const name of named)
    assert.ok(
      SETTINGS.some(({ env }) => env === name),
      name,
    );
});
