import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as nextTask } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import { createSyncServer, type SyncServerOptions } from '../index.js';

/** Of the server's process, bytes, after a garbage collection. */
export interface Memory {
  /** Objects, and bytes outside of the heap. */
  used: number;
  connections: number;
  sessions: number;
}

export interface ServerProcess {
  port: number;
  url: string;
  memory(): Promise<Memory>;
}

/** A server in a process of its own, so that what it holds can be told from what a test holds. */
export async function startServerProcess(test: TestContext, options: SyncServerOptions): Promise<ServerProcess> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  test.after(() => child.kill('SIGKILL'));
  const [port] = (await once(child, 'message')) as [number];
  const memory = async () => {
    child.send('memory');
    const [answer] = (await once(child, 'message')) as [Memory];
    return answer;
  };
  return { port, url: `ws://127.0.0.1:${port}`, memory };
}

async function serve(options: SyncServerOptions): Promise<void> {
  const server = createSyncServer({ port: 0, logger: false, ...options });
  const { port } = await server.listen();
  process.on('message', async () => {
    // what is finalized in a task of its own is free after the second
    globalThis.gc!();
    await nextTask();
    globalThis.gc!();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    const connections = [...server.sessions.values()].reduce((sum, one) => sum + one.connections, 0);
    process.send!({ used: heapUsed + external + arrayBuffers, connections, sessions: server.sessions.size });
  });
  process.on('disconnect', () => process.exit());
  process.send!(port);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(JSON.parse(process.argv[2]!) as SyncServerOptions);
