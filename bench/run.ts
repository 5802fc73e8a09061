import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureLaser } from './laser.js';
import { kitPair, plainPair, type Pair, type PairOptions } from './pair.js';
import { createRig, type Rig } from './rig.js';
import { round, spread, table, type Spread } from './statistics.js';

/**
 * `npm run bench`: our kit beside plain rrweb over a WebSocket, in the same run on the same machine. Prints a table and writes
 * `bench/results/latest.json`. `npm run bench -- --seconds 10` shortens the scripted minute.
 */
const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1] || 60);
const probes = 100;
const kinds = ['text', 'attribute', 'insert'] as const;

type MakePair = (rig: Rig, options?: PairOptions) => Promise<Pair>;
const rivals: readonly { name: string; make: MakePair; options: PairOptions }[] = [
  { name: 'Cobrowse Kit', make: kitPair, options: {} },
  { name: 'Cobrowse Kit, agent +5 s', make: kitPair, options: { skew: 5000 } },
  { name: 'Cobrowse Kit, agent -5 s', make: kitPair, options: { skew: -5000 } },
  { name: 'plain rrweb, live recipe', make: plainPair, options: {} },
  { name: 'plain rrweb, tuned', make: plainPair, options: { tuned: true } },
];

async function measureLatency(pair: Pair): Promise<Record<string, Spread>> {
  const result: Record<string, Spread> = {};
  for (const kind of kinds) {
    await pair.agent.evaluate(() => window.takeSamples());
    await pair.consumer.evaluate(([name, times]) => window.benchPage.probe(name as 'text', times as number), [
      kind,
      probes,
    ] as const);
    // what is slower than a second is not waited for: it is missing from n
    await pair.agent.waitForTimeout(1200);
    result[kind] = spread(await pair.agent.evaluate(() => window.takeSamples()));
  }
  return result;
}

async function compareLatency(rig: Rig) {
  const results = [];
  for (const { name, make, options } of rivals) {
    const pair = await make(rig, options);
    results.push({ name, firstFrame: pair.firstFrame, latency: await measureLatency(pair) });
    await pair.close();
  }
  return results;
}

/** The same scripted minute for both recorders, one after the other. */
async function compareMinute(rig: Rig) {
  const results = [];
  for (const { name, make } of [rivals[0]!, rivals[3]!]) {
    const pair = await make(rig);
    const first = await pair.consumer.evaluate(() => window.benchPage.longTasks.splice(0));
    const before = pair.sentBytes();
    await pair.consumer.evaluate((time) => window.benchPage.minute(time), seconds);
    const later = await pair.consumer.evaluate(() => window.benchPage.longTasks);
    results.push({
      name,
      snapshotBytes: before,
      minuteBytes: pair.sentBytes() - before,
      bytes: pair.sentBytes(),
      snapshotTasks: first,
      minuteTasks: later,
    });
    await pair.close();
  }
  return results;
}

const rig = await createRig();
try {
  const latency = await compareLatency(rig);
  const minute = await compareMinute(rig);
  const laser = await measureLaser(rig);
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, packages: packageVersions() };
  print(latency, minute, laser);
  mkdirSync(new URL('results', import.meta.url), { recursive: true });
  writeFileSync(
    new URL('results/latest.json', import.meta.url),
    JSON.stringify({ machine, seconds, latency, minute, laser }, null, 2),
  );
} finally {
  await rig.close();
}

function print(
  latency: Awaited<ReturnType<typeof compareLatency>>,
  minute: Awaited<ReturnType<typeof compareMinute>>,
  laser: Spread,
): void {
  for (const kind of kinds) {
    console.log(
      table(
        `Change on the page -> same change in the agent's DOM, ${kind} (ms, ${probes} changes)`,
        latency.map(({ name, latency: by }) => ({ what: name, ...by[kind]! })),
      ),
    );
  }
  console.log(
    table(
      'View -> page of 6,000 nodes in the mirror (ms)',
      latency.map(({ name, firstFrame }) => ({ what: name, ms: firstFrame })),
    ),
  );
  const plain = minute[1]!;
  console.log(
    table(
      `Bytes sent by the consumer's page in ${seconds} s`,
      minute.map((row) => ({
        what: row.name,
        snapshot: row.snapshotBytes,
        after: row.minuteBytes,
        all: row.bytes,
        'plain / this': round(plain.bytes / row.bytes),
        'after only': round(plain.minuteBytes / row.minuteBytes),
      })),
    ),
  );
  const tasks = (list: number[]) => `${list.length} (longest ${round(Math.max(0, ...list), 0)} ms)`;
  console.log(
    table(
      'Long tasks on the consumer’s page',
      minute.map((row) => ({
        what: row.name,
        'load and snapshot': tasks(row.snapshotTasks),
        later: tasks(row.minuteTasks),
      })),
    ),
  );
  console.log(
    table('Laser: pointer at the agent -> drawn on the consumer’s page (ms)', [{ what: 'Cobrowse Kit', ...laser }]),
  );
}

function packageVersions(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies;
}
