import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CobrowseError } from '../../protocol/errors.js';
import { CobrowseErrorEvent } from '../events/error.js';
import { CobrowseJoinEvent } from '../events/join.js';
import { setStates } from '../internal/custom-states.js';
import type { SessionProvider } from '../internal/session-context.js';
import { SessionController } from '../internal/session-controller.js';
import { base, buttons, tokens } from '../internal/tokens.styles.js';
import { joinCatalogue } from '../i18n/join/catalogue.js';
import type { JoinKey } from '../i18n/join/en.js';
import { Localize } from '../i18n/localize.js';
import type { CobrowseSession } from '../session-provider/session.js';
import { joinStyles } from './join.styles.js';
import { codeIn, digitsOf, redeem, type Redeemed } from './redeem.js';

/** Remembers in this tab what the code opened: a reload joins again, though the code is used up. */
const memoryKey = 'cobrowse-join';

/**
 * Where the consumer types the code that the agent reads out, or arrives by the link that holds it (`#cobrowse=` and
 * the code). Exchanges it at the session's server and joins. Nothing is shared by that: the agent still asks.
 *
 * @summary Joins a session by the code of an agent.
 * @status experimental
 * @since 0.2
 *
 * @event {CobrowseJoinEvent} cobrowse-join - The code was exchanged. Cancel it to join by yourself.
 * @event {CobrowseErrorEvent} cobrowse-error - It was not.
 *
 * @csspart form - The form with all of its parts.
 * @csspart label - Says what the field is for.
 * @csspart input - The field of the code.
 * @csspart submit - The button.
 * @csspart error - What was wrong, in words.
 * @csspart joined - In place of the form, while the session is joined.
 *
 * @cssstate joining - The code is being exchanged.
 * @cssstate joined - The session is joined.
 *
 * @example
 * ```html
 * <cobrowse-session server="wss://cobrowse.example.com">
 *   <cobrowse-join></cobrowse-join>
 *   <cobrowse-consent></cobrowse-consent>
 * </cobrowse-session>
 * ```
 */
export class CobrowseJoin extends LitElement {
  static override styles = [tokens, base, buttons, joinStyles];

  readonly #internals = this.attachInternals();
  readonly #controller = new SessionController(this, () => this.#onScope());
  readonly #words = new Localize<JoinKey>(this, joinCatalogue);
  #isResumed = false;

  /** Id of a `<cobrowse-session>` in the same document or shadow root, when the tag isn't inside of it. */
  @property() for = '';
  /** The `<cobrowse-session>` element itself, for a tag in another root. */
  @property({ attribute: false }) session: SessionProvider | null = null;
  /** Some of the words in your own, by their keys. */
  @property({ attribute: false }) text: Partial<Record<JoinKey, string>> = {};

  @state() private trouble: JoinKey | undefined;
  @state() private isJoining = false;

  get #isJoined(): boolean {
    const state = this.#controller.state;
    return Boolean(state?.session) && state?.status !== 'ended';
  }

  protected override willUpdate(): void {
    const states = [...(this.isJoining ? ['joining'] : []), ...(this.#isJoined ? ['joined'] : [])];
    setStates(this.#internals, [...states, this.#controller.scope?.theme ?? 'auto']);
    if (this.#controller.state?.status === 'ended') forget();
  }

  protected override render(): TemplateResult {
    const { dir, lang } = this.#words;
    if (this.#isJoined)
      return html`<p part="joined" role="status" dir=${dir} lang=${lang}>${this.#words.term('joinJoined')}</p>`;
    const { trouble, isJoining } = this;
    return html`<form part="form" dir=${dir} lang=${lang} @submit=${this.#onSubmit}>
      <label part="label" for="code">${this.#words.term('joinLabel')}</label>
      <div class="row">
        <input
          part="input"
          id="code"
          name="code"
          dir="ltr"
          inputmode="numeric"
          autocomplete="off"
          required
          maxlength="24"
          aria-invalid=${trouble === 'joinWrong' ? 'true' : nothing}
          aria-describedby="error"
          ?readonly=${isJoining}
          @input=${() => (this.trouble = undefined)}
        />
        <button part="submit" type="submit" class="button accent" aria-disabled=${isJoining ? 'true' : nothing}>
          ${this.#words.term(isJoining ? 'joinJoining' : 'joinButton')}
        </button>
      </div>
      <p part="error" id="error" class="error" role="alert">${trouble ? this.#words.term(trouble) : nothing}</p>
    </form>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input')!;
    const code = digitsOf(input.value);
    if (code) void this.#join(code);
    else this.trouble = 'joinWrong';
  };

  get #host(): CobrowseSession | undefined {
    return this.#controller.scope?.host as CobrowseSession | undefined;
  }

  /** The first time that there is a session: goes on with what was joined in this tab, or takes the code of the link. */
  #onScope(): void {
    const host = this.#host;
    if (!host?.server || this.#isResumed) return;
    this.#isResumed = true;
    const code = codeIn(location.hash);
    if (code) {
      // a code is used once: who copies the address must not take it along
      history.replaceState(history.state, '', location.pathname + location.search);
      return void this.#join(code);
    }
    const kept = recall(host.server);
    if (kept && !host.session) this.#enter(host, kept);
  }

  async #join(code: string): Promise<void> {
    const host = this.#host;
    if (!host || this.isJoining) return;
    this.isJoining = true;
    this.trouble = undefined;
    try {
      const redeemed = await redeem(host.server, code);
      if (!this.dispatchEvent(new CobrowseJoinEvent(redeemed.session, redeemed.token))) return;
      remember(host.server, redeemed);
      this.#enter(host, redeemed);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.isJoining = false;
    }
  }

  #enter(host: CobrowseSession, { session, token }: Redeemed): void {
    host.token = token;
    host.connect({ session });
  }

  #fail(error: unknown): void {
    const { code, recoverable } = error instanceof CobrowseError ? error : new CobrowseError('server-error');
    this.dispatchEvent(new CobrowseErrorEvent({ code, recoverable, docs: `docs/troubleshooting.md#${code}` }));
    this.trouble = code === 'session-not-found' ? 'joinWrong' : code === 'rate-limited' ? 'joinTooMany' : 'joinFailed';
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.select());
  }
}

function remember(server: string, redeemed: Redeemed): void {
  try {
    sessionStorage.setItem(memoryKey, JSON.stringify({ server, ...redeemed }));
  } catch {
    // a full or forbidden storage costs the way back after a reload, nothing else
  }
}

function recall(server: string): Redeemed | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(memoryKey) ?? 'null') as (Redeemed & { server: string }) | null;
    return kept?.server === server && Date.parse(kept.expiresAt) > Date.now() ? kept : undefined;
  } catch {
    return undefined;
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(memoryKey);
  } catch {
    // nothing was kept
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cobrowse-join': CobrowseJoin;
  }
}
