import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PageInfo } from '../../../protocol/index.js';
import '../../cobrowse-session.js';
import type { CobrowseSession } from '../../cobrowse-session.js';
import { internalsOf } from '../../session/internals.js';
import { createMemoryPair, whenState, type MemoryPair, type MemoryPairOptions } from '../../testing.js';

export const PAGE: PageInfo & { visible: boolean } = {
  id: 'page-1',
  title: 'Your basket',
  url: '/basket',
  width: 1280,
  height: 720,
  pixelRatio: 1,
  device: 'desktop',
  visible: true,
};

/** A desk with real stores on both sides, and no network. */
export interface Desk {
  readonly pair: MemoryPair;
  readonly session: CobrowseSession;
  destroy(): void;
}

/** @param tags what stands inside of the session. */
export async function openDesk(tags: TemplateResult, options: MemoryPairOptions = {}): Promise<Desk> {
  const pair = createMemoryPair(options);
  await bothOnline(pair);
  const session = await fixture<CobrowseSession>(
    html`<cobrowse-session .store=${pair.agent} site="shop.example">${tags}</cobrowse-session>`,
  );
  return { pair, session, destroy: () => pair.destroy() };
}

export async function bothOnline({ agent, consumer }: MemoryPair): Promise<void> {
  const online = (state: { connection: string }) => state.connection === 'online';
  await Promise.all([whenState(agent, online), whenState(consumer, online)]);
}

export async function ask({ agent, consumer }: MemoryPair): Promise<void> {
  agent.dispatch({ type: 'request', mode: 'screen-share' });
  await whenState(consumer, ({ request }) => request !== null);
}

export async function answer(pair: MemoryPair, decision: 'allow' | 'deny'): Promise<void> {
  await ask(pair);
  pair.consumer.dispatch({ type: 'answer', requestId: pair.consumer.getState().request!.id, decision });
  await whenState(pair.agent, ({ request, lastOutcome }) => request === null && lastOutcome !== null);
}

/** The page is shown, as far as the stores are concerned. */
export async function share(pair: MemoryPair, page = PAGE): Promise<void> {
  await answer(pair, 'allow');
  pair.agent.dispatch({ type: 'view' });
  await whenState(pair.consumer, ({ status }) => status === 'active');
  internalsOf(pair.consumer)!.setPage(page);
  await whenState(pair.agent, (state) => state.status === 'active' && state.page !== null);
}

/** `share`, and the player says that there is a picture. */
export async function goLive(pair: MemoryPair): Promise<void> {
  await share(pair);
  internalsOf(pair.agent)!.setViewPhase('live');
  await whenState(pair.agent, ({ view }) => view.phase === 'live');
}

export const STROKE = {
  tool: 'pencil',
  color: '#2b7de9',
  width: 4,
  page: PAGE.id,
  anchor: { node: 1, x: 0.5, y: 0.5 },
  points: [0, 0, 0.5, 10, 10, 0.5],
} as const;
