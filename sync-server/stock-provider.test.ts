import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as Y from 'yjs';
import { join, open, request, startServer, stroke, until } from './testing/rig.js';

test('two stock providers share a doc, each writing its own part', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  agent.doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  await until(() => consumer.doc.getMap('requests').has('agent-1:1'), 'the request');
  consumer.doc.getMap('answers').set('agent-1:1', { decision: 'allow', at: 2 });
  consumer.doc.getMap('session').set('status', 'allowed');
  await until(() => agent.doc.getMap('session').get('status') === 'allowed', 'the status');
  assert.deepEqual(agent.doc.getMap('answers').toJSON(), { 'agent-1:1': { decision: 'allow', at: 2 } });
});

test('who comes late gets everything', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  consumer.doc.getMap('session').set('status', 'active');
  for (let i = 0; i < 20; i++) consumer.doc.getMap('annotations').set(`consumer-1:${i}`, stroke(`consumer-1:${i}`));
  const observer = await join(t, rig, { role: 'observer' });
  await until(() => observer.doc.getMap('annotations').size === 20, 'all strokes');
});

test('edits made while offline arrive after the reconnect', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  agent.provider.disconnect();
  agent.doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
  consumer.doc.getMap('session').set('status', 'active');
  agent.provider.connect();
  await until(() => consumer.doc.getMap('annotations').has('agent-1:1'), 'the stroke');
  await until(() => agent.doc.getMap('session').get('status') === 'active', 'the status');
});

test('a stroke written and one withdrawn in one go', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  const strokes = agent.doc.getMap('annotations');
  agent.doc.transact(() => {
    strokes.set('agent-1:1', stroke('agent-1:1'));
    strokes.set('agent-1:2', stroke('agent-1:2'));
    strokes.set('agent-1:1', { ...stroke('agent-1:1'), width: 8 });
    strokes.delete('agent-1:2');
  });
  await until(() => consumer.doc.getMap('annotations').size === 1, 'one stroke');
  consumer.doc.getMap('annotations').delete('agent-1:1');
  await until(() => strokes.size === 0, 'trashed by the consumer');
});

test('undo of the stock UndoManager is accepted', async (t) => {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  const strokes = agent.doc.getMap('annotations');
  const undo = new Y.UndoManager(strokes, { captureTimeout: 0 });
  strokes.set('agent-1:1', stroke('agent-1:1'));
  strokes.set('agent-1:1', { ...stroke('agent-1:1'), width: 9 });
  strokes.set('agent-1:2', stroke('agent-1:2'));
  undo.undo();
  undo.undo();
  undo.redo();
  strokes.set('agent-1:3', stroke('agent-1:3'));
  const remote = consumer.doc.getMap('annotations');
  await until(() => remote.has('agent-1:3'), 'the last stroke');
  assert.deepEqual(remote.toJSON(), strokes.toJSON());
  assert.equal(agent.closed(), undefined);
});

test('a session id with odd characters, as the provider writes it and encoded', async (t) => {
  const rig = await startServer(t);
  for (const session of ['a b', 'ü-ß', '100%25', 'x?y#z', 'a.b:c@d', '日本']) {
    const consumer = await open(t, rig, { session, channel: 'sync' });
    assert.equal(consumer.socket.readyState, 1, session);
  }
  const raw = await join(t, rig, { session: 'chat.42:x@y' });
  assert.ok(raw.provider.synced);
});

test('a provider that hears nothing of others is kept by an empty presence', async (t) => {
  const rig = await startServer(t, { limits: { keepAliveMilliseconds: 100 } });
  const consumer = await open(t, rig, { channel: 'sync' });
  const before = consumer.messages.length;
  await until(() => consumer.messages.length >= before + 2, 'two signs of life');
  assert.deepEqual([...consumer.messages.at(-1)!], [1, 1, 0]);
});
