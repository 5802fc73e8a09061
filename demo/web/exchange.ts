import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Html } from './html.js';

const maximumBody = 16 * 1024;

/** Ends a request with this status. Its message is shown to the person. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One request and its response, with the few things that the demo's sites do with them. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly cookies: ReadonlyMap<string, string>;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.response = response;
    this.url = parseUrl(request);
    this.cookies = parseCookies(request.headers.cookie);
    // nothing is cached: what is edited is seen
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
  }

  /** Remembers something for the browser's session. Scripts can't read it. */
  setCookie(name: string, value: string): void {
    this.response.appendHeader('Set-Cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`);
  }

  sendPage(page: Html, status = 200): void {
    this.#send(status, 'text/html; charset=utf-8', page.text);
  }

  sendJson(value: unknown, status = 200): void {
    this.#send(status, 'application/json; charset=utf-8', JSON.stringify(value));
  }

  sendText(text: string, type: string): void {
    this.#send(200, type, text);
  }

  redirect(location: string): void {
    this.response.writeHead(303, { Location: location }).end();
  }

  /**
   * The body as a JSON object.
   * @throws {HttpError} 413 over 16 kB, 415 for another type, 400 for anything that isn't an object, 403 from another site
   */
  async readJson(): Promise<Record<string, unknown>> {
    this.#refuseOtherSites();
    if (!this.request.headers['content-type']?.startsWith('application/json'))
      throw new HttpError(415, 'JSON expected');
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maximumBody) throw new HttpError(413, 'That is too long');
      chunks.push(chunk);
    }
    return parseObject(Buffer.concat(chunks).toString('utf8'));
  }

  #send(status: number, type: string, text: string): void {
    const body = Buffer.from(text);
    this.response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length });
    this.response.end(this.request.method === 'HEAD' ? undefined : body);
  }

  #refuseOtherSites(): void {
    const { origin, host } = this.request.headers;
    if (origin && origin !== `http://${host}`) throw new HttpError(403, 'Not from this site');
  }
}

function parseUrl(request: IncomingMessage): URL {
  try {
    return new URL(request.url ?? '/', 'http://demo');
  } catch {
    throw new HttpError(400, 'Not an address');
  }
}

function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('=', 2) as [string, string?]);
  return new Map(pairs.filter(([name]) => name).map(([name, value]) => [name, value ?? '']));
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError(400, 'Not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpError(400, 'An object is expected');
  return value as Record<string, unknown>;
}
