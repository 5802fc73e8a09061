import { expect, test, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As strict as a bank's: no inline style or script, and no string may become code. */
const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const FRAME =
  "default-src 'none'; style-src 'unsafe-inline'; img-src blob: data:; font-src blob: data:; media-src blob:; frame-ancestors 'self'";

/** Two pages of one origin, joined by a BroadcastChannel; both report what their policy forbade. */
const CHANNEL = `
  const port = new BroadcastChannel('mirror');
  const listeners = [];
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
  port.onmessage = ({data}) => listeners.filter(([kind]) => kind === data.kind).forEach(([, listener]) => listener(data));
  const mirror = {
    open: true, bufferedBytes: 0,
    send: (frame) => (port.postMessage({flags: 0, epoch: 0, seq: 0, sender: 'consumer-1', ...frame, payload: frame.payload.slice()}), true),
    onFrame: (kind, listener) => (listeners.push([kind, listener]), () => undefined),
    onOpenChange: () => () => undefined,
  };`;
const CONSUMER = `
  import { startRecorder } from './components/mirror/recorder.js';
  import { compilePolicy } from './components/mirror/privacy.js';
  ${CHANNEL}
  window.errors = [];
  window.recorder = startRecorder({mirror, policy: compilePolicy({}), pageId: 'p', onError: (error) => errors.push(String(error.cause))});`;
const DESK = `
  import { createPlayer } from './components/mirror/player.js';
  ${CHANNEL}
  window.phases = [];
  window.player = createPlayer({
    mirror, container: document.querySelector('main'), frameUrl: document.body.dataset.frame,
    onPhase: (phase, error) => phases.push(phase + (error ? ' ' + error.code : '')),
    onSize() {}, onChange() {}, onPointer() {}, requestEpoch() {},
  });`;

const PAGE =
  '<!doctype html><link rel="stylesheet" href="/page.css"><h1>Balance</h1><p id="p">100</p><div id="box"></div>';
const desk = (frame: string) =>
  `<!doctype html><body ${frame}><main></main><script type="module" src="/desk.js"></script>`;

let server: Server;
let origin: string;

test.beforeAll(async () => {
  const files = new Map<string, [type: string, policy: string, body: string]>([
    ['/page', ['text/html', STRICT, `${PAGE}<script type="module" src="/consumer.js"></script>`]],
    ['/page.css', ['text/css', STRICT, 'h1 { color: rgb(1, 2, 3) } #box { width: 33px }']],
    ['/desk', ['text/html', STRICT, desk('data-frame="/mirror-frame.html"')]],
    ['/desk-bare', ['text/html', STRICT, desk('')]],
    ['/consumer.js', ['text/javascript', STRICT, await bundle(CONSUMER)]],
    ['/desk.js', ['text/javascript', STRICT, await bundle(DESK)]],
    ['/mirror-frame.html', ['text/html', FRAME, readFileSync('components/mirror/mirror-frame.html', 'utf8')]],
  ]);
  server = createServer((request, response) => {
    const [type, policy, body] = files.get(new URL(request.url!, 'http://x').pathname) ?? [];
    if (!type) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server.close());

async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' as const };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', target: 'es2022' });
  return outputFiles[0]!.text;
}

interface Probe {
  violations: string[];
  errors: string[];
  phases: string[];
  player: { frame: HTMLIFrameElement | null };
}
const read = <T>(page: Page, run: (probe: Probe) => T) => page.evaluate<T>(`(${run.toString()})(window)`);

test('a strict page is mirrored on a strict desk, and neither breaks its policy', async ({ context }) => {
  const agent = await context.newPage();
  await agent.goto(`${origin}/desk`);
  const consumer = await context.newPage();
  await consumer.goto(`${origin}/page`);
  await expect.poll(() => read(agent, ({ phases }) => phases)).toEqual(['live']);

  await consumer.evaluate(() => {
    document.querySelector('#p')!.textContent = '90';
    const box = document.querySelector<HTMLElement>('#box')!;
    box.style.width = '44px';
    box.style.setProperty('height', '55px');
  });
  const seen = () =>
    read(agent, ({ player }) => {
      const inner = player.frame!.contentDocument!;
      const style = (selector: string) => inner.defaultView!.getComputedStyle(inner.querySelector(selector)!);
      return [inner.querySelector('#p')!.textContent, style('h1').color, style('#box').width, style('#box').height];
    });
  await expect.poll(seen).toEqual(['90', 'rgb(1, 2, 3)', '44px', '55px']);
  expect(await read(agent, ({ player }) => player.frame!.getAttribute('sandbox'))).toBe('allow-same-origin');
  expect(await read(agent, ({ violations }) => violations)).toEqual([]);
  expect(await read(consumer, ({ violations, errors }) => [...violations, ...errors])).toEqual([]);
});

test('a strict desk without frame-url says what is wrong', async ({ context }) => {
  const agent = await context.newPage();
  await agent.goto(`${origin}/desk-bare`);
  await expect.poll(() => read(agent, ({ phases }) => phases)).toEqual(['failed frame-blocked']);
});
