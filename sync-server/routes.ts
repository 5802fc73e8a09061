import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Channel } from './session-room.js';

export interface Target {
  channel: Channel;
  /** Undefined when it can't be a session's id. */
  session: string | undefined;
}

/** Which session and channel an address means; undefined when it's none of ours. */
export function readTarget(url: string, basePath: string): Target | undefined {
  const path = url.split('?')[0]!;
  if (!path.startsWith(`${basePath}/`)) return undefined;
  const match = /^\/(sync|mirror)\/([^/]*)$/.exec(path.slice(basePath.length));
  return match ? { channel: match[1] as Channel, session: readSession(match[2]!) } : undefined;
}

/** The stock provider puts the id into the address as it is; others encode it. Both are read. */
function readSession(segment: string): string | undefined {
  try {
    const id = decodeURIComponent(segment);
    return /^[^\p{Cc}]{1,128}$/u.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

export interface Health {
  basePath: string;
  metricsToken?: string | undefined;
  registry: Registry;
  /** JWKS. */
  receiptKeys: object;
  isReady(): boolean;
}

/** Answers `/healthz`, `/readyz`, `/metrics` and the keys of receipts. @returns false for any other address: nothing was answered. */
export function answerHealth(request: IncomingMessage, response: ServerResponse, health: Health): boolean {
  const { basePath, registry, metricsToken } = health;
  const path = (request.url ?? '/').split('?')[0]!;
  const reply = (status: number, text: string, type = 'text/plain; charset=utf-8') =>
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  switch (path.startsWith(basePath) ? path.slice(basePath.length) : '') {
    case '/healthz':
      reply(200, 'ok\n');
      return true;
    case '/readyz':
      if (health.isReady()) reply(200, 'ready\n');
      else reply(503, 'draining\n');
      return true;
    case '/metrics':
      if (metricsToken && !isSame(request.headers.authorization ?? '', `Bearer ${metricsToken}`))
        reply(401, 'unauthorized\n');
      else void registry.metrics().then((text) => reply(200, text, registry.contentType));
      return true;
    case '/.well-known/cobrowse-keys.json':
      reply(200, JSON.stringify(health.receiptKeys), 'application/json');
      return true;
    default:
      return false;
  }
}

/** Compares in a time that tells nothing. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
