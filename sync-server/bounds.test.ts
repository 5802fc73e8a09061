import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { encodeFrame } from '../protocol/index.js';
import { join, open, settled, startServer, stroke, until } from './testing/rig.js';

test('frames that are none, each by name; the other side is unharmed', async (t) => {
  const rig = await startServer(t, { limits: { mirrorFrameBytes: 64 * 1024 } });
  const consumer = await open(t, rig);
  consumer.events(1, 0);
  const good = encodeFrame({ kind: 'ink' });
  const changed = (at: number, to: number) => good.map((byte, i) => (i === at ? to : byte));
  const cases: [string, Uint8Array | string, string][] = [
    ['empty', new Uint8Array(), 'malformed-frame'],
    ['cut off', good.slice(0, 11), 'malformed-frame'],
    ['another version', changed(0, 9), 'malformed-frame'],
    ['unknown kind', changed(1, 99), 'malformed-frame'],
    ['unknown flag', changed(2, 128), 'malformed-frame'],
    ['a sender longer than the frame', changed(3, 255), 'malformed-frame'],
    ['too large', new Uint8Array(64 * 1024 + 1), 'message-too-big'],
    ['far too large', new Uint8Array(8 * 1024 * 1024), 'message-too-big'],
    ['text', 'hello', 'bad-request'],
  ];
  for (const [what, bytes, reason] of cases) {
    const agent = await open(t, rig, { role: 'agent' });
    agent.send(bytes);
    assert.equal((await agent.closed).reason, reason, what);
  }
  await settled(consumer);
  const metrics = await rig.server.metrics.registry.metrics();
  assert.match(metrics, /cobrowse_refusals_total{code="malformed-frame"} 6/);
  assert.match(metrics, /cobrowse_refusals_total{code="message-too-big"} 2/);
});

test('broken WebSocket frames have a name too', async (t) => {
  const rig = await startServer(t);
  const agent = await open(t, rig, { role: 'agent' });
  // a reserved opcode, masked, without content
  (agent.socket as unknown as { _socket: { write(bytes: Uint8Array): void } })._socket.write(
    Uint8Array.of(0x83, 0x80, 0, 0, 0, 0),
  );
  assert.equal((await agent.closed).reason, 'malformed-frame');
});

test('ink and control that can’t be taken are refused, and the connection stays', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  agent.frame({ kind: 'ink', payload: new Uint8Array(17 * 1024) });
  agent.frame({ kind: 'control', payload: new TextEncoder().encode('{oops') });
  agent.frame({ kind: 'control', payload: new TextEncoder().encode('{"type":"superseded"}') });
  consumer.control({ type: 'resync', reason: 'agent' });
  await Promise.all([settled(agent), settled(consumer)]);
  const codes = (side: typeof agent) => side.controls().flatMap((one) => (one.type === 'refused' ? [one.code] : []));
  assert.deepEqual(codes(agent), ['message-too-big', 'bad-request', 'bad-request']);
  assert.deepEqual(codes(consumer), ['bad-request']);
  assert.equal(consumer.of('ink').length, 0);
});

test('too many frames, too many messages', async (t) => {
  const rig = await startServer(t, { limits: { mirrorFramesPerSecond: 20, syncMessagesPerSecond: 20 } });
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  for (let i = 0; i < 100; i++) agent.frame({ kind: 'ink' });
  assert.deepEqual(await agent.closed, { code: 4529, reason: 'rate-limited' });
  const writer = await open(t, rig, { role: 'agent', channel: 'sync' });
  for (let i = 0; i < 100; i++) writer.send(Uint8Array.of(3));
  assert.deepEqual(await writer.closed, { code: 4529, reason: 'rate-limited' });
  assert.ok(consumer.of('ink').length <= 41);
  assert.equal(consumer.socket.readyState, 1);
});

test('asking for the whole doc again and again', async (t) => {
  const rig = await startServer(t);
  const agent = await open(t, rig, { role: 'agent', channel: 'sync' });
  for (let i = 0; i < 50; i++) agent.send(Uint8Array.of(0, 0, 1, 0));
  assert.deepEqual(await agent.closed, { code: 4529, reason: 'rate-limited' });
});

test('a second consumer is refused, the first one is unharmed', async (t) => {
  const rig = await startServer(t);
  const first = await join(t, rig);
  const mirror = await open(t, rig);
  for (const channel of ['sync', 'mirror'] as const) {
    const second = await open(t, rig, { sub: 'someone-else', channel, without: 'waiting' });
    assert.deepEqual(await second.closed, { code: 4409, reason: 'session-full' });
  }
  first.doc.getMap('session').set('status', 'active');
  await settled(mirror);
  // another tab of the same person is welcome
  const tab = await join(t, rig);
  await until(() => tab.doc.getMap('session').get('status') === 'active', 'the status');
});

