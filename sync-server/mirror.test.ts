import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrame, type FrameKind } from '../protocol/index.js';
import { join, open, settled, startServer, text, until } from './testing/rig.js';

test('hello comes first, with role, connection and settings', async (t) => {
  const rig = await startServer(t, { settings: { requestSeconds: 7 } });
  const agent = await open(t, rig, { role: 'agent' });
  const [hello] = agent.controls();
  assert.ok(hello?.type === 'hello');
  assert.equal(hello.role, 'agent');
  assert.match(hello.connection, /^[\da-f]{8}$/);
  assert.equal(hello.settings.requestSeconds, 7);
  assert.equal(hello.settings.viewSeconds, 300);
  assert.equal(agent.frames[0]!.kind, 'control');
  assert.ok(rig.logged.some(({ fields }) => fields['connection'] === hello.connection));
});

test('ping comes back as pong, at once and to the sender only', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  await settled(agent);
  assert.equal(consumer.controls().length, 1);
});

test('events reach every watcher in order, stamped with who sent them', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const watchers = [await open(t, rig, { role: 'agent' }), await open(t, rig, { role: 'observer' })];
  const liar = encodeFrame({
    kind: 'events',
    epoch: 3,
    seq: 0,
    flags: 1,
    sender: 'agent-1',
    payload: new Uint8Array([7]),
  });
  consumer.send(liar);
  for (let seq = 1; seq < 50; seq++) consumer.events(3, seq);
  for (const watcher of watchers) {
    await until(() => watcher.of('events').length === 50, 'all events');
    assert.deepEqual(watcher.of('events').map(({ seq }) => seq), [...Array(50).keys()]); // prettier-ignore
    assert.ok(watcher.of('events').every(({ sender, epoch }) => sender === 'consumer-1' && epoch === 3));
  }
});

test('the payload arrives as it was, whatever is in it', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  const payload = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256);
  consumer.events(1, 0, payload);
  await until(() => agent.of('events').length === 1, 'the frame');
  assert.deepEqual(agent.of('events')[0]!.payload, payload);
});

test('who may send what, by role', async (t) => {
  const rig = await startServer(t);
  const sides = {
    consumer: await open(t, rig),
    agent: await open(t, rig, { role: 'agent' }),
    observer: await open(t, rig, { role: 'observer' }),
  };
  const refusedKinds: Record<keyof typeof sides, FrameKind[]> = {
    consumer: ['input'],
    agent: ['events', 'screen', 'asset', 'live', 'input'],
    observer: ['events', 'screen', 'asset', 'live', 'input', 'ink'],
  };
  for (const [role, kinds] of Object.entries(refusedKinds)) {
    const side = sides[role as keyof typeof sides];
    for (const kind of kinds) side.frame({ kind });
    await settled(side);
    const codes = side.controls().flatMap((message) => (message.type === 'refused' ? [message.code] : []));
    const expected = kinds.map((kind) => (role === 'agent' && kind === 'input' ? 'no-control' : 'forbidden'));
    assert.deepEqual(codes, expected, role);
    assert.equal(side.socket.readyState, 1);
  }
  for (const side of Object.values(sides)) assert.ok(side.frames.every(({ kind }) => kind === 'control'));
});

test('ink goes to everyone else, live and assets to the watchers', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const ana = await open(t, rig, { role: 'agent', sub: 'ana' });
  const bob = await open(t, rig, { role: 'agent', sub: 'bob' });
  const observer = await open(t, rig, { role: 'observer' });
  ana.frame({ kind: 'ink', payload: new TextEncoder().encode('a') });
  consumer.frame({ kind: 'ink', payload: new TextEncoder().encode('c') });
  for (const kind of ['live', 'asset'] as const) consumer.frame({ kind });
  await until(() => observer.frames.length === 5, 'all at the observer');
  await until(() => bob.frames.length === 5 && consumer.of('ink').length === 1 && ana.frames.length === 4, 'all');
  assert.deepEqual(consumer.of('ink').map((frame) => [frame.sender, text(frame)]), [['ana', 'a']]); // prettier-ignore
  assert.deepEqual(ana.of('ink').map((frame) => [frame.sender, text(frame)]), [['consumer-1', 'c']]); // prettier-ignore
  await settled(consumer);
  assert.deepEqual([...new Set(consumer.frames.map(({ kind }) => kind))], ['control', 'ink']);
});

test('input is passed on only to the consumer, and only from the controller in remote control', async (t) => {
  const rig = await startServer(t);
  const side = await join(t, rig);
  const consumer = await open(t, rig);
  const ana = await open(t, rig, { role: 'agent', sub: 'ana' });
  const bob = await open(t, rig, { role: 'agent', sub: 'bob' });
  const refusals = (who: typeof ana) => who.controls().filter((message) => message.type === 'refused').length;
  const session = side.doc.getMap('session');
  const set = async (fields: Record<string, unknown>) => {
    side.doc.transact(() => Object.entries(fields).forEach(([key, value]) => session.set(key, value)));
    // a newcomer sees what the server has
    const probe = await join(t, rig, { role: 'observer', sub: `probe-${Math.random()}` });
    await until(
      () => Object.entries(fields).every(([key, value]) => probe.doc.getMap('session').get(key) === value),
      'set',
    );
    probe.provider.destroy();
  };
  await set({ status: 'active', mode: 'screen-share', controller: 'ana' });
  ana.frame({ kind: 'input' });
  await until(() => refusals(ana) === 1, 'refused in screen share');
  await set({ mode: 'remote-control' });
  ana.frame({ kind: 'input', seq: 5 });
  bob.frame({ kind: 'input', seq: 6 });
  await until(() => consumer.of('input').length === 1 && refusals(bob) === 1, 'only the controller');
  assert.equal(consumer.of('input')[0]!.sender, 'ana');
  await set({ status: 'paused' });
  ana.frame({ kind: 'input' });
  await until(() => refusals(ana) === 2, 'refused while paused');
  assert.equal(bob.of('input').length, 0);
});

