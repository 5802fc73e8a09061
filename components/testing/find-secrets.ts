import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { encodeFrame } from '../../protocol/index.js';
import { createSession } from '../session/create-session.js';
import type { SessionState, SessionStore } from '../session/types.js';
import type { CobrowseSession } from '../session-provider/session.js';
import type { Privacy } from '../session-provider/privacy.js';
import { MemoryHub } from '../transport/memory-hub.js';
import type { Transport, TransportFactory } from '../transport/types.js';
import { SessionReader, type SecretLeak } from './session-reader.js';

export interface SecretSearchOptions {
  /** What never leaves, where the page has no `<cobrowse-session>` of its own: with one, that one's `privacy` holds. */
  privacy?: Privacy;
  /** What a person does on the page while it is shared: opens menus, types, goes to another view. */
  act?: (page: Element) => Promise<void> | void;
  /** Milliseconds for each step of the session to be reached. Default 5,000. */
  timeout?: number;
}

/** What `expectNoSecrets` fails with. */
export class SecretsFoundError extends Error {
  override readonly name = 'SecretsFoundError';
  readonly leaks: readonly SecretLeak[];

  constructor(leaks: readonly SecretLeak[]) {
    super(
      [
        `${leaks.length} secrets left the page:`,
        ...leaks.map(
          ({ secret, form, sink, excerpt }) => `  ${secret} (${form}) by ${sink}\n    ${JSON.stringify(excerpt)}`,
        ),
      ].join('\n'),
    );
    this.leaks = leaks;
  }
}

/**
 * Records a session of this document, by the real tags with a server in memory, and looks for secrets in every byte that
 * the page would send: the mirror (inflated), the doc, presence. For tests that run in a browser.
 * @param page HTML to put on the page for the time of the search, or an element that is already there
 * @param secrets at least 4 characters each; a record names them in what is found
 * @returns each secret with the way by which it left; none at best
 * @throws {Error} when the session could not be recorded: nothing found would prove nothing.
 */
export async function findSecrets(
  page: Element | string,
  secrets: readonly string[] | Readonly<Record<string, string>>,
  options: SecretSearchOptions = {},
): Promise<SecretLeak[]> {
  const mounted = typeof page === 'string' ? mount(page) : page;
  const search = new Search(secrets, options);
  try {
    await search.run(mounted);
    search.reader.expectRead();
    return search.reader.leaks;
  } finally {
    search.stop();
    if (typeof page === 'string') mounted.remove();
  }
}

/** As `findSecrets`. @throws {SecretsFoundError} that names each secret and the sink by which it left. */
export async function expectNoSecrets(...args: Parameters<typeof findSecrets>): Promise<void> {
  const leaks = await findSecrets(...args);
  if (leaks.length > 0) throw new SecretsFoundError(leaks);
}

function mount(html: string): Element {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  document.body.append(holder);
  return holder;
}

class Search {
  readonly reader: SessionReader;
  readonly #options: SecretSearchOptions;
  readonly #hub = new MemoryHub();
  readonly #consumer: SessionStore;
  readonly #agent: SessionStore;
  #element: CobrowseSession | undefined;
  #own: CobrowseSession | undefined;

  constructor(secrets: ConstructorParameters<typeof SessionReader>[0], options: SecretSearchOptions) {
    this.reader = new SessionReader(secrets);
    this.#options = options;
    const base = { server: 'ws://memory.invalid', session: 'memory', token: 'memory' };
    const consumer = tapped(this.#hub.as({ sub: 'consumer-1', name: 'Consumer', role: 'consumer' }), this.reader);
    this.#consumer = createSession({ ...base, transport: consumer });
    this.#agent = createSession({ ...base, transport: this.#hub.as({ sub: 'agent-1', name: 'Agent', role: 'agent' }) });
  }

  async run(page: Element): Promise<void> {
    await this.#join();
    await this.#share();
    await this.#epoch(1);
    await this.#options.act?.(page);
    await this.#quiet();
    // and all of it once more, as it is now
    const before = this.reader.epochs.size;
    this.#agent.dispatch({ type: 'resync' });
    await this.#epoch(before + 1);
    await this.#quiet();
  }

  stop(): void {
    this.#consumer.dispatch({ type: 'end' });
    this.#own?.remove();
    this.#agent.destroy();
    this.#consumer.destroy();
  }

  /** With the page's own tag if it has one: what is tried is what will be used. */
  async #join(): Promise<void> {
    await import('../cobrowse-session.js');
    this.#element = document.querySelector('cobrowse-session') ?? undefined;
    if (!this.#element) {
      this.#own = document.createElement('cobrowse-session');
      if (this.#options.privacy) this.#own.privacy = this.#options.privacy;
      this.#element = this.#own;
    }
    this.#element.store = this.#consumer;
    if (this.#own) document.body.append(this.#own);
    await this.#element.updateComplete;
  }

  async #share(): Promise<void> {
    await this.#reach(this.#consumer, ({ connection }) => connection === 'online');
    await this.#reach(this.#agent, ({ connection }) => connection === 'online');
    this.#agent.dispatch({ type: 'request', mode: 'screen-share' });
    const { request } = await this.#reach(this.#consumer, (state) => state.request !== null);
    const shown = { id: 'testing', version: 1, locale: 'en', text: 'A test of what leaves this page.' };
    this.#consumer.dispatch({ type: 'answer', requestId: request!.id, decision: 'allow', shown });
    await this.#reach(this.#agent, ({ status }) => status === 'allowed');
    this.#agent.dispatch({ type: 'view' });
    await this.#reach(this.#consumer, ({ status }) => status === 'active');
  }

  #reach(store: SessionStore, wanted: (state: SessionState) => boolean): Promise<SessionState> {
    const { timeout = 5000 } = this.#options;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!wanted(store.getState())) return;
        clearTimeout(timer);
        unsubscribe();
        resolve(store.getState());
      };
      const timer = setTimeout(() => {
        unsubscribe();
        reject(new Error(`the page could not be recorded: ${JSON.stringify(store.getState())}`));
      }, timeout);
      const unsubscribe = store.subscribe(look);
      look();
    });
  }

  async #epoch(count: number): Promise<void> {
    const end = performance.now() + (this.#options.timeout ?? 5000);
    while (this.reader.epochs.size < count) {
      if (performance.now() > end) throw new Error('the page could not be recorded: nothing was sent');
      await task();
    }
  }

  /** Until nothing more is sent: what was done last has left then. */
  async #quiet(): Promise<void> {
    for (let calm = 0, bytes = -1; calm < 12;) {
      await task();
      calm = bytes === this.reader.bytes ? calm + 1 : 0;
      bytes = this.reader.bytes;
    }
  }
}

function task(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

/** A transport of which the reader sees everything that goes out. */
function tapped(factory: TransportFactory, reader: SessionReader): TransportFactory {
  return async (request) => {
    const transport: Transport = await factory(request);
    const { mirror, doc, awareness } = transport;
    const send = mirror.send.bind(mirror);
    mirror.send = (frame) => {
      const isSent = send(frame);
      if (isSent) reader.readMirror(encodeFrame(frame));
      return isSent;
    };
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) reader.readUpdate(update);
    });
    awareness.on('update', (_changes: unknown, origin: unknown) => {
      if (origin === 'local') reader.readPresence(encodeAwarenessUpdate(awareness, [awareness.clientID]));
    });
    return transport;
  };
}
