import type { Page } from '@playwright/test';
import { countSentBytes, type Rig } from './rig.js';

/** A consumer's page and the agent's mirror of it, live. */
export interface Pair {
  consumer: Page;
  agent: Page;
  sentBytes(): number;
  /** Milliseconds from the agent's View (plain: the start of recording) to the probe being in the mirror. */
  firstFrame: number;
  /** Long tasks before that, milliseconds: the page itself, its scripts, and the question. */
  loadTasks: number[];
  close(): Promise<void>;
}

export interface PairOptions {
  nodes?: number;
  /** Added to the agent's `Date`, milliseconds. */
  skew?: number;
  tuned?: boolean;
}

let count = 0;

type StoreElement = HTMLElement & {
  store: { getState(): Record<string, unknown>; dispatch(action: object): { ok: boolean } };
};

export async function kitPair(rig: Rig, { nodes = 6000, skew = 0 }: PairOptions = {}): Promise<Pair> {
  const session = `bench-${++count}`;
  const { consumer, agent, sentBytes } = await openPages(rig, skew);
  await consumer.goto(await rig.page('kit-consumer', { session, nodes }));
  await agent.goto(await rig.page('kit-agent', { session }));
  await Promise.all([consumer, agent].map((page) => waitForState(page, 'connection', 'online')));
  await dispatch(agent, { type: 'request', mode: 'screen-share' });
  await waitForState(consumer, 'status', 'requested');
  await consumer.evaluate(() => {
    const { store } = document.querySelector<StoreElement>('cobrowse-session')!;
    const request = store.getState().request as { id: string };
    store.dispatch({ type: 'answer', requestId: request.id, decision: 'allow' });
  });
  await waitForState(agent, 'status', 'allowed');
  const loadTasks = await takeLongTasks(consumer);
  const started = Date.now();
  await dispatch(agent, { type: 'view' });
  await agent.waitForFunction(() => window.watchMirror(), undefined, { polling: 5 });
  const firstFrame = Date.now() - started;
  return { consumer, agent, sentBytes, firstFrame, loadTasks, close: () => closeAll(consumer, agent) };
}

export async function plainPair(rig: Rig, { nodes = 6000, skew = 0, tuned = false }: PairOptions = {}): Promise<Pair> {
  const session = `plain-${++count}`;
  const { consumer, agent, sentBytes } = await openPages(rig, skew);
  await consumer.goto(await rig.page('plain-consumer', { session, nodes }));
  await agent.goto(await rig.page('plain-agent', { session, ...(tuned ? { tuned: 1 } : {}) }));
  await agent.waitForFunction(() => 'watchMirror' in window);
  const loadTasks = await takeLongTasks(consumer);
  const started = Date.now();
  await consumer.evaluate(() => window.startPlain());
  await agent.waitForFunction(() => window.watchMirror(), undefined, { polling: 5 });
  const firstFrame = Date.now() - started;
  return { consumer, agent, sentBytes, firstFrame, loadTasks, close: () => closeAll(consumer, agent) };
}

async function openPages(rig: Rig, skew: number) {
  const [consumer, agent] = await Promise.all([rig.consumer.newPage(), rig.agent.newPage()]);
  await agent.addInitScript(setClock, skew);
  return { consumer, agent, sentBytes: countSentBytes(consumer) };
}

/** Of the page's script: `performance`, by which the bench measures, stays right. */
function setClock(by: number): void {
  const Real = Date;
  globalThis.Date = new Proxy(Real, {
    construct: (target, given: unknown[], as) =>
      Reflect.construct(target, given.length > 0 ? given : [Real.now() + by], as) as object,
    get: (target, name, receiver) =>
      name === 'now' ? () => Real.now() + by : (Reflect.get(target, name, receiver) as unknown),
  });
}

function takeLongTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => window.benchPage.longTasks.splice(0));
}

export async function waitForState(page: Page, field: string, value: string): Promise<void> {
  await page.waitForFunction(
    ([name, wanted]) => document.querySelector<StoreElement>('cobrowse-session')?.store?.getState()[name!] === wanted,
    [field, value],
    { polling: 20 },
  );
}

/** @throws when the page's session refuses the action. */
export async function dispatch(page: Page, action: object): Promise<void> {
  const result = await page.evaluate(
    (value) => document.querySelector<StoreElement>('cobrowse-session')!.store.dispatch(value),
    action,
  );
  if (!result.ok) throw new Error(`${JSON.stringify(action)} was refused: ${JSON.stringify(result)}`);
}

async function closeAll(...pages: Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.close()));
}
