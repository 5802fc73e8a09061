import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { ConsumerNeed, PerformerUi } from '../control/performer/types.js';
import { controlCatalogue } from '../i18n/control/catalogue.js';
import type { ControlKey } from '../i18n/control/en.js';
import { Localize, type Values } from '../i18n/localize.js';
import { cssVariables } from '../internal/css-variables.js';
import type { SessionState, SessionStore } from '../session/types.js';
import type { CobrowseConsent } from './consent.js';
import { controlStyles } from './control.styles.js';
import { icons } from './icons.js';
import { NeedRing } from './need-ring.js';
import { rich } from './rich-text.js';

export interface ControlModel {
  readonly state: SessionState;
  /** Name of the agent that has control, or had it; empty when it is not known. */
  readonly agent: string;
  /** Control is on, and its agent there. */
  readonly isOn: boolean;
  /** Where the indicator lies: what is shown here lies at the other edge. */
  readonly placement: string;
}

/** Room that the agent's name takes beside its cursor, CSS pixels. */
const nameWidth = 220;

/** What the consumer is asked to do, by session: the tag that shows it may become another one. */
const needs = new WeakMap<SessionStore, ConsumerNeed>();

/** What the consumer sees of an agent in control: its cursor, who controls the page, and what it asks for. */
export class ControlView implements PerformerUi, ReactiveController {
  readonly #host: CobrowseConsent;
  readonly #localize: Localize<ControlKey>;
  readonly #ring = new NeedRing(() => this.#dismiss());
  /** Of the window; asked for seldom, as asking costs a layout. */
  #width = innerWidth;
  #cursor: HTMLElement | null = null;
  #isConsumerActive = false;
  #wasControlled = false;

