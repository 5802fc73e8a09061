import type { IncomingMessage } from 'node:http';
import { isOneOf, MODES, ROLES, type Mode, type Role } from '../protocol/index.js';
import { Problem } from './problem.js';

const bodyBytes = 16 * 1024;
const longestReference = 128;
const longestToken = 86_400;
const defaultToken = 900;

/** The JSON object of a request; empty where it has no body. @throws {Problem} (rejects) */
export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyBytes) throw new Problem(413, 'message-too-big', 'the body is too large', { connection: 'close' });
    parts.push(part);
  }
  if (size === 0) return {};
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) throw new Problem(415, 'bad-request', 'the body is not application/json');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(parts).toString());
  } catch {
    throw new Problem(400, 'bad-request', 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(400, 'bad-request', 'the body is not an object');
  return value as Record<string, unknown>;
}

export interface NewSession {
  reference?: string;
  modes?: Mode[];
  locale?: string;
}

/** @throws {Problem} */
export function readNewSession(body: Record<string, unknown>): NewSession {
  const reference = readText(body, 'reference', longestReference);
  const locale = readText(body, 'locale', 35);
  const modes = readModes(body['modes']);
  return { ...(reference ? { reference } : {}), ...(locale ? { locale } : {}), ...(modes ? { modes } : {}) };
}

export interface NewToken {
  role: Role;
  sub: string;
  name?: string;
  color?: string;
  locale?: string;
  modes?: Mode[];
  /** Seconds. */
  ttl: number;
}

/** @throws {Problem} */
export function readNewToken(body: Record<string, unknown>): NewToken {
  const { role, ttl = defaultToken } = body;
  const sub = readText(body, 'sub', 128);
  if (!isOneOf(ROLES, role)) throw new Problem(400, 'bad-request', `role is one of ${ROLES.join(', ')}`);
  if (!sub) throw new Problem(400, 'bad-request', 'sub is missing');
  if (!Number.isInteger(ttl) || (ttl as number) < 1 || (ttl as number) > longestToken)
    throw new Problem(400, 'bad-request', `ttl is a number of seconds up to ${longestToken}`);
  const [name, color, locale] = [readText(body, 'name', 256), readText(body, 'color', 7), readText(body, 'locale', 35)];
  const modes = readModes(body['modes']);
  return {
    role,
    sub,
    ttl: ttl as number,
    ...(name ? { name } : {}),
    ...(color ? { color } : {}),
    ...(locale ? { locale } : {}),
    ...(modes ? { modes } : {}),
  };
}

function readText(body: Record<string, unknown>, name: string, most: number): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > most || /\p{Cc}/u.test(value))
    throw new Problem(400, 'bad-request', `${name} is a text of up to ${most} characters`);
  return value;
}

function readModes(value: unknown): Mode[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((mode) => isOneOf(MODES, mode)))
    throw new Problem(400, 'bad-request', `modes is a list of ${MODES.join(', ')}`);
  return value;
}
