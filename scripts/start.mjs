import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { ensurePackages, run } from './prepare.mjs';

/**
 * `npm start`: on a fresh clone too. Installs what is missing, builds what is older than its sources, and runs the demo:
 * the shop, the desk and the sync server. Arguments go to the demo, such as `npm start -- --shop-port 9000`.
 */
process.chdir(new URL('..', import.meta.url).pathname);
ensurePackages();
if (isBuildOld()) {
  console.log('Building the kit ...');
  run('npm', ['run', '--silent', 'build']);
}

const demo = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl+C reaches the demo by itself, as it is in the same terminal; it ends in order, and then we do
process.on('SIGINT', () => {});
process.on('SIGTERM', () => demo.kill('SIGTERM'));
demo.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function isBuildOld() {
  // the manifest is what a build writes last: it is missing after one that failed
  const outputs = ['dist/cdn/consumer.js', 'dist/cdn/agent.js', 'dist/custom-elements.json'];
  if (!outputs.every((file) => existsSync(file))) return true;
  const built = statSync(outputs[2]).mtimeMs;
  const sources = ['rollup.config.mjs', 'scripts/build.mjs', 'package-lock.json'];
  return [...sources, ...filesIn('components'), ...filesIn('protocol'), ...filesIn('sync-server')].some(
    (file) => statSync(file).mtimeMs > built,
  );
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}
