import { ContextProvider } from '@lit/context';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Mode } from '../../protocol/vocabulary.js';
import type { Answer } from '../events/request.js';
import { setStates } from '../internal/custom-states.js';
import { SCOPE_CHANGE, sessionContext, type SessionProvider, type SessionScope } from '../internal/session-context.js';
import { VERSION } from '../internal/version.js';
import { warnOnce } from '../internal/warn.js';
import { createSession } from '../session/create-session.js';
import { internalsOf } from '../session/internals.js';
import { DORMANT } from '../session/initial-state.js';
import { rememberedSession, writeMemory } from '../session/tab-memory.js';
import type {
  DispatchResult,
  GetToken,
  PendingRequest,
  SessionOptions,
  SessionStore,
  TabMemory,
} from '../session/types.js';
import type { LivePage } from './live-page.js';
import { privacyConverter, type Privacy } from './privacy.js';
import { TabDoor } from './tab-door.js';
import type { TabGuest } from './tab-guest.js';
import type { HomeMessage } from './tabs.js';

/** What `getDiagnostics()` gives: names and numbers for a support ticket, nothing of the page and nobody's name. */
export type Diagnostics = Readonly<Record<string, unknown>>;

/**
 * One co-browse session: gives it to the tags inside, and to those that name it by `for`. Without `session` it is
 * dormant: nothing is loaded and no connection is open. It has no box and draws nothing of its own.
 *
 * @summary Holds the session that the other tags show.
 * @status experimental
 * @since 0.1
 *
 * @slot - The page's content with the other tags in it, or only those tags.
 *
 * @event {CobrowseRequestEvent} cobrowse-request - Consumer: an agent asks for something. Cancel it to ask yourself.
 * @event {CobrowseModeRequestEvent} cobrowse-mode-request - Agent: before a mode is asked for. Cancelable.
 * @event {CobrowseViewRequestEvent} cobrowse-view-request - Agent: before the view starts. Cancelable.
 * @event {CobrowseEndRequestEvent} cobrowse-end-request - Agent: before the session is ended. Cancelable.
 * @event {CobrowseRequestEndEvent} cobrowse-request-end - A question is settled, in whatever way.
 * @event {CobrowseAnswerEvent} cobrowse-answer - The consumer has answered.
 * @event {CobrowseModeChangeEvent} cobrowse-mode-change - What the agent may see and do has changed.
 * @event {CobrowseStatusChangeEvent} cobrowse-status-change - The session went a step further, or back.
 * @event {CobrowseConnectionChangeEvent} cobrowse-connection-change - The connection of this side has changed.
 * @event {CobrowseParticipantsChangeEvent} cobrowse-participants-change - Somebody has joined or left.
 * @event {CobrowsePageChangeEvent} cobrowse-page-change - The consumer's page is another one, or looks different.
 * @event {CobrowseAnnotationEvent} cobrowse-annotation - A finished stroke was drawn or erased.
 * @event {CobrowseEndEvent} cobrowse-end - The session has ended.
 * @event {CobrowseErrorEvent} cobrowse-error - Something went wrong at run time.
 *
 * @cssstate asking - A question waits for its answer.
 * @cssstate sharing - The agent sees the page.
 * @cssstate controlled - An agent has control.
 * @cssstate paused - The consumer has paused.
 * @cssstate reconnecting - The connection is lost and being made again.
 * @cssstate ended - The session has ended.
 *
 * @example
 * ```html
 * <cobrowse-session server="wss://cobrowse.example.com" token-url="/cobrowse/token" company="Example Bank">
 *   <cobrowse-consent></cobrowse-consent>
 * </cobrowse-session>
 * ```
 */
