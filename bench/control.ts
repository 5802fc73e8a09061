import type { CDPSession, Page } from '@playwright/test';
import { dispatch, kitPair, waitForState, type Pair } from './pair.js';
import type { Rig } from './rig.js';
import { round, spread, type Spread } from './statistics.js';

const clicks = 60;
const moveSeconds = 5;
const movesPerSecond = 60;

/** Remote control, milliseconds: the agent's real mouse, on a page of 6,000 nodes. */
export interface Control {
  /** The agent lets the button go -> the page's click handler runs. */
  handler: Spread;
  /** The same -> what the handler changed is in the agent's DOM. */
  seen: Spread;
  /** What each of 60 moves a second over the page's cards adds to the main thread of the consumer's page. */
  move: number;
}

export async function measureControl(rig: Rig): Promise<Control> {
  const pair = await kitPair(rig);
  await grant(pair);
  const delays = await measureClicks(pair);
  const move = await measureMoves(pair);
  await pair.close();
  return { ...delays, move };
}

async function grant({ consumer, agent }: Pair): Promise<void> {
  await dispatch(agent, { type: 'request', mode: 'remote-control' });
  const request = await consumer.waitForFunction(
    () => {
      const { store } = document.querySelector<HTMLElement & { store: SessionStore }>('cobrowse-session')!;
      return store.getState().request?.id;
    },
    undefined,
    { polling: 20 },
  );
  await dispatch(consumer, { type: 'answer', requestId: await request.jsonValue(), decision: 'allow' });
  await waitForState(agent, 'mode', 'remote-control');
  await agent.waitForFunction(() => document.querySelector('cobrowse-agent-view')?.matches(':state(controlling)'));
}

interface SessionStore {
  getState(): { request: { id: string } | null };
}

/** One after the other: each waits until the agent has seen what the last one did. */
async function measureClicks({ consumer, agent }: Pair): Promise<Pick<Control, 'handler' | 'seen'>> {
  await consumer.evaluate(() => {
    const probe = document.querySelector('#probe')!;
    const times: number[] = [];
    Object.assign(window, { times });
    document.querySelector('article button')!.addEventListener('click', () => {
      times.push(performance.timeOrigin + performance.now());
      probe.firstChild!.nodeValue = `click ${times.length}`;
    });
  });
  await agent.evaluate(() => {
    const [released, seen]: [number[], number[]] = [[], []];
    Object.assign(window, { released, seen });
    window.addEventListener('pointerup', ({ timeStamp }) => released.push(performance.timeOrigin + timeStamp), true);
    const probe = window.mirrorFrame()!.contentDocument!.querySelector('#probe')!;
    new MutationObserver(() => seen.push(performance.timeOrigin + performance.now())).observe(probe, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  const [x, y] = await placeOfButton(agent);
  await agent.mouse.move(x, y);
  for (let i = 1; i <= clicks; i++) {
    await agent.mouse.down();
    await agent.mouse.up();
    await agent.waitForFunction((n) => (window as unknown as { seen: number[] }).seen.length >= n, i, { polling: 20 });
  }
  const [released, seen, times] = await Promise.all([
    agent.evaluate(() => (window as unknown as { released: number[] }).released),
    agent.evaluate(() => (window as unknown as { seen: number[] }).seen),
    consumer.evaluate(() => (window as unknown as { times: number[] }).times),
  ]);
  const since = (list: number[]) => spread(released.map((at, i) => list[i]! - at));
  return { handler: since(times), seen: since(seen) };
}

async function placeOfButton(agent: Page): Promise<readonly [number, number]> {
  return agent.evaluate(() => {
    const frame = window.mirrorFrame()!;
    const { left, top, width } = frame.getBoundingClientRect();
    const box = frame.contentDocument!.querySelector('article button')!.getBoundingClientRect();
    const scale = width / frame.clientWidth;
    return [left + (box.left + box.width / 2) * scale, top + (box.top + box.height / 2) * scale] as const;
  });
}

/** Against the same time without a move. */
async function measureMoves({ consumer, agent }: Pair): Promise<number> {
  const box = await agent.evaluate(() => window.mirrorFrame()!.getBoundingClientRect().toJSON() as DOMRect);
  const devtools = await consumer.context().newCDPSession(consumer);
  await devtools.send('Performance.enable', { timeDomain: 'timeTicks' });
  await consumer.evaluate(() => {
    const heard = { moves: 0 };
    Object.assign(window, { heard });
    window.addEventListener('pointermove', () => heard.moves++, true);
  });
  const heardMoves = () => consumer.evaluate(() => (window as unknown as { heard: { moves: number } }).heard.moves);
  const busyDuring = async (run: () => Promise<void>) => {
    const before = await busySeconds(devtools);
    await run();
    return (await busySeconds(devtools)) - before;
  };
  const quiet = await busyDuring(() => agent.waitForTimeout(moveSeconds * 1000));
  const moving = await busyDuring(async () => {
    const end = Date.now() + moveSeconds * 1000;
    for (let i = 0; Date.now() < end; i++) {
      const [x, y] = [0.1 + ((i * 7) % 80) / 100, 0.1 + ((i * 3) % 80) / 100];
      await agent.mouse.move(box.x + x * box.width, box.y + y * box.height);
      await agent.waitForTimeout(1000 / movesPerSecond);
    }
  });
  const moves = await heardMoves();
  if (moves < (moveSeconds * movesPerSecond) / 3) throw new Error(`only ${moves} moves reached the page`);
  return round((1000 * (moving - quiet)) / moves, 2);
}

/** Of the page's main thread, since it was enabled, by Chromium's own account. */
async function busySeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value;
}
