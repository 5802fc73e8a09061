import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { WebSocketServer, WebSocket } from 'ws';
import { createSyncServer } from './index.js';
import { createOriginCheck } from './origins.js';
import { join, open, secret, startServer, until } from './testing/rig.js';

const get = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url.replace(/^ws/, 'http'), { headers });
  return { status: response.status, text: await response.text() };
};

test('healthz, readyz, metrics, and nothing else', async (t) => {
  const rig = await startServer(t, { metricsToken: 'let me see' });
  await open(t, rig);
  assert.deepEqual(await get(`${rig.url}/healthz`), { status: 200, text: 'ok\n' });
  assert.deepEqual(await get(`${rig.url}/readyz`), { status: 200, text: 'ready\n' });
  assert.equal((await get(`${rig.url}/metrics`)).status, 401);
  assert.equal((await get(`${rig.url}/metrics`, { authorization: 'Bearer let me' })).status, 401);
  const { text, status } = await get(`${rig.url}/metrics`, { authorization: 'Bearer let me see' });
  assert.equal(status, 200);
  assert.match(text, /^cobrowse_sessions 1$/m);
  assert.match(text, /^cobrowse_connections 1$/m);
  assert.equal((await get(`${rig.url}/sync/s`)).status, 404);
});

test('frames and bytes are counted by kind', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  consumer.events(1, 0, 'x'.repeat(100));
  agent.frame({ kind: 'ink' });
  await until(() => consumer.of('ink').length === 1 && agent.of('events').length === 1, 'both');
  const text = await rig.server.metrics.registry.metrics();
  assert.match(text, /cobrowse_mirror_frames_total{kind="events"} 1/);
  assert.match(text, /cobrowse_mirror_bytes_total{kind="events"} 122/);
  assert.match(text, /cobrowse_mirror_frames_total{kind="ink"} 1/);
});

test('inside another HTTP server, beside another WebSocket server', async (t) => {
  const http = createServer((request, response) => {
    if (!server.handleRequest(request, response)) response.end('the host');
  });
  const server = createSyncServer({ server: http, secret, basePath: 'cobrowse/', logger: false });
  const own = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (request.url === '/own') own.handleUpgrade(request, socket, head, (webSocket) => webSocket.send('own'));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  const { url } = await server.listen();
  assert.equal(url, `http://127.0.0.1:${port}/cobrowse`);
  const consumer = await join(t, { url: url.replace('http', 'ws') });
  assert.ok(consumer.provider.synced);
  const beside = new WebSocket(`ws://127.0.0.1:${port}/own`);
  assert.equal(await new Promise((resolve) => beside.on('message', (data: Buffer) => resolve(data.toString()))), 'own');
  beside.terminate();
  assert.equal((await get(`${url}/healthz`)).text, 'ok\n');
  assert.equal((await get(`http://127.0.0.1:${port}/`)).text, 'the host');
  await server.close({ graceMs: 200 });
  assert.equal((await get(`http://127.0.0.1:${port}/`)).text, 'the host', 'the host’s server goes on');
});

test('closing: not ready first, every socket is told, and it is bounded', async (t) => {
  const rig = await startServer(t);
  const polite = await open(t, rig);
  const deaf = await open(t, rig, { role: 'agent' });
  deaf.socket.pause();
  const started = performance.now();
  const closing = rig.server.close({ graceMs: 300 });
  const ready = get(`${rig.url}/readyz`);
  assert.deepEqual(await polite.closed, { code: 4503, reason: 'server-draining' });
  assert.deepEqual(await ready, { status: 503, text: 'draining\n' });
  await closing;
  assert.ok(performance.now() - started < 1500);
  await assert.rejects(get(`${rig.url}/healthz`));
});

async function isOriginAccepted(t: TestContext, allowedOrigins: string[], origin: string): Promise<boolean> {
  const rig = await startServer(t, { allowedOrigins });
  const side = await open(t, rig, { origin, without: 'waiting' });
  await until(() => side.controls().length > 0 || side.socket.readyState === 3, 'hello or no');
  const end = side.socket.readyState === 3 ? await side.closed : undefined;
  if (end) {
    assert.deepEqual(end, { code: 4406, reason: 'origin-refused' });
    assert.ok(
      rig.logged.some(({ fields }) => fields['origin'] === origin),
      'the log names the origin',
    );
  }
  return !end;
}

test('origins over the wire: accepted, or closed by name', async (t) => {
  assert.equal(await isOriginAccepted(t, ['https://shop.example'], 'https://shop.example'), true);
  assert.equal(await isOriginAccepted(t, ['https://shop.example'], 'https://evil.example'), false);
  assert.equal(await isOriginAccepted(t, [], 'http://localhost:3000'), true);
  assert.equal(await isOriginAccepted(t, [], 'https://evil.example'), false);
});

test('origins: exact, one label, null, other schemes', () => {
  const check = createOriginCheck([
    'https://*.bank.example',
    'null',
    'capacitor://localhost',
    'http://a.example:8080/',
  ]);
  for (const origin of ['https://www.bank.example', 'https://WWW.bank.example', 'null', 'capacitor://localhost', 'http://a.example:8080', undefined])
    assert.ok(check(origin, 'h'), origin); // prettier-ignore
  for (const origin of ['https://bank.example', 'https://a.b.bank.example', 'http://www.bank.example', 'https://evil.example/.bank.example', 'https://x.bank.example.evil', 'https://.bank.example', 'http://a.example', 'http://localhost'])
    assert.ok(!check(origin, 'h'), origin); // prettier-ignore
});

test('origins that are not configured: loopback and the same host', () => {
  const check = createOriginCheck();
  for (const origin of ['http://localhost:1', 'https://127.0.0.1', 'http://[::1]:5', 'http://desk.localhost', 'https://co.example'])
    assert.ok(check(origin, 'co.example'), origin); // prettier-ignore
  for (const origin of ['null', 'https://evil.example', 'http://localhost.evil.example', 'file://'])
    assert.ok(!check(origin, 'co.example'), origin); // prettier-ignore
  assert.ok(createOriginCheck(['*'])('https://anything.example', 'h'));
});

test('behind a proxy the address is the one that it saw', async (t) => {
  const limits = { connectionsPerAddress: 1 };
  const rig = await startServer(t, { trustProxy: 1, limits });
  const from = (address: string) => ({ headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } });
  await open(t, rig, from('1.1.1.1'));
  await open(t, rig, { ...from('2.2.2.2'), role: 'agent' });
  const again = await open(t, rig, { ...from('1.1.1.1'), role: 'agent', without: 'waiting' });
  assert.equal((await again.closed).code, 1006);
  const plain = await startServer(t, { limits });
  await open(t, plain, from('1.1.1.1'));
  const liar = await open(t, plain, { ...from('2.2.2.2'), role: 'agent', without: 'waiting' });
  assert.equal((await liar.closed).code, 1006, 'not believed where no proxy is');
});