test('an agent that comes late gets the running epoch from its beginning', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  consumer.events(1, 0, 'old');
  for (let seq = 0; seq < 30; seq++) consumer.events(2, seq);
  await settled(consumer);
  const late = await open(t, rig, { role: 'agent' });
  consumer.events(2, 30);
  await until(() => late.of('events').length === 31, 'the whole epoch');
  assert.deepEqual(
    late.of('events').map(text),
    [...Array(31).keys()].map((seq) => `2/${seq}`),
  );
  assert.ok(!consumer.controls().some(({ type }) => type === 'resync'));
});

for (const [what, limits, size] of [
  ['bytes', { epochBytes: 1000 }, 400],
  ['frames', { epochFrames: 3 }, 4],
] as const)
  test(`an epoch over the bound of ${what} is dropped whole, and a late agent has a new one asked for`, async (t) => {
    const rig = await startServer(t, { limits });
    const consumer = await open(t, rig);
    for (let seq = 0; seq < 6; seq++) consumer.events(1, seq, 'x'.repeat(size));
    await settled(consumer);
    assert.match(await rig.server.metrics.registry.metrics(), /^cobrowse_epoch_bytes 0$/m);
    const late = await open(t, rig, { role: 'agent' });
    await until(() => consumer.controls().some((one) => one.type === 'resync' && one.reason === 'late'), 'asked');
    consumer.events(1, 6, 'of no use without the rest');
    consumer.events(2, 0, 'new');
    await until(() => late.of('events').length > 0, 'events');
    assert.deepEqual(late.of('events').map(text), ['new']);
  });

test('resync is asked of the consumer at most once a second, and never lost', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const agents = [await open(t, rig, { role: 'agent', sub: 'ana' }), await open(t, rig, { role: 'agent', sub: 'bob' })];
  const asked = () => consumer.controls().filter(({ type }) => type === 'resync').length;
  agents[0]!.control({ type: 'resync', reason: 'agent' });
  await until(() => asked() === 1, 'at once');
  const start = performance.now();
  for (let i = 0; i < 20; i++) agents[i % 2]!.control({ type: 'resync', reason: 'gap' });
  await Promise.all(agents.map(settled));
  assert.equal(asked(), 1);
  await until(() => asked() === 2, 'the one for the others');
  assert.ok(performance.now() - start > 800, `${performance.now() - start} ms`);
});

test('resync waits for a consumer that is away, and is settled by the epoch that it begins', async (t) => {
  const rig = await startServer(t);
  const agent = await open(t, rig, { role: 'agent' });
  agent.control({ type: 'resync', reason: 'gap' });
  await settled(agent);
  const silent = await open(t, rig);
  await until(() => silent.controls().some(({ type }) => type === 'resync'), 'asked when it does not begin one');
  silent.socket.terminate();
  await silent.closed;
  agent.control({ type: 'resync', reason: 'gap' });
  await settled(agent);
  const eager = await open(t, rig);
  eager.events(1, 0);
  await until(() => agent.of('events').length === 1, 'the epoch');
  agent.control({ type: 'resync', reason: 'failed' });
  const asked = () => eager.controls().filter((message) => message.type === 'resync');
  await until(() => asked().length > 0, 'a wish of later');
  assert.deepEqual(asked(), [{ type: 'resync', reason: 'failed' }]);
});

test('who began the last epoch publishes; the older page is told, and its events go nowhere', async (t) => {
  const rig = await startServer(t);
  const first = await open(t, rig);
  const second = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  first.events(1, 0, 'first');
  await until(() => agent.of('events').length === 1, 'the first page');
  second.events(1, 0, 'second');
  await until(() => first.controls().some(({ type }) => type === 'superseded'), 'superseded');
  first.events(1, 1, 'ghost');
  second.events(1, 1, 'second goes on');
  await until(() => agent.of('events').length === 3, 'the second page');
  assert.deepEqual(agent.of('events').map(text), ['first', 'second', 'second goes on']);
  assert.ok(!second.controls().some(({ type }) => type === 'superseded'));
  first.events(2, 0, 'first again');
  await until(() => second.controls().some(({ type }) => type === 'superseded'), 'and back');
});

test('a consumer that goes on with an epoch this server never saw is asked for a new one', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  consumer.events(4, 17, 'from before the restart');
  await until(() => consumer.controls().some(({ type }) => type === 'resync'), 'asked');
  assert.equal(agent.of('events').length, 0);
});

test('the last picture is kept for a reload, and gone with the session’s end', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  consumer.events(1, 0, 'picture');
  await settled(consumer);
  consumer.socket.close();
  await consumer.closed;
  const between = await open(t, rig, { role: 'agent', sub: 'between' });
  await until(() => between.of('events').length === 1, 'the last picture');
  const side = await join(t, rig);
  side.doc.getMap('session').set('status', 'ended');
  await until(() => between.of('events').length === 1, 'still one');
  const witness = await join(t, rig, { role: 'observer' });
  await until(() => witness.doc.getMap('session').get('status') === 'ended', 'ended');
  const after = await open(t, rig, { role: 'agent', sub: 'after' });
  await settled(after);
  assert.equal(after.of('events').length, 0);
});
