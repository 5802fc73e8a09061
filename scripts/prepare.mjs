import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { hasBrowser } from './browser.mjs';

const installed = 'node_modules/.package-lock.json';

/** Runs a command with its output shown; throws when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` with ${status}`}`);
}

/** Installs the packages when they are missing or older than the lock file. */
export function ensurePackages() {
  const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
  if (fresh) return;
  console.log('Installing packages ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Installs Debian's Chromium when there is no browser and this is a Debian where we may. */
export function ensureBrowser() {
  if (hasBrowser()) return;
  if (process.env.CHROME_PATH) throw new Error(`CHROME_PATH is ${process.env.CHROME_PATH}, which can't be run`);
  install('chromium', 'fonts-dejavu-core', 'fonts-noto-core');
  if (!hasBrowser()) throw new Error('No browser: install the package chromium, or set CHROME_PATH');
}

/** The same with the screen without a monitor that the tests of full device capture, and with what a native shell would send it by. */
export function ensureDisplay() {
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error) install('xvfb');
  if (spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).error) install('ffmpeg');
}

/** Packages of Debian. */
function install(...packages) {
  console.log(`Installing Debian's ${packages[0]} ...`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const aptGet = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    run(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
