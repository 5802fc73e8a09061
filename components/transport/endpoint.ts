import { CobrowseError } from '../../protocol/index.js';

/** Addresses of a session on a server. */
export interface Endpoint {
  /** Without the session, as y-websocket wants it. */
  readonly sync: string;
  /** The session as one segment of a path. */
  readonly room: string;
  readonly mirror: string;
}

/** @throws {CobrowseError} `bad-request` when the server's address or the session's id can't be used. */
export function endpointOf(server: string, session: string): Endpoint {
  const base = server.replace(/^http/, 'ws').replace(/\/+$/, '');
  if (!isAddress(base)) throw new CobrowseError('bad-request', `not the address of a sync server: ${server}`);
  const room = segmentOf(session);
  if (room === undefined) throw new CobrowseError('bad-request', 'not a session id');
  return { sync: `${base}/sync`, room, mirror: `${base}/mirror/${room}` };
}

function isAddress(base: string): boolean {
  try {
    const { protocol, search, hash } = new URL(base);
    return /^wss?:$/.test(protocol) && search === '' && hash === '';
  } catch {
    return false;
  }
}

function segmentOf(session: string): string | undefined {
  // browsers resolve a segment of dots, also an encoded one
  if (/^\.{0,2}$/.test(session)) return undefined;
  try {
    return encodeURIComponent(session);
  } catch {
    // half a surrogate pair
    return undefined;
  }
}
