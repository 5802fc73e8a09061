import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CobrowseError } from '../../protocol/index.js';
import { dispatchWithEvents } from '../events/ask.js';
import { agentTexts } from '../i18n/agent/catalogue.js';
import { grantOf } from '../control/input-sender.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { Localize } from '../i18n/localize.js';
import { isShowing, situationOf, type Situation } from '../internal/agent-situation.js';
import { consumerName } from '../internal/agent-words.js';
import { setStates } from '../internal/custom-states.js';
import { icons } from '../internal/icons.js';
import { popups } from '../internal/popup.styles.js';
import type { SessionProvider } from '../internal/session-context.js';
import { SessionController } from '../internal/session-controller.js';
import { hasSpeaker } from '../internal/speakers.js';
import { Ticker } from '../internal/ticker.js';
import { base, buttons, tokens } from '../internal/tokens.styles.js';
import { Tooltip } from '../internal/tooltip.js';
import { internalsOf, onInternals, type SessionInternals } from '../session/internals.js';
import type { Action, SessionState, SessionStore } from '../session/types.js';
import type { PageSize } from '../mirror/types.js';
import { styles } from './agent-view.styles.js';
import { deviceVariables, renderDeviceFrame } from './device-frame.js';
import { lookOf, type DeviceLook } from './device-look.js';
import { deviceStyles } from './device.styles.js';
import { EarlyFrames } from './early-frames.js';
import { ScreenPart } from './screen-part.js';
import { scaleFor, zoomBy, ZOOM_MAX, ZOOM_MIN, type Fit, type Size } from './scale.js';
import type { Stage } from './stage.js';
import { renderHeader } from './view-header.js';
import { panelStyles } from './view-panel.styles.js';
import { panelOf, renderPanel, unseenKey, type Panel, type PanelAction } from './view-panel.js';

