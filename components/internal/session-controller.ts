import { ContextConsumer } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import type { SessionState, SessionStore } from '../session/types.js';
import {
  isSessionProvider,
  SCOPE_CHANGE,
  sessionContext,
  type SessionProvider,
  type SessionScope,
} from './session-context.js';

type Host = LitElement & { for?: string; session?: SessionProvider | null };

/**
 * Connects an element to its `<cobrowse-session>`: the one it names by the `session` property, else by `for` (an id in the
 * same root, also one that appears later), else the one it is inside of. Updates the element on every change of state.
 */
export class SessionController implements ReactiveController {
  readonly #host: Host;
  readonly #onScope: ((scope: SessionScope | undefined) => void) | undefined;
  #named: SessionProvider | undefined;
  #inherited: SessionScope | undefined;
  #scope: SessionScope | undefined;
  #unsubscribe: (() => void) | undefined;
  #idObserver: MutationObserver | undefined;
  readonly #consumer: ContextConsumer<typeof sessionContext, Host>;

  /** @param onScope called when the session that the element belongs to changes, and with undefined when it is gone. */
  constructor(host: Host, onScope?: (scope: SessionScope | undefined) => void) {
    this.#host = host;
    this.#onScope = onScope;
    host.addController(this);
    this.#consumer = new ContextConsumer(host, {
      context: sessionContext,
      subscribe: true,
      callback: (scope) => {
        this.#inherited = scope;
        this.#resolve();
      },
    });
  }

  get scope(): SessionScope | undefined {
    return this.#scope;
  }

  get store(): SessionStore | undefined {
    return this.#scope?.store;
  }

  get state(): SessionState | undefined {
    return this.#scope?.store.getState();
  }

  hostConnected(): void {
    this.#resolve();
    if (!customElements.get('cobrowse-session')) void this.#askAgain();
  }

  hostUpdate(): void {
    this.#resolve();
  }

  hostDisconnected(): void {
    this.#watchIds(false);
    this.#setNamed(undefined);
    this.#setScope(undefined);
  }

  /** Nobody answers a question for the context that is older than its provider. */
  async #askAgain(): Promise<void> {
    await customElements.whenDefined('cobrowse-session');
    if (!this.#inherited && this.#host.isConnected) this.#consumer.hostConnected();
  }

  #resolve(): void {
    if (!this.#host.isConnected) return;
    const { session, for: id } = this.#host;
    this.#setNamed(session ?? (id ? this.#findById(id) : undefined));
    this.#watchIds(Boolean(id) && !session);
    this.#setScope(this.#named?.scope ?? (id ? undefined : this.#inherited));
  }

  #findById(id: string): SessionProvider | undefined {
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    const element = root.getElementById(id);
    return isSessionProvider(element) ? element : undefined;
  }

  // `for` may name an element that is parsed, upgraded or renamed later
  #watchIds(on: boolean): void {
    if (!on) {
      this.#idObserver?.disconnect();
      this.#idObserver = undefined;
    } else if (!this.#idObserver) {
      this.#idObserver = new MutationObserver(() => this.#resolve());
      this.#idObserver.observe(this.#host.getRootNode(), {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['id'],
      });
      void customElements.whenDefined('cobrowse-session').then(() => this.#resolve());
    }
  }

  #setNamed(provider: SessionProvider | undefined): void {
    if (provider === this.#named) return;
    this.#named?.removeEventListener(SCOPE_CHANGE, this.#onScopeChange);
    this.#named = provider;
    provider?.addEventListener(SCOPE_CHANGE, this.#onScopeChange);
  }

  readonly #onScopeChange = (): void => this.#resolve();

  #setScope(scope: SessionScope | undefined): void {
    if (scope === this.#scope) return;
    const moved = scope?.store !== this.#scope?.store;
    this.#scope = scope;
    if (moved) {
      this.#unsubscribe?.();
      this.#unsubscribe = scope?.store.subscribe(() => this.#host.requestUpdate());
    }
    this.#onScope?.(scope);
    this.#host.requestUpdate();
  }
}
