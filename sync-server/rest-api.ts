import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '../protocol/index.js';
import { JoinCodes } from './join-codes.js';
import { openApi } from './openapi.js';
import type { Configuration } from './options.js';
import { Problem, replyProblem } from './problem.js';
import { Rate } from './rate.js';
import type { SignedReceipt } from './receipts.js';
import { readBody, readNewSession, readNewToken, type NewSession, type NewToken } from './rest-requests.js';
import { signToken } from './token.js';

/** A session as it is told outside. */
export interface SessionSummary {
  id: string;
  reference?: string | undefined;
  /** `waiting`: made here, and nobody has joined yet; else the session's own status. */
  status: string;
  mode: string | null;
  participants: { sub: string; name: string; role: Role }[];
}

/** What the REST API needs of the server. */
export interface RestHost {
  /** Who asks, by its token. @throws {TokenError} (rejects) */
  authenticate(token: string): Promise<string>;
  addressOf(request: IncomingMessage): string;
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean;
  sessions(): Iterable<SessionSummary>;
  session(id: string): SessionSummary | undefined;
  /** Closes it for good. @param by who asked for it. */
  end(id: string, by: string): void;
  receiptsOf(session: string): SignedReceipt[];
  receipt(id: string): SignedReceipt | undefined;
}

interface Call {
  /** `sub` of the service; empty where anyone may ask. */
  service: string;
  /** Parts of the path in braces. */
  id: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
}

interface Answer {
  status: number;
  body?: unknown;
}

interface Route {
  method: string;
  path: string;
  /** Asked by browsers, without a token of a service. */
  isOpen?: true;
  handle(call: Call): Answer | Promise<Answer>;
}

interface Known extends NewSession {
  createdAt: number;
}

const mostKnown = 100_000;
const mostRepeated = 10_000;
const servicePerSecond = 50;
const mostListed = 1000;

/** `/v1`: for an integrator's back end, and the one call of a page that joins by a code. */
export class RestApi {
  readonly #host: RestHost;
  readonly #configuration: Configuration;
  readonly #codes: JoinCodes;
  /** Sessions that were made here, until they are forgotten for newer ones. */
  readonly #known = new Map<string, Known>();
  /** Answers by `Idempotency-Key`. */
  readonly #repeated = new Map<string, Answer>();
  readonly #services = new Map<string, Rate>();
  /** Guesses of codes: by address, and of all together. */
  readonly #guesses = new Map<string, Rate>();
  readonly #allGuesses: Rate;
  readonly #routes: Route[];

  constructor(host: RestHost, configuration: Configuration) {
    this.#host = host;
    this.#configuration = configuration;
    this.#codes = new JoinCodes(configuration.codeSeconds);
    this.#allGuesses = new Rate(20, 5);
    this.#routes = this.#createRoutes();
  }

  /** What was told when the session was made here. */
  known(session: string): NewSession | undefined {
    return this.#known.get(session);
  }

  /** @returns false when the address isn't of the API: nothing was answered. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { basePath } = this.#configuration;
    const url = request.url ?? '';
    if (!url.startsWith(`${basePath}/v1/`)) return false;
    this.#answer(request, response, url.slice(basePath.length)).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else replyProblem(response, error instanceof Problem ? error : new Problem(500, 'server-error', 'it failed'));
    });
    return true;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
    const [path = '', query = ''] = target.split('?');
    const { route, id } = this.#find(request.method ?? '', path);
    const isAsking = request.method === 'OPTIONS';
    if (route.isOpen) this.#allowOrigin(request, response);
    if (isAsking) return void response.writeHead(204).end();
    const service = route.isOpen ? '' : await this.#service(request);
    if (service) this.#countService(service, response);
    if (route.path.startsWith('/v1/codes/')) this.#countGuess(this.#host.addressOf(request));
    const body = await readBody(request);
    const call = { service, id, query: new URLSearchParams(query), body, headers: request.headers };
    const { status, body: answer } = await this.#once(call, route);
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(answer === undefined ? undefined : JSON.stringify(answer));
  }

  #find(method: string, path: string): { route: Route; id: string } {
    const fitting = this.#routes.flatMap((route) => {
      const id = match(route.path, path);
      return id === undefined ? [] : [{ route, id }];
    });
    if (fitting.length === 0) throw new Problem(404, 'bad-request', 'there is no such address');
    const found = fitting.find(({ route }) => route.method === method || (route.isOpen && method === 'OPTIONS'));
    if (found) return found;
    const allow = fitting.map(({ route }) => route.method).join(', ');
    throw new Problem(405, 'bad-request', `here only ${allow}`, { allow });
  }

  /** Whoever repeats a call with the same key gets the same answer, and nothing is done twice. */
  async #once(call: Call, route: Route): Promise<Answer> {
    const key = call.headers['idempotency-key'];
    if (route.method !== 'POST' || route.isOpen || typeof key !== 'string') return route.handle(call);
    const name = JSON.stringify([call.service, route.path, call.id, key]);
    const known = this.#repeated.get(name);
    if (known) return known;
    const answer = await route.handle(call);
    bound(this.#repeated, mostRepeated);
    this.#repeated.set(name, answer);
    return answer;
  }

