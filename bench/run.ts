import { chromium } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { browserFlags, chromePath } from '../scripts/browser.mjs';
import { measureControl } from './control.js';
import { measureLaser } from './laser.js';
import { compareLatency, compareMinute } from './measure.js';
import { report, screenReport, serverReport, type Results } from './report.js';
import { createRig, type Rig } from './rig.js';
import { measureScreen } from './screen.js';
import { measureServer, measureSessions } from './server.js';
import { step } from './step.js';

/**
 * `npm run bench`: our kit beside plain rrweb over a WebSocket, in the same run on the same machine. Prints tables and
 * writes `bench/results/latest.json`. `npm run bench -- --seconds 10` shortens the scripted minute. `npm run bench -- screen`
 * measures full device alone, over a real screen of Xvfb's; `npm run bench -- server` the server alone, beside the stock one.
 */
const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '60' } },
  allowPositionals: true,
});
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error('--seconds takes a number');

async function measure(rig: Rig): Promise<Results> {
  return {
    machine: {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      node: process.version,
      browser: rig.browserVersion,
      packages: packageVersions(),
    },
    seconds,
    latency: await compareLatency(rig),
    minute: await compareMinute(rig, seconds),
    laser: await step('laser', 60, () => measureLaser(rig)),
    control: await step('remote control', 90, () => measureControl(rig)),
  };
}

function packageVersions(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies;
}

function keep(name: string, results: unknown): void {
  mkdirSync(new URL('results', import.meta.url), { recursive: true });
  writeFileSync(new URL(`results/${name}.json`, import.meta.url), JSON.stringify(results, null, 2));
}

async function runScreen(): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromePath(), args: browserFlags });
  const results = await step('full device', 180, () => measureScreen(browser)).finally(() => browser.close());
  console.log(screenReport(results));
  keep('screen', results);
}

async function runServer(): Promise<void> {
  const ours = await step('our server', 120, () => measureServer('ours'));
  const stock = await step('the stock server', 120, () => measureServer('stock'));
  const sessions = await step('active sessions', 60, measureSessions);
  console.log(serverReport(ours, stock, sessions));
  keep('server', { ours, stock, sessions });
}

const runs: Record<string, () => Promise<void>> = { screen: runScreen, server: runServer };

async function runAll(): Promise<void> {
  rig = await step('pages, servers and browser', 60, createRig);
  const results = await measure(rig);
  console.log(report(results));
  keep('latest', results);
}

let rig: Rig | undefined;
try {
  await (runs[positionals[0] ?? ''] ?? runAll)();
  process.exitCode = 0;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await step('end', 15, async () => rig?.close()).catch((error: unknown) => console.error(error));
// ends what may still hang, the browser with it
process.exit();
