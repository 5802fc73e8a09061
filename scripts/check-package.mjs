import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The shape of the package: every export exists, publint and arethetypeswrong agree, and it can be imported in Node. */
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const problems = [];

for (const [path, target] of Object.entries(manifest.exports)) {
  for (const file of typeof target === 'string' ? [target] : Object.values(target)) {
    if (!file.includes('*') && !existsSync(file)) problems.push(`${path}: ${file} does not exist`);
  }
}

// no side effects and no document needed: a server that renders pages imports them too
for (const file of ['components/index.js', 'components/consumer.js', 'components/agent.js', 'components/testing.js']) {
  check(`import ${file} in Node`, process.execPath, [
    '--input-type=module',
    '-e',
    `await import('./dist/esm/${file}')`,
  ]);
}
for (const file of ['index.js', 'token.js']) {
  check(`import server/${file}`, process.execPath, [
    '--input-type=module',
    '-e',
    `await import('./dist/server/${file}')`,
  ]);
}
check('publint', 'npx', ['--no-install', 'publint', '--strict']);
check('arethetypeswrong', 'npx', [
  '--no-install',
  'attw',
  '--pack',
  '.',
  '--profile',
  'esm-only',
  '--quiet',
  '--exclude-entrypoints',
  'mirror-frame.html',
  'custom-elements.json',
  'themes',
]);

function check(name, command, args) {
  try {
    execFileSync(command, args, { stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    problems.push(`${name}: ${error.stdout ?? ''}${error.stderr ?? error.message}`);
  }
}

console.log(problems.length ? problems.join('\n') : 'The package is in shape');
process.exitCode = problems.length ? 1 : 0;