/**
 * The consumer's page on the agent's desk: in its true proportions, scaled down to the box of this element and never up,
 * with the ink and the pointers over it. Says in words what there is instead of a picture.
 *
 * @summary The mirror of the consumer's page, with pointer and ink.
 * @status stable
 * @since 0.1.0
 *
 * @slot header - Replaces title, address and device.
 * @slot waiting - Replaces the panel before anything was asked.
 * @slot requested - Replaces the panel while the consumer is asked.
 * @slot denied - Replaces the panel after a *Deny*.
 * @slot expired - Replaces the panel after a question without an answer.
 * @slot allowed - Replaces the panel with *View*.
 * @slot loading - Replaces the panel until the first picture.
 * @slot hidden - Replaces the panel while the page is not visible.
 * @slot elsewhere - Replaces the panel while the consumer is on another tab.
 * @slot away - Replaces the panel after the consumer has left the site.
 * @slot dialog - Replaces the panel while the page shows a message of the browser.
 * @slot paused - Replaces the panel while the consumer pauses.
 * @slot reconnecting - Replaces the panel while a connection is lost.
 * @slot frozen - Replaces the panel when no news come.
 * @slot ended - Replaces the panel after the end.
 * @slot failed - Replaces the panel when the page can't be shown.
 * @slot state-icon - Icon of the panel.
 * @slot actions - Further actions of the panel.
 *
 * @event {CobrowseModeRequestEvent} cobrowse-mode-request - Before it is asked again; can be cancelled. Fired on the session.
 * @event {CobrowseControlRefusedEvent} cobrowse-control-refused - Something that the agent did was not performed. Fired on the session.
 * @event {CobrowseViewRequestEvent} cobrowse-view-request - Before the view starts; can be cancelled. Fired on the session.
 *
 * @csspart base - The whole.
 * @csspart header - The line above the picture.
 * @csspart page-title - Title of the page.
 * @csspart page-url - Its address, as far as the consumer's page tells it.
 * @csspart device - The consumer's device and size of window.
 * @csspart zoom - The zoom buttons.
 * @csspart fullscreen - Around the full screen button, where the desk allows it.
 * @csspart viewport - The box in which the picture is placed.
 * @csspart frame-wrap - The device around the picture, in the size in which it is shown.
 * @csspart mirror - Holds the frame of the mirror.
 * @csspart screen - Shows the captured screen, in full device.
 * @csspart ink - Holds strokes and lasers.
 * @csspart touches - Holds the marks of the consumer's fingers.
 * @csspart touch - A finger of the consumer; it fades when it has gone.
 * @csspart keyboard - Where the keyboard of the consumer's phone covers the page.
 * @csspart cursor - The consumer's pointer.
 * @csspart cursor-name - The name beside it.
 * @csspart capture - The surface that takes the agent's pointer and keys.
 * @csspart focus-ring - Shown around the picture while the keyboard points or works the page.
 * @csspart page-focus - Around what has the focus on the consumer's page, while the agent works it.
 * @csspart control-hint - Says where the keyboard is, and how it is given back.
 * @csspart picker - Opens over a field of the page: its options, or a date, time or color.
 * @csspart toasts - Messages about what was not performed.
 * @csspart toast - One of them.
 * @csspart overlay - Over the picture, holds the panel.
 * @csspart state - The panel.
 * @csspart state-icon - Its icon or picture.
 * @csspart state-text - Its words.
 * @csspart state-actions - Its buttons.
 * @csspart badge - A short remark in a corner of the picture.
 *
 * @cssproperty [--cobrowse-view-background=#e9eef1] - Around the picture.
 * @cssproperty [--cobrowse-view-device-bezel=1px] - Width of the frame around the picture.
 * @cssproperty [--cobrowse-view-phone-bezel=0.5rem] - Width of a phone's frame along its long sides.
 * @cssproperty [--cobrowse-view-phone-color=#1d262b] - Color of a phone's frame.
 * @cssproperty [--cobrowse-view-phone-radius=1.5rem] - Corners of a phone's frame.
 * @cssproperty [--cobrowse-view-touch-color=#2563c9] - Color of the marks of the consumer's fingers.
 *
 * @cssstate waiting - Nothing is shown yet.
 * @cssstate loading - The first picture is on its way.
 * @cssstate live - The picture is live.
 * @cssstate paused - The consumer paused.
 * @cssstate hidden - The page is not visible.
 * @cssstate elsewhere - The consumer is on another tab.
 * @cssstate away - The consumer left the site.
 * @cssstate reconnecting - A connection is lost.
 * @cssstate frozen - No news come.
 * @cssstate ended - The session has ended.
 * @cssstate failed - The page can't be shown.
 * @cssstate drawing - Laser or pencil is on.
 * @cssstate controlling - This agent works the page.
 *
 * @example
 * ```html
 * <cobrowse-session server="wss://cobrowse.example.com" session="abc" token-url="/token">
 *   <cobrowse-toolbar></cobrowse-toolbar>
 *   <cobrowse-agent-view frame-url="/mirror-frame.html"></cobrowse-agent-view>
 * </cobrowse-session>
 * ```
 */
export class CobrowseAgentView extends LitElement {
  static override styles = [tokens, base, buttons, popups, styles, deviceStyles, panelStyles];

  readonly #internals = this.attachInternals();
  readonly #words = new Localize(this, agentTexts);
  #store: SessionStore | undefined;
  #unwatch: (() => void) | undefined;
  readonly #session = new SessionController(this, (scope) => this.#onScope(scope?.store));
  readonly #resize = new ResizeObserver(() => this.#measure());

