import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A screen of its own: an X server without a monitor. */
export interface Display {
  /** `:7`, as `DISPLAY` wants it. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  close(): Promise<void>;
}

/** Takes a free number. @throws when Xvfb can't be run: `npm test` installs it. */
export async function startDisplay(width = 1280, height = 800): Promise<Display> {
  const screen = `${width}x${height}x24`;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = `:${await firstLine(server, server.stdio[3] as Readable)}`;
  return { name, width, height, close: () => end(server) };
}

function firstLine(server: ChildProcess, pipe: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb has ended')));
    pipe.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}

/** @param how `wait`: it has been told, and is ended after a while only. */
export async function end(child: ChildProcess, how: 'now' | 'wait' = 'now'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGTERM'), how === 'now' ? 0 : 3000);
  await once(child, 'exit');
  clearTimeout(timer);
}
