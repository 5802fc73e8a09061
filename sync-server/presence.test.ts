import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorOf } from '../protocol/index.js';
import { join, open, startServer, until, type Side } from './testing/rig.js';
import { presenceMessage } from './testing/updates.js';

interface Seen {
  user: { id: string; name: string; role: string; color: string };
  [field: string]: unknown;
}

function seenBy({ awareness, doc }: Side): Seen[] {
  return [...awareness.getStates()].filter(([id]) => id !== doc.clientID).map(([, state]) => state as Seen);
}

test('everyone is seen as the token says, whatever they say of themselves', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent', name: 'Ana', color: '#123456' });
  agent.awareness.setLocalState({ user: { id: 'consumer-1', name: 'Boss', role: 'consumer' }, cursor: 5 });
  await until(() => seenBy(consumer).some(({ cursor }) => cursor === 5), 'the agent');
  assert.deepEqual(seenBy(consumer), [
    { user: { id: 'agent-1', name: 'Ana', role: 'agent', color: '#123456' }, cursor: 5 },
  ]);
  await until(() => seenBy(agent).length === 1, 'the consumer');
  const { user } = seenBy(agent)[0]!;
  assert.deepEqual(user, { id: 'consumer-1', name: 'consumer-1', role: 'consumer', color: colorOf('consumer-1') });
});

test('who comes late sees who is here', async (t) => {
  const rig = await startServer(t);
  await join(t, rig);
  await join(t, rig, { role: 'agent' });
  const late = await join(t, rig, { role: 'observer' });
  await until(() => seenBy(late).length === 2, 'both');
});

test('who leaves is gone at once, and is back after a reconnect', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  for (let i = 0; i < 3; i++) {
    await until(() => seenBy(consumer).length === 1, 'here');
    const started = performance.now();
    agent.provider.ws!.close();
    await until(() => seenBy(consumer).length === 0, 'gone');
    assert.ok(performance.now() - started < 1000);
  }
  await until(() => seenBy(consumer).length === 1, 'back');
});

test('back after a restart of the server too', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  agent.awareness.setLocalState({ n: 1 });
  await until(() => seenBy(consumer).some(({ n }) => n === 1), 'here');
  await rig.server.close({ graceMs: 100 });
  await until(() => seenBy(consumer).length === 0, 'gone');
  await startServer(t, { port: rig.port });
  await until(() => seenBy(consumer).some(({ n }) => n === 1), 'back');
  await until(() => seenBy(agent).length === 1, 'and the other way round');
});

test('nobody speaks for another: not by an echo, and not to make one leave', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  await until(() => seenBy(agent).length === 1, 'the consumer');
  const raw = await open(t, rig, { role: 'agent', sub: 'raw', channel: 'sync' });
  raw.send(presenceMessage(4242, 1, { me: true }));
  raw.send(presenceMessage(consumer.doc.clientID, 10 ** 15, null));
  raw.send(presenceMessage(consumer.doc.clientID, 10 ** 15, { forged: true }));
  raw.send(presenceMessage(4242, 2, { done: true }));
  await until(() => seenBy(agent).some(({ done }) => done), 'its own');
  const ids = seenBy(agent).map(({ user, forged }) => [user.id, forged]);
  assert.deepEqual(ids.sort(), [['consumer-1', undefined], ['raw', undefined]]); // prettier-ignore
  assert.equal(raw.socket.readyState, 1);
});

test('a connection that is cut without a word is noticed', async (t) => {
  const rig = await startServer(t, { pingMilliseconds: 100 });
  const consumer = await join(t, rig);
  const agent = await open(t, rig, { role: 'agent', channel: 'sync' });
  agent.send(presenceMessage(7, 1, {}));
  await until(() => seenBy(consumer).length === 1, 'here');
  // it neither reads nor answers any more
  agent.socket.pause();
  await until(() => seenBy(consumer).length === 0, 'gone');
});

test('presence too often is refused', async (t) => {
  const rig = await startServer(t, { limits: { awarenessPerSecond: 5 } });
  const agent = await open(t, rig, { role: 'agent', channel: 'sync' });
  for (let clock = 1; clock < 40; clock++) agent.send(presenceMessage(7, clock, { clock }));
  assert.deepEqual(await agent.closed, { code: 4529, reason: 'rate-limited' });
});

test('echoes of others are neither passed on nor punished', async (t) => {
  const rig = await startServer(t, { limits: { awarenessPerSecond: 5 } });
  const consumer = await join(t, rig);
  const raw = await open(t, rig, { role: 'agent', sub: 'raw', channel: 'sync' });
  raw.send(presenceMessage(4242, 1, { n: 0 }));
  await until(() => seenBy(consumer).length === 1, 'here');
  const before = raw.messages.length;
  let told = 0;
  consumer.awareness.on('update', () => told++);
  for (let i = 0; i < 200; i++) raw.send(presenceMessage(consumer.doc.clientID, 1, { i }));
  raw.send(presenceMessage(4242, 2, { n: 1 }));
  await until(() => seenBy(consumer).some(({ n }) => n === 1), 'its own');
  assert.equal(told, 1, 'only its own');
  assert.equal(raw.messages.length, before);
  assert.equal(raw.socket.readyState, 1);
});

test('of many states in one message only one’s own is taken', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const raw = await open(t, rig, { role: 'agent', sub: 'raw', channel: 'sync' });
  raw.send(presenceMessage(1, 1, { first: true }));
  for (let other = 2; other < 50; other++) raw.send(presenceMessage(other, 1, { other }));
  raw.send(presenceMessage(1, 2, { last: true }));
  await until(() => seenBy(consumer).some(({ last }) => last), 'its own');
  assert.equal(seenBy(consumer).length, 1, 'one presence a connection');
});

test('the size of a presence is counted in bytes', async (t) => {
  const rig = await startServer(t, { limits: { awarenessBytes: 300 } });
  const consumer = await join(t, rig);
  const state = (letter: string) => ({ text: letter.repeat(150) });
  const narrow = await open(t, rig, { role: 'agent', sub: 'narrow', channel: 'sync' });
  narrow.send(presenceMessage(1, 1, state('a')));
  await until(() => seenBy(consumer).length === 1, 'fits');
  const wide = await open(t, rig, { role: 'agent', sub: 'wide', channel: 'sync' });
  wide.send(presenceMessage(2, 1, state('日')));
  assert.deepEqual(await wide.closed, { code: 4413, reason: 'message-too-big' });
});

test('one whose socket is cut is gone within 3 s', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const raw = await open(t, rig, { role: 'agent', channel: 'sync' });
  raw.send(presenceMessage(7, 1, {}));
  await until(() => seenBy(consumer).length === 1, 'here');
  raw.socket.terminate();
  await until(() => seenBy(consumer).length === 0, 'gone', 3000);
});
