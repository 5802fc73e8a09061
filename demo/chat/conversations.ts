import { randomBytes } from 'node:crypto';
import { HttpError } from '../web/exchange.js';

const maximumConversations = 500;
const maximumMessages = 500;
const maximumText = 2000;
/** Of one conversation. */
const maximumSessions = 50;

/** `request` carries the session of a co-browse to the consumer's page; `ended` says that it is over. */
export type MessageKind = 'text' | 'request' | 'ended';
export type Author = 'agent' | 'consumer' | 'system';

export interface Message {
  /** Counts from 1 in each conversation. */
  readonly id: number;
  readonly at: number;
  readonly author: Author;
  readonly name: string;
  readonly kind: MessageKind;
  readonly text: string;
  /** The co-browsing session that a `request` or `ended` is about. */
  readonly session?: string;
}

export type NewMessage = Omit<Message, 'id' | 'at' | 'session'> & { session?: string | undefined };

/** Where the consumer is on the site. */
export interface Place {
  readonly title: string;
  readonly path: string;
}

/** One conversation between a consumer and the desk; what the desk's list shows of it. */
export interface Conversation {
  readonly id: string;
  readonly consumer: string;
  readonly startedAt: number;
  /** The co-browsing session that the next request uses. */
  readonly session: string;
  /** Whether a page of the consumer listens now. */
  readonly online: boolean;
  readonly place: Place | null;
  readonly last: Message | null;
}

export type ChatEvent =
  | { readonly type: 'conversation'; readonly conversation: Conversation }
  | { readonly type: 'message'; readonly conversation: string; readonly message: Message };

interface Entry {
  readonly conversation: Conversation;
  readonly messages: Message[];
  readonly nextMessage: number;
  readonly pages: number;
}

type Listener = (event: ChatEvent) => void;

/** All conversations of the demo, in memory and bounded: the oldest goes first. */
export class Conversations {
  readonly #entries = new Map<string, Entry>();
  /** Every session that was ever handed out here, with its conversation. */
  readonly #sessions = new Map<string, string>();
  readonly #listeners = new Set<Listener>();

  start(consumer: string): Conversation {
    const conversation: Conversation = {
      id: newId(),
      consumer: clean(consumer, 60) || 'Guest',
      startedAt: Date.now(),
      session: newId(),
      online: false,
      place: null,
      last: null,
    };
    this.#sessions.set(conversation.session, conversation.id);
    this.#entries.set(conversation.id, { conversation, messages: [], nextMessage: 1, pages: 0 });
    this.#forgetOldest();
    this.#emit({ type: 'conversation', conversation });
    return conversation;
  }

  list(): Conversation[] {
    return [...this.#entries.values()].map(({ conversation }) => conversation).reverse();
  }

  /** @throws {HttpError} 404 */
  get(id: string): Conversation {
    return this.#entry(id).conversation;
  }

  /** @throws {HttpError} 404 */
  messages(id: string, after = 0): Message[] {
    return this.#entry(id).messages.filter((message) => message.id > after);
  }

  /** The conversation that a co-browsing session belongs to, or undefined for a session that is not from here. */
  ofSession(session: string): Conversation | undefined {
    return this.#entries.get(this.#sessions.get(session) ?? '')?.conversation;
  }

  /** A fresh session for a conversation, as one that has ended can't be used again. */
  renewSession(id: string): Conversation {
    const session = newId();
    this.#sessions.set(session, id);
    const own = [...this.#sessions].filter(([, owner]) => owner === id);
    for (const [old] of own.slice(0, -maximumSessions)) this.#sessions.delete(old);
    return this.#change(id, { session });
  }

  /** @throws {HttpError} 404, 422 for an empty text */
  post(id: string, { author, name, kind, text, session }: NewMessage): Message {
    const entry = this.#entry(id);
    const words = clean(text, maximumText);
    if (!words && kind === 'text') throw new HttpError(422, 'A message needs words');
    if (kind !== 'text') {
      const same = this.#alreadySaid(entry, kind, session);
      if (same) return same;
    }
    const message: Message = { id: entry.nextMessage, at: Date.now(), author, name, kind, text: words, session };
    const messages = [...entry.messages, message].slice(-maximumMessages);
    const conversation = { ...entry.conversation, last: message };
    this.#entries.set(id, { ...entry, conversation, messages, nextMessage: entry.nextMessage + 1 });
    this.#emit({ type: 'message', conversation: id, message });
    this.#emit({ type: 'conversation', conversation });
    return message;
  }

  /** A page of the consumer listens. @returns how to say that it is gone. */
  arrive(id: string, place: Place): () => void {
    const entry = this.#entry(id);
    this.#entries.set(id, { ...entry, pages: entry.pages + 1 });
    this.#change(id, { online: true, place: { title: clean(place.title, 120), path: clean(place.path, 200) } });
    return () => this.#leave(id);
  }

  /** Calls the listener on every event from now on. @returns how to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #leave(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    const pages = entry.pages - 1;
    this.#entries.set(id, { ...entry, pages });
    if (pages === 0) this.#change(id, { online: false });
  }

  // both sides may say that a session has ended
  #alreadySaid(entry: Entry, kind: MessageKind, session: string | undefined): Message | undefined {
    if (!session || this.#sessions.get(session) !== entry.conversation.id) throw new HttpError(422, 'No such session');
    if (kind !== 'ended') return undefined;
    const newest = entry.messages.findLast((message) => message.session === session);
    return newest?.kind === 'ended' ? newest : undefined;
  }

  #change(id: string, change: Partial<Conversation>): Conversation {
    const entry = this.#entry(id);
    const conversation = { ...entry.conversation, ...change };
    this.#entries.set(id, { ...entry, conversation });
    this.#emit({ type: 'conversation', conversation });
    return conversation;
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new HttpError(404, 'There is no such conversation');
    return entry;
  }

  #forgetOldest(): void {
    for (const id of this.#entries.keys()) {
      if (this.#entries.size <= maximumConversations) return;
      this.#entries.delete(id);
      for (const [session, owner] of this.#sessions) if (owner === id) this.#sessions.delete(session);
    }
  }

  #emit(event: ChatEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

// whoever knows an id may use it: so it can't be guessed
function newId(): string {
  return randomBytes(12).toString('base64url');
}

function clean(text: string, length: number): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n]/gu, '')
    .trim()
    .slice(0, length);
}
