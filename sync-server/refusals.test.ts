import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as Y from 'yjs';
import { ROOTS } from '../protocol/index.js';
import type { AuditRecord } from './options.js';
import { join, open, request, startServer, stroke, until, type Rig, type Side } from './testing/rig.js';
import { forge, presenceMessage, syncMessage, updateIn } from './testing/updates.js';

async function trio(t: TestContext) {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  consumer.doc.getMap('session').set('status', 'active');
  const agent = await join(t, rig, { role: 'agent' });
  const observer = await join(t, rig, { role: 'observer' });
  await until(() => observer.doc.getMap('session').get('status') === 'active', 'the status');
  return { rig, consumer, agent, observer };
}

async function isRefused(side: Side, rig: Rig, reason: string): Promise<void> {
  await until(() => side.closed()?.code === 4422, 'closed with 4422');
  assert.equal(side.closed()!.reason, 'update-refused');
  assert.equal(side.provider.shouldConnect, false);
  await until(() => rig.logged.some(({ fields }) => fields['code'] === 'update-refused'), 'logged');
  const metrics = await rig.server.metrics.registry.metrics();
  assert.match(metrics, new RegExp(`cobrowse_update_refusals_total{reason="${reason}"} 1`));
  assert.match(metrics, /cobrowse_refusals_total{code="update-refused"} 1/);
}

const attempts: [string, (sides: Record<'consumer' | 'agent' | 'observer', Side>) => Side, string][] = [
  ['an agent sets the mode', ({ agent }) => write(agent, 'session', 'mode', 'remote-control'), 'rights'],
  ['an agent ends the session', ({ agent }) => write(agent, 'session', 'status', 'ended'), 'rights'],
  ['an agent deletes the status', ({ agent }) => erase(agent, 'session', 'status'), 'rights'],
  ['an agent answers for the consumer', ({ agent }) => write(agent, 'answers', 'a:1', { decision: 'allow', at: 1 }), 'rights'],
  ['an agent asks as another', ({ agent }) => write(agent, 'requests', 'bob:1', request('bob:1')), 'rights'],
  ['an agent draws as another', ({ agent }) => write(agent, 'annotations', 'bob:1', stroke('bob:1')), 'rights'],
  ['an agent writes somewhere else', ({ agent }) => write(agent, 'notes', 'x', 1), 'rights'],
  ['an agent writes a stroke that is none', ({ agent }) => write(agent, 'annotations', 'agent-1:1', { a: 1 }), 'schema'],
  ['an agent writes a nested map', ({ agent }) => write(agent, 'annotations', 'agent-1:1', new Y.Map()), 'form'],
  ['an agent writes a text', ({ agent }) => text(agent), 'form'],
  ['the consumer asks', ({ consumer }) => write(consumer, 'requests', 'consumer-1:1', request('consumer-1:1')), 'rights'],
  ['the consumer draws as an agent', ({ consumer }) => write(consumer, 'annotations', 'agent-1:1', stroke('agent-1:1')), 'rights'],
  ['an observer draws', ({ observer }) => write(observer, 'annotations', 'observer-1:1', stroke('observer-1:1')), 'rights'],
  ['an observer asks', ({ observer }) => write(observer, 'requests', 'observer-1:1', request('observer-1:1')), 'rights'],
]; // prettier-ignore

function write(side: Side, root: string, key: string, value: unknown): Side {
  side.doc.getMap(root).set(key, value);
  return side;
}
function erase(side: Side, root: string, key: string): Side {
  side.doc.getMap(root).delete(key);
  return side;
}
function text(side: Side): Side {
  (side.doc.getMap('annotations') as unknown as { doc: Y.Doc }).doc.getText('words').insert(0, 'hello');
  return side;
}

const contents = (sides: Side[]) =>
  JSON.stringify(sides.map(({ doc }) => ROOTS.map((root) => doc.getMap(root).toJSON() as unknown)));

for (const [what, attempt, reason] of attempts)
  test(`${what}: refused, nobody else sees or feels it`, async (t) => {
    const { rig, ...sides } = await trio(t);
    const others = Object.values(sides);
    const culprit = attempt(sides);
    const rest = others.filter((side) => side !== culprit);
    const before = contents(rest);
    await isRefused(culprit, rig, reason);
    assert.equal(contents(rest), before);
    const late = await join(t, rig, { role: 'observer', sub: 'late' });
    assert.deepEqual(late.doc.getMap('session').toJSON(), { status: 'active' });
    for (const root of ['requests', 'answers', 'annotations']) assert.equal(late.doc.getMap(root).size, 0);
    assert.ok(rest.every((side) => side.closed() === undefined && side.provider.wsconnected));
  });

test('written while offline, it is refused at the reconnect', async (t) => {
  const { rig, agent } = await trio(t);
  agent.provider.disconnect();
  agent.doc.getMap('session').set('mode', 'remote-control');
  agent.provider.connect();
  await isRefused(agent, rig, 'rights');
});

test('after a refusal a fresh doc joins as if nothing had been', async (t) => {
  const { rig, agent, consumer } = await trio(t);
  agent.doc.getMap('session').set('mode', 'remote-control');
  await isRefused(agent, rig, 'rights');
  const again = await join(t, rig, { role: 'agent' });
  again.doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
  await until(() => consumer.doc.getMap('annotations').size === 1, 'the stroke');
});

