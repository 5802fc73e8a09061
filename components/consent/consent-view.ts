import { html, nothing, type ReactiveController } from 'lit';
import { dispatchWithEvents } from '../events/ask.js';
import { consumerCatalogue } from '../i18n/consumer/catalogue.js';
import type { ConsumerKey } from '../i18n/consumer/en.js';
import { Localize } from '../i18n/localize.js';
import { isLeftToTags } from '../internal/asked.js';
import { overlayHostsOf, type OverlayHosts } from '../internal/overlay-hosts.js';
import type { SessionScope } from '../internal/session-context.js';
import { Ticker } from '../internal/ticker.js';
import { base, buttons, tokens } from '../internal/tokens.styles.js';
import type { PendingRequest, SessionState } from '../session/types.js';
import { AnswerGuard } from './answer-guard.js';
import type { CobrowseConsent } from './consent.js';
import { consentStyles } from './consent.styles.js';
import type { IconName } from './icons.js';
import { indicatorStyles } from './indicator.styles.js';
import { OverlayView } from './overlay-view.js';
import { afterTemplate, questionTemplate, type QuestionModel } from './question-template.js';
import { CONSENT_VERSION, deviceOf, questionKeys, questionValues, type DescribeOptions } from './question-words.js';
import { rich } from './rich-text.js';
import type { ScreenDesk } from './screen-desk.js';
import { openDialog } from './top-layer.js';

/** What a `<cobrowse-consent>` shows, loaded when there's something to show. */
export class ConsentView implements ReactiveController {
  readonly #host: CobrowseConsent;
  readonly #localize: Localize<ConsumerKey>;
  readonly #guard: AnswerGuard;
  readonly #overlay: OverlayView;
  /** Loaded with the first question for full device. */
  #screen: ScreenDesk | null | undefined;
  #isLoadingScreen = false;
  #asked: PendingRequest | null = null;
  #whole = 0;

  constructor(host: CobrowseConsent) {
    this.#host = host;
    this.#guard = new AnswerGuard(() => host.requestUpdate());
    this.#localize = new Localize(host, consumerCatalogue);
    this.#overlay = new OverlayView(host, this.#localize);
    new Ticker(host, () => this.#question !== null || this.#overlay.counts);
    const root = host.renderRoot as ShadowRoot;
    const sheets = [tokens, base, buttons, consentStyles, indicatorStyles].map(({ styleSheet }) => styleSheet!);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#guard.watch(null);
  }

  hostUpdated(): void {
    const root = this.#host.renderRoot as ShadowRoot;
    const dialog = root.querySelector('dialog');
    if (dialog) openDialog(dialog);
    const hosts = this.#hosts;
    if (hosts && (dialog || hosts.dialogOf === this.#host)) hosts.setDialog(dialog ? this.#host : null, dialog);
    this.#guard.watch(root.querySelector('.message:not(.settled)'));
  }

  render(): unknown {
    const { scope } = this.#host;
    const state = scope?.store.getState();
    if (!scope || state?.role !== 'consumer') return nothing;
    const question = this.#question;
    if (state.request?.mode === 'full-device') void this.#loadScreen(scope);
    this.#noteTime(question);
    return html`<div class="root" lang=${this.#localize.lang} dir=${this.#localize.dir}>
      ${question ? this.#ask(scope, state, question) : this.#after(state)} ${this.#overlay.render(scope, state)}
    </div>`;
  }

  async #loadScreen(scope: SessionScope): Promise<void> {
    if (this.#isLoadingScreen || this.#screen) return;
    this.#isLoadingScreen = true;
    try {
      const { screenDeskOf } = await import('./screen-desk.js');
      this.#screen = screenDeskOf(scope);
    } catch (error) {
      // without it full device follows the site's tabs
      this.#screen = null;
      console.warn('cobrowse-kit: a part could not be loaded', error);
    } finally {
      this.#isLoadingScreen = false;
      this.#host.requestUpdate();
    }
  }

  get #hosts(): OverlayHosts | undefined {
    return this.#host.scope && overlayHostsOf(this.#host.scope.store);
  }

  /** The question that our tags are to ask. */
  get #question(): PendingRequest | null {
    const store = this.#host.scope?.store;
    const request = store?.getState().request ?? null;
    return store && request && isLeftToTags(store, request.id) ? request : null;
  }

  #noteTime(question: PendingRequest | null): void {
    const isOther = question?.id !== this.#asked?.id || question?.hasMoreTime !== this.#asked?.hasMoreTime;
    if (isOther) this.#whole = question ? question.expiresAt - Date.now() : 0;
    this.#asked = question;
  }

  #ask(scope: SessionScope, state: SessionState, request: PendingRequest): unknown {
    const place = this.#place();
    if (place === 'none') return nothing;
    // its words depend on what this browser can capture, and the click on Allow must not wait for it
    if (request.mode === 'full-device' && this.#screen === undefined) return nothing;
    const model = this.#model(scope, state, request);
    if (place === 'inline') return questionTemplate(model, false);
    return html`<dialog
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="description"
      @cancel=${(event: Event) => this.#onEscape(event, request)}
    >
      ${questionTemplate(model, true)}
    </dialog>`;
  }

