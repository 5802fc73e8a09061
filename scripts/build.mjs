import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, rmSync } from 'node:fs';

/** Builds all of `dist/`: bundles, modules, declarations, the server, the mirror's frame, the manifest. */
function run(command, ...args) {
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${command} failed`);
    process.exit(status ?? 1);
  }
}

rmSync('dist', { recursive: true, force: true });
run('rollup', '--config', 'rollup.config.mjs', '--silent');
run('tsc', '--project', 'tsconfig.build.json');
copyFileSync('components/mirror/mirror-frame.html', 'dist/mirror-frame.html');
copyFileSync('components/mirror/mirror-frame.html', 'dist/cdn/mirror-frame.html');
cpSync('components/themes', 'dist/themes', { recursive: true, filter: (file) => !file.endsWith('.ts') });
chmodSync('dist/server/cli.js', 0o755);
run('cem', 'analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet');