export class CobrowseSession extends LitElement implements SessionProvider {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
    :host([theme='light']) {
      color-scheme: light;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
  `;

  readonly #internals = this.attachInternals();
  readonly #provider = new ContextProvider(this, { context: sessionContext });
  #store: SessionStore | undefined;
  #isOwnStore = true;
  #scope: SessionScope | undefined;
  #live: LivePage | undefined;
  #unsubscribe: (() => void) | undefined;
  #door: TabDoor | undefined;
  /** The session of another tab, in full device, and this page's own meanwhile. */
  #guest: TabGuest | undefined;
  #aside: { store: SessionStore | undefined; isOwn: boolean } | undefined;

  /** `wss://host[/base]` of the sync server. */
  @property() server = '';
  /** Id of the session to join; null is dormant. The agent's desk or your back end makes it, your chat carries it here. */
  @property() session: string | null = null;
  /** Signed token of this person. The attribute is read once and removed from the page. Prefer `token-url`. */
  @property() token: string | undefined;
  /**
   * Where a token is fetched: POST with the page's cookies, JSON `{session, role, reason}` -> `{token, expiresAt}`.
   */
  @property({ attribute: 'token-url' }) tokenUrl = '';
  /** Gives the token for `{session, role, reason}`; comes before `token-url`, which comes before `token`. */
  @property({ attribute: false }) getToken: GetToken | undefined;
  /** This page's ceiling: modes, separated by spaces. Default: everything that this version can do. */
  @property() modes: string | undefined;
  /** `{company}` in the words of consent. */
  @property() company = '';
  /** `{site}` in the words of consent. Default: the page's host name. */
  @property() site = '';
  /** Page behind "How co-browsing works". */
  @property({ attribute: 'policy-url' }) policyUrl = '';
  /**
   * What never leaves the page: `{mode, mask, block, unmask, ignore, classify, url, rules}`. May be set anew at any time. The
   * attribute sets the mode: `standard` or `strict`.
   * And what an agent in control may not work: `{noControl, keepSubmit}`.
   */
  @property({ converter: privacyConverter }) privacy: Privacy | undefined;
  /** Consumer: asks in the page's own way and gives the answer; our tags don't ask then. A rejection means deny. */
  @property({ attribute: false }) confirmRequest: ((request: PendingRequest) => Promise<Answer> | Answer) | undefined;
  /** `light`, `dark`, or `auto`: as the page's `color-scheme`. */
  @property() theme: 'light' | 'dark' | 'auto' = 'auto';
  /** Don't take up again on the next page of the site, or after a reload. */
  @property({ type: Boolean, attribute: 'without-resume' }) withoutResume = false;
  /** The consumer may draw on the page too. */
  @property({ type: Boolean, attribute: 'consumer-ink' }) consumerInk = false;
  /** Consumer: an agent in control can't press what sends a form. The question then says so. */
  @property({ type: Boolean, attribute: 'keep-submit' }) keepSubmit = false;
  /** Writes each change of state to the console: names only, no content. */
  @property({ type: Boolean }) debug = false;

  /** The headless session of this tag, also while it is dormant. It may be replaced by one of your own. */
  get store(): SessionStore {
    return (this.#store ??= createSession(this.#options()));
  }

  set store(store: SessionStore) {
    if (store === this.#store) return;
    this.#leaveGuest();
    this.#release();
    this.#store = store;
    this.#isOwnStore = false;
    if (this.isConnected) this.#attach();
  }

  /** @ignore Whether the session is another tab's, in full device. */
  get isGuest(): boolean {
    return this.#guest !== undefined;
  }

  /** @ignore For the other tags. */
  get scope(): SessionScope {
    return (this.#scope ??= this.#makeScope());
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    // a token that is readable in the page is readable for every script and in every snapshot of it
    if (name === 'token' && value === null) return;
    super.attributeChangedCallback(name, old, value);
    if (name === 'token') this.removeAttribute('token');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#attach();
    // put back after it was taken out: its store is a new one
    if (this.hasUpdated && this.store.getState().session === null) this.#join(new Map() as PropertyValues<this>);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // an element that is only moved is connected again in the same task
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#door?.stop();
      this.#door = undefined;
      this.#leaveGuest();
      this.#release();
    });
  }

  /** Joins a session: what your chat calls when its message brings the session's id. */
  connect({ session }: { session: string }): DispatchResult {
    this.session = session;
    if (this.#guest?.session !== session) this.#leaveGuest();
    return this.store.dispatch({ type: 'connect', session });
  }

  /** Leaves the session and forgets it in this tab. It goes on for the others. */
  disconnect(): void {
    this.#leaveGuest();
    this.session = null;
    this.store.dispatch({ type: 'disconnect' });
  }

  /** For a support ticket: versions, states and codes, no content and no names. */
  getDiagnostics(): Diagnostics {
    const { session, role, connection, status, mode, view, quality, latency, endReason, error, page, participants } =
      this.store.getState();
    const size = page && { width: page.width, height: page.height, device: page.device, visible: page.visible };
    const people = participants.map((person) => person.role);
    const now = { session, role, connection, status, mode, view, quality, latency, endReason, error };
    const control = this.#live?.controlCounts ?? {};
    return { kit: VERSION, at: new Date().toISOString(), ...now, page: size, participants: people, control };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ((['company', 'site', 'policyUrl', 'theme', 'keepSubmit', 'privacy'] as const).some((name) => changed.has(name)))
      this.#provide();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('session') || changed.has('server')) this.#join(changed);
    if (changed.has('modes')) internalsOf(this.store)?.refresh();
    if (changed.has('privacy') || changed.get('keepSubmit') !== undefined) this.#live?.updatePrivacy();
  }

  // getters: attributes and properties may be set after the store was made
  #options(): SessionOptions {
    const of = <T>(get: () => T) => ({ get, enumerable: true });
    return Object.defineProperties({} as SessionOptions, {
      server: of(() => this.server),
      token: of(() => this.token),
      getToken: of(() => this.#getToken()),
      modes: of(() => this.modes?.split(/\s+/).filter(Boolean) as Mode[] | undefined),
      memory: of(() => tabMemory()),
      consumerInk: of(() => this.consumerInk),
      beforeJoin: of(() => (session: string) => this.#forgetCopy(session)),
    });
  }

  #getToken(): GetToken | undefined {
    if (this.getToken) return this.getToken;
    if (!this.tokenUrl) return undefined;
    return async (context) => (await import('./token-url.js')).fetchToken(this.tokenUrl, context);
  }

  #attach(): void {
    if (this.#unsubscribe) return;
    this.#unsubscribe = this.store.subscribe(() => this.#onState());
    this.#provide();
    this.#onState();
  }

  #detach(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#live?.stop();
    this.#live = undefined;
  }

  /** Closes what belongs to the page; the tab's memory stays, so that a new store takes up again. */
  #release(): void {
    this.#detach();
    if (!this.#isOwnStore) return;
    this.#store?.destroy();
    this.#store = undefined;
  }

  #join(changed: PropertyValues<this>): void {
    const hadSession = Boolean(changed.get('session'));
    if ((hadSession && !this.session) || changed.get('server')) this.store.dispatch({ type: 'disconnect' });
    this.#openDoor();
    if (this.session) this.#enter(this.session);
    else if (!hadSession) void this.#resume();
  }

  #enter(session: string): void {
    if (!this.server) return warnOnce(this, 'no-server');
    if (!this.getToken && !this.tokenUrl && !this.token) warnOnce(this, 'no-token');
    this.store.dispatch({ type: 'connect', session });
  }

