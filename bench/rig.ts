import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { browserFlags, chromePath } from '../scripts/browser.mjs';
import { createSyncServer } from '../sync-server/index.js';
import { signToken } from '../sync-server/token.js';

const root = new URL('..', import.meta.url).pathname;
const secret = 'bench-secret-of-at-least-32-characters';
/** What waits for a page waits no longer. */
const STEP_MILLISECONDS = 20_000;
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
};

/** One machine with everything: pages, the sync server, a plain relay, a browser with a context for each side. */
export interface Rig {
  consumer: BrowserContext;
  agent: BrowserContext;
  browserVersion: string;
  /** Address of a bench page. */
  page(
    kind: 'kit-consumer' | 'kit-agent' | 'plain-consumer' | 'plain-agent',
    query?: Record<string, string | number>,
  ): Promise<string>;
  close(): Promise<void>;
}

export async function createRig(): Promise<Rig> {
  const files = new Map([...(await bundlePages()), ...builtFiles()]);
  const relay = await plainRelay();
  const web = createServer((request, response) => serve(files, request, response));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const sync = createSyncServer({ port: 0, secret, allowedOrigins: [origin], logger: false });
  const { url: syncUrl } = await sync.listen();
  const browser = await chromium.launch({ executablePath: chromePath(), args: browserFlags });
  const [consumer, agent] = await Promise.all([newContext(browser), newContext(browser)]);
  const page: Rig['page'] = async (kind, query = {}) => {
    const address = new URL(`/${kind}.html`, origin);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
    address.searchParams.set('relay', `${relay.url}/${query.session ?? 'plain'}`);
    address.searchParams.set('server', syncUrl.replace(/^http/, 'ws'));
    address.searchParams.set('token', await token(kind, String(query.session ?? 'bench')));
    return address.href;
  };
  const close = async () => {
    await browser.close();
    await sync.close();
    relay.close();
    web.close();
  };
  return { consumer, agent, browserVersion: browser.version(), page, close };
}

function token(kind: string, session: string): Promise<string> {
  const role = kind.endsWith('agent') ? 'agent' : 'consumer';
  return signToken({ sub: `${role}-1`, name: role === 'agent' ? 'Ada' : 'Chris', role, session }, secret, {
    expiresIn: 3600,
  });
}

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(STEP_MILLISECONDS);
  // tsx names the functions that are handed to the page by a helper which the page has not
  await context.addInitScript('globalThis.__name ??= (value) => value');
  return context;
}

/** Bytes that a page's sockets send, by Chromium's own account. */
export function countSentBytes(page: Page): () => number {
  let bytes = 0;
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => (bytes += Buffer.byteLength(payload))));
  return () => bytes;
}

async function bundlePages(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['page', 'plain-recorder', 'plain-viewer', 'watch'].map((name) =>
      join(root, `bench/pages/${name}.ts`),
    ),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
    outdir: 'out',
  });
  return new Map([
    ['/page.css', readFileSync(join(root, 'bench/pages/page.css'), 'utf8')],
    ...outputFiles.map((file) => [`/${file.path.split('/').at(-1)!}`, file.text] as const),
  ]);
}

/** All at once, so that a build that runs meanwhile doesn't change what is measured. */
function builtFiles(): [string, string][] {
  const folder = join(root, 'dist/cdn');
  if (!existsSync(join(folder, 'consumer.js'))) throw new Error('there is no dist/cdn: run `npm run build` first');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:js|html)$/.test(name))
    .map((name) => [`/cdn/${name.replaceAll('\\', '/')}`, readFileSync(join(folder, name), 'utf8')]);
}

const body =
  '<input id="search" aria-label="Search"><div id="chart"></div><p id="probe" data-t="0">0</p><div id="inserted"></div>';
const script = (src: string) => `<script type="module" src="/${src}"></script>`;
const kitTag = (inside: string) => (query: URLSearchParams) =>
  `<cobrowse-session server="${query.get('server') ?? ''}" session="${query.get('session') ?? ''}" token="${query.get('token') ?? ''}">${inside}</cobrowse-session>`;
const view = '<cobrowse-toolbar></cobrowse-toolbar><cobrowse-agent-view></cobrowse-agent-view>';
const pages: Record<string, (query: URLSearchParams) => string> = {
  'kit-consumer': (query) =>
    body + script('page.js') + script('cdn/consumer.js') + kitTag('<cobrowse-consent></cobrowse-consent>')(query),
  'kit-agent': (query) => script('watch.js') + script('cdn/agent.js') + kitTag(view)(query),
  'plain-consumer': () => body + script('page.js') + script('plain-recorder.js'),
  'plain-agent': () => script('watch.js') + script('plain-viewer.js'),
};

function serve(files: Map<string, string>, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const page = pages[pathname.slice(1).replace('.html', '')];
  const text = page ? pageOf(page(searchParams)) : files.get(pathname);
  if (text === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream' }).end(text);
}

function pageOf(inside: string): string {
  return `<!doctype html><html lang="en"><head><title>Bench</title><link rel="stylesheet" href="/page.css"></head><body>${inside}</body></html>`;
}

/** What plain rrweb is given: each message to all others of its room, kept for one who comes late. */
async function plainRelay(): Promise<{ url: string; close(): void }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  const rooms = new Map<string, { peers: Set<WebSocket>; kept: string[] }>();
  server.on('connection', (socket, request) => {
    const name = request.url ?? '';
    const room = rooms.get(name) ?? { peers: new Set<WebSocket>(), kept: [] };
    rooms.set(name, room);
    room.peers.add(socket);
    for (const message of room.kept) socket.send(message);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      room.kept.push(text);
      for (const peer of room.peers) if (peer !== socket) peer.send(text);
    });
    socket.on('close', () => room.peers.delete(socket));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
