import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ROOTS } from '../protocol/index.js';
import { join, request, startServer, stroke, until, type Rig, type Side } from './testing/rig.js';

/** The server is gone, and another one takes its port, which knows nothing. */
async function restart(t: TestContext, { server, port }: Rig): Promise<Rig> {
  await server.close({ graceMs: 100 });
  return startServer(t, { port });
}

function picture({ doc }: Pick<Side, 'doc'>): string {
  const sorted = (root: string) => Object.entries(doc.getMap(root).toJSON()).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(ROOTS.map(sorted));
}

const agree = (...sides: Side[]) => new Set(sides.map(picture)).size === 1;

async function conversation(t: TestContext) {
  const rig = await startServer(t);
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  agent.doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  await until(() => consumer.doc.getMap('requests').size === 1, 'the request');
  consumer.doc.getMap('answers').set('agent-1:1', { decision: 'allow', at: 1 });
  consumer.doc.getMap('session').set('status', 'active');
  agent.doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
  await until(() => agree(consumer, agent), 'agreement');
  return { rig, consumer, agent };
}

/** What the server holds is what a newcomer gets. */
async function serverHolds(t: TestContext, rig: Rig, side: Side): Promise<void> {
  const late = await join(t, rig, { role: 'observer', sub: `late-${Math.random()}` });
  await until(() => agree(late, side), 'the server holds it all');
}

const neverRefused = (...sides: Side[]) => sides.every((side) => side.closed()?.code !== 4422);

for (const first of ['consumer', 'agent'] as const)
  test(`after a restart everything is back: the ${first} comes first`, async (t) => {
    const { rig, ...sides } = await conversation(t);
    const second = first === 'consumer' ? 'agent' : 'consumer';
    const before = picture(sides.agent);
    sides[second].provider.disconnect();
    const next = await restart(t, rig);
    await until(() => sides[first].provider.synced, 'the first is back');
    sides[second].provider.connect();
    await until(() => sides[second].provider.synced && agree(sides.consumer, sides.agent), 'agreement');
    await serverHolds(t, next, sides.consumer);
    assert.equal(picture(sides.agent), before);
    assert.ok(neverRefused(sides.consumer, sides.agent));
  });

test('an agent’s copy does not seed the room, and the agent stays in it', async (t) => {
  const { rig, consumer, agent } = await conversation(t);
  consumer.provider.disconnect();
  const next = await restart(t, rig);
  await until(() => agent.provider.synced, 'the agent is back');
  const observer = await join(t, next, { role: 'observer' });
  await until(() => observer.doc.getMap('annotations').size === 1, 'the agent’s own stroke');
  assert.deepEqual(observer.doc.getMap('session').toJSON(), {});
  assert.deepEqual(observer.doc.getMap('answers').toJSON(), {});
  assert.deepEqual([...observer.doc.getMap('requests').keys()], ['agent-1:1']);
  agent.doc.getMap('annotations').set('agent-1:2', stroke('agent-1:2'));
  await until(() => observer.doc.getMap('annotations').size === 2, 'it goes on');
});

test('what an agent writes before the consumer is back is not lost, also where it follows what is missing', async (t) => {
  const { rig, consumer, agent } = await conversation(t);
  // the agent's page is loaded anew: its older items carry another Yjs id
  agent.provider.destroy();
  const again = await join(t, rig, { role: 'agent' });
  await until(() => agree(consumer, again), 'agreement');
  consumer.provider.disconnect();
  const next = await restart(t, rig);
  await until(() => again.provider.synced, 'the agent is back');
  const strokes = again.doc.getMap('annotations');
  // follows an item that only the consumer can bring
  strokes.set('agent-1:1', { ...stroke('agent-1:1'), width: 9 });
  strokes.set('agent-1:2', stroke('agent-1:2'));
  again.doc.getMap('requests').delete('agent-1:1');
  consumer.provider.connect();
  await until(() => consumer.provider.synced && agree(consumer, again), 'agreement');
  assert.deepEqual([...consumer.doc.getMap('annotations').keys()].sort(), ['agent-1:1', 'agent-1:2']);
  assert.equal((consumer.doc.getMap('annotations').get('agent-1:1') as { width: number }).width, 9);
  assert.equal(consumer.doc.getMap('requests').size, 0);
  await serverHolds(t, next, again);
  assert.ok(neverRefused(consumer, again));
});

test('the consumer trashed strokes while the server was away', async (t) => {
  const { rig, consumer, agent } = await conversation(t);
  consumer.provider.disconnect();
  consumer.doc.getMap('annotations').delete('agent-1:1');
  consumer.doc.getMap('session').set('status', 'paused');
  const next = await restart(t, rig);
  await until(() => agent.provider.synced, 'the agent is back');
  consumer.provider.connect();
  await until(() => agent.doc.getMap('annotations').size === 0, 'trashed at the agent');
  await until(() => agree(consumer, agent), 'agreement');
  await serverHolds(t, next, agent);
});

test('a consumer that reloads finds its session, and its older items stay its own', async (t) => {
  const { rig, consumer, agent } = await conversation(t);
  consumer.provider.destroy();
  const again = await join(t, rig);
  assert.equal(again.doc.getMap('session').get('status'), 'active');
  again.doc.getMap('session').set('status', 'ended');
  again.doc.getMap('answers').delete('agent-1:1');
  await until(() => agree(again, agent), 'agreement');
});

test('an empty session is kept for its grace, and then forgotten', async (t) => {
  const rig = await startServer(t, { roomGrace: 0.2 });
  const consumer = await join(t, rig);
  consumer.doc.getMap('session').set('status', 'active');
  await until(() => rig.server.sessions.get('s')?.connections === 1, 'joined');
  consumer.provider.disconnect();
  await until(() => rig.server.sessions.get('s')?.connections === 0, 'left');
  assert.equal(rig.server.sessions.size, 1);
  await until(() => rig.server.sessions.size === 0, 'forgotten');
});

test('the same doc connected again takes over from the connection that has not noticed its end', async (t) => {
  const rig = await startServer(t);
  const agent = await join(t, rig, { role: 'agent' });
  agent.doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
  const consumer = await join(t, rig);
  await until(() => agree(agent, consumer), 'agreement');
  const twin = await join(t, rig, { role: 'agent', doc: agent.doc });
  await until(() => agent.closed()?.reason === 'replaced', 'the older one is told');
  agent.doc.getMap('annotations').set('agent-1:2', stroke('agent-1:2'));
  await until(() => agree(twin, consumer), 'the newer one writes');
  assert.equal(twin.closed(), undefined);
});
