import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTask } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';
import { createSyncServer } from '../sync-server/index.js';
import { secret } from '../sync-server/testing/rig.js';

export type ServerKind = 'ours' | 'stock';

export interface Reading {
  /** Seconds of a processor since it began, before and after the work of reading. */
  cpu: { before: number; after: number };
  /** Objects and bytes outside of the heap, after a garbage collection. */
  bytes: number;
}

/** A server in a process of its own. */
export interface ServerChild {
  url: string;
  read(): Promise<Reading>;
  close(): void;
}

export async function startServer(kind: ServerKind): Promise<ServerChild> {
  const child = fork(fileURLToPath(import.meta.url), [kind], { execArgv: ['--import', 'tsx', '--expose-gc'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `ws://127.0.0.1:${port}`,
    read: async () => {
      child.send('read');
      const [reading] = (await once(child, 'message')) as [Reading];
      return reading;
    },
    close: () => void child.kill('SIGKILL'),
  };
}

async function ours(): Promise<number> {
  const limits = { connectionsPerAddress: 40_000, attemptsPerSecond: 10_000 };
  const server = createSyncServer({ port: 0, logger: false, secret, limits });
  return (await server.listen()).port;
}

async function stock(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => setupWSConnection(socket, request));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function read(): Promise<Reading> {
  const before = cpuSeconds();
  globalThis.gc!();
  await nextTask();
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return { cpu: { before, after: cpuSeconds() }, bytes: heapUsed + external };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = await (process.argv[2] === 'ours' ? ours() : stock());
  process.on('message', () => void read().then((reading) => process.send!(reading)));
  process.on('disconnect', () => process.exit());
  process.send!(port);
}
