import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as Y from 'yjs';
import { encodeFrame, encodeJson, type Primitive } from '../protocol/index.js';
import type { SyncServerOptions } from './index.js';
import { join, open, request, settled, startServer, until, type RawSide, type Side } from './testing/rig.js';

const controlled = { status: 'active', mode: 'remote-control', controller: 'ana' };

/** A session in remote control: Ana has it, Bob has not, and somebody watches. */
async function control(t: TestContext, options: SyncServerOptions = {}) {
  const rig = await startServer(t, options);
  const side = await join(t, rig);
  const asking = await join(t, rig, { role: 'agent', sub: 'bob' });
  const consumer = await open(t, rig);
  const ana = await open(t, rig, { role: 'agent', sub: 'ana' });
  const bob = await open(t, rig, { role: 'agent', sub: 'bob' });
  const observer = await open(t, rig, { role: 'observer' });
  const set = (fields: Record<string, unknown>) => write(side, 'session', fields, asking);
  const count = async (code: string): Promise<number> => {
    const metrics = await rig.server.metrics.registry.metrics();
    return Number(new RegExp(`^cobrowse_refusals_total{code="${code}"} (\\d+)`, 'm').exec(metrics)?.[1] ?? 0);
  };
  await set(controlled);
  return { rig, side, asking, consumer, ana, bob, observer, set, count };
}

