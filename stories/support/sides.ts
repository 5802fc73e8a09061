import type { StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../../components/agent.js';
import '../../components/consumer.js';
import type { PageInfo } from '../../protocol/index.js';
import { internalsOf } from '../../components/session/internals.js';
import type { Action, SessionState, SessionStore } from '../../components/session/types.js';
import { createMemoryPair, whenState, type MemoryPair, type MemoryPairOptions } from '../../components/testing.js';
import type { PageSize } from '../../components/mirror/rrweb-events.js';
import { playBasket, playPhone } from './recorded-page.js';

/** What the agent is told of the recorded page. */
export const BASKET: PageInfo & { visible: boolean } = {
  id: 'basket',
  title: 'Your basket - Northwind',
  url: '/basket',
  width: 1120,
  height: 720,
  pixelRatio: 1,
  device: 'desktop',
  visible: true,
};

/** A consumer and an agent with real stores, joined in memory, and the steps that lead to a state. */
export class Sides {
  readonly pair: MemoryPair;

  constructor(options: MemoryPairOptions = {}) {
    this.pair = createMemoryPair({
      consumer: { name: 'Chris', ...options.consumer },
      agent: { name: 'Ann Ericsson', ...options.agent },
      settings: options.settings ?? {},
    });
  }

  get consumer(): SessionStore {
    return this.pair.consumer;
  }

  get agent(): SessionStore {
    return this.pair.agent;
  }

  async online(): Promise<void> {
    const both = (state: SessionState) => state.connection === 'online' && state.participants.length >= 2;
    await Promise.all([whenState(this.consumer, both), whenState(this.agent, both)]);
  }

  async ask(mode: Extract<Action, { type: 'request' }>['mode'] = 'screen-share', minutes?: number): Promise<void> {
    await this.online();
    await whenState(this.agent, ({ offers }) => offers.modes.includes(mode));
    this.agent.dispatch({ type: 'request', mode, ...(minutes ? { limits: { minutes } } : {}) });
    await whenState(this.consumer, ({ request }) => request?.mode === mode);
    await whenState(this.agent, ({ request }) => request?.mode === mode);
  }

  async answer(decision: 'allow' | 'deny'): Promise<void> {
    const { id } = (await whenState(this.consumer, ({ request }) => request !== null)).request!;
    this.consumer.dispatch({ type: 'answer', requestId: id, decision });
    await whenState(this.agent, ({ request }) => request === null);
  }

  /** Allowed, and waiting for *View*. */
  async allowed(): Promise<void> {
    await this.ask();
    await this.answer('allow');
    await whenState(this.agent, ({ status }) => status === 'allowed');
  }

  async sharing(page: PageInfo & { visible: boolean } = BASKET): Promise<void> {
    await this.allowed();
    this.agent.dispatch({ type: 'view' });
    await Promise.all(
      [this.consumer, this.agent].map((store) => whenState(store, ({ status }) => status === 'active')),
    );
    internalsOf(this.consumer)!.startPage(page.id);
    internalsOf(this.consumer)!.setPage(page);
    await whenState(this.agent, (state) => state.page !== null);
  }

  /** The recorded page comes into the mirror, once the view is there to show it. */
  async play(): Promise<void> {
    playBasket(internalsOf(this.consumer)!);
    await whenState(this.agent, ({ view }) => view.phase === 'live');
  }

  /** The same page, on a phone that is held and touched so. */
  async playPhone(size: PageSize, fingers: [number, number][] = []): Promise<void> {
    playPhone(internalsOf(this.consumer)!, size, fingers);
    await whenState(this.agent, ({ view }) => view.phase === 'live');
  }

  async controlled(minutes?: number): Promise<void> {
    await this.ask('remote-control', minutes);
    await this.answer('allow');
    await whenState(this.agent, ({ mode }) => mode === 'remote-control');
  }

  async fullDevice(): Promise<void> {
    await this.ask('full-device');
    await this.answer('allow');
    await whenState(this.agent, ({ mode }) => mode === 'full-device');
  }
}

let running: Sides | undefined;

type Steps = (sides: Sides) => Promise<void> | void;
export type SidesStory = StoryObj & { loaders: unknown[] };

/** The sides of a story, as its `render` and `play` get them. */
export const sidesOf = ({ loaded }: { loaded: unknown }): Sides => (loaded as { sides: Sides }).sides;

/**
 * A story of both sides in one state.
 * @param before leads to it before our tags are on the page
 * @param after goes on when they are there
 */
export function state(before: Steps, after?: Steps, options: MemoryPairOptions = {}): SidesStory {
  const load = async (): Promise<{ sides: Sides }> => {
    delete document.documentElement.dataset['storyReady'];
    running?.pair.destroy();
    running = new Sides(options);
    await running.online();
    await before(running);
    return { sides: running };
  };
  const play: SidesStory['play'] = async (context) => {
    await after?.(sidesOf(context));
    document.documentElement.dataset['storyReady'] = '';
  };
  return { loaders: [load], play };
}

/** What a consumer's page of a story has around our tags. */
export function consumerPage({ consumer }: Sides, tags: TemplateResult): TemplateResult {
  return html`<cobrowse-session .store=${consumer} company="Northwind" site="northwind.example"
    >${tags}</cobrowse-session
  >`;
}

export function agentDesk({ agent }: Sides, tags: TemplateResult): TemplateResult {
  return html`<cobrowse-session .store=${agent} site="northwind.example">${tags}</cobrowse-session>`;
}