  #place(): 'inline' | 'dialog' | 'none' {
    const { presentation } = this.#host;
    const hosts = this.#hosts;
    if (hosts?.asksInDialog)
      return hosts.current === this.#host ? 'dialog' : presentation === 'inline' ? 'inline' : 'none';
    if (presentation !== 'dialog') return presentation;
    const first = [...(hosts?.members ?? [])].find((member) => member.presentation === 'dialog');
    return first === this.#host ? 'dialog' : 'none';
  }

  #model(scope: SessionScope, state: SessionState, request: PendingRequest): QuestionModel {
    const words = this.#words(scope, state, request);
    return {
      localize: this.#localize,
      request,
      keys: questionKeys(request, words),
      values: questionValues(request, words, (key) => this.#localize.raw(key)),
      policyUrl: this.#host.policyUrl || scope.policyUrl,
      now: Date.now(),
      whole: this.#whole,
      canStop: state.status === 'active' || state.status === 'paused',
      answer: (event, decision) => this.#answer(event, request, decision),
      takeMoreTime: (event) => event.isTrusted && this.#takeMoreTime(request),
      stop: (event) => event.isTrusted && dispatchWithEvents(scope, { type: 'end' }),
      isSettled: this.#guard.isSettled,
    };
  }

  #words({ company, site, keepSubmit }: SessionScope, state: SessionState, request: PendingRequest): DescribeOptions {
    const controller = state.participants.find(({ id }) => id === state.controller && id !== request.agent.id);
    const withoutCapture = !this.#screen?.canCapture;
    const options = { company: this.#host.company || company, site, device: deviceOf(), keepSubmit, withoutCapture };
    return controller ? { ...options, controller: controller.name } : options;
  }

  #answer(event: Event, request: PendingRequest, decision: 'allow' | 'deny'): void {
    if (this.#guard.accepts(event)) this.#dispatchAnswer(request, decision);
  }

  #dispatchAnswer(request: PendingRequest, decision: 'allow' | 'deny'): void {
    const shown = {
      id: questionKeys(request, { device: deviceOf(), withoutCapture: !this.#screen?.canCapture }).id,
      version: CONSENT_VERSION,
      locale: this.#localize.lang,
      text: this.#shownText(),
    };
    this.#host.scope?.store.dispatch({ type: 'answer', requestId: request.id, decision, shown });
  }

  /** The button goes away then, and must not take the focus with it. */
  #takeMoreTime({ id: requestId }: PendingRequest): void {
    this.#host.scope?.store.dispatch({ type: 'more-time', requestId });
    this.#host.renderRoot.querySelector<HTMLElement>('#title')?.focus({ preventScroll: true });
  }

  /** What stood there, with the words of the page's slots where it has put some. */
  #shownText(): string {
    const root = this.#host.renderRoot as ShadowRoot;
    const lines = [...root.querySelectorAll('.message .title, .message .body, .message li')].map((element) => {
      const slotted = element.querySelector('slot')?.assignedNodes({ flatten: true }) ?? [];
      const text = slotted.length > 0 ? slotted.map((node) => node.textContent).join(' ') : element.textContent;
      return text?.replace(/\s+/g, ' ').trim();
    });
    return lines.filter(Boolean).join('\n').slice(0, 4000);
  }

  /** Escape closes a dialog, and closing it is a no. */
  #onEscape(event: Event, request: PendingRequest): void {
    event.preventDefault();
    if (this.#guard.accepts(event)) this.#dispatchAnswer(request, 'deny');
  }

  #after(state: SessionState): unknown {
    if (this.#host.presentation !== 'inline' || !state.lastOutcome) return nothing;
    const { request, outcome } = state.lastOutcome;
    const { site = '' } = this.#host.scope ?? {};
    const values = questionValues(request, { site }, (key) => this.#localize.raw(key));
    const [key, icon] = afterWords(state, outcome);
    return key ? afterTemplate(rich(this.#localize, key, values), icon) : nothing;
  }
}

/** What is said once a question is settled, and while what it allowed goes on. */
function afterWords(
  { status, mode, screen, lastOutcome }: SessionState,
  outcome: NonNullable<SessionState['lastOutcome']>['outcome'],
): [ConsumerKey | undefined, IconName] {
  if (status === 'ended') return ['ended', 'stop'];
  const isSharing = status === 'active' || status === 'paused';
  switch (outcome) {
    case 'allowed':
      if (status === 'paused') return ['paused', 'pause'];
      if (mode === 'full-device') return [screen?.capture === 'on' ? 'seesScreen' : 'seesTabs', 'check'];
      return isSharing ? ['started', 'check'] : ['allowed', 'check'];
    case 'denied':
      if (!isSharing) return ['denied', 'cross'];
      return [lastOutcome?.request.mode === 'remote-control' ? 'deniedControl' : 'deniedMore', 'cross'];
    case 'expired':
      return ['expired', 'clock'];
    case 'withdrawn':
      return ['withdrawn', 'note'];
    default:
      return [undefined, 'note'];
  }
}
