import type { IncomingMessage } from 'node:http';
import { SUBPROTOCOL } from '../protocol/index.js';
import type { Configuration } from './options.js';
import { createOriginCheck, type OriginCheck } from './origins.js';
import { Rate } from './rate.js';
import { createVerifier, TokenError, type Person, type Verifier } from './token-verifier.js';

const mostAddresses = 100_000;

/** Which connections may come in: how many, from where, and with which token. */
export class Admission {
  readonly #configuration: Configuration;
  readonly #verifier: Verifier;
  readonly isOriginAllowed: OriginCheck;
  readonly #addresses = new Map<string, { open: number; attempts: Rate }>();
  #open = 0;

  /** @throws {ConfigurationError} when a key can't be used. */
  constructor(configuration: Configuration) {
    this.#configuration = configuration;
    this.#verifier = createVerifier(configuration);
    this.isOriginAllowed = createOriginCheck(configuration.allowedOrigins);
  }

  /** Counts a connection in, before anything is known of it. @returns false when there are too many, or too fast. */
  enter(address: string): boolean {
    const { connections, connectionsPerAddress, attemptsPerSecond } = this.#configuration.limits;
    const entry = this.#addresses.get(address) ?? { open: 0, attempts: new Rate(attemptsPerSecond, 10) };
    if (this.#addresses.size >= mostAddresses) this.forgetIdle();
    this.#addresses.set(address, entry);
    if (!entry.attempts.take() || this.#open >= connections || entry.open >= connectionsPerAddress) return false;
    entry.open++;
    this.#open++;
    return true;
  }

  exit(address: string): void {
    const entry = this.#addresses.get(address);
    if (entry) entry.open--;
    this.#open--;
  }

  /** Forgets the addresses that nothing has come from lately. */
  forgetIdle(): void {
    for (const [address, { open, attempts }] of this.#addresses)
      if (open === 0 && attempts.idle) this.#addresses.delete(address);
  }

  /** The address of the one who asks: behind proxies, what the outermost one that we believe has seen. */
  addressOf(request: IncomingMessage): string {
    const { trustProxy } = this.#configuration;
    const hops = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
    return (trustProxy > 0 ? hops.at(-trustProxy) : undefined) ?? request.socket.remoteAddress ?? '';
  }

  /** @throws {TokenError} (rejects) with the name of the close code. */
  async authenticate({ headers }: IncomingMessage, session: string | undefined): Promise<Person> {
    if (!this.isOriginAllowed(headers.origin, headers.host))
      throw new TokenError('origin-refused', `the origin ${headers.origin ?? ''} is not allowed`);
    if (session === undefined) throw new TokenError('bad-request', 'not a session id');
    const person = await this.#inTime(this.#verifier.person(readToken(headers['sec-websocket-protocol'])));
    if (person.session !== session) throw new TokenError('forbidden', 'the token is for another session');
    return person;
  }

  /** A back end that uses the REST API. @returns its `sub`. @throws {TokenError} (rejects) */
  authenticateService(token: string): Promise<string> {
    return this.#inTime(this.#verifier.service(token));
  }

  /** Keys may have to be fetched first. */
  async #inTime<T>(promise: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = 'the token could not be checked in time';
      timer = setTimeout(
        () => reject(new TokenError('server-error', message)),
        this.#configuration.limits.unauthenticatedMilliseconds,
      );
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const versions = /^cobrowse\.v\d+$/;

/** The answer to the subprotocols that were offered: ours; else any version, so that the close code can be read. */
export function chooseProtocol(offered: ReadonlySet<string>): string | false {
  return offered.has(SUBPROTOCOL) ? SUBPROTOCOL : ([...offered].find((name) => versions.test(name)) ?? false);
}

function readToken(header: string | undefined): string {
  const offered = (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (!offered.includes(SUBPROTOCOL) && offered.some((name) => versions.test(name)))
    throw new TokenError('upgrade-required', `this server speaks ${SUBPROTOCOL}`);
  const token = offered.find((name) => !versions.test(name));
  if (!offered.includes(SUBPROTOCOL) || !token) throw new TokenError('unauthorized', 'no token');
  return token;
}
