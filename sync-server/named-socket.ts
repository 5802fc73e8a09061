import { WebSocket } from 'ws';
import { CLOSE_CODES, type CloseName } from '../protocol/index.js';

const patienceMilliseconds = 2000;

/** What `ws` closes with by itself, in names of ours: 1009 too big, 1002 protocol error, 1007 not UTF-8, 1008 too many fragments. */
const namesOfWs: Record<number, CloseName> = {
  1009: 'message-too-big',
  1002: 'malformed-frame',
  1007: 'malformed-frame',
  1008: 'malformed-frame',
};

const broken = new WeakMap<WebSocket, CloseName>();

/** The name that `ws` closed a socket with because its peer broke a rule. */
export function closedAs(socket: WebSocket): CloseName | undefined {
  return broken.get(socket);
}

/** A socket whose every close of ours has a name, also where `ws` itself closes it for a broken frame. */
export class NamedSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const name = code === undefined ? undefined : namesOfWs[code];
    if (!name) return super.close(code, reason);
    broken.set(this, name);
    super.close(CLOSE_CODES[name], name);
    terminateLater(this);
  }
}

/** Closes with a named code, and hard when the peer doesn't answer. */
export function closeSocket(socket: WebSocket, name: CloseName): void {
  if (socket.readyState >= WebSocket.CLOSING) return;
  socket.close(CLOSE_CODES[name], name);
  terminateLater(socket);
}

function terminateLater(socket: WebSocket): void {
  const timer = setTimeout(() => socket.terminate(), patienceMilliseconds);
  socket.once('close', () => clearTimeout(timer));
}