  constructor(host: CobrowseConsent) {
    this.#host = host;
    this.#localize = new Localize(host, controlCatalogue);
    const root = host.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, controlStyles.styleSheet!];
    host.addController(this);
    host.requestUpdate();
  }

  hostConnected(): void {
    addEventListener('resize', this.#onResize);
  }

  hostDisconnected(): void {
    removeEventListener('resize', this.#onResize);
    this.#ring.follow(null, undefined);
  }

  hostUpdated(): void {
    const root = this.#host.renderRoot as ShadowRoot;
    this.#cursor = root.querySelector<HTMLElement>('.cursor');
    this.#ring.follow(root.querySelector<HTMLElement>('.need-ring'), this.#need?.element);
  }

  /** Moves the agent's cursor; cheap enough for each move. */
  showCursor(x: number, y: number, isPressed: boolean): void {
    const cursor = this.#cursor;
    if (!cursor) return;
    cursor.style.transform = `translate(${x}px, ${y}px)`;
    cursor.classList.add('shown');
    cursor.classList.toggle('pressed', isPressed);
    cursor.classList.toggle('flipped', x > this.#width - nameWidth);
  }

  showNeed(need: ConsumerNeed): void {
    const { store } = this.#host.scope ?? {};
    if (!store || store.getState().mode !== 'remote-control') return;
    needs.set(store, need);
    this.#host.requestUpdate();
  }

  setConsumerActive(isActive: boolean): void {
    if (isActive === this.#isConsumerActive) return;
    this.#isConsumerActive = isActive;
    this.#host.requestUpdate();
  }

  render(model: ControlModel): TemplateResult {
    const { state, isOn } = model;
    const isControlled = state.mode === 'remote-control';
    if (!isControlled && this.#need) this.#forget();
    const need = isOn ? this.#need : undefined;
    const says = this.#announcement(model);
    this.#wasControlled ||= isControlled;
    return html`${isOn ? this.#renderHand(model) : nothing}${need ? this.#renderNeed(need, model) : nothing}
      <div class="visually-hidden" role="alert">${says}</div>
      <div class="visually-hidden" role="status">
        ${need ? html`${this.#say('needTitle', model)}. ${this.#ask(need, model)}` : nothing}
      </div>`;
  }

  get #need(): ConsumerNeed | undefined {
    const { store } = this.#host.scope ?? {};
    return store && needs.get(store);
  }

  #forget(): void {
    const { store } = this.#host.scope ?? {};
    if (store) needs.delete(store);
  }

  #dismiss(): void {
    this.#forget();
    this.#host.requestUpdate();
  }

  #say(key: ControlKey, { agent }: Pick<ControlModel, 'agent'>, values: Values = {}): TemplateResult {
    return rich(this.#localize, key, { agent, ...values });
  }

  /** Spoken at once, as it changes what the page may do. */
  #announcement(model: ControlModel): unknown {
    if (model.state.mode !== 'remote-control') return this.#wasControlled ? this.#say('controlEnded', model) : nothing;
    const shortcut = this.#host.stopShortcut;
    return this.#say(shortcut ? 'controlStartedStop' : 'controlStarted', model, { shortcut });
  }

  /** The line that says who controls the page, and the cursor with the agent's name. */
  #renderHand(model: ControlModel): TemplateResult {
    const { state, agent, placement } = model;
    const color = state.participants.find(({ id }) => id === state.controller)?.color ?? null;
    const isWaiting = this.#isConsumerActive;
    const line = this.#host.withoutFrame
      ? nothing
      : html`<div part="frame-label" class="frame-label" data-placement=${placement} aria-hidden="true">
          <span>${this.#say(isWaiting ? 'consumerFirst' : 'controlling', model)}</span>
        </div>`;
    return html`${line}
      <div
        part="agent-cursor"
        class="cursor ${isWaiting ? 'waiting-hand' : ''}"
        aria-hidden="true"
        ${cssVariables({ '--_agent': color })}
      >
        <span class="press"></span>${icons.arrow}
        <span part="agent-name" class="agent-name"><bdi>${agent}</bdi></span>
      </div>`;
  }

  #renderNeed(need: ConsumerNeed, model: ControlModel): TemplateResult {
    const address = need.what === 'window' || need.what === 'address' ? webAddress(need.url) : undefined;
    return html`<div part="prompt-ring" class="need-ring" hidden></div>
      <div
        part="prompt"
        class="prompt"
        role="group"
        aria-labelledby="need-title"
        aria-describedby="need-text"
        data-placement=${model.placement}
      >
        <span class="prompt-sign" aria-hidden="true">${icons.hand}</span>
        <div class="prompt-words">
          <p id="need-title" class="prompt-title">${this.#say('needTitle', model)}</p>
          <p id="need-text" part="prompt-text">${this.#ask(need, model)}</p>
        </div>
        <div class="prompt-actions">
          ${address ? this.#openLink(address) : nothing}
          <button part="prompt-dismiss" type="button" class="button" @click=${this.#onDismiss}>
            ${this.#localize.term('dismiss')}
          </button>
        </div>
      </div>`;
  }

  #ask({ what, url }: ConsumerNeed, model: ControlModel): TemplateResult {
    const opens = what === 'window' || what === 'address';
    const address = opens ? webAddress(url) : undefined;
    if (opens && !address) return this.#say('need.other', model);
    return this.#say(`need.${what}`, model, { address: address ? shownAddress(address) : '' });
  }

  /** A real link: the browser opens it for a click of the person, and this session goes on here. */
  #openLink({ href }: URL): TemplateResult {
    return html`<a
      part="prompt-open"
      class="button accent"
      href=${href}
      target="_blank"
      rel="noopener noreferrer"
      @click=${this.#onOpen}
      >${this.#localize.term('open')}</a
    >`;
  }

  readonly #onResize = (): void => {
    this.#width = innerWidth;
  };

  readonly #onOpen = (event: Event): void => {
    if (!event.isTrusted) event.preventDefault();
    // not before the browser has followed it
    else setTimeout(() => this.#dismiss());
  };

  readonly #onDismiss = (event: Event): void => {
    if (event.isTrusted) this.#dismiss();
  };
}

function webAddress(url: string | undefined): URL | undefined {
  if (url === undefined) return undefined;
  try {
    const address = new URL(url, document.baseURI);
    return /^https?:$/.test(address.protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Host and path: a query may hold what is nobody's business, and hide where it goes. */
function shownAddress({ host, pathname }: URL): string {
  const text = host + (pathname === '/' ? '' : pathname);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
