import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { browserFlags, chromePath } from '../../scripts/browser.mjs';
import { end, type Display } from './display.js';

/**
 * A headed Chromium that nobody has told that all of its pages are in front, as Playwright does: tabs are hidden and shown as for
 * a person. Driven by the protocol of its developer tools, as far as these tests need it.
 */
export interface RealBrowser {
  /** Opens a tab in front. @param memory `sessionStorage` as JSON, as the copy of a tab has it. */
  open(url: string, memory?: string): Promise<RealPage>;
  close(): Promise<void>;
}

export interface RealPage {
  /** Brings this tab to the front. */
  show(): Promise<void>;
  /** The value of an expression, awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** Until an expression is true. */
  until(expression: string, milliseconds?: number): Promise<void>;
  /** A click of the real mouse in the middle of what an expression gives. */
  click(element: string): Promise<void>;
  goto(url: string): Promise<void>;
  close(): Promise<void>;
}

export async function startRealBrowser(display: Display, flags: readonly string[] = []): Promise<RealBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'cobrowse-browser-'));
  // a screen can't be captured without what stands in for the graphics card
  const quiet = browserFlags.filter((flag) => flag !== '--disable-gpu');
  const size = `--window-size=${display.width},${display.height}`;
  const own = [
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    '--window-position=0,0',
    size,
    '--no-default-browser-check',
  ];
  const child = spawn(chromePath(), [...quiet, ...own, ...flags, 'about:blank'], {
    env: { ...process.env, DISPLAY: display.name },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.once('exit', () => reject(new Error(`Chromium has ended: ${text}`)));
    child.stderr.on('data', (data: Buffer) => {
      text += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
  const connection = await connect(address);
  return {
    open: async (url, memory) => {
      const { targetId } = await connection.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
      const page = await attach(connection, targetId, memory);
      await page.goto(url);
      return page;
    },
    close: async () => {
      // by itself it ends with all of its processes
      await connection.send('Browser.close').catch(() => undefined);
      connection.close();
      await end(child, 'wait');
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

interface Connection {
  send<T = unknown>(method: string, params?: object, sessionId?: string): Promise<T>;
  close(): void;
}

async function connect(address: string): Promise<Connection> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let count = 0;
  socket.on('message', (data: Buffer) => {
    const { id, result, error } = JSON.parse(data.toString()) as {
      id?: number;
      result: never;
      error?: { message: string };
    };
    if (id === undefined) return;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
      }),
    close: () => socket.terminate(),
  };
}

async function attach(connection: Connection, targetId: string, memory?: string): Promise<RealPage> {
  const { sessionId } = await connection.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const send = <T>(method: string, params?: object) => connection.send<T>(method, params, sessionId);
  if (memory !== undefined) {
    const source = `if (sessionStorage.length === 0) Object.assign(sessionStorage, ${memory})`;
    await send('Page.enable');
    await send('Page.addScriptToEvaluateOnNewDocument', { source });
  }
  const evaluate = async <T>(expression: string): Promise<T> => {
    const options = { expression, awaitPromise: true, returnByValue: true };
    type Result = { result: { value: T }; exceptionDetails?: { exception?: { description?: string }; text: string } };
    const { result, exceptionDetails } = await send<Result>('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const until = async (expression: string, milliseconds = 15_000): Promise<void> => {
    const deadline = Date.now() + milliseconds;
    // a page that is being loaded has no place to ask in
    while (!(await evaluate<unknown>(expression).catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`never: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    evaluate,
    until,
    show: async () => {
      await connection.send('Target.activateTarget', { targetId });
      await until("document.visibilityState === 'visible'");
    },
    goto: async (url) => {
      await send('Page.navigate', { url });
      await until("location.href !== 'about:blank' && document.readyState === 'complete'");
    },
    click: async (element) => {
      const place = `(() => { const box = (${element}).getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()`;
      const at = { ...(await evaluate<object>(place)), button: 'left', clickCount: 1 };
      await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
      await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
    },
    close: async () => {
      await connection.send('Target.closeTarget', { targetId });
    },
  };
}
