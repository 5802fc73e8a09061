import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { cleanName } from '../../protocol/token-claims.js';
import { dispatchWithEvents } from '../events/ask.js';
import type { ConsumerKey } from '../i18n/consumer/en.js';
import type { Localize } from '../i18n/localize.js';
import { isLeftToTags } from '../internal/asked.js';
import { deepActiveElement } from '../internal/deep-dom.js';
import { FAREWELL_MILLISECONDS, overlayHostsOf, type OverlayHosts } from '../internal/overlay-hosts.js';
import type { SessionScope } from '../internal/session-context.js';
import { warnOnce } from '../internal/warn.js';
import type { SessionState } from '../session/types.js';
import type { CobrowseConsent } from './consent.js';
import type { ControlView } from './control-view.js';
import type { HiddenAreas } from './hidden-areas.js';
import { indicatorTemplate, type IndicatorModel } from './indicator-template.js';
import { deviceOf } from './question-words.js';
import { rich } from './rich-text.js';
import type * as ScreenModule from './screen-desk.js';
import { matchesShortcut } from './shortcut.js';
import { raise } from './top-layer.js';
import { visibleOffset } from './visible-offset.js';

type Tone = IndicatorModel['tone'];

/** A window that is lower has no place for the bar beside what is written in. */
const LOW_PIXELS = 360;

/** The layer over the page: indicator, frame, ink, and what is said to a screen reader. Of the tag that carries it only. */
export class OverlayView implements ReactiveController {
  readonly #host: CobrowseConsent;
  readonly #localize: Localize<ConsumerKey>;
  #listeners: AbortController | undefined;
  /** As the person wants it. */
  #isPill: boolean | undefined;
  /** Little is seen of the page, as above a phone's keyboard. */
  #isLow = false;
  #isFlipped = false;
  #wasRunning = false;
  #farewell: ReturnType<typeof setTimeout> | undefined;
  /** Loaded with the first control. */
  #control: ControlView | undefined;
  #isLoading = false;
  /** Loaded with full device. */
  #screen: typeof ScreenModule | undefined;
  #isLoadingScreen = false;
  /** The consumer looks at what the agent can't see. */
  #isHiddenShown = false;
  #hiddenAreas: HiddenAreas | undefined;
  /** The last known agent: nobody may be there any more when the end is told. */
  #agent = '';

  constructor(host: CobrowseConsent, localize: Localize<ConsumerKey>) {
    this.#host = host;
    this.#localize = localize;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#listeners?.abort();
    this.#listeners = undefined;
    clearTimeout(this.#farewell);
    this.#farewell = undefined;
    this.#hideHidden();
  }

  hostUpdated(): void {
    const root = this.#host.renderRoot as ShadowRoot;
    const overlay = root.querySelector<HTMLElement>('.overlay');
    const hosts = this.#hosts;
    if (hosts?.current === this.#host) {
      hosts.setInk(overlay?.querySelector<HTMLElement>('.ink') ?? null);
      hosts.indicator = overlay?.querySelector('.indicator') ?? null;
      hosts.control = (overlay && this.#control) ?? null;
      hosts.raise = (force) => overlay && raise(overlay, force);
    }
    if (overlay) {
      raise(overlay);
      this.#listen();
      this.#followViewport();
    } else {
      this.#hideHidden();
      this.#listeners?.abort();
      this.#listeners = undefined;
    }
  }

  render({ store }: SessionScope, state: SessionState): unknown {
    const isRunning = state.status === 'allowed' || state.status === 'active' || state.status === 'paused';
    this.#noteEnd(isRunning, state);
    if (this.#hosts?.current !== this.#host) return nothing;
    const tone = this.#tone(state);
    if (state.mode === 'remote-control') void this.#loadControl();
    if (state.mode === 'full-device') void this.#loadScreen();
    if (!tone && !state.request) return nothing;
    const says = this.#announcement(state, Boolean(state.request && isLeftToTags(store, state.request.id)));
    return html`<div class="overlay" popover="manual">
      <div part="ink" class="ink"></div>
      <div class="hidden-layer"></div>
      ${this.#frame(tone)}${this.#renderControl(state, tone)}${tone ? this.#indicator(state, tone) : nothing}
      <div class="visually-hidden" role="status">${says}</div>
    </div>`;
  }

  /** Whether something on it changes with the time. */
  get counts(): boolean {
    const state = this.#host.scope?.store.getState();
    return this.#hosts?.current === this.#host && state?.grant?.until != null;
  }

  get #hosts(): OverlayHosts | undefined {
    return this.#host.scope && overlayHostsOf(this.#host.scope.store);
  }

  #renderControl(state: SessionState, tone: Tone | undefined): unknown {
    const agent = this.#agent || this.#localize.raw('theAgent');
    const isOn = tone === 'controlled';
    return this.#control?.render({ state, agent, isOn, placement: this.#placement() }) ?? nothing;
  }

  async #loadControl(): Promise<void> {
    if (this.#control || this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { ControlView } = await import('./control-view.js');
      this.#control = new ControlView(this.#host);
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    } finally {
      this.#isLoading = false;
    }
  }

