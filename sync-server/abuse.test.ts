import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { encodeFrame, SUBPROTOCOL } from '../protocol/index.js';
import { openRaw, repeat, smallFrame, upgradeRequest } from './testing/raw-socket.js';
import { open, settled, startServer, tokenFor, until, type Rig } from './testing/rig.js';

const BINARY = 0x82;
const UNFINISHED = 0x02;
const CONTINUED = 0x00;
const PING = 0x89;
const COMPRESSED = 0x40;

async function upgraded(t: TestContext, rig: Rig, channel: 'sync' | 'mirror' = 'mirror') {
  const raw = await openRaw(t, rig);
  raw.socket.write(upgradeRequest(`/${channel}/s`, await tokenFor({ role: 'agent' })));
  await until(() => raw.received().includes('hello') || raw.received().length > 150, 'upgraded');
  return raw;
}

const refusals = async ({ server }: Rig, code: string) =>
  Number(new RegExp(`refusals_total{code="${code}"} (\\d+)`).exec(await server.metrics.registry.metrics())?.[1] ?? 0);

test('slowloris: headers that never end, byte by byte, and silence', async (t) => {
  const rig = await startServer(t, { limits: { unauthenticatedMilliseconds: 400 } });
  const [silent, slow] = await Promise.all([openRaw(t, rig), openRaw(t, rig)]);
  const text = upgradeRequest('/sync/s', 'x');
  let sent = 0;
  const drip = setInterval(() => slow.socket.write(text[sent++ % 20]!), 20);
  t.after(() => clearInterval(drip));
  const started = performance.now();
  await Promise.all([silent.closed, slow.closed]);
  assert.ok(performance.now() - started < 1500, 'both are gone');
  assert.equal(rig.server.sessions.size, 0);
});

test('one address has so many connections, also of those that ask for nothing', async (t) => {
  const rig = await startServer(t, { limits: { connectionsPerAddress: 20 } });
  const mute = await Promise.all(Array.from({ length: 200 }, () => openRaw(t, { ...rig, localAddress: '127.0.0.9' })));
  const closed = new Set<object>();
  for (const raw of mute) void raw.closed.then(() => closed.add(raw));
  await until(() => closed.size >= 80, 'the rest are closed');
  assert.ok(closed.size <= 80, 'and only the rest');
  // from elsewhere nobody notices
  await open(t, rig, { role: 'agent' });
});

test('a flood of fragments of one message', async (t) => {
  const rig = await startServer(t);
  const raw = await upgraded(t, rig);
  raw.socket.write(Buffer.concat([smallFrame(UNFINISHED), repeat(smallFrame(CONTINUED), 50_000)]));
  await until(() => raw.received().includes('malformed-frame'), 'closed by name');
  assert.equal(await refusals(rig, 'malformed-frame'), 1);
});

test('a message in a million bytes, each in a packet of its own', async (t) => {
  const rig = await startServer(t);
  const raw = await upgraded(t, rig);
  raw.socket.setNoDelay(true);
  // a frame of a megabyte that never ends
  raw.socket.write(Uint8Array.of(BINARY, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0));
  const { server } = rig;
  for (let i = 0; i < 3000; i++) {
    raw.socket.write(Uint8Array.of(1));
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const agent = await open(t, rig, { role: 'agent', sub: 'other' });
  await settled(agent);
  assert.equal(server.sessions.get('s')?.connections, 2, 'bounded, and nobody is disturbed');
});

test('compression is never agreed upon, and a compressed frame is none', async (t) => {
  const rig = await startServer(t);
  const socket = new WebSocket(`${rig.url}/mirror/s`, [SUBPROTOCOL, await tokenFor({ role: 'agent' })], {
    perMessageDeflate: { threshold: 0 },
  });
  t.after(() => socket.terminate());
  await until(() => socket.readyState === 1, 'open');
  assert.equal(socket.extensions, '');
  const raw = await openRaw(t, rig);
  raw.socket.write(upgradeRequest('/mirror/s', await tokenFor({ role: 'agent' }), { 'sec-websocket-extensions': 'permessage-deflate' })); // prettier-ignore
  await until(() => raw.received().includes('hello'), 'upgraded');
  assert.doesNotMatch(raw.received(), /sec-websocket-extensions/i);
  // a kilobyte of zeros, deflated
  raw.socket.write(smallFrame(BINARY | COMPRESSED, Uint8Array.of(0x62, 0x18, 0x05, 0xa3, 0x60, 0x24, 0x03, 0x00)));
  await until(() => raw.received().includes('malformed-frame'), 'closed by name');
});

for (const [what, frame] of [
  ['frames', smallFrame(BINARY, Uint8Array.of(1))],
  ['empty messages', smallFrame(BINARY)],
  ['ink', smallFrame(BINARY, encodeFrame({ kind: 'ink' }))],
  ['pings', smallFrame(PING)],
] as const)
  test(`a million tiny ${what}: closed by name, while others go on as before`, async (t) => {
    const rig = await startServer(t);
    const consumer = await open(t, rig);
    const raw = await upgraded(t, rig);
    const began = performance.now();
    const part = repeat(frame, 100_000);
    for (let i = 0; i < 10; i++) raw.socket.write(part);
    const started = performance.now();
    await settled(consumer);
    const waited = performance.now() - started;
    await until(() => /rate-limited|malformed-frame/.test(raw.received()), 'closed by name');
    // a burst of two seconds, and what is allowed while they were sent
    const allowed = 1000 * (2 + (performance.now() - began) / 1000);
    assert.ok(consumer.of('ink').length <= allowed, 'what the rate allows');
    // the machine may be busy; a million messages dealt with would take far longer
    assert.ok(waited < 2000, `${waited} ms`);
  });

test('pings that nobody reads the pongs of don’t pile up', async (t) => {
  const rig = await startServer(t);
  const raw = await upgraded(t, rig);
  raw.socket.pause();
  const part = repeat(smallFrame(PING, new Uint8Array(125)), 20_000);
  for (let i = 0; i < 10; i++) raw.socket.write(part);
  await until(() => rig.logged.some(({ fields }) => fields['code'] === 'rate-limited'), 'closed by name');
  await until(() => rig.server.sessions.get('s')?.connections === 0, 'and cut off, as it does not say goodbye');
  assert.equal(await refusals(rig, 'rate-limited'), 1);
});

test('pings at an honest pace are answered', async (t) => {
  const rig = await startServer(t);
  const agent = await open(t, rig, { role: 'agent' });
  let pongs = 0;
  agent.socket.on('pong', () => pongs++);
  for (let i = 0; i < 5; i++) agent.socket.ping('still there?');
  await until(() => pongs === 5, 'five pongs');
});
