import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const npx = (...args) => ['npx', ['--no-install', ...args]];

/** Each step is a command; `counts` reads the true counts that its runner wrote, absent means that it is one check. */
const steps = [
  // those that only read run beside each other
  { name: 'types', reads: true, command: npx('tsc', '-p', 'tsconfig.json') },
  { name: 'lint', reads: true, command: npx('eslint', '.', '--max-warnings', '0') },
  { name: 'format', reads: true, command: npx('prettier', '--check', '--log-level', 'warn', '.') },
  {
    name: 'dependencies',
    reads: true,
    command: npx('depcruise', '--config', '.dependency-cruiser.cjs', 'components', 'protocol', 'sync-server'),
  },
  { name: 'unused', reads: true, command: npx('knip', '--no-progress') },
  { name: 'build', command: ['node', ['scripts/build.mjs']] },
  { name: 'stories', command: ['npm', ['run', '--silent', 'stories:build']] },
  { name: 'size', command: npx('size-limit'), counts: undefined },
  { name: 'package', command: ['node', ['scripts/check-package.mjs']] },
  { name: 'server', command: ['npm', ['run', '--silent', 'test:server', '--']], counts: countTap },
  { name: 'unit', command: npx('web-test-runner'), counts: countOwn },
  { name: 'e2e', command: npx('playwright', 'test'), counts: countPlaywright },
];

/** @returns whether anything failed. */
export async function runSteps(only) {
  const unknown = only.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length)
    throw new Error(`No step named ${unknown.join(', ')}; there are ${steps.map((step) => step.name).join(', ')}`);
  const scratch = mkdtempSync(join(tmpdir(), 'cobrowse-test-'));
  const total = { passed: 0, failed: 0 };
  const table = [];
  const wanted = steps.filter(({ name }) => only.length === 0 || only.includes(name));
  const rows = await together(
    wanted.filter(({ reads }) => reads),
    (step) => runStep(step, join(scratch, step.name), 'later'),
  );
  for (const step of wanted.filter(({ reads }) => !reads)) rows.push(await runStep(step, join(scratch, step.name)));
  for (const row of rows) {
    table.push(row);
    total.passed += row.passed;
    total.failed += row.failed;
  }
  rmSync(scratch, { recursive: true, force: true });
  console.log(
    '\n' +
      table
        .map(
          (row) =>
            `${row.failed ? 'FAILED' : 'ok    '}  ${row.name.padEnd(13)} ${String(row.passed).padStart(5)} passed ${String(row.failed).padStart(4)} failed  ${row.seconds.toFixed(0).padStart(4)} s`,
        )
        .join('\n'),
  );
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0;
}

/** As many at a time as there are processors. @returns the results in the order of the steps */
async function together(list, run) {
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < list.length) {
      const at = next++;
      results[at] = await run(list[at]);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

/** @param show `later`: what it prints in one piece, when it is done */
async function runStep({ name, command: [command, args], counts }, file, show = 'now') {
  if (show === 'now') console.log(`\n--- ${name}`);
  const started = Date.now();
  const { status, output } = await run(command, args, { ...process.env, COUNTS_FILE: file }, show);
  if (show === 'later') console.log(`\n--- ${name}\n${output}`);
  const row = { name, seconds: (Date.now() - started) / 1000, ...read(counts, file, output, status) };
  // a runner that fails without a failed test has failed all the same
  if (status !== 0 && row.failed === 0) row.failed = 1;
  return row;
}

function run(command, args, env, show) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', show === 'now' ? 'inherit' : 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      if (show === 'now') process.stdout.write(data);
    });
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ status: 1, output: String(error) }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

function read(counts, file, output, status) {
  if (!counts) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    return counts(file, output);
  } catch (error) {
    console.error(`No counts: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

function countOwn(file) {
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed, failed };
}

function countTap(_file, output) {
  const number = (word) => Number(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? NaN);
  const [passed, failed, cancelled] = [number('pass'), number('fail'), number('cancelled')];
  if (Number.isNaN(passed) || Number.isNaN(failed)) throw new Error('the test runner printed no summary');
  return { passed, failed: failed + (cancelled || 0) };
}

function countPlaywright(file) {
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}
