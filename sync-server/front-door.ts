import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Configuration } from './options.js';

/** Connections of an address that have not asked for a session yet, beyond those that have. */
const spare = 100;

/**
 * An HTTP server that holds little for those who connect and never ask for anything, and not for long: their headers have to be
 * there in `unauthenticatedMilliseconds`, and one address has so many connections at most.
 */
export function createFrontDoor({ limits, trustProxy }: Configuration, answer: RequestListener): Server {
  const patience = limits.unauthenticatedMilliseconds;
  const http = createServer(
    {
      headersTimeout: patience,
      requestTimeout: patience * 2,
      keepAliveTimeout: patience,
      connectionsCheckingInterval: Math.ceil(patience / 4),
      maxHeaderSize: 16 * 1024,
    },
    answer,
  );
  http.maxConnections = limits.connections + 1000;
  // a proxy brings everyone from one address
  if (trustProxy === 0) http.on('connection', countByAddress(limits.connectionsPerAddress + spare));
  return http;
}

function countByAddress(most: number): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = open.get(address)! - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  };
}
