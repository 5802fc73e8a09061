import { kitPair, plainPair, type Pair, type PairOptions } from './pair.js';
import type { Rig } from './rig.js';
import { spread, type Spread } from './statistics.js';
import { step } from './step.js';

export const probes = 100;
export const kinds = ['text', 'attribute', 'insert'] as const;
/** Pairs that are opened of each, for a median of their first frames. */
const firstFrames = 5;

interface Rival {
  name: string;
  open(rig: Rig): Promise<Pair>;
}
const kit = (name: string, options: PairOptions = {}): Rival => ({ name, open: (rig) => kitPair(rig, options) });
const plain = (name: string, options: PairOptions = {}): Rival => ({ name, open: (rig) => plainPair(rig, options) });

const rivals: readonly Rival[] = [
  kit('Cobrowse Kit'),
  kit('Cobrowse Kit, agent +5 s', { skew: 5000 }),
  kit('Cobrowse Kit, agent -5 s', { skew: -5000 }),
  plain('plain rrweb, live recipe'),
  plain('plain rrweb, tuned', { tuned: true }),
];

export interface Latency {
  name: string;
  firstFrame: Spread;
  latency: Record<(typeof kinds)[number], Spread>;
}

export interface Minute {
  name: string;
  snapshotBytes: number;
  minuteBytes: number;
  bytes: number;
  loadTasks: number[];
  snapshotTasks: number[];
  minuteTasks: number[];
}

export async function compareLatency(rig: Rig): Promise<Latency[]> {
  const results: Latency[] = [];
  for (const rival of rivals) {
    const { name } = rival;
    const taken: number[] = [];
    for (let i = 1; i < firstFrames; i++) {
      const pair = await step(`first frame ${i}: ${name}`, 60, () => rival.open(rig));
      taken.push(pair.firstFrame);
      await pair.close();
    }
    const latency = await step(`latency: ${name}`, 120, () =>
      withPair(rig, rival, (pair) => {
        taken.push(pair.firstFrame);
        return measureLatency(pair);
      }),
    );
    results.push({ name, firstFrame: spread(taken), latency });
  }
  return results;
}

async function measureLatency(pair: Pair): Promise<Latency['latency']> {
  const result = {} as Latency['latency'];
  for (const kind of kinds) {
    await pair.agent.evaluate(() => window.takeSamples());
    await pair.consumer.evaluate(([name, times]) => window.benchPage.probe(name, times), [kind, probes] as const);
    // what is slower than a second is not waited for: it is missing from n
    await pair.agent.waitForTimeout(1200);
    result[kind] = spread(await pair.agent.evaluate(() => window.takeSamples()));
  }
  return result;
}

/** The same scripted minute for both recorders, one after the other. */
export async function compareMinute(rig: Rig, seconds: number): Promise<Minute[]> {
  const results: Minute[] = [];
  for (const rival of [rivals[0]!, rivals[3]!])
    results.push(
      await step(`scripted minute: ${rival.name}`, seconds + 60, () =>
        withPair(rig, rival, (pair) => measureMinute(pair, rival.name, seconds)),
      ),
    );
  return results;
}

async function measureMinute(pair: Pair, name: string, seconds: number): Promise<Minute> {
  const tasks = () => pair.consumer.evaluate(() => window.benchPage.longTasks.splice(0));
  const snapshotTasks = await tasks();
  const before = pair.sentBytes();
  await pair.consumer.evaluate((time) => window.benchPage.minute(time), seconds);
  const bytes = pair.sentBytes();
  const minuteTasks = await tasks();
  const { loadTasks } = pair;
  return { name, snapshotBytes: before, minuteBytes: bytes - before, bytes, loadTasks, snapshotTasks, minuteTasks };
}

async function withPair<Result>(rig: Rig, rival: Rival, use: (pair: Pair) => Promise<Result>): Promise<Result> {
  const pair = await rival.open(rig);
  try {
    return await use(pair);
  } finally {
    await pair.close();
  }
}
