import { css, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { setStates } from '../internal/custom-states.js';
import { overlayHostsOf, type OverlayHost, type OverlayHosts } from '../internal/overlay-hosts.js';
import type { SessionProvider, SessionScope } from '../internal/session-context.js';
import { SessionController } from '../internal/session-controller.js';
import { warnOnce } from '../internal/warn.js';
import type { ConsentView } from './consent-view.js';

/** Where the indicator lies: an edge (`block-start`, `block-end`) or a corner (`inline-end-block-end`). */
export type Placement = 'block-start' | 'block-end' | `inline-${'start' | 'end'}-block-${'start' | 'end'}`;

/**
 * The consumer's part: asks each question in plain words with Allow and Deny, and shows who sees the page, with Stop,
 * for as long as it is shared. The question stands where the tag stands, or in a dialog; the indicator, the frame and
 * the ink of the agent lie over the page, whatever becomes of the place of the tag. Before a question it loads nothing.
 *
 * @summary Asks the consumer, and shows that the page is shared.
 * @status experimental
 * @since 0.1
 *
 * @slot icon - Replaces the monogram of the agent.
 * @slot logo - Shown above the question.
 * @slot title - Replaces the title of the question. It goes into the receipt.
 * @slot body - Replaces the first sentence. It goes into the receipt.
 * @slot legal - Replaces the link "How co-browsing works".
 * @slot allow - Replaces the text of Allow, not the button.
 * @slot deny - Replaces the text of Deny, not the button.
 * @slot stop - Replaces the text of Stop sharing, not the button.
 * @slot pause - Replaces the text of Pause, not the button.
 * @slot after - Replaces the words after an answer.
 *
 * @csspart message - The question, or what became of it.
 * @csspart avatar - The agent's monogram.
 * @csspart countdown - The ring around it, the time that is left; in the indicator the time that is left of control.
 * @csspart title - The question in a few words.
 * @csspart body - What the agent will see.
 * @csspart points - What the agent can and can't do.
 * @csspart hidden-note - The point about protected fields.
 * @csspart expiry - When the request ends.
 * @csspart more-time - The button More time: there from 20 seconds before the end, once.
 * @csspart legal - The line with the link.
 * @csspart actions - The row with both buttons.
 * @csspart allow - The button Allow.
 * @csspart deny - The button Deny.
 * @csspart after - The words after an answer.
 * @csspart indicator - The bar or pill over the page.
 * @csspart indicator-icon - The monogram in it.
 * @csspart indicator-text - Who sees the page.
 * @csspart participants - Who else watches.
 * @csspart stop - The button Stop sharing.
 * @csspart pause - The button Pause.
 * @csspart resume - The button Resume.
 * @csspart take-back - The button Take back control.
 * @csspart choose - The button Choose what to show, in full device.
 * @csspart back - The button Back to this tab only, in full device.
 * @csspart frame - The line around the page.
 * @csspart frame-label - Who controls the page, on that line.
 * @csspart agent-cursor - The cursor of an agent in control.
 * @csspart agent-name - The name at that cursor.
 * @csspart prompt - What an agent in control asks the consumer to do.
 * @csspart prompt-text - The words of it.
 * @csspart prompt-open - The link that opens an address.
 * @csspart prompt-dismiss - The button that closes it.
 * @csspart hidden-area - What the agent can't see, while the consumer looks at it.
 * @csspart prompt-ring - The ring around the element that it is about.
 * @csspart ink - The layer with the laser and the strokes.
 *
 * @cssproperty [--cobrowse-consent-max-width=26rem] - The widest that a question gets.
 * @cssproperty [--cobrowse-consent-background=var(--cobrowse-color-surface-raised)] - Behind a question.
 * @cssproperty [--cobrowse-indicator-inset=0.75rem] - Between the indicator and the edge of the window.
 * @cssproperty [--cobrowse-indicator-background=#10212b] - Behind the indicator.
 * @cssproperty [--cobrowse-frame-color=var(--cobrowse-color-accent)] - The line around the page; in control the default is `--cobrowse-color-control`.
 * @cssproperty [--cobrowse-frame-width=3px] - Its width.
 *
 * @cssstate asking - A question waits for its answer.
 * @cssstate sharing - The agent sees the page.
 * @cssstate controlled - An agent has control.
 * @cssstate full-device - The agent sees the tab in front, or what the consumer has chosen.
 * @cssstate paused - The consumer has paused.
 * @cssstate reconnecting - The connection is lost and being made again.
 * @cssstate ended - The session has ended.
 *
 * @example
 * ```html
 * <cobrowse-session server="wss://cobrowse.example.com" token-url="/cobrowse/token" company="Example Bank">
 *   <cobrowse-consent presentation="dialog"></cobrowse-consent>
 * </cobrowse-session>
 * ```
 */
export class CobrowseConsent extends LitElement implements OverlayHost {
  static override styles = css`
    :host {
      display: block;
    }
    :host([hidden]) {
      display: none;
    }
    :host([data-cobrowse-host]) {
      display: contents;
    }
  `;

  readonly #internals = this.attachInternals();
  readonly #controller = new SessionController(this, (scope) => this.#onScope(scope));
  #hosts: OverlayHosts | undefined;
  #isLoading = false;

  /** Id of a `<cobrowse-session>` in the same document or shadow root, when the tag isn't inside of it. */
  @property() for = '';
  /** The `<cobrowse-session>` element itself, for a tag in another root. */
  @property({ attribute: false }) session: SessionProvider | null = null;
  /** Where the question is asked: `inline` where the tag stands, `dialog`, or `none`: by yourself. */
  @property() presentation: 'inline' | 'dialog' | 'none' = 'inline';
  /** Who sees the page: as a `bar`, a small `pill`, or `none`: your own, marked with `data-cobrowse-indicator`. */
  @property() indicator: 'bar' | 'pill' | 'none' = 'bar';
  /** Edge or corner of the window where the indicator lies. It gives way when the focus is under it. */
  @property() placement: Placement = 'block-start';
  /** Overrides the session's `company`. */
  @property() company = '';
  /** Overrides the session's `policy-url`. */
  @property({ attribute: 'policy-url' }) policyUrl = '';
  /** Keys that stop sharing, as `Control+Alt+S`. They're shown in the indicator. */
  @property({ attribute: 'stop-shortcut' }) stopShortcut = '';
  /** No line around the page. */
  @property({ type: Boolean, attribute: 'without-frame' }) withoutFrame = false;
  /** No Pause in the indicator. */
  @property({ type: Boolean, attribute: 'without-pause' }) withoutPause = false;
  /** Texts of this one tag by their keys; `setText` is for all. */
  @property({ attribute: false }) text: Readonly<Record<string, string>> | undefined;

  /** @ignore Loaded with the first question. */
  @state() view: ConsentView | undefined;

  /** @ignore For the view. */
  get scope(): SessionScope | undefined {
    return this.#controller.scope;
  }

  protected override firstUpdated(): void {
    queueMicrotask(() => {
      if (this.isConnected && !this.scope && customElements.get('cobrowse-session')) warnOnce(this, 'no-session');
    });
  }

  protected override willUpdate(): void {
    const state = this.#controller.state;
    const isConsumer = state?.role === 'consumer';
    if (isConsumer && (state.request || state.status !== 'idle')) void this.#loadView();
    const control = isConsumer && state.mode === 'remote-control' && 'controlled';
    const device = isConsumer && state.mode === 'full-device' && 'full-device';
    const states = isConsumer ? [state.request && 'asking', state.status, control, device, state.connection] : [];
    const names = states.map((name) => (name === 'active' ? 'sharing' : name));
    const shown = ['asking', 'sharing', 'controlled', 'full-device', 'paused', 'reconnecting', 'ended'].filter((name) =>
      names.includes(name),
    );
    setStates(this.#internals, [...shown, this.scope?.theme ?? 'auto']);
  }

  async #loadView(): Promise<void> {
    if (this.view || this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { ConsentView } = await import('./consent-view.js');
      this.view = new ConsentView(this);
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    } finally {
      this.#isLoading = false;
    }
  }

  #onScope(scope: SessionScope | undefined): void {
    const hosts = scope && overlayHostsOf(scope.store);
    if (hosts === this.#hosts) return;
    this.#hosts?.leave(this);
    this.#hosts = hosts;
    hosts?.join(this);
  }

  protected override render(): unknown {
    return this.view?.render() ?? nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cobrowse-consent': CobrowseConsent;
  }
}