  @query('.viewport') private readonly viewport!: HTMLElement;
  @query('.mirror') private readonly mirror!: HTMLElement;
  @query('.screen') private readonly screenCanvas!: HTMLCanvasElement;
  @query('.ink') private readonly ink!: HTMLElement;
  @query('.touches') private readonly touches!: HTMLElement;
  @query('.cursor') private readonly cursor!: HTMLElement;
  @query('.surface') private readonly surface!: HTMLElement;
  @query('.mark') private readonly mark!: HTMLElement;
  @query('.layer') private readonly layer!: HTMLElement;
  @query('.page-focus') private readonly ring!: HTMLElement;

  @state() private box: Size = { width: 0, height: 0 };
  @state() private size: PageSize | null = null;
  @state() private hasPicture = false;
  @state() private failure: CobrowseError | null = null;
  @state() private isDialogOpen = false;
  @state() private details: { text: string; copied: boolean } | null = null;

  /** Id of the `<cobrowse-session>` in the same root, for a view that is not inside of it. */
  @property() for?: string;

  /** The `<cobrowse-session>` itself, where an id doesn't reach. */
  @property({ attribute: false }) session: SessionProvider | null = null;

  /** A same-origin copy of `mirror-frame.html`, for desks with a strict content security policy. Read when a view starts. */
  @property({ attribute: 'frame-url' }) frameUrl?: string;

  /** `contain`: all of the page; `width`: its width, scrolled down; `actual`: its true size, scrolled. */
  @property({ reflect: true }) fit: Fit = 'contain';

  /** 1 is the page's true size. Absent: as `fit` says. From 0.25 to 2. */
  @property({ type: Number, reflect: true }) zoom: number | null = null;

  /** Keys that take the keyboard from the consumer's page back to the desk, while the agent works it. */
  @property({ attribute: 'release-shortcut' }) releaseShortcut = 'Control+Alt+Escape';

  /** No title, address, device and buttons above the picture. */
  @property({ type: Boolean, reflect: true, attribute: 'without-header' }) withoutHeader = false;

  /** Replaces texts of this element, by their keys in `i18n/agent/en`. */
  @property({ attribute: false }) text?: Partial<Record<AgentKey, string>>;

