import { DORMANT } from '../session/initial-state.js';
import type { Action, DispatchResult, SessionState, SessionStore } from '../session/types.js';
import { isWelcome, KNOCK, type FromPage } from './messages.js';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

/**
 * The session of a page of another origin, in a frame that it embeds or is embedded in: the same store as there. The page calls
 * `exposeSession`; until it does, the store is dormant and tries again.
 *
 * `dispatch` says at once that an action went out (`not-connected` where it can't); what the page refuses is named in the console, and
 * leaves the state as it was. `answer` counts as the person's own word: call it in their click only.
 *
 * @param page the window that has the session, such as `parent`
 * @param origin its origin, exactly
 */
export function attachSession(page: Window, origin: string): SessionStore {
  return new AttachedSession(page, origin);
}

class AttachedSession implements SessionStore {
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #controller = new AbortController();
  #state: SessionState = DORMANT;
  #port: MessagePort | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;

  constructor(page: Window, origin: string) {
    const onMessage = (event: MessageEvent) => {
      if (event.source === page && event.origin === origin && isWelcome(event.data)) this.#use(event.ports[0]);
    };
    addEventListener('message', onMessage, { signal: this.#controller.signal });
    this.#knock(page, origin, FIRST_PAUSE);
  }

  getState(): SessionState {
    return this.#state;
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispatch(action: Action): DispatchResult {
    if (!this.#port) return { ok: false, code: 'not-connected' };
    this.#port.postMessage({ id: ++this.#count, action });
    return { ok: true };
  }

  destroy(): void {
    this.#controller.abort();
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#port = undefined;
    this.#listeners.clear();
  }

  /** The page may not be ready, or may not have called `exposeSession` yet. */
  #knock(page: Window, origin: string, pause: number): void {
    if (this.#port) return;
    page.postMessage({ type: KNOCK }, origin);
    this.#timer = setTimeout(() => this.#knock(page, origin, Math.min(pause * 2, LONGEST_PAUSE)), pause);
  }

  #use(port: MessagePort | undefined): void {
    if (!port) return;
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromPage>) => {
      if ('state' in data) this.#set(data.state);
      else if (!data.result.ok) console.warn(`cobrowse-kit: the page refused an action: ${data.result.code}`);
    };
  }

  #set(state: SessionState): void {
    this.#state = Object.freeze(state);
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.#state);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