/** Until somebody else has seen it, so that the server has. */
async function write(from: Side, root: string, fields: Record<string, unknown>, witness: Side): Promise<void> {
  from.doc.transact(() => Object.entries(fields).forEach(([key, value]) => from.doc.getMap(root).set(key, value)));
  const seen = () => Object.entries(fields).every(([key, value]) => same(witness.doc.getMap(root).get(key), value));
  await until(seen, 'written');
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
let seq = 0;
const batch = (primitives: Primitive[] = [[11]]) => encodeJson({ run: 'r', seq: ++seq, grant: 'ana:1', primitives });
const input = (side: RawSide, payload = batch()) => side.frame({ kind: 'input', epoch: 1, seq: 2, payload });
const refusals = (side: RawSide) =>
  side.controls().flatMap((message) => (message.type === 'refused' ? [`${message.kind}: ${message.code}`] : []));

test('input of the controller reaches the consumer alone, as it was, and stamped', async (t) => {
  const { consumer, ana, bob, observer } = await control(t);
  const payload = batch([[0, 5, 10, 20, 0]]);
  ana.send(encodeFrame({ kind: 'input', epoch: 3, seq: 9, sender: 'bob', payload }));
  await until(() => consumer.of('input').length === 1, 'the input');
  const [frame] = consumer.of('input');
  assert.deepEqual([frame!.sender, frame!.epoch, frame!.seq], ['ana', 3, 9]);
  assert.deepEqual(frame!.payload, payload);
  await Promise.all([ana, bob, observer].map(settled));
  for (const other of [ana, bob, observer]) assert.equal(other.of('input').length, 0);
});

const withoutGrant: [string, Record<string, unknown>][] = [
  ['before the question', { mode: 'screen-share', controller: null }],
  ['in full device', { mode: 'full-device', controller: null }],
  ['in full device, whatever the controller says', { mode: 'full-device' }],
  ['while paused', { status: 'paused', mode: 'screen-share', controller: null }],
  ['while paused, whatever the mode says', { status: 'paused' }],
  ['before the view', { status: 'allowed', mode: null, controller: null }],
  ['after the end', { status: 'ended', mode: null, controller: null }],
  ['when another agent has it', { controller: 'bob' }],
];
for (const [when, fields] of withoutGrant)
  test(`input without a grant is refused by name and counted: ${when}`, async (t) => {
    const { consumer, ana, set, count } = await control(t);
    await set(fields);
    for (let i = 0; i < 3; i++) input(ana);
    await settled(ana);
    await settled(consumer);
    assert.deepEqual(refusals(ana), Array(3).fill('input: no-control'));
    assert.equal(consumer.of('input').length, 0);
    assert.equal(await count('no-control'), 3);
    assert.equal(ana.socket.readyState, 1);
  });

test('from the very update that takes control back, nothing is passed on', async (t) => {
  const { side, consumer, ana, asking } = await control(t);
  input(ana);
  await until(() => consumer.of('input').length === 1, 'in control');
  await write(side, 'session', { mode: 'screen-share', controller: null, stepDown: 'consumer' }, asking);
  input(ana);
  await settled(ana);
  assert.deepEqual(refusals(ana), ['input: no-control']);
  await settled(consumer);
  assert.equal(consumer.of('input').length, 1);
});

test('input of a second agent and of an observer is refused, and harms nobody', async (t) => {
  const { consumer, ana, bob, observer, count } = await control(t);
  input(bob);
  input(observer);
  await Promise.all([settled(bob), settled(observer)]);
  assert.deepEqual(refusals(bob), ['input: no-control']);
  assert.deepEqual(refusals(observer), ['input: forbidden']);
  input(consumer);
  await settled(consumer);
  assert.deepEqual(refusals(consumer), ['input: forbidden']);
  input(ana);
  await until(() => consumer.of('input').length === 1, 'the controller goes on');
  assert.equal(await count('forbidden'), 2);
});

test('while a question waits for its answer nobody controls, and afterwards the same one again', async (t) => {
  const { side, asking, consumer, ana, count } = await control(t);
  const question = request('bob:1', { mode: 'remote-control' });
  await write(asking, 'requests', { 'bob:1': question }, side);
  input(ana);
  await settled(ana);
  assert.deepEqual(refusals(ana), ['input: request-pending']);
  assert.equal(await count('request-pending'), 1);
  await write(side, 'answers', { 'bob:1': { decision: 'deny', at: 1 } }, asking);
  input(ana);
  await until(() => consumer.of('input').length === 1, 'after the answer');
  // a step that asks nobody suspends nothing
  await write(asking, 'requests', { 'bob:2': request('bob:2', { kind: 'clear', mode: undefined as never }) }, side);
  input(ana);
  await until(() => consumer.of('input').length === 2, 'goes on');
});

test('a question that is withdrawn suspends nothing any more', async (t) => {
  const { side, asking, consumer, ana } = await control(t);
  await write(asking, 'requests', { 'bob:1': request('bob:1', { mode: 'remote-control' }) }, side);
  asking.doc.getMap('requests').delete('bob:1');
  await until(() => !side.doc.getMap('requests').has('bob:1'), 'withdrawn');
  input(ana);
  await until(() => consumer.of('input').length === 1, 'goes on');
});

test('an agent can’t write itself into control', async (t) => {
  const { rig, consumer, bob, count } = await control(t);
  const forger = await join(t, rig, { role: 'agent', sub: 'bob', doc: new Y.Doc() });
  forger.doc.getMap('session').set('controller', 'bob');
  await until(() => forger.closed()?.code === 4422, 'refused');
  input(bob);
  await settled(bob);
  assert.deepEqual(refusals(bob), ['input: no-control']);
  assert.equal(consumer.of('input').length, 0);
  assert.equal(await count('update-refused'), 1);
});

test('a megabyte of text is refused by name, and the connection stays', async (t) => {
  const { consumer, ana, count } = await control(t);
  input(ana, batch([[8, 'x'.repeat(1024 * 1024 - 200)]]));
  input(ana, batch([[8, 'x'.repeat(64 * 1024)]]));
  await settled(ana);
  assert.deepEqual(refusals(ana), Array(2).fill('input: message-too-big'));
  assert.equal(await count('message-too-big'), 2);
  input(ana);
  await until(() => consumer.of('input').length === 1, 'what fits');
});

test('a little too often is refused by name: what the rate allows is passed on', async (t) => {
  const { consumer, ana, count } = await control(t);
  for (let i = 0; i < 700; i++) input(ana);
  await settled(ana);
  await settled(consumer);
  const passed = consumer.of('input').length;
  assert.ok(passed >= 480 && passed < 700, `${passed} passed`);
  assert.equal(await count('rate-limited'), 700 - passed);
  const told = refusals(ana);
  assert.ok(told.length >= 1 && told.length <= 60, `${told.length} were told`);
  assert.deepEqual([...new Set(told)], ['input: rate-limited']);
  assert.equal(ana.socket.readyState, 1);
});

for (const role of ['agent', 'observer'] as const)
  test(`ten thousand frames at once close the connection of the ${role} only; few words about it`, async (t) => {
    const { rig, consumer, bob, set, count } = await control(t);
    await set({ controller: 'mad' });
    const mad = await open(t, rig, { role, sub: 'mad' });
    const frame = encodeFrame({ kind: 'input', payload: batch() });
    for (let i = 0; i < 10_000; i++) mad.send(frame);
    assert.deepEqual(await mad.closed, { code: 4529, reason: 'rate-limited' });
    await settled(consumer);
    const passed = consumer.of('input').length;
    assert.ok(role === 'observer' ? passed === 0 : passed <= 600, `${passed} passed`);
    assert.ok(refusals(mad).length <= 60, `${refusals(mad).length} were told`);
    assert.ok(rig.logged.filter(({ message }) => message === 'refused').length <= 70, 'the log isn’t flooded');
    assert.ok((await count(role === 'observer' ? 'forbidden' : 'rate-limited')) >= 1000, 'each is counted');
    await set({ controller: 'bob' });
    input(bob);
    await until(() => consumer.of('input').length === passed + 1, 'the others go on');
  });

test('what the server can’t read it passes on to the page, which decides: it stays a frame of its sender', async (t) => {
  const { consumer, ana } = await control(t);
  const bytes = Uint8Array.of(0xff, 0x00, 0x7b);
  input(ana, bytes);
  const replayed = batch();
  input(ana, replayed);
  input(ana, replayed);
  await until(() => consumer.of('input').length === 3, 'all');
  assert.deepEqual(consumer.of('input')[0]!.payload, bytes);
  assert.ok(consumer.of('input').every(({ sender }) => sender === 'ana'));
});

test('live frames go to the watchers, bounded, and a latecomer gets none', async (t) => {
  const { rig, consumer, ana, observer } = await control(t);
  consumer.events(1, 0);
  consumer.frame({ kind: 'live', payload: encodeJson({ type: 'performed', run: 'r', seq: 1 }) });
  consumer.frame({ kind: 'live', payload: new Uint8Array(65 * 1024) });
  await until(() => ana.of('live').length === 1 && observer.of('live').length === 1, 'live');
  await settled(consumer);
  assert.deepEqual(refusals(consumer), ['live: message-too-big']);
  const late = await open(t, rig, { role: 'agent', sub: 'late' });
  await until(() => late.of('events').length === 1, 'the picture');
  await settled(late);
  assert.equal(late.of('live').length, 0);
});
