import { fixture, html, waitUntil } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import '../../cobrowse-consent.js';
import '../../cobrowse-session.js';
import { overlayHostsOf } from '../../internal/overlay-hosts.js';
import type { CobrowseSession } from '../../session-provider/session.js';
import type { SessionOptions, SessionState } from '../../session/types.js';
import { createMemoryPair, whenState, type MemoryPair, type MemoryPairOptions } from '../../testing.js';
import type { CobrowseConsent } from '../consent.js';

/** A consumer's page with our tags, and an agent in memory: real stores, no network. */
export interface Stage {
  readonly pair: MemoryPair;
  readonly session: CobrowseSession;
  /** The page's own tag. */
  readonly consent: CobrowseConsent;
  /** The tag that carries indicator and ink now. */
  host(): CobrowseConsent;
  part(name: string, of?: CobrowseConsent): HTMLElement | null;
  /** Waits until it is there. */
  whenPart(name: string, of?: () => CobrowseConsent): Promise<HTMLElement>;
  ask(): Promise<void>;
  /** Until the answer would count. */
  settled(): Promise<void>;
  allow(): Promise<void>;
  share(): Promise<void>;
  reaches(status: SessionState['status']): Promise<SessionState>;
  end(): void;
}

export async function stage(
  content: TemplateResult = html`<cobrowse-consent></cobrowse-consent>`,
  agentName = 'Ann Ericsson',
  consumer: Partial<SessionOptions> = {},
  settings: MemoryPairOptions['settings'] = {},
): Promise<Stage> {
  const pair = createMemoryPair({ agent: { name: agentName }, consumer, settings });
  await whenState(pair.agent, ({ offers }) => offers.modes.includes('screen-share'));
  const session = await fixture<CobrowseSession>(
    html`<cobrowse-session .store=${pair.consumer} company="Northwind" site="northwind.example"
      >${content}</cobrowse-session
    >`,
  );
  return new PairStage(pair, session);
}

class PairStage implements Stage {
  readonly pair: MemoryPair;
  readonly session: CobrowseSession;
  readonly consent: CobrowseConsent;

  constructor(pair: MemoryPair, session: CobrowseSession) {
    this.pair = pair;
    this.session = session;
    this.consent = session.querySelector('cobrowse-consent')!;
  }

  host(): CobrowseConsent {
    return overlayHostsOf(this.pair.consumer).current as CobrowseConsent;
  }

  part(name: string, of = this.consent): HTMLElement | null {
    return of?.renderRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
  }

  async whenPart(name: string, of = () => this.consent): Promise<HTMLElement> {
    await waitUntil(() => this.part(name, of())?.checkVisibility(), `part ${name} is shown`);
    return this.part(name, of())!;
  }

  async ask(): Promise<void> {
    this.pair.agent.dispatch({ type: 'request', mode: 'screen-share' });
    await this.reaches('requested');
  }

  async settled(): Promise<void> {
    const button = await this.whenPart('allow', () => (this.part('allow') ? this.consent : this.host()));
    await waitUntil(() => !button.hasAttribute('aria-disabled'), 'an answer counts');
  }

  async allow(): Promise<void> {
    await this.ask();
    await this.settled();
    await clickOn(this.part('allow') ?? this.part('allow', this.host())!);
    await this.reaches('allowed');
  }

  async share(): Promise<void> {
    await this.allow();
    this.pair.agent.dispatch({ type: 'view' });
    await this.reaches('active');
    await waitUntil(() => this.part('stop', this.host())?.checkVisibility(), 'the indicator is shown');
  }

  reaches(status: SessionState['status']): Promise<SessionState> {
    return whenState(this.pair.consumer, (state) => state.status === status);
  }

  end(): void {
    this.pair.destroy();
  }
}

/** A real click of the mouse, on whatever lies at the middle of the element. */
export async function clickOn(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'nearest' });
  await sendMouse({ type: 'click', position: middleOf(element) });
}

export function middleOf(element: Element): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}
