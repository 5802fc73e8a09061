import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join, open, settled, startServer, stroke, text, until, type RawSide } from './testing/rig.js';

const limits = { peerBufferBytes: 256 * 1024, epochBytes: 64 * 1024 * 1024 };
const noise = () => Uint8Array.from({ length: 32 * 1024 }, (_, i) => i % 251);

/** More than the buffers of the two sockets and ours can hold. */
async function flood(consumer: RawSide, epoch: number, frames = 500): Promise<void> {
  for (let seq = 1; seq <= frames; seq++) {
    consumer.events(epoch, seq, noise());
    if (seq % 50 === 0) await settled(consumer);
  }
  await settled(consumer);
}

test('a slow agent is skipped forward to a new epoch; the others get every frame', async (t) => {
  const rig = await startServer(t, { limits });
  const consumer = await open(t, rig);
  const slow = await open(t, rig, { role: 'agent', sub: 'slow' });
  const fast = await open(t, rig, { role: 'agent', sub: 'fast' });
  consumer.events(1, 0, 'first');
  await until(() => slow.of('events').length === 1, 'the first frame');
  slow.socket.pause();
  await flood(consumer, 1);
  await until(() => fast.of('events').length === 501, 'all at the fast one');
  assert.ok(!consumer.controls().some(({ type }) => type === 'resync'), 'not while it does not read');
  const { arrayBuffers } = process.memoryUsage();
  slow.socket.resume();
  await until(() => slow.controls().some(({ type }) => type === 'skip'), 'skip');
  await until(() => consumer.controls().some((one) => one.type === 'resync' && one.reason === 'slow'), 'resync');
  consumer.events(1, 501, 'of the old epoch');
  consumer.events(2, 0, 'new');
  consumer.events(2, 1, 'and on');
  await until(() => slow.of('events').at(-1)?.seq === 1 && slow.of('events').at(-1)?.epoch === 2, 'the new epoch');
  const seen = slow.of('events');
  const last = seen.findLastIndex(({ epoch }) => epoch === 1);
  // in order, without a hole, up to where it was skipped; then the new one from its beginning
  assert.deepEqual(seen.slice(0, last + 1).map(({ seq }) => seq), [...Array(last + 1).keys()]); // prettier-ignore
  assert.ok(last < 501);
  assert.deepEqual(seen.slice(last + 1).map(text), ['new', 'and on']);
  const order = slow.frames.map((frame) => (frame.kind === 'control' ? 'control' : frame.epoch));
  assert.equal(order.indexOf(2) - 1, order.lastIndexOf('control'), 'skip comes between the two');
  assert.ok(arrayBuffers < 2 ** 30);
});

test('a late agent that reads slowly gets the whole kept epoch, bounded in memory', async (t) => {
  const rig = await startServer(t, { limits });
  const consumer = await open(t, rig);
  consumer.events(1, 0, 'first');
  await flood(consumer, 1, 300);
  const late = await open(t, rig, { role: 'agent' });
  late.socket.pause();
  for (let seq = 301; seq < 320; seq++) consumer.events(1, seq);
  await settled(consumer);
  late.socket.resume();
  await until(() => late.of('events').length === 320, 'all of it');
  assert.deepEqual(late.of('events').map(({ seq }) => seq), [...Array(320).keys()]); // prettier-ignore
  assert.ok(!late.controls().some(({ type }) => type === 'skip'));
});

test('a peer that never reads is dropped; nobody else is touched', async (t) => {
  const rig = await startServer(t, { limits, stuckMilliseconds: 300 });
  const consumer = await open(t, rig);
  const dead = await open(t, rig, { role: 'agent', sub: 'dead' });
  const fast = await open(t, rig, { role: 'agent', sub: 'fast' });
  consumer.events(1, 0, 'first');
  dead.socket.pause();
  await flood(consumer, 1);
  await until(() => rig.server.sessions.get('s')?.connections === 2, 'dropped');
  assert.ok(rig.logged.some(({ fields }) => fields['code'] === 'too-slow' && fields['sub'] === 'dead'));
  await until(() => fast.of('events').length === 501, 'all at the fast one');
  assert.equal(consumer.socket.readyState, 1);
});

test('a consumer that does not read loses ink that moves, and nothing else', async (t) => {
  const rig = await startServer(t, { limits });
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  consumer.events(1, 0, 'first');
  await until(() => agent.of('events').length === 1, 'the epoch');
  consumer.socket.pause();
  const ink = new Uint8Array(12 * 1024);
  for (let i = 0; i < 1500; i++) {
    agent.frame({ kind: 'ink', payload: ink });
    if (i % 100 === 0) await settled(agent);
  }
  agent.control({ type: 'resync', reason: 'failed' });
  await settled(agent);
  consumer.socket.resume();
  await until(() => consumer.controls().some(({ type }) => type === 'resync'), 'the wish of an epoch is not lost');
  assert.ok(consumer.of('ink').length < 1500);
  assert.equal(agent.socket.readyState, 1);
});

test('one that does not read its doc is dropped, and finds everything when it is back', async (t) => {
  const rig = await startServer(t, {
    limits: { ...limits, peerBufferBytes: 64 * 1024, syncMessagesPerSecond: 10_000 },
  });
  const consumer = await join(t, rig);
  const lazy = await open(t, rig, { role: 'agent', sub: 'lazy', channel: 'sync' });
  lazy.socket.pause();
  const strokes = consumer.doc.getMap('annotations');
  const points = Array.from({ length: 3000 }, (_, i) => i / 7);
  for (let i = 0; i < 1200; i++) {
    strokes.set('consumer-1:1', { ...stroke('consumer-1:1'), points: [...points, i, i, 0.5] });
    if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => rig.logged.some(({ fields }) => fields['code'] === 'too-slow'), 'dropped', 15_000);
  const again = await join(t, rig, { role: 'agent', sub: 'lazy' });
  await until(() => again.doc.getMap('annotations').size === 1, 'the stroke');
  assert.equal(consumer.closed(), undefined);
});
