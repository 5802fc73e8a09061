import { SecretsFoundError } from './find-secrets.js';
import { SessionReader, type SecretLeak } from './session-reader.js';

/** What is needed of a page of Playwright (or of what has the same events). */
export interface WatchablePage {
  on(event: 'websocket', listener: (socket: WatchableSocket) => void): unknown;
}

export interface WatchableSocket {
  url(): string;
  on(event: 'framesent', listener: (frame: { payload: string | Uint8Array }) => void): unknown;
}

/** What a page has sent since it is watched. */
export interface SecretWatch {
  readonly leaks: readonly SecretLeak[];
  /** Bytes that were looked at. */
  readonly bytes: number;
  /** How often the whole page was sent. */
  readonly snapshots: number;
  /** @throws {SecretsFoundError} for any leak. @throws {Error} when nothing is proved: the page was never sent, or could not be read. */
  expectNone(): void;
}

/**
 * For tests that drive a browser: looks for secrets in every byte that the kit on the page sends to its server, over all
 * pages that it goes to. To be called before the page is opened.
 */
export function watchSecrets(
  page: WatchablePage,
  secrets: readonly string[] | Readonly<Record<string, string>>,
): SecretWatch {
  const reader = new SessionReader(secrets);
  page.on('websocket', (socket) => {
    const { pathname } = new URL(socket.url());
    const isMirror = /\/mirror\/[^/]+$/.test(pathname);
    if (!isMirror && !/\/sync\/[^/]+$/.test(pathname)) return;
    socket.on('framesent', ({ payload }) => {
      // a copy: Node's buffers are parts of a larger one
      const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : Uint8Array.from(payload);
      if (isMirror) reader.readMirror(bytes);
      else reader.readSync(bytes);
    });
  });
  return {
    leaks: reader.leaks,
    get bytes() {
      return reader.bytes;
    },
    get snapshots() {
      return reader.epochs.size;
    },
    expectNone() {
      if (reader.leaks.length > 0) throw new SecretsFoundError(reader.leaks);
      reader.expectRead();
    },
  };
}