test('raw: an update as another Yjs client, and what is sent on is what our doc emitted', async (t) => {
  const { rig, consumer, observer } = await trio(t);
  const raw = await open(t, rig, { role: 'agent', sub: 'raw', channel: 'sync' });
  const spy = await open(t, rig, { role: 'observer', sub: 'spy', channel: 'sync' });
  const struct = { root: 'annotations', key: 'raw:1', values: [stroke('raw:1')] };
  const known = { client: 77, clock: 0, structs: [struct] };
  raw.send(presenceMessage(77, 1, {}));
  raw.send(syncMessage(2, forge([known])));
  await until(() => consumer.doc.getMap('annotations').has('raw:1'), 'an honest one');
  await until(() => spy.messages.some(updateIn), 'passed on');
  raw.send(syncMessage(2, forge([{ ...known, client: consumer.doc.clientID, clock: 1 }])));
  assert.deepEqual(await raw.closed, { code: 4422, reason: 'update-refused' });
  assert.equal(spy.messages.filter(updateIn).length, 1);
  assert.equal(observer.closed(), undefined);
});

test('raw: messages that are none, each by name', async (t) => {
  const { rig, consumer } = await trio(t);
  const cases: [string, Uint8Array | string, string][] = [
    ['empty', new Uint8Array(), 'bad-request'],
    ['unknown type', Uint8Array.of(9, 9, 9), 'bad-request'],
    ['unknown sync step', Uint8Array.of(0, 7, 0), 'bad-request'],
    ['cut off', Uint8Array.of(0, 2, 200), 'bad-request'],
    ['not a state vector', syncMessage(0, Uint8Array.of(200, 1, 1)), 'bad-request'],
    ['not an update', syncMessage(2, Uint8Array.of(1, 2, 3)), 'update-refused'],
    ['presence that is none', Uint8Array.of(1, 2, 5, 5), 'bad-request'],
    ['presence that is no JSON', presenceMessage(5, 1, '{oops'), 'bad-request'],
    ['presence that is no object', presenceMessage(5, 1, [1]), 'bad-request'],
    ['presence too large', presenceMessage(5, 1, { much: 'x'.repeat(5000) }), 'message-too-big'],
    ['too large', new Uint8Array(300_000), 'message-too-big'],
    ['text', 'hello', 'bad-request'],
  ];
  for (const [what, bytes, reason] of cases) {
    const raw = await open(t, rig, { role: 'agent', sub: 'raw', channel: 'sync' });
    raw.send(bytes);
    assert.equal((await raw.closed).reason, reason, what);
  }
  assert.equal(consumer.closed(), undefined);
});

test('what was asked, answered and refused is in the audit log, without any page content', async (t) => {
  const records: AuditRecord[] = [];
  const rig = await startServer(t, { onAudit: (record) => records.push(record) });
  const consumer = await join(t, rig);
  consumer.doc.getMap('session').set('page', page);
  const agent = await join(t, rig, { role: 'agent' });
  agent.doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  await until(() => consumer.doc.getMap('requests').size === 1, 'the request');
  const shown = { id: 'screen-share', version: 1, locale: 'en', text: 'Show this tab?' };
  consumer.doc.getMap('answers').set('agent-1:1', { decision: 'allow', at: 1, shown });
  await until(() => agent.doc.getMap('answers').size === 1, 'the answer');
  agent.doc.getMap('session').set('status', 'ended');
  await until(() => records.some(({ event }) => event === 'refused'), 'refused');
  const found = records.filter(({ event }) => ['request', 'answer', 'refused'].includes(event));
  assert.deepEqual(
    found.map(({ event, sub, request: id, code }) => [event, sub, id, code]),
    [
      ['request', 'agent-1', 'agent-1:1', undefined],
      ['answer', 'consumer-1', 'agent-1:1', undefined],
      ['refused', 'agent-1', undefined, 'update-refused'],
    ],
  );
  const withoutReceipts = records.map((record) => ({ ...record, jws: undefined }));
  assert.doesNotMatch(JSON.stringify([withoutReceipts, rig.logged]), /Cheap shoes|secret-path|eyJ/);
});

const page = {
  id: 'p',
  title: 'Cheap shoes',
  url: '/secret-path',
  width: 1,
  height: 1,
  pixelRatio: 1,
  device: 'desktop',
};

test('an agent’s modes: by its token, and by the server', async (t) => {
  const rig = await startServer(t, { modes: ['screen-share', 'remote-control'] });
  const limited = await join(t, rig, { role: 'agent', sub: 'a', modes: ['screen-share'] });
  const other = await join(t, rig, { role: 'agent', sub: 'b' });
  limited.doc.getMap('requests').set('a:1', request('a:1'));
  await until(() => other.doc.getMap('requests').has('a:1'), 'screen share is fine');
  limited.doc.getMap('requests').set('a:2', request('a:2', { mode: 'remote-control' }));
  await until(() => limited.closed()?.code === 4422, 'not in the token');
  other.doc.getMap('requests').set('b:1', request('b:1', { mode: 'full-device' }));
  await until(() => other.closed()?.code === 4422, 'not on this server');
});