  #situation: Situation = 'offline';
  #stage: Stage | undefined;
  #early: EarlyFrames | undefined;
  readonly #screen = new ScreenPart({
    canvas: () => this.screenCanvas,
    update: () => this.requestUpdate(),
    fire: (event) => this.#session.scope?.host.dispatchEvent(event),
  });
  /** Counts up with each view that starts or goes, so that a slow load knows that it is outdated. */
  #attempt = 0;
  #spoken = '';

  constructor() {
    super();
    new Tooltip(this);
    new Ticker(this, () => this.#situation === 'loading' || this.#situation === 'frozen');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('fullscreenchange', this.#onFullscreenChange);
    if (this.hasUpdated) this.#resize.observe(this.viewport);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('fullscreenchange', this.#onFullscreenChange);
    this.#resize.disconnect();
    this.#leaveStage();
  }

  protected override willUpdate(): void {
    const { state } = this.#session;
    this.#situation = situationOf(state);
    const isLive = this.#situation === 'live' && state !== undefined;
    const drawing = isLive && state.tool !== 'none' ? ['drawing'] : [];
    const controlling = isLive && grantOf(state) !== null ? ['controlling'] : [];
    const theme = this.#session.scope?.theme ?? 'auto';
    setStates(this.#internals, [state?.view.phase ?? 'waiting', theme, ...drawing, ...controlling]);
    if (!state || !isShowing(state)) this.#leaveStage();
  }

  protected override firstUpdated(): void {
    this.#resize.observe(this.viewport);
  }

  protected override updated(): void {
    const { state, store } = this.#session;
    if (!state || !store || !isShowing(state)) return;
    this.#screen.follow(state, internalsOf(store));
    if (this.#stage) this.#stage.update();
    else if (internalsOf(store)) void this.#enterStage(store, internalsOf(store)!);
  }

  // --- the picture

  #onScope(store: SessionStore | undefined): void {
    if (store === this.#store) return;
    this.#store = store;
    this.#unwatch?.();
    this.#unwatch = store && onInternals(store, () => this.#leaveStage());
    this.#leaveStage();
  }

  async #enterStage(store: SessionStore, internals: SessionInternals): Promise<void> {
    if (this.#attempt % 2 === 1) return;
    const attempt = ++this.#attempt;
    const channel = new EarlyFrames(internals.mirror);
    this.#early = channel;
    try {
      const { Stage } = await import('./stage.js');
      if (attempt !== this.#attempt) return;
      const { mirror, ink, touches, cursor, surface, mark, layer, ring, frameUrl } = this;
      this.#stage = new Stage({
        ...{ store, internals, channel, mirror, ink, touches, cursor, surface, mark, layer, ring, frameUrl },
        words: this.#words,
        releaseShortcut: () => this.releaseShortcut,
        fire: (event) => this.#session.scope?.host.dispatchEvent(event),
        onDialog: (open) => (this.isDialogOpen = open),
        onSize: (size) => (this.size = size),
        onPicture: (error) => {
          this.failure = error;
          this.hasPicture ||= error === null;
          if (error === null) this.#screen.mirrorIsThere();
        },
      });
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error);
    }
  }

  // an odd number: a stage is there or on its way
  #leaveStage(): void {
    this.#screen.reset();
    if (this.#attempt % 2 === 1) this.#attempt++;
    this.#early?.drop();
    this.#early = undefined;
    this.#stage?.destroy();
    this.#stage = undefined;
    this.size = null;
    this.hasPicture = false;
    this.failure = null;
    this.details = null;
  }

  #fail(error: unknown): void {
    console.warn('cobrowse-kit: the view could not be started', error);
    const { store } = this.#session;
    if (store) internalsOf(store)?.setViewPhase('failed');
  }

  #measure(): void {
    const style = getComputedStyle(this.viewport);
    const width = this.viewport.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const height = this.viewport.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    if (width !== this.box.width || height !== this.box.height) this.box = { width, height };
  }

  get #look(): DeviceLook {
    const { page } = this.#session.state ?? {};
    return lookOf(this.#screen.size ?? this.size ?? { width: page?.width || 1280, height: page?.height || 720 });
  }

  get #scale(): number {
    return scaleFor(this.#look.device, this.box, this.fit, this.zoom);
  }

  // --- handlers

  readonly #onFullscreenChange = (): void => this.requestUpdate();

  readonly #onFullscreen = (): void => {
    const leaving = this.#isFullscreen;
    void (leaving ? document.exitFullscreen() : this.requestFullscreen()).catch(() => undefined);
  };

  readonly #onZoom = (direction: 1 | -1 | 0): void => {
    this.zoom = direction === 0 ? null : zoomBy(this.#scale, direction);
  };

  readonly #onPanelAction = (does: PanelAction['does']): void => {
    const { state } = this.#session;
    if (does === 'copy') void this.#copyDetails();
    else if (does === 'resync') this.#refresh();
    else if (does === 'request') this.#act({ type: 'request', mode: 'screen-share' });
    else if (does === 'view') this.#act({ type: 'view' });
    else if (state?.request) this.#act({ type: 'withdraw', requestId: state.request.id });
  };

  #act(action: Action): void {
    const { scope } = this.#session;
    if (scope) dispatchWithEvents(scope, action);
  }

  /** A new epoch; after a failure in a new frame too. */
  #refresh(): void {
    if (this.#situation === 'failed') this.#leaveStage();
    this.#act({ type: 'resync' });
    this.requestUpdate();
  }

  async #copyDetails(): Promise<void> {
    const text = this.#describeFailure();
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    // where the desk may not write to the clipboard, the text is shown to be copied by hand
    this.details = { text, copied: copied ?? false };
  }

  #describeFailure(): string {
    const { state } = this.#session;
    const { session, connection, status, view, latency } = state!;
    const code = this.failure?.code ?? 'mirror-failed';
    const frame = this.frameUrl ? 'frame-url' : 'about:blank';
    return JSON.stringify(
      { code, session, connection, status, phase: view.phase, latency, frame, at: new Date() },
      null,
      1,
    );
  }

  get #isFullscreen(): boolean {
    return this.matches(':fullscreen');
  }

  // --- templates

  #renderHeader(state: SessionState): TemplateResult | typeof nothing {
    if (this.withoutHeader || !state.page || !isShowing(state)) return nothing;
    const scale = this.#scale;
    return renderHeader({
      words: this.#words,
      page: state.page,
      size: this.#look.device,
      scale,
      zoomed: this.zoom !== null,
      canZoom: { in: scale < ZOOM_MAX - 0.001, out: scale > ZOOM_MIN + 0.001 },
      fullscreen: !document.fullscreenEnabled ? 'impossible' : this.#isFullscreen ? 'on' : 'off',
      onZoom: this.#onZoom,
      onFullscreen: this.#onFullscreen,
    });
  }

  #renderFrame(state: SessionState | undefined): TemplateResult {
    const tool = this.#situation === 'live' ? (state?.tool ?? 'none') : 'none';
    return renderDeviceFrame({ words: this.#words, state, look: this.#look, tool, badge: this.#renderBadge(state) });
  }

  #renderBadge(state: SessionState | undefined): TemplateResult | typeof nothing {
    if (this.#situation !== 'live' || !state) return nothing;
    const key = state.quality === 'poor' ? 'agentQualityPoor' : unseenKey(state);
    if (!key) return nothing;
    return html`<span class="badge" part="badge">${icons.warning}${this.#words.term(key)}</span>`;
  }

  #panel(state: SessionState | undefined): Panel | undefined {
    return panelOf({
      words: this.#words,
      situation: this.#situation,
      state,
      isDialogOpen: this.isDialogOpen,
      site: this.#session.scope?.site ?? '',
      failure: this.failure,
      screenError: this.#screen.error,
      copied: this.details?.copied ?? false,
      now: Date.now(),
    });
  }

  // the view speaks only where no toolbar does
  #speech(panel: Panel | undefined, state: SessionState | undefined): string {
    const { store } = this.#session;
    if (!state || !store || hasSpeaker(store)) return '';
    if (panel?.name === 'frozen') return this.#spoken;
    const live = this.#words.term('agentViewing', { consumer: consumerName(this.#words, state) });
    return (this.#spoken = panel ? panel.title : live);
  }

  protected override render(): TemplateResult {
    const { state } = this.#session;
    const panel = this.#panel(state);
    const showing = state !== undefined && isShowing(state) && this.#situation !== 'offline';
    return html`
      <section
        class="base"
        part="base"
        lang=${this.#words.lang}
        dir=${this.#words.dir}
        aria-label=${this.#words.term('agentViewLabel')}
        data-situation=${this.isDialogOpen && this.#situation === 'live' ? 'dialog' : this.#situation}
        ?data-showing=${showing}
        ?data-picture=${showing && this.hasPicture}
        data-source=${this.#screen.picture}
        ${deviceVariables(this.#look, this.#scale)}
      >
        ${state ? this.#renderHeader(state) : nothing}
        <div class="viewport" part="viewport" data-fit=${this.zoom === null ? this.fit : 'zoom'}>
          ${this.#renderFrame(state)}
        </div>
        <div class="layer"></div>
        ${
          panel
            ? html`<div class="overlay" part="overlay">
                ${renderPanel(panel, this.#onPanelAction, this.details && !this.details.copied ? this.details.text : null)}
              </div>`
            : nothing
        }
        <div class="visually-hidden" role="status">${this.#speech(panel, state)}</div>
        <div class="tooltip" popover="manual" data-align="center" aria-hidden="true"></div>
      </section>
    `;
  }
}
