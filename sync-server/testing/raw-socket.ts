import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { SUBPROTOCOL } from '../../protocol/index.js';

/** A connection whose every byte is ours: for what no WebSocket library would send. */
export interface RawSocket {
  socket: Socket;
  /** All that came, headers and frames, as Latin-1 text. */
  received(): string;
  closed: Promise<void>;
}

export async function openRaw(
  test: Pick<TestContext, 'after'>,
  { port, localAddress }: { port: number; localAddress?: string },
): Promise<RawSocket> {
  const socket = connect({ port, host: '127.0.0.1', ...(localAddress ? { localAddress } : {}) });
  let text = '';
  socket.on('data', (data) => (text += data.toString('latin1')));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  test.after(() => socket.destroy());
  await once(socket, 'connect');
  return { socket, received: () => text, closed };
}

export function upgradeRequest(path: string, token: string, headers: Record<string, string> = {}): string {
  const fields = {
    host: 'localhost',
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-protocol': `${SUBPROTOCOL}, ${token}`,
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** A masked frame of up to 125 bytes. @param head its first byte: flags and opcode. */
export function smallFrame(head: number, payload: Uint8Array = new Uint8Array()): Uint8Array {
  // a mask of zeros changes nothing
  return Uint8Array.of(head, 0x80 | payload.length, 0, 0, 0, 0, ...payload);
}

export function repeat(bytes: Uint8Array, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes));
}
