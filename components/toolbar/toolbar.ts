import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { dispatchWithEvents } from '../events/ask.js';
import { agentTexts } from '../i18n/agent/catalogue.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { Localize } from '../i18n/localize.js';
import { errorText } from '../internal/agent-words.js';
import { cssVariables } from '../internal/css-variables.js';
import { setStates } from '../internal/custom-states.js';
import { icons } from '../internal/icons.js';
import { buttonOf, closePopup, handlePopupKey, menuItems, placePopup } from '../internal/popup.js';
import { RovingFocus } from '../internal/roving-focus.js';
import type { SessionProvider } from '../internal/session-context.js';
import { SessionController } from '../internal/session-controller.js';
import { addSpeaker } from '../internal/speakers.js';
import { Ticker } from '../internal/ticker.js';
import { base, buttons, tokens } from '../internal/tokens.styles.js';
import { Tooltip } from '../internal/tooltip.js';
import type { BrowserCommand } from '../../protocol/index.js';
import type { Action } from '../session/types.js';
import { sendCommand } from '../control/input-sender.js';
import { Fit } from './fit.js';
import { actionButton, toolbarButton } from './toolbar-buttons.js';
import { addressPanel, controlEnding, controlTimer, pageCommands } from './toolbar-control.js';
import { ACTION_NAMES, chosenColor, run, type ActionName, type Desk } from './toolbar-desk.js';
import { detailsButton, detailsPanel } from './toolbar-details.js';
import { leadStyles } from './toolbar-lead.styles.js';
import { countdown, elapsed, notification, statusLine } from './toolbar-lead.js';
import { isControlling, TOOLBAR_TOOLS, toolbarModel, type ToolbarModel } from './toolbar-model.js';
import { menus, modes, tools } from './toolbar-tools.js';
import { popups } from '../internal/popup.styles.js';
import { styles } from './toolbar.styles.js';

/**
 * The agent's toolbar: asks for co-browsing, says what came of it, and holds the tools while the page is shown.
 *
 * @summary Request, view, point, draw and end, for the agent.
 * @status stable
 * @since 0.1.0
 *
 * @slot start - Buttons of your own at the start; with `data-cobrowse-action="request"` one does what ours does.
 * @slot end - The same at the end.
 * @slot icon-request - Icon of *Request co-browse*.
 * @slot icon-view - Icon of *View*.
 * @slot icon-laser - Icon of *Laser*.
 * @slot icon-pencil - Icon of *Pencil*.
 * @slot icon-undo - Icon of *Undo*.
 * @slot icon-trash - Icon of *Trash*.
 * @slot icon-control - Icon of *Remote control*.
 * @slot icon-back - Icon of *Back*.
 * @slot icon-forward - Icon of *Forward*.
 * @slot icon-reload - Icon of *Reload*.
 * @slot icon-full-device - Icon of *Full device*.
 * @slot icon-refresh - Icon of *Refresh view*.
 * @slot icon-end - Icon of *End*.
 *
 * @event {CobrowseModeRequestEvent} cobrowse-mode-request - Before a mode is asked for; can be cancelled. Fired on the session.
 * @event {CobrowseViewRequestEvent} cobrowse-view-request - Before the view starts; can be cancelled. Fired on the session.
 * @event {CobrowseEndRequestEvent} cobrowse-end-request - Before the session is ended; can be cancelled. Fired on the session.
 *
 * @csspart base - The bar.
 * @csspart group - Buttons that belong together.
 * @csspart button - Each button.
 * @csspart button__base - The inside of a button.
 * @csspart icon - Each icon.
 * @csspart label - The word of a button.
 * @csspart request - *Request co-browse*, or *Ask again*.
 * @csspart withdraw - *Withdraw*, while the question waits.
 * @csspart notification - That the consumer has allowed it.
 * @csspart view - *View*.
 * @csspart laser - *Laser*.
 * @csspart pencil - *Pencil*.
 * @csspart colors - The ink colors.
 * @csspart color - One of them.
 * @csspart undo - *Undo*.
 * @csspart trash - *Trash*.
 * @csspart control - *Remote control*, where it is offered.
 * @csspart back - *Back* of the consumer's browser, in control.
 * @csspart forward - *Forward* of it.
 * @csspart reload - *Reload* of it.
 * @csspart address - *Address*: another page of the site.
 * @csspart address-field - The field for it.
 * @csspart address-go - The button that goes there.
 * @csspart full-device - *Full device*, where it is offered.
 * @csspart full-device__track - Track of its switch.
 * @csspart full-device__thumb - Thumb of its switch.
 * @csspart refresh - *Refresh view*.
 * @csspart end - *End*.
 * @csspart overflow - *More*, in a narrow place.
 * @csspart menu - A menu.
 * @csspart quality - The connection, and who is there.
 * @csspart participants - The list of who is there.
 * @csspart hand-over - The button *Hand over control* beside another agent, for the one in control.
 * @csspart timer - How long the session has been going on, how long the consumer has to answer, or how long control goes on.
 * @csspart status - The line that says how things stand; a live region.
 *
 * @cssproperty [--cobrowse-toolbar-gap=0.25rem] - Space between buttons.
 * @cssproperty [--cobrowse-toolbar-button-size=2.25rem] - Height of a button.
 *
 * @cssstate asking - A question waits for the consumer.
 * @cssstate allowed - The consumer allowed it, and *View* is offered.
 * @cssstate sharing - The page is shown.
 * @cssstate controlled - This agent has control.
 * @cssstate paused - The consumer paused sharing.
 * @cssstate reconnecting - A connection is lost.
 * @cssstate ended - The session has ended.
 * @cssstate drawing - Laser or pencil is on.
 *
 * @example
 * ```html
 * <cobrowse-session server="wss://cobrowse.example.com" session="abc" token-url="/token">
 *   <cobrowse-toolbar></cobrowse-toolbar>
 * </cobrowse-session>
 * ```
 */
