import { isSessionProvider, SCOPE_CHANGE } from '../internal/session-context.js';
import type { Action, DispatchResult, SessionStore } from '../session/types.js';
import { isKnock, WELCOME, type FromFrame, type FromPage } from './messages.js';

export interface ExposeOptions {
  /** Origins whose frames get the session, exactly: `https://chat.example`. `*` is not one. */
  origins: readonly string[];
  /** What they may do. Default: what a person may do in a chat: `answer`, `more-time`, `pause`, `resume`, `end`, `step-down`, `take-back`. */
  actions?: readonly Action['type'][];
}

const chatActions: readonly Action['type'][] = [
  'answer',
  'more-time',
  'pause',
  'resume',
  'end',
  'step-down',
  'take-back',
];

/**
 * Gives a session of this page to frames of other origins: a chat or a CRM that is embedded here, or that embeds this page. They call
 * `attachSession`. State goes out as it is, so name only origins that may know it.
 *
 * @param session the `<cobrowse-session>` element, or a store
 * @returns the way to stop: the frames lose the session at once
 */
export function exposeSession(session: HTMLElement | SessionStore, options: ExposeOptions): () => void {
  const guests = new Map<MessageEventSource, Guest>();
  const storeNow = () => storeOf(session);
  const onMessage = ({ data, origin, source }: MessageEvent) => {
    if (!source || !isKnock(data) || !options.origins.includes(origin)) return;
    guests.get(source)?.stop();
    const { port1, port2 } = new MessageChannel();
    guests.set(source, new Guest(port1, storeNow, options.actions ?? chatActions));
    (source as Window).postMessage({ type: WELCOME }, origin, [port2]);
  };
  // the tag may show another store from now on
  const onScope = () => guests.forEach((guest) => guest.follow());
  const controller = new AbortController();
  const { signal } = controller;
  addEventListener('message', onMessage, { signal });
  if (session instanceof HTMLElement) session.addEventListener(SCOPE_CHANGE, onScope, { signal });
  return () => {
    controller.abort();
    guests.forEach((guest) => guest.stop());
    guests.clear();
  };
}

function storeOf(session: HTMLElement | SessionStore): SessionStore {
  return isSessionProvider(session) ? session.scope.store : (session as SessionStore);
}

/** One frame. */
class Guest {
  readonly #port: MessagePort;
  readonly #storeNow: () => SessionStore;
  readonly #actions: readonly string[];
  #store: SessionStore | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(port: MessagePort, storeNow: () => SessionStore, actions: readonly string[]) {
    this.#port = port;
    this.#storeNow = storeNow;
    this.#actions = actions;
    port.onmessage = ({ data }: MessageEvent<FromFrame>) => this.#post({ id: data.id, result: this.#act(data.action) });
    this.follow();
  }

  follow(): void {
    const store = this.#storeNow();
    if (store === this.#store) return;
    this.#unsubscribe?.();
    this.#store = store;
    this.#unsubscribe = store.subscribe((state) => this.#post({ state }));
    this.#post({ state: store.getState() });
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#port.close();
  }

  #act(action: Action | undefined): DispatchResult {
    if (!action || !this.#actions.includes(action.type)) return { ok: false, code: 'forbidden' };
    return this.#storeNow().dispatch(action);
  }

  #post(message: FromPage): void {
    this.#port.postMessage(message);
  }
}
