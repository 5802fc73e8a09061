import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The tests that run in Node: protocol, server, demo, build, and what is named `*.node.test.ts`. Node 20 expands no globs. */
function find(folder, isTest) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => !file.includes('node_modules') && isTest(file));
}

const files = [
  ...['protocol', 'sync-server', 'demo', 'scripts'].flatMap((folder) =>
    find(folder, (file) => file.endsWith('.test.ts')),
  ),
  ...find('components', (file) => file.endsWith('.node.test.ts')),
];
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-concurrency=2', ...process.argv.slice(2), ...files],
  {
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
