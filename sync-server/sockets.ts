import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { chooseProtocol } from './admission.js';
import { NamedSocket } from './named-socket.js';

/** Takes WebSocket upgrades: bounded, uncompressed. @param maxPayload bytes of a message. */
export function createSockets(maxPayload: number): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // a small message must not unfold into a large one
    perMessageDeflate: false,
    // bounded by us: pongs that are not read would pile up
    autoPong: false,
    maxPayload,
    maxFragments: 1024,
    maxBufferedChunks: 16 * 1024,
    WebSocket: NamedSocket,
    handleProtocols: chooseProtocol,
  });
}

/** Answers an upgrade without one. */
export function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