  async #loadScreen(): Promise<void> {
    if (this.#screen || this.#isLoadingScreen) return;
    this.#isLoadingScreen = true;
    try {
      this.#screen = await import('./screen-desk.js');
      this.#host.requestUpdate();
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    } finally {
      this.#isLoadingScreen = false;
    }
  }

  #noteEnd(isRunning: boolean, state: SessionState): void {
    if (isRunning) this.#agent = agentOf(state) || this.#agent;
    if (this.#wasRunning && state.status === 'ended') {
      clearTimeout(this.#farewell);
      this.#farewell = setTimeout(() => {
        this.#farewell = undefined;
        this.#host.requestUpdate();
      }, FAREWELL_MILLISECONDS);
    }
    this.#wasRunning = isRunning;
  }

  #tone(state: SessionState): Tone | undefined {
    switch (state.status) {
      case 'allowed':
        return 'waiting';
      case 'paused':
        return 'paused';
      case 'active':
        if (state.connection !== 'online' || !agentOf(state)) return 'away';
        return state.mode === 'remote-control' ? 'controlled' : 'sharing';
      case 'ended':
        return this.#farewell ? 'ended' : undefined;
      default:
        return undefined;
    }
  }

  #frame(tone: Tone | undefined): unknown {
    if (this.#host.withoutFrame || !tone || tone === 'waiting' || tone === 'ended') return nothing;
    return html`<div part="frame" class="frame ${tone}"></div>`;
  }

  #indicator(state: SessionState, tone: Tone): unknown {
    if (this.#host.indicator === 'none') {
      if (!document.querySelector('[data-cobrowse-indicator]')) warnOnce(this.#host, 'no-indicator');
      return nothing;
    }
    return indicatorTemplate(this.#model(state, tone));
  }

  #model(state: SessionState, tone: Tone): IndicatorModel {
    const { indicator, withoutPause, stopShortcut, scope } = this.#host;
    const canDraw = state.offers.tools.includes('pencil');
    const isDrawing = state.tool === 'pencil';
    const isPill = tone !== 'waiting' && tone !== 'ended' && (this.#isPill ?? (this.#isLow || indicator === 'pill'));
    return {
      localize: this.#localize,
      tone,
      agent: this.#agent,
      text: this.#words(state, tone),
      timeLeft: this.#timeLeft(state),
      observers: this.#observers(state),
      isPill,
      screen: scope && this.#screen?.screenDeskOf(scope).buttons(this.#localize, state, isPill),
      placement: this.#placement(),
      isDrawing: canDraw ? isDrawing : undefined,
      isHiddenShown: this.#isHiddenShown,
      withoutPause,
      shortcut: stopShortcut,
      stop: byPerson(() => this.#stop()),
      takeBack: byPerson(() => scope?.store.dispatch({ type: 'take-back' })),
      pause: byPerson(() => scope?.store.dispatch({ type: state.status === 'paused' ? 'resume' : 'pause' })),
      toggleSize: byPerson(() => this.#toggleSize()),
      showHidden: byPerson(() => void this.#toggleHidden()),
      draw: byPerson(() => scope?.store.dispatch({ type: 'set-tool', tool: isDrawing ? 'none' : 'pencil' })),
    };
  }

  #timeLeft({ mode, grant }: SessionState): string {
    if (mode !== 'remote-control' || grant?.until == null) return '';
    return this.#localize.duration((grant.until - Date.now()) / 1000);
  }

  #words(state: SessionState, tone: Tone): TemplateResult {
    const site = this.#host.scope?.site || location.hostname;
    return rich(this.#localize, this.#key(state, tone), { agent: this.#agent || this.#localize.raw('theAgent'), site });
  }

  #key(state: SessionState, tone: Tone): ConsumerKey {
    switch (tone) {
      case 'waiting':
      case 'paused':
      case 'ended':
        return tone;
      case 'away':
        return state.connection === 'online' ? 'away' : 'reconnecting';
      case 'controlled':
        return deviceOf() === 'mobile' ? 'controlsMobile' : 'controls';
      default:
        if (state.mode === 'full-device') return this.#screen?.screenKey(state) ?? 'seesTabs';
        return deviceOf() === 'mobile' ? 'seesMobile' : 'sees';
    }
  }

  #observers({ participants, controller }: SessionState): string {
    const agents = participants.filter(({ role }) => role === 'agent');
    const others = participants.filter(
      ({ role, id }) => role === 'observer' || (role === 'agent' && id !== controller && id !== agents[0]?.id),
    );
    if (others.length === 0) return '';
    const names = this.#localize.list(others.map(({ name }) => cleanName(name)));
    return this.#localize.term('observers', { names });
  }

  #announcement(state: SessionState, isAsking: boolean): unknown {
    if (isAsking && state.request) {
      const { mode, agent } = state.request;
      const key = mode === 'screen-share' ? 'asksToSee' : mode === 'full-device' ? 'asksForScreen' : 'asksToControl';
      return this.#localize.term(key, { agent: cleanName(agent.name) || this.#localize.raw('theAgent') });
    }
    const tone = this.#tone(state);
    return tone ? this.#words(state, tone) : nothing;
  }

  #placement(): string {
    const { placement } = this.#host;
    if (!this.#isFlipped) return placement;
    return placement.includes('block-start')
      ? placement.replace('block-start', 'block-end')
      : placement.replace('block-end', 'block-start');
  }

  #stop(): void {
    const { scope } = this.#host;
    if (scope) dispatchWithEvents(scope, { type: 'end' });
  }

  #toggleSize(): void {
    this.#isPill = !(this.#isPill ?? (this.#isLow || this.#host.indicator === 'pill'));
    this.#host.requestUpdate();
  }

  async #toggleHidden(): Promise<void> {
    const isShown = (this.#isHiddenShown = !this.#isHiddenShown);
    this.#host.requestUpdate();
    if (!isShown) {
      this.#hideHidden();
      return;
    }
    const { HiddenAreas } = await import('./hidden-areas.js');
    const policy = this.#hosts?.policy;
    const layer = this.#host.renderRoot.querySelector<HTMLElement>('.hidden-layer');
    if (!this.#isHiddenShown || this.#hiddenAreas || !policy || !layer) return;
    const agent = this.#agent || this.#localize.raw('theAgent');
    this.#hiddenAreas = new HiddenAreas(layer, policy, this.#localize.term('cantSee', { agent }));
  }

  #hideHidden(): void {
    this.#isHiddenShown = false;
    this.#hiddenAreas?.stop();
    this.#hiddenAreas = undefined;
  }

  #listen(): void {
    if (this.#listeners) return;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    document.addEventListener('focusin', () => this.#giveWay(), { signal });
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal, capture: true });
    for (const type of ['resize', 'scroll'])
      visualViewport?.addEventListener(type, () => this.#followViewport(), { signal });
  }

  /** The focus must not be hidden under the indicator. */
  #giveWay(): void {
    const indicator = this.#hosts?.indicator;
    const focused = deepActiveElement();
    if (!indicator || !focused || focused === document.body || indicator.contains(focused)) return;
    if (!overlaps(indicator.getBoundingClientRect(), focused.getBoundingClientRect())) return;
    this.#isFlipped = !this.#isFlipped;
    this.#host.requestUpdate();
  }

  /** On a phone that is zoomed in, or with its keyboard out, the edge is that of what can be seen. */
  #followViewport(): void {
    const indicator = this.#hosts?.indicator as HTMLElement | null | undefined;
    if (indicator) indicator.style.translate = visibleOffset(this.#placement(), this.#localize.dir);
    const { height, scale } = visualViewport ?? { height: innerHeight, scale: 1 };
    const isLow = height * scale < LOW_PIXELS;
    if (isLow === this.#isLow) return;
    this.#isLow = isLow;
    this.#host.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    const { status } = this.#host.scope?.store.getState() ?? {};
    const isRunning = status === 'allowed' || status === 'active' || status === 'paused';
    if (!isRunning || !event.isTrusted || !matchesShortcut(event, this.#host.stopShortcut)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#stop();
  }
}

/** The agent's side can't press what is ours: only the browser's own events count. */
function byPerson(run: () => void): (event: Event) => void {
  return (event) => {
    if (event.isTrusted) run();
  };
}

/** Who has control, else who has asked last. */
function agentOf({ participants, controller, request, lastOutcome }: SessionState): string {
  const agents = participants.filter(({ role }) => role === 'agent');
  if (controller !== null) return cleanName(agents.find(({ id }) => id === controller)?.name ?? '');
  const asked = request?.agent.id ?? lastOutcome?.request.agent.id;
  const agent = agents.find(({ id }) => id === asked) ?? agents[0];
  return agent ? cleanName(agent.name) : '';
}

function overlaps(a: DOMRect, b: DOMRect): boolean {
  // an element as large as the page lies under everything
  if (b.height > innerHeight / 2) return false;
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