  /** The next page of a tab goes on; the copy of a tab that goes on itself doesn't. */
  async #resume(): Promise<void> {
    const { server } = this;
    const session = this.withoutResume || !server ? null : rememberedSession(tabMemory(), server);
    if (!session) return;
    await this.#forgetCopy(session);
    const stillWanted = this.isConnected && !this.session && this.server === server;
    if (stillWanted && rememberedSession(tabMemory(), server) === session) this.#enter(session);
  }

  /** What a copied tab remembers is the other tab's. */
  async #forgetCopy(session: string): Promise<void> {
    const { server } = this;
    if (rememberedSession(tabMemory(), server) !== session) return;
    const { isSharedElsewhere } = await import('./tab-copy.js');
    if (await isSharedElsewhere(server, session)) writeMemory(tabMemory(), server, null);
  }

  /** Other tabs of the site may have a session that follows the person to this one. */
  #openDoor(): void {
    const { server, id } = this;
    const isConsumer = this.querySelector('cobrowse-consent') ?? (id && forConsent(this, id));
    if (this.#door || !server || this.withoutResume || !isConsumer) return;
    this.#door = new TabDoor({ server, onHome: (home) => void this.#visit(home) });
  }

  async #visit(home: HomeMessage): Promise<void> {
    const isBusy = () =>
      this.#guest !== undefined || !this.isConnected || !['idle', 'ended'].includes(this.store.getState().status);
    if (isBusy()) return;
    try {
      const { TabGuest } = await import('./tab-guest.js');
      if (isBusy()) return;
      this.#guest = new TabGuest({ server: this.server, onOver: (session) => this.#leaveGuest(session) }, home);
      this.#aside = { store: this.#store, isOwn: this.#isOwnStore };
      this.#use(this.#guest, false);
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    }
  }

  /** @param session to go on with here: the tab that had it was closed. */
  #leaveGuest(session: string | null = null): void {
    const [guest, aside] = [this.#guest, this.#aside];
    if (!guest || !aside) return;
    this.#guest = undefined;
    this.#aside = undefined;
    this.#use(aside.store, aside.isOwn);
    guest.destroy();
    if (session) this.store.dispatch({ type: 'connect', session });
  }

  /** Another store in the place of this one, which goes on by itself. */
  #use(store: SessionStore | undefined, isOwn: boolean): void {
    this.#detach();
    this.#store = store;
    this.#isOwnStore = isOwn;
    if (this.isConnected) this.#attach();
  }

  #onState(): void {
    const { session, status, mode, request, connection } = this.store.getState();
    if (session && !this.#live) void this.#startLive(this.store);
    const states = statesOf(status, Boolean(request), connection === 'reconnecting');
    setStates(this.#internals, mode === 'remote-control' ? [...states, 'controlled'] : states);
  }

  async #startLive(store: SessionStore): Promise<void> {
    const before = this.#isOwnStore ? DORMANT : store.getState();
    try {
      const { startLivePage } = await import('./live-page.js');
      if (store === this.#store && this.#unsubscribe) this.#live ??= startLivePage(this, before, () => this.#provide());
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    }
  }

  #provide(): void {
    this.#scope = this.#makeScope();
    this.#provider.setValue(this.#scope);
    this.dispatchEvent(new Event(SCOPE_CHANGE));
  }

  #makeScope(): SessionScope {
    const { store, company, policyUrl, theme } = this;
    const keepSubmit = this.keepSubmit || (this.privacy?.keepSubmit ?? false);
    return { host: this, store, company, site: this.site || location.hostname, policyUrl, keepSubmit, theme };
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }
}

/** The states that every tag reflects, so that a page can be themed without script. */
export function statesOf(status: string, asking: boolean, reconnecting: boolean): string[] {
  const states = [];
  if (asking) states.push('asking');
  if (status === 'active') states.push('sharing');
  if (status === 'paused' || status === 'ended') states.push(status);
  if (reconnecting) states.push('reconnecting');
  return states;
}

function forConsent(element: Element, id: string): Element | null {
  return (element.getRootNode() as ParentNode).querySelector(`cobrowse-consent[for="${CSS.escape(id)}"]`);
}

/** `sessionStorage`, or nothing where the frame forbids it. */
function tabMemory(): TabMemory | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cobrowse-session': CobrowseSession;
  }
}