  async #service({ headers }: IncomingMessage): Promise<string> {
    const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const challenge = { 'www-authenticate': 'Bearer' };
    if (!token) throw new Problem(401, 'unauthorized', 'a bearer token with the role service', challenge);
    let sub: string;
    try {
      sub = await this.#host.authenticate(token);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'server-error') throw new Problem(503, 'server-error', 'the token can’t be checked now');
      if (code === 'forbidden') throw new Problem(403, 'forbidden', 'the token’s role is not service');
      throw new Problem(401, code === 'token-expired' ? code : 'unauthorized', 'the token is not accepted', challenge);
    }
    return sub;
  }

  #countService(sub: string, response: ServerResponse): void {
    const rate = rateOf(this.#services, sub, () => new Rate(servicePerSecond));
    const isOver = !rate.take();
    response.setHeader('ratelimit-limit', servicePerSecond * 2);
    response.setHeader('ratelimit-remaining', rate.left);
    response.setHeader('ratelimit-reset', 1);
    if (isOver) throw tooMany(1);
  }

  #allowOrigin({ headers: { origin, host } }: IncomingMessage, response: ServerResponse): void {
    if (!this.#host.isOriginAllowed(origin, host)) throw new Problem(403, 'origin-refused', 'this page may not ask');
    if (origin === undefined) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', 'content-type');
    response.setHeader('vary', 'origin');
  }

  /** Ten tries, and one more every twelve seconds. */
  #countGuess(address: string): void {
    const own = rateOf(this.#guesses, address, () => new Rate(1 / 12, 120));
    if (!own.take() || !this.#allGuesses.take()) throw tooMany(12);
  }

  #createRoutes(): Route[] {
    return [
      { method: 'GET', path: '/v1/openapi.json', isOpen: true, handle: () => ({ status: 200, body: openApi }) },
      { method: 'POST', path: '/v1/sessions', handle: (call) => this.#create(call) },
      { method: 'GET', path: '/v1/sessions', handle: (call) => this.#list(call) },
      { method: 'GET', path: '/v1/sessions/{id}', handle: ({ id }) => ({ status: 200, body: this.#get(id) }) },
      { method: 'DELETE', path: '/v1/sessions/{id}', handle: (call) => this.#end(call) },
      { method: 'POST', path: '/v1/sessions/{id}/tokens', handle: (call) => this.#mint(call) },
      { method: 'POST', path: '/v1/sessions/{id}/codes', handle: ({ id }) => ({ status: 201, body: this.#invite(id) }) },
      { method: 'GET', path: '/v1/sessions/{id}/receipts', handle: ({ id }) => ({ status: 200, body: { receipts: this.#host.receiptsOf(id).map(flat) } }) },
      { method: 'GET', path: '/v1/receipts/{id}', handle: ({ id }) => this.#receipt(id) },
      { method: 'POST', path: '/v1/codes/{code}/redeem', isOpen: true, handle: (call) => this.#redeem(call) },
    ]; // prettier-ignore
  }

  #create({ body }: Call): Answer {
    const asked = readNewSession(body);
    const id = randomBytes(16).toString('base64url');
    bound(this.#known, mostKnown);
    this.#known.set(id, { ...asked, createdAt: Date.now() });
    return { status: 201, body: { id, ...asked, ...this.#invite(id) } };
  }

  #invite(session: string) {
    this.#needsKey();
    const invitation = this.#codes.create(session);
    if (!invitation) throw new Problem(503, 'server-full', 'too many codes are open');
    const { code, expiresAt } = invitation;
    const { joinUrl } = this.#configuration;
    // behind #, it is in no server's log
    return { code, ...(joinUrl ? { joinUrl: `${joinUrl}#cobrowse=${code}` } : {}), expiresAt: iso(expiresAt) };
  }

  #list({ query }: Call): Answer {
    const [state, reference] = [query.get('state'), query.get('reference')];
    const limit = Math.min(mostListed, Math.max(1, Number(query.get('limit') ?? 100) || 100));
    if (state !== null && !['active', 'open', 'waiting'].includes(state))
      throw new Problem(400, 'bad-request', 'state is active, open or waiting');
    const sessions: SessionSummary[] = [];
    for (const one of this.#all()) {
      const fits = (state === null || state === stateOf(one)) && (reference === null || reference === one.reference);
      if (fits && sessions.push(one) >= limit) break;
    }
    return { status: 200, body: { sessions } };
  }

  *#all(): Generator<SessionSummary> {
    yield* this.#host.sessions();
    for (const id of this.#known.keys()) if (!this.#host.session(id)) yield this.#waiting(id);
  }

  #waiting(id: string): SessionSummary {
    return { id, reference: this.#known.get(id)?.reference, status: 'waiting', mode: null, participants: [] };
  }

  #get(id: string): SessionSummary {
    const found = this.#host.session(id) ?? (this.#known.has(id) ? this.#waiting(id) : undefined);
    if (!found) throw new Problem(404, 'session-not-found', 'no such session is held here');
    return found;
  }

  #end({ id, service }: Call): Answer {
    this.#codes.revoke(id);
    this.#known.delete(id);
    this.#host.end(id, service);
    return { status: 204 };
  }

  async #mint({ id, body }: Call): Promise<Answer> {
    const asked = readNewToken(body);
    return { status: 201, body: await this.#sign(id, asked) };
  }

  async #redeem({ id: code }: Call): Promise<Answer> {
    this.#needsKey();
    const invitation = this.#codes.redeem(code);
    if (!invitation) throw new Problem(404, 'session-not-found', 'this code is wrong, used, or too old');
    const { session } = invitation;
    const sub = `guest-${randomBytes(9).toString('base64url')}`;
    const token = await this.#sign(session, {
      role: 'consumer',
      sub,
      ttl: this.#configuration.settings.sessionSeconds,
    });
    return { status: 200, body: { session, role: 'consumer', sub, ...token } };
  }

  #receipt(id: string): Answer {
    const signed = this.#host.receipt(id);
    if (!signed) throw new Problem(404, 'session-not-found', 'no such receipt is held here');
    return { status: 200, body: flat(signed) };
  }

  async #sign(session: string, { ttl, ...claims }: NewToken): Promise<{ token: string; expiresAt: string }> {
    const key = this.#needsKey();
    const { audience, issuer } = this.#configuration;
    const { reference, modes, locale } = this.#known.get(session) ?? {};
    const exp = Math.floor(Date.now() / 1000) + ttl;
    const own = { ...(modes ? { modes } : {}), ...(locale ? { locale } : {}), ...(reference ? { reference } : {}) };
    const named = { ...(audience ? { aud: audience } : {}), ...(issuer ? { iss: issuer } : {}) };
    const token = await signToken({ ...own, ...claims, ...named, session, exp }, key);
    return { token, expiresAt: iso(exp * 1000) };
  }

  #needsKey(): string {
    const key = [this.#configuration.secret ?? []].flat()[0];
    if (!key) throw new Problem(501, 'forbidden', 'this server checks tokens by a public key: it can’t sign any');
    return key;
  }
}

function stateOf({ status }: SessionSummary): string {
  return status === 'waiting' ? 'waiting' : status === 'active' || status === 'paused' ? 'active' : 'open';
}

const flat = ({ receipt, jws }: SignedReceipt) => ({ ...receipt, jws });
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** @returns the part in braces, or an empty text where there is none; undefined when it doesn't fit. */
function match(pattern: string, path: string): string | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  let id = '';
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith('{')) id = decode(given[i]!);
    else if (part !== given[i]) return undefined;
  }
  return pattern.includes('{') && id === '' ? undefined : id;
}

function decode(text: string): string {
  try {
    const id = decodeURIComponent(text);
    return /^[^\p{Cc}]{1,128}$/u.test(id) ? id : '';
  } catch {
    return '';
  }
}

function bound(map: Map<string, unknown>, most: number): void {
  if (map.size >= most) map.delete(map.keys().next().value!);
}

function rateOf(rates: Map<string, Rate>, name: string, create: () => Rate): Rate {
  const known = rates.get(name);
  if (known) return known;
  if (rates.size >= mostRepeated) for (const [other, rate] of rates) if (rate.idle) rates.delete(other);
  bound(rates, mostRepeated);
  const rate = create();
  rates.set(name, rate);
  return rate;
}

function tooMany(seconds: number): Problem {
  return new Problem(429, 'rate-limited', 'too many requests', { 'retry-after': String(seconds) });
}