export class CobrowseToolbar extends LitElement {
  static override styles = [tokens, base, buttons, popups, leadStyles, styles];

  readonly #internals = this.attachInternals();
  readonly #words = new Localize(this, agentTexts);
  #speaker: (() => void) | undefined;
  readonly #session = new SessionController(this, (scope) => {
    this.#speaker?.();
    this.#speaker = scope && addSpeaker(scope.store);
  });
  readonly #roving = new RovingFocus(this, { items: () => this.#items(), orientation: () => this.orientation });
  readonly #fit = new Fit(
    this,
    () => this.bar,
    () => this.#roving.refresh(),
  );
  readonly #tooltip = new Tooltip(this);

  @query('.bar') private readonly bar!: HTMLElement | null;

  /** Why the last click did nothing, until something changes. */
  @state() private refusal: string | null = null;

  /** Id of the `<cobrowse-session>` in the same root, for a toolbar that is not inside of it. */
  @property() for?: string;

  /** The `<cobrowse-session>` itself, where an id doesn't reach: other roots, frameworks. */
  @property({ attribute: false }) session: SessionProvider | null = null;

  /** `s` for tight places. */
  @property({ reflect: true }) size: 's' | 'm' = 'm';

  /** `vertical` stacks the buttons, without their words. */
  @property({ reflect: true }) orientation: 'horizontal' | 'vertical' = 'horizontal';

  /** Which tools there are, out of `laser pencil trash undo`. Default: all. */
  @property() tools = TOOLBAR_TOOLS.join(' ');

  /** Icons only. The words stay for assistive technology, and as hints. */
  @property({ type: Boolean, reflect: true, attribute: 'without-labels' }) withoutLabels = false;

  /** Minutes for which control is asked; it ends by itself then. Default: without a limit. */
  @property({ type: Number, attribute: 'control-minutes' }) controlMinutes: number | undefined;

  /** Replaces texts of this element, by their keys in `i18n/agent/en`. */
  @property({ attribute: false }) text?: Partial<Record<AgentKey, string>>;

  #model: ToolbarModel = toolbarModel(undefined, TOOLBAR_TOOLS);
  /** This agent had control, and has not done anything here since. */
  #hadControl = false;
  /** The pending question that is counted down, and how many seconds it had when it was first seen. */
  #asked = { id: '', seconds: 0 };

  constructor() {
    super();
    new Ticker(this, () => this.#counts);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { state } = this.#session;
    const chosen = this.tools.split(/\s+/);
    this.#model = toolbarModel(
      state,
      TOOLBAR_TOOLS.filter((tool) => chosen.includes(tool)),
    );
    if (!changed.has('refusal' as keyof this)) this.refusal = null;
    if (state) this.#hadControl = isControlling(state) || (this.#hadControl && this.#model.showing);
    const request = state?.request;
    if (request && request.id !== this.#asked.id) {
      this.#asked = { id: request.id, seconds: Math.max(1, (request.expiresAt - Date.now()) / 1000) };
    }
    setStates(this.#internals, this.#states());
  }

  protected override updated(): void {
    this.#markSlotted();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onSlottedClick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#onSlottedClick);
  }

  get #counts(): boolean {
    const { state } = this.#session;
    return Boolean(state?.request) || state?.grant?.until != null || (this.#model.showing && state?.startedAt != null);
  }

  #states(): string[] {
    const { situation, showing } = this.#model;
    return [
      this.#session.scope?.theme ?? 'auto',
      ...(situation === 'waiting' ? ['asking'] : []),
      ...(showing ? ['sharing'] : []),
      ...(this.#session.state && isControlling(this.#session.state) ? ['controlled'] : []),
      ...(['allowed', 'paused', 'reconnecting', 'ended'].includes(situation) ? [situation] : []),
      ...(this.#session.state?.tool === 'laser' || this.#session.state?.tool === 'pencil' ? ['drawing'] : []),
    ];
  }

  #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.item, slot[name="start"], slot[name="end"]')].flatMap(
      (item) => (item instanceof HTMLSlotElement ? (item.assignedElements() as HTMLElement[]) : [item]),
    );
  }

  // --- handlers

  readonly #act = (action: Action): void => {
    const { scope } = this.#session;
    if (!scope) return;
    this.#tooltip.hide();
    this.#hadControl = false;
    const result = dispatchWithEvents(scope, action);
    this.refusal = result.ok || result.code === 'cancelled' ? null : errorText(this.#words, result.code);
  };

  readonly #command = (command: BrowserCommand, address?: string): void => {
    const { scope } = this.#session;
    if (!scope) return;
    this.#tooltip.hide();
    const isSent = sendCommand(scope.store, command, address);
    this.refusal = isSent ? null : errorText(this.#words, 'wrong-status');
  };

  /** A vendor's own buttons, in the slots, by what they say they do. */
  readonly #onSlottedClick = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>('[data-cobrowse-action]');
    const name = toActionName(button?.dataset.cobrowseAction);
    if (!button || !name || !this.contains(button) || event.defaultPrevented) return;
    if (this.#model[name] === 'ready') run(this.#desk, name);
  };

  readonly #onMenuToggle = (event: ToggleEvent): void => {
    const menu = event.target as HTMLElement;
    const button = buttonOf(menu);
    if (event.newState !== 'open' || !button) return;
    this.#tooltip.hide();
    placePopup(button, menu);
    const field = menu.querySelector('input');
    field?.select();
    (field ?? (menu.getAttribute('role') === 'menu' ? menuItems(menu)[0] : menu))?.focus();
  };

  readonly #onMenuKey = (event: KeyboardEvent): void => handlePopupKey(event, event.currentTarget as HTMLElement);

  readonly #closeMenus = (): void => {
    for (const menu of this.renderRoot.querySelectorAll<HTMLElement>('.menu:popover-open')) closePopup(menu);
  };

  readonly #onSlotChange = (): void => {
    this.#markSlotted();
    this.#roving.refresh();
    this.#fit.measure();
  };

  /** Slotted buttons of known actions show whether they can be used, as ours do. */
  #markSlotted(): void {
    for (const button of this.querySelectorAll<HTMLElement>('[data-cobrowse-action]')) {
      const name = toActionName(button.dataset.cobrowseAction);
      if (name) button.ariaDisabled = this.#model[name] === 'ready' ? null : 'true';
    }
  }

  get #desk(): Desk {
    return {
      words: this.#words,
      state: this.#session.state,
      model: this.#model,
      now: Date.now(),
      askedSeconds: this.#asked.seconds,
      act: this.#act,
      command: this.#command,
      controlMinutes: this.controlMinutes,
      onMenuToggle: this.#onMenuToggle,
      onMenuKey: this.#onMenuKey,
      closeMenus: this.#closeMenus,
    };
  }

  // --- templates

  #renderLead(desk: Desk): TemplateResult {
    const { words, state, model, now } = desk;
    const ending = state && this.#hadControl ? controlEnding(words, state) : null;
    return html`
      ${statusLine(desk)} ${notification(desk)}
      ${this.refusal ? html`<div class="refusal" role="alert">${this.refusal}</div>` : nothing}
      ${ending ? html`<div class="refusal" role="alert">${ending}</div>` : nothing}
      ${model.showing && state?.startedAt != null ? elapsed(words, state.startedAt, now) : nothing}
      ${controlTimer(desk)} ${state?.request ? countdown(words, state.request, desk.askedSeconds, now) : nothing}
    `;
  }

  #renderQuestions(desk: Desk): TemplateResult {
    const again = desk.model.situation === 'expired';
    const look = 'accent keep-label';
    return html`
      ${actionButton(desk, 'request', again ? 'agentAskAgain' : 'agentRequest', { part: 'request', look })}
      ${actionButton(desk, 'withdraw', 'agentWithdraw', { part: 'withdraw', slot: undefined, look: 'outline keep-label' })}
      ${actionButton(desk, 'view', 'agentView', { part: 'view', look })}
    `;
  }

  #renderRest(desk: Desk): TemplateResult {
    const { words, state, model } = desk;
    return html`
      ${state?.session && state.me ? detailsButton(words, state) : nothing}
      ${actionButton(desk, 'refresh', 'agentRefresh', { part: 'refresh', look: 'rare icon-only' })}
      ${model.showing ? this.#renderOverflow(desk) : nothing}
      ${actionButton(desk, 'end', 'agentEnd', { part: 'end', title: words.term('agentEndLong'), look: 'end' })}
    `;
  }

  #renderOverflow({ words }: Desk): TemplateResult {
    const look = 'overflow icon-only';
    return toolbarButton({
      part: 'overflow',
      label: words.term('agentMore'),
      icon: icons.more,
      opens: 'more-menu',
      look,
    });
  }

  protected override render(): TemplateResult {
    const desk = this.#desk;
    const { words, state, model } = desk;
    return html`
      <div class="root" lang=${words.lang} dir=${words.dir} ${cssVariables({ '--_ink': chosenColor(state).value })}>
        <div
          class="bar"
          part="base"
          role="toolbar"
          aria-label=${words.term('agentToolbar')}
          aria-orientation=${this.orientation}
          data-situation=${model.situation}
        >
          <slot name="start" @slotchange=${this.#onSlotChange}></slot>
          ${this.#renderLead(desk)} ${this.#renderQuestions(desk)} ${tools(desk)} ${modes(desk)} ${pageCommands(desk)}
          <span class="space"></span>
          ${this.#renderRest(desk)}
          <slot name="end" @slotchange=${this.#onSlotChange}></slot>
        </div>
        ${state?.session && state.me ? detailsPanel(desk, state) : nothing} ${menus(desk)} ${addressPanel(desk)}
        <div class="tooltip" popover="manual" data-align="center" aria-hidden="true"></div>
      </div>
    `;
  }
}

// `full-device` in an attribute is `fullDevice` here
function toActionName(name: string | undefined): ActionName | undefined {
  const wanted = name?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return ACTION_NAMES.find((known) => known === wanted);
}