test('a session stays its consumer’s while that one reloads, and is free after the grace', async (t) => {
  const rig = await startServer(t, { roomGrace: 0.4 });
  await join(t, rig, { role: 'agent' });
  const first = await join(t, rig);
  first.provider.destroy();
  await until(() => rig.server.sessions.get('s')?.connections === 1, 'left');
  const tooEarly = await open(t, rig, { sub: 'other', without: 'waiting' });
  assert.equal((await tooEarly.closed).reason, 'session-full');
  let other = tooEarly;
  await until(() => other.socket.readyState === 3, 'closed');
  for (const deadline = Date.now() + 3000; other.socket.readyState === 3 && Date.now() < deadline;) {
    other = await open(t, rig, { sub: 'other', without: 'waiting' });
    await until(() => other.controls().length > 0 || other.socket.readyState === 3, 'hello or no');
  }
  assert.equal(other.controls()[0]?.type, 'hello');
});

test('people in a session, connections of a person, sessions, connections of an address', async (t) => {
  const rig = await startServer(t, { limits: { participantsPerSession: 2, sessions: 2, connectionsPerAddress: 20 } });
  await open(t, rig);
  await open(t, rig, { role: 'agent' });
  const third = await open(t, rig, { role: 'observer', without: 'waiting' });
  assert.deepEqual(await third.closed, { code: 4409, reason: 'session-full' });
  await open(t, rig, { session: 'b' });
  const fourth = await open(t, rig, { session: 'c', without: 'waiting' });
  assert.deepEqual(await fourth.closed, { code: 4530, reason: 'server-full' });
  for (let i = 0; i < 15; i++) await open(t, rig, { role: 'agent' });
  const many = await open(t, rig, { role: 'agent', without: 'waiting' });
  assert.deepEqual(await many.closed, { code: 4529, reason: 'rate-limited' });
  await open(t, rig, { session: 'b' });
  const sides = await Promise.all([1, 2].map(() => open(t, rig, { session: 'b', without: 'waiting' })));
  await until(() => sides.every(({ socket }) => socket.readyState !== 0), 'in or not');
  const refused = sides.filter(({ socket }) => socket.readyState !== 1);
  assert.ok(refused.length > 0);
  for (const { closed } of refused) assert.equal((await closed).code, 1006, 'before anything is known of it');
});

test('a full server gives up a session that everyone has left', async (t) => {
  const rig = await startServer(t, { limits: { sessions: 1 } });
  const first = await open(t, rig, { session: 'a' });
  first.socket.close();
  await until(() => rig.server.sessions.get('a')?.connections === 0, 'left');
  await open(t, rig, { session: 'b' });
  assert.deepEqual([...rig.server.sessions.keys()], ['b']);
});

test('too many strokes, a stroke too large', async (t) => {
  const rig = await startServer(t, { limits: { strokesPerSession: 3, strokeBytes: 2000 } });
  const agent = await join(t, rig, { role: 'agent' });
  const other = await join(t, rig, { role: 'agent', sub: 'b' });
  const strokes = agent.doc.getMap('annotations');
  for (let i = 0; i < 3; i++) strokes.set(`agent-1:${i}`, stroke(`agent-1:${i}`));
  strokes.set('agent-1:0', { ...stroke('agent-1:0'), width: 2 });
  await until(() => (other.doc.getMap('annotations').get('agent-1:0') as { width?: number })?.width === 2, 'all three');
  strokes.set('agent-1:4', stroke('agent-1:4'));
  await until(() => agent.closed()?.reason === 'update-refused', 'one too many');
  other.doc.getMap('annotations').set('b:1', { ...stroke('b:1'), points: Array(600).fill(0.123) });
  await until(() => other.closed()?.reason === 'update-refused', 'too large');
});

test('a session that has lasted too long is ended', async (t) => {
  const rig = await startServer(t, { settings: { sessionSeconds: 1 } });
  const consumer = await join(t, rig);
  consumer.doc.getMap('session').set('status', 'active');
  await until(() => consumer.closed()?.code === 4410, 'ended');
  assert.equal(consumer.closed()!.reason, 'session-ended');
  const again = await open(t, rig, { role: 'agent', without: 'waiting' });
  assert.equal((await again.closed).reason, 'session-ended');
});

test('a socket that never asks for an upgrade, and one that asks for nonsense', async (t) => {
  const rig = await startServer(t);
  const answers = await Promise.all(
    ['GET /sync HTTP/1.1', 'GET /elsewhere HTTP/1.1'].map(
      (line) =>
        new Promise<string>((resolve) => {
          const socket = connect(rig.port, '127.0.0.1');
          let answer = '';
          socket.on('data', (data) => (answer += data.toString()));
          socket.on('close', () => resolve(answer));
          const upgrade =
            'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x';
          socket.write(`${line}\r\nHost: a\r\n${upgrade}\r\n\r\n`);
        }),
    ),
  );
  for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 404/);
});
