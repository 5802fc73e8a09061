import { expect } from '@open-wc/testing';
import { encodeJson } from '../../protocol/index.js';
import { whenState } from '../testing.js';
import { internalsOf } from './internals.js';
import { rememberedSession } from './tab-memory.js';
import { act, both, Journey, tabMemory } from './testing/journey.js';

const person = { sub: 'consumer-1', name: 'Chris', role: 'consumer' } as const;
const server = 'ws://memory.invalid';
const page = {
  id: 'p1',
  title: 'Shop',
  url: '/',
  width: 800,
  height: 600,
  pixelRatio: 1,
  device: 'desktop',
  visible: true,
} as const;

describe('a session that is disturbed', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  it('survives a reload of the consumer’s page in the same tab', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    const { startedAt } = journey.consumer.getState();
    journey.consumer.destroy();
    await whenState(journey.agent, ({ view }) => view.phase === 'reconnecting');
    const reasons: string[] = [];
    const again = journey.join(person, {
      memory,
      getToken: ({ reason }) => {
        reasons.push(reason);
        return 'x';
      },
    });
    const state = await whenState(again, ({ connection }) => connection === 'online');
    expect(state).to.include({ status: 'active', mode: 'screen-share', request: null, startedAt });
    expect(reasons).to.deep.equal(['resume']);
    await whenState(journey.agent, ({ view }) => view.phase === 'loading');
    expect(journey.agent.getState().status).to.equal('active');
  });

  it('says of a phone that has stopped a page out of sight that it is out of sight, until it is back', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    const { agent } = journey;
    const phases: string[] = [];
    agent.subscribe(({ view }) => phases.at(-1) !== view.phase && phases.push(view.phase));
    internalsOf(journey.consumer)!.setPage({ ...page, device: 'mobile', visible: false });
    await whenState(agent, ({ view }) => view.phase === 'hidden');
    journey.consumer.destroy();
    await whenState(agent, ({ participants }) => participants.length === 1);
    const again = journey.join(person, { memory });
    await whenState(again, ({ connection }) => connection === 'online');
    internalsOf(again)!.setPage({ ...page, device: 'mobile' });
    await whenState(agent, ({ view }) => view.phase !== 'hidden');
    expect(phases).to.deep.equal(['hidden', 'loading']);
    expect(again.getState()).to.include({ status: 'active', request: null });
  });

  it('keeps a question open over a reload, with its time-out', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    const id = await journey.asked();
    const { expiresAt } = journey.consumer.getState().request!;
    journey.consumer.destroy();
    const again = journey.join(person, { memory });
    const { request } = await whenState(again, (state) => state.request !== null);
    expect(request!.id).to.equal(id);
    expect(request!.expiresAt).to.equal(expiresAt);
  });

  it('does not carry out anything twice after a reload', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    act(journey.consumer, { type: 'end' });
    await whenState(journey.agent, ({ status }) => status === 'ended');
    journey.consumer.destroy();
    const again = journey.join(person, { memory });
    const state = await whenState(again, ({ connection }) => connection === 'online');
    expect(state).to.include({ status: 'ended', endReason: 'consumer', request: null });
  });

  it('ends with the tab', async () => {
    journey = new Journey({ consumer: { memory: tabMemory() } });
    await journey.active();
    journey.consumer.destroy();
    const fresh = journey.join(person, { memory: tabMemory() });
    const state = await whenState(fresh, ({ connection }) => connection === 'online');
    expect(state).to.include({ status: 'ended', endReason: 'left', mode: null });
    await whenState(journey.agent, ({ status, endReason }) => status === 'ended' && endReason === 'left');
    expect(fresh.dispatch({ type: 'resume' }).ok).to.equal(false);
  });

  it('remembers the session, never the token, and forgets it when it is left', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory, token: 'very-secret-token' } });
    await journey.active();
    expect(rememberedSession(memory, server)).to.equal('memory');
    expect([...memory.values.keys()]).to.deep.equal(['cobrowse-kit:ws://memory.invalid']);
    expect([...memory.values.values()].join()).not.to.include('secret');
    act(journey.consumer, { type: 'disconnect' });
    expect(memory.values.size).to.equal(0);
    expect(rememberedSession(memory, server)).to.equal(null);
  });

  for (const [name, text] of Object.entries({
    'not JSON': '{',
    'another version': '{"version":2,"session":"memory","machine":{"status":"active","mode":"remote-control"}}',
    'no machine': '{"version":1,"session":"memory","machine":7,"settled":"x"}',
    'an impossible machine': `{"version":1,"session":"memory","aliveAt":${Date.now()},"machine":{"status":"active","mode":"screen-share","controller":"agent-1","question":null,"endedBy":null}}`,
    null: 'null',
  })) {
    it(`ignores a damaged memory: ${name}`, async () => {
      const memory = tabMemory();
      memory.setItem('cobrowse-kit:ws://memory.invalid', text);
      journey = new Journey({ consumer: { memory } });
      await journey.online();
      expect(journey.consumer.getState()).to.include({ status: 'idle', mode: null, controller: null });
    });
  }

  it('works where the storage is forbidden', async () => {
    const forbidden = () => {
      throw new DOMException('no storage', 'SecurityError');
    };
    journey = new Journey({ consumer: { memory: { getItem: forbidden, setItem: forbidden, removeItem: forbidden } } });
    await journey.active();
  });

  it('ends a remembered session whose tab comes back long after', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    journey.consumer.destroy();
    const [key, text] = [...memory.values][0]!;
    const found = JSON.parse(text) as { aliveAt: number };
    memory.setItem(key, JSON.stringify({ ...found, aliveAt: found.aliveAt - 3_600_000 }));
    const again = journey.join(person, { memory });
    await whenState(again, ({ connection }) => connection === 'online');
    expect(again.getState()).to.include({ status: 'ended', endReason: 'left' });
  });

  it('goes on from what a later page of the tab did, when it wakes up', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    const asleep = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!;
    asleep.drop();
    const later = journey.join(person, { memory });
    await whenState(later, ({ status, connection }) => status === 'active' && connection === 'online');
    act(later, { type: 'end' });
    await whenState(journey.agent, ({ status }) => status === 'ended');
    later.destroy();
    asleep.restore();
    const woken = await whenState(journey.consumer, ({ connection }) => connection === 'online');
    expect(woken).to.include({ status: 'ended', endReason: 'consumer' });
    expect(journey.agent.getState().status).to.equal('ended');
  });

  it('loses nothing over a lost connection', async () => {
    journey = new Journey();
    await journey.active();
    const { hub } = journey.pair;
    hub.drop();
    await both(journey, ({ connection, quality }) => connection === 'reconnecting' && quality === 'poor');
    expect(journey.agent.getState()).to.include({ status: 'active' });
    expect(journey.agent.getState().view.phase).to.equal('reconnecting');
    expect(journey.consumer.getState().participants.length, 'who was here stays in view').to.equal(2);
    act(journey.consumer, { type: 'pause' });
    expect(journey.consumer.getState().status, 'takes effect at once').to.equal('paused');
    for (const member of hub.members) member.restore();
    await both(journey, ({ connection, status }) => connection === 'online' && status === 'paused');
  });

  it('loses nothing when the server starts again with nothing', async () => {
    journey = new Journey();
    await journey.active();
    internalsOf(journey.consumer)!.setPage(page);
    await whenState(journey.agent, (state) => state.page?.id === 'p1');
    journey.pair.hub.restart();
    await both(journey, ({ connection, status }) => connection === 'online' && status === 'active');
    expect(journey.pair.hub.doc.getMap('session').toJSON()).to.deep.include({ status: 'active', mode: 'screen-share' });
    act(journey.agent, { type: 'end' });
    await both(journey, ({ status }) => status === 'ended');
  });

  it('puts right a doc that says otherwise', async () => {
    journey = new Journey();
    await journey.online();
    const session = journey.pair.hub.doc.getMap('session');
    const forged = { status: 'active', mode: 'remote-control', controller: 'agent-1' };
    const forge = (fields: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(fields)) session.set(name, value);
    };
    // the hub relays what members write: here through the agent's copy, as a server that was taken over would
    const member = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'agent')!;
    member.doc.transact(() => {
      for (const [name, value] of Object.entries(forged)) member.doc.getMap('session').set(name, value);
    });
    await whenState(journey.agent, ({ status }) => status === 'active');
    await whenState(journey.agent, ({ status, controller }) => status === 'idle' && controller === null);
    expect(journey.consumer.getState()).to.include({ status: 'idle', mode: null, controller: null });
    forge({ status: 'a lie' });
    await whenState(journey.agent, ({ status }) => status === 'idle');
  });

  it('ignores entries that are not in the schema', async () => {
    journey = new Journey();
    await journey.online();
    const member = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'agent')!;
    member.doc.getMap('requests').set('agent-1:1', { id: 'agent-1:2', mode: 'screen-share' });
    member.doc.getMap('requests').set('x', 'y');
    member.doc.getMap('annotations').set('agent-1:1', { id: 'agent-1:1', points: 'many' });
    await journey.asked();
    expect(journey.consumer.getState().annotations).to.deep.equal([]);
  });

  it('says its part again after its doc was refused', async () => {
    journey = new Journey();
    await journey.active();
    internalsOf(journey.consumer)!.setPage(page);
    journey.pair.hub.doc.getMap('session').clear();
    journey.pair.hub.refuse('consumer-1');
    await whenState(journey.consumer, ({ connection }) => connection === 'reconnecting');
    await whenState(journey.consumer, ({ connection, status }) => connection === 'online' && status === 'active');
    expect(journey.pair.hub.doc.getMap('session').toJSON()).to.deep.include({ status: 'active' });
    journey.pair.hub.refuse('agent-1');
    await whenState(journey.agent, ({ connection }) => connection === 'reconnecting');
    await whenState(journey.agent, ({ connection, status }) => connection === 'online' && status === 'active');
    act(journey.agent, { type: 'end' });
    await both(journey, ({ status }) => status === 'ended');
  });

  it('asks again for what was lost with a refused doc', async () => {
    journey = new Journey({ consumer: { session: undefined } });
    await whenState(journey.agent, ({ connection }) => connection === 'online');
    const member = [...journey.pair.hub.members][0]!;
    act(journey.agent, { type: 'request', mode: 'screen-share' });
    member.startAfresh();
    await whenState(journey.agent, ({ connection, status }) => connection === 'online' && status === 'requested');
    act(journey.consumer, { type: 'connect', session: 'memory' });
    await whenState(journey.consumer, ({ request }) => request !== null);
  });

  it('shows a late agent everything', async () => {
    journey = new Journey();
    await journey.active();
    internalsOf(journey.consumer)!.setPage(page);
    const late = journey.join({ sub: 'agent-2', name: 'Bo', role: 'agent' });
    const state = await whenState(late, ({ page: shown }) => shown !== null);
    expect(state).to.include({ status: 'active', mode: 'screen-share' });
    expect(state.participants.map(({ name }) => name)).to.have.members(['Ada', 'Bo', 'Chris']);
    expect(late.dispatch({ type: 'view' })).to.deep.equal({ ok: true });
  });

  it('lets one tab of the consumer lead: the one that shares', async () => {
    journey = new Journey({ consumer: { memory: tabMemory() } });
    await journey.active();
    const second = journey.join(person, { memory: tabMemory() });
    await whenState(second, ({ connection }) => connection === 'online');
    await whenState(second, ({ status }) => status === 'idle');
    expect(journey.consumer.getState().status).to.equal('active');
    expect(journey.agent.getState().status).to.equal('active');
  });

  it('lets a duplicate of the tab take over', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    const copied = tabMemory();
    for (const [key, value] of memory.values) copied.setItem(key, value);
    const second = journey.join(person, { memory: copied });
    await whenState(journey.consumer, ({ status, endReason }) => status === 'ended' && endReason === 'replaced');
    expect(journey.consumer.getState().error?.code).to.equal('replaced');
    await whenState(second, ({ status }) => status === 'active');
    expect(journey.agent.getState().status).to.equal('active');
    expect(memory.values.size).to.equal(0);
    expect(journey.consumer.getState().connection).to.equal('offline');
    act(second, { type: 'end' });
    await whenState(journey.agent, ({ status }) => status === 'ended');
    act(journey.agent, { type: 'request', mode: 'screen-share' });
    await whenState(second, ({ request }) => request !== null);
  });

  it('stops where the server says that another page records now', async () => {
    journey = new Journey();
    await journey.active();
    const older = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!;
    const payload = encodeJson({ type: 'superseded' });
    older.receive({ kind: 'control', flags: 0, epoch: 0, seq: 0, sender: '', payload });
    const state = await whenState(journey.consumer, ({ connection }) => connection === 'offline');
    expect(state).to.include({ status: 'ended', endReason: 'replaced' });
    await whenState(journey.agent, ({ view }) => view.phase === 'reconnecting');
  });
});
