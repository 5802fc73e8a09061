import { expect } from '@open-wc/testing';
import { decodeJson, readInputBatch, type Frame } from '../../protocol/index.js';
import { grantOf, inputSenderOf, sendCommand } from '../control/input-sender.js';
import { whenState } from '../testing.js';
import { internalsOf } from './internals.js';
import { act, both, Journey, tabMemory } from './testing/journey.js';
import type { SessionState, SessionStore } from './types.js';

const usable = (store: SessionStore) => internalsOf(store)!.controlGrant();
const isControlled = ({ mode }: SessionState) => mode === 'remote-control';
const isDown = ({ mode }: SessionState) => mode === 'screen-share';

describe('remote control, from both sides', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  it('is asked again, and names grant and controller on both sides', async () => {
    journey = new Journey();
    await journey.active();
    expect(journey.agent.getState().offers.modes).to.deep.equal(['remote-control', 'full-device']);
    const requestId = await journey.askedForControl();
    expect(journey.consumer.getState()).to.include({ status: 'active', mode: 'screen-share', controller: null });
    expect(usable(journey.consumer), 'nothing before the answer').to.equal(null);
    act(journey.consumer, { type: 'answer', requestId, decision: 'allow' });
    expect(usable(journey.consumer)).to.deep.equal({ agent: 'agent-1', id: requestId, until: null });
    await both(journey, isControlled);
    for (const store of [journey.consumer, journey.agent]) {
      expect(store.getState().grant).to.deep.equal({ mode: 'remote-control', until: null, id: requestId });
      expect(store.getState()).to.include({ controller: 'agent-1', stepDown: null });
    }
    expect(journey.agent.dispatch({ type: 'request', mode: 'remote-control' }).ok).to.equal(false);
  });

  it('leaves all as it is after a no', async () => {
    journey = new Journey();
    await journey.active();
    const requestId = await journey.askedForControl();
    act(journey.consumer, { type: 'answer', requestId, decision: 'deny' });
    await both(journey, ({ mode, lastOutcome }) => mode === 'screen-share' && lastOutcome?.outcome === 'denied');
    expect(usable(journey.consumer)).to.equal(null);
  });

  for (const type of ['take-back', 'step-down', 'pause', 'end'] as const) {
    it(`ends at once by the consumer, also without a connection: ${type}`, async () => {
      journey = new Journey();
      await journey.controlled();
      [...journey.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!.drop();
      await whenState(journey.consumer, ({ connection }) => connection === 'reconnecting');
      act(journey.consumer, { type });
      expect(journey.consumer.getState()).to.include({ controller: null, grant: null });
      expect(usable(journey.consumer)).to.equal(null);
    });
  }

  it('tells the agent who took it back', async () => {
    journey = new Journey();
    await journey.controlled();
    act(journey.consumer, { type: 'take-back' });
    expect(usable(journey.consumer)).to.equal(null);
    const state = await whenState(journey.agent, isDown);
    expect(state).to.include({ controller: null, grant: null, stepDown: 'consumer', status: 'active' });
    expect(journey.consumer.dispatch({ type: 'take-back' })).to.deep.equal({ ok: false, code: 'wrong-status' });
  });

  it('ends by the agent, on its side at once', async () => {
    journey = new Journey();
    await journey.controlled();
    act(journey.agent, { type: 'step-down' });
    expect(journey.agent.getState()).to.include({ mode: 'screen-share', controller: null, grant: null });
    expect(grantOf(journey.agent.getState())).to.equal(null);
    await whenState(journey.consumer, (state) => isDown(state) && state.stepDown === 'agent');
    expect(usable(journey.consumer)).to.equal(null);
  });

  it('ends when it is paused, and does not come back by itself', async () => {
    journey = new Journey();
    await journey.controlled();
    act(journey.consumer, { type: 'pause' });
    await whenState(journey.agent, ({ status, stepDown }) => status === 'paused' && stepDown === 'paused');
    act(journey.consumer, { type: 'resume' });
    await both(journey, ({ status, mode }) => status === 'active' && mode === 'screen-share');
    expect(usable(journey.consumer)).to.equal(null);
  });

  it('is over when the minutes are, on both sides', async () => {
    journey = new Journey();
    await journey.controlled({ minutes: 0.01 });
    const { grant } = journey.consumer.getState();
    expect(grant!.until).to.be.within(Date.now(), Date.now() + 600);
    expect(usable(journey.consumer)!.until).to.equal(grant!.until);
    await both(journey, (state) => isDown(state) && state.stepDown === 'expired');
    expect(usable(journey.consumer)).to.equal(null);
  });

  it('counts down at the agent by what was left, whatever its clock says', async () => {
    journey = new Journey();
    await journey.controlled({ minutes: 2 });
    const late = journey.join({ sub: 'agent-2', role: 'agent' });
    for (const store of [journey.agent, late]) {
      const { grant } = await whenState(store, isControlled);
      expect(grant!.until).to.be.within(Date.now() + 110_000, Date.now() + 121_000);
    }
  });

  it('refuses minutes that are none', async () => {
    journey = new Journey();
    await journey.active();
    for (const minutes of [0, -1, Number.NaN, 1e9]) {
      const result = journey.agent.dispatch({ type: 'request', mode: 'remote-control', limits: { minutes } });
      expect(result).to.deep.equal({ ok: false, code: 'unknown-action' });
    }
  });

  it('is suspended while any question waits, and goes on after a no', async () => {
    journey = new Journey();
    const grant = await journey.controlled();
    const other = journey.join({ sub: 'agent-2', name: 'Bo', role: 'agent' });
    await whenState(other, ({ offers }) => offers.modes.includes('remote-control'));
    const requestId = await journey.askedForControl(undefined, other);
    expect(usable(journey.consumer)).to.equal(null);
    expect(journey.consumer.getState()).to.include({ mode: 'remote-control', controller: 'agent-1' });
    act(journey.consumer, { type: 'answer', requestId, decision: 'deny' });
    expect(usable(journey.consumer)).to.include({ agent: 'agent-1', id: grant });
  });

  it('is handed over to another agent by a question of its own', async () => {
    journey = new Journey();
    await journey.controlled();
    const other = journey.join({ sub: 'agent-2', name: 'Bo', role: 'agent' });
    await whenState(other, ({ controller }) => controller === 'agent-1');
    expect(other.dispatch({ type: 'step-down' }), 'not another one’s to give up').to.deep.equal({
      ok: false,
      code: 'no-control',
    });
    await whenState(other, ({ offers }) => offers.modes.includes('remote-control'));
    const requestId = await journey.askedForControl(undefined, other);
    act(journey.consumer, { type: 'answer', requestId, decision: 'allow' });
    expect(usable(journey.consumer)).to.deep.equal({ agent: 'agent-2', id: requestId, until: null });
    for (const store of [journey.agent, other]) {
      const state = await whenState(store, ({ controller }) => controller === 'agent-2');
      expect(grantOf(state)).to.equal(store === other ? requestId : null);
    }
  });

  it('is handed over by the agent that has it, when the consumer says so', async () => {
    journey = new Journey();
    const grant = await journey.controlled();
    const other = journey.join({ sub: 'agent-2', name: 'Bo', role: 'agent' });
    await whenState(other, ({ controller }) => controller === 'agent-1');
    await whenState(journey.agent, ({ participants }) => participants.length === 3);
    const handOver = (store: SessionStore, to: string) => store.dispatch({ type: 'hand-over', to });
    expect(handOver(other, 'agent-1')).to.deep.equal({ ok: false, code: 'no-control' });
    for (const nobody of ['agent-1', 'consumer-1', 'agent-9'])
      expect(handOver(journey.agent, nobody), nobody).to.deep.equal({ ok: false, code: 'forbidden' });
    act(journey.agent, { type: 'hand-over', to: 'agent-2' });
    const asked = await whenState(journey.consumer, ({ request }) => request !== null);
    expect(asked.request).to.deep.include({
      mode: 'remote-control',
      agent: { id: 'agent-2', name: 'Bo' },
      from: { id: 'agent-1', name: journey.agent.getState().me!.name },
    });
    expect(usable(journey.consumer), 'nobody controls while it is asked').to.equal(null);
    const seen = await whenState(other, ({ request }) => request !== null);
    expect(seen.request!.from!.id).to.equal('agent-1');
    act(journey.consumer, { type: 'answer', requestId: asked.request!.id, decision: 'deny' });
    expect(usable(journey.consumer)).to.include({ agent: 'agent-1', id: grant });
    await whenState(journey.agent, ({ request }) => request === null);
    act(journey.agent, { type: 'hand-over', to: 'agent-2' });
    const again = await whenState(journey.consumer, ({ request }) => request !== null);
    act(journey.consumer, { type: 'answer', requestId: again.request!.id, decision: 'allow' });
    await whenState(other, ({ controller }) => controller === 'agent-2');
    expect(usable(journey.consumer)).to.include({ agent: 'agent-2' });
  });

  it('is suspended while its agent is away, and over after the grace', async () => {
    journey = new Journey({ settings: { agentGraceSeconds: 0.4 } });
    const grant = await journey.controlled();
    const other = journey.join({ sub: 'agent-2', role: 'agent' });
    await whenState(journey.consumer, ({ participants }) => participants.length === 3);
    journey.agent.destroy();
    await whenState(journey.consumer, ({ participants }) => participants.length === 2);
    expect(usable(journey.consumer)).to.equal(null);
    expect(journey.consumer.getState()).to.include({ mode: 'remote-control', controller: 'agent-1' });
    const back = journey.join({ sub: 'agent-1', role: 'agent' });
    await whenState(journey.consumer, ({ participants }) => participants.length === 3);
    expect(usable(journey.consumer)).to.include({ agent: 'agent-1', id: grant });
    back.destroy();
    const down = await whenState(other, isDown);
    expect(down.stepDown).to.equal('left');
    expect(journey.consumer.getState().status, 'sharing goes on with the other one').to.equal('active');
  });

  it('is suspended while the connection is lost', async () => {
    journey = new Journey();
    const grant = await journey.controlled();
    const consumer = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!;
    consumer.drop();
    await whenState(journey.consumer, ({ connection }) => connection === 'reconnecting');
    expect(usable(journey.consumer)).to.equal(null);
    consumer.restore();
    await whenState(journey.consumer, ({ connection }) => connection === 'online');
    expect(usable(journey.consumer)).to.include({ id: grant });
  });

  it('trusts its own memory, not the doc', async () => {
    journey = new Journey();
    await journey.active();
    const agent = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'agent')!;
    // the hub in memory does not check rights: a server that was broken into
    const forged = agent.doc.getMap('session');
    agent.doc.transact(() => {
      forged.set('mode', 'remote-control');
      forged.set('controller', 'agent-1');
      forged.set('grant', { id: 'agent-1:x', until: null, left: null });
    });
    await whenState(journey.agent, ({ grant }) => grant === null);
    expect(usable(journey.consumer)).to.equal(null);
    await whenState(journey.agent, isDown);
  });

  it('refuses an answer that comes from the agent’s own hand', async () => {
    journey = new Journey();
    await journey.active();
    let isPerforming = true;
    internalsOf(journey.consumer)!.setPerforming(() => isPerforming);
    const requestId = await journey.askedForControl();
    for (const decision of ['allow', 'deny'] as const) {
      const result = journey.consumer.dispatch({ type: 'answer', requestId, decision });
      expect(result).to.deep.equal({ ok: false, code: 'answer-by-agent' });
    }
    expect(journey.consumer.getState().request!.id).to.equal(requestId);
    isPerforming = false;
    act(journey.consumer, { type: 'answer', requestId, decision: 'allow' });
  });
});

describe('remote control, over a reload', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  const reload = (memory: ReturnType<typeof tabMemory>, modes?: SessionState['offers']['modes']) => {
    journey.consumer.destroy();
    return journey.join({ sub: 'consumer-1', role: 'consumer' }, { memory, ...(modes ? { modes } : {}) });
  };

  it('goes on without another question', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    const grant = await journey.controlled({ minutes: 5 });
    const { until } = journey.consumer.getState().grant!;
    const next = reload(memory);
    await whenState(next, (state) => isControlled(state) && state.participants.length === 2);
    expect(usable(next)).to.deep.equal({ agent: 'agent-1', id: grant, until });
    expect(next.getState().request).to.equal(null);
  });

  it('does not go on after it was taken back', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.controlled();
    act(journey.consumer, { type: 'take-back' });
    const next = reload(memory);
    await whenState(next, ({ status, participants }) => status === 'active' && participants.length === 2);
    expect(usable(next)).to.equal(null);
    expect(next.getState().mode).to.equal('screen-share');
  });

  it('does not go on in another tab', async () => {
    journey = new Journey({ consumer: { memory: tabMemory() } });
    await journey.controlled();
    const next = reload(tabMemory());
    await whenState(next, ({ status }) => status === 'ended');
    expect(usable(next)).to.equal(null);
  });

  it('does not go on in a tab that comes back later', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.controlled();
    journey.consumer.destroy();
    for (const [key, value] of memory.values) {
      const remembered = JSON.parse(value) as { aliveAt: number };
      memory.values.set(key, JSON.stringify({ ...remembered, aliveAt: remembered.aliveAt - 100_000 }));
    }
    const next = journey.join({ sub: 'consumer-1', role: 'consumer' }, { memory });
    const state = await whenState(next, ({ status, participants }) => status === 'active' && participants.length === 2);
    expect(state).to.include({ mode: 'screen-share', stepDown: 'left' });
  });

  it('steps down on a page that offers less', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.controlled();
    const next = reload(memory, ['screen-share']);
    await whenState(next, (state) => isDown(state) && state.stepDown === 'not-offered');
    expect(usable(next)).to.equal(null);
    const told = await whenState(journey.agent, ({ stepDown }) => stepDown === 'not-offered');
    expect(told.reasons['remote-control']).to.equal('mode-not-offered');
  });

  it('drops a question that the next page does not offer', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.active();
    await journey.askedForControl();
    const next = reload(memory, ['screen-share']);
    await whenState(journey.agent, ({ lastOutcome }) => lastOutcome?.outcome === 'refused');
    expect(next.getState()).to.include({ request: null, mode: 'screen-share' });
  });

  it('does not take over what an older version remembers of control', async () => {
    const memory = tabMemory();
    journey = new Journey({ consumer: { memory } });
    await journey.controlled();
    journey.consumer.destroy();
    for (const [key, value] of memory.values) {
      const remembered = JSON.parse(value) as { machine: Record<string, unknown> };
      delete remembered.machine['grant'];
      memory.values.set(key, JSON.stringify(remembered));
    }
    const next = journey.join({ sub: 'consumer-1', role: 'consumer' }, { memory });
    await whenState(next, ({ status, mode }) => status === 'active' && mode === 'screen-share');
  });
});

describe('the sender of input', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  const received = () => {
    const frames: Frame[] = [];
    internalsOf(journey.consumer)!.mirror.onFrame('input', (frame) => frames.push(frame));
    return frames;
  };
  const batchOf = ({ payload }: Frame) => readInputBatch(decodeJson(payload))!;

  it('sends nothing without control', async () => {
    journey = new Journey();
    await journey.active();
    const frames = received();
    expect(sendCommand(journey.agent, 'back')).to.equal(false);
    await journey.askedForControl();
    expect(sendCommand(journey.agent, 'back')).to.equal(false);
    expect(frames).to.deep.equal([]);
  });

  it('numbers what everyone sends in one run, with the grant and the frame that was seen', async () => {
    journey = new Journey();
    const grant = await journey.controlled();
    const frames = received();
    const sender = inputSenderOf(journey.agent);
    expect(inputSenderOf(journey.agent)).to.equal(sender);
    sender.seen = { epoch: 3, seq: 7 };
    expect(sender.send([[11]])).to.equal(true);
    sender.epoch = 4;
    expect(sendCommand(journey.agent, 'go', '/next')).to.equal(true);
    expect(sender.send([[7, 'x', 0]], { epoch: 2, seq: 1 })).to.equal(true);
    await whenFrames(frames, 3);
    expect(frames.map(batchOf)).to.deep.equal([
      { run: sender.run, seq: 1, grant, primitives: [[11]] },
      { run: sender.run, seq: 2, grant, primitives: [[12, 'go', '/next']] },
      { run: sender.run, seq: 3, grant, primitives: [[7, 'x', 0]] },
    ]);
    expect(frames.map(({ epoch, seq }) => [epoch, seq])).to.deep.equal([[3, 7], [4, 7], [2, 1]]); // prettier-ignore
    expect(sender.lastSeq).to.equal(3);
    act(journey.agent, { type: 'step-down' });
    expect(sender.send([[11]])).to.equal(false);
  });

  it('cuts what is too large for one batch', async () => {
    journey = new Journey();
    await journey.controlled();
    const frames = received();
    const sender = inputSenderOf(journey.agent);
    expect(sender.send(Array.from({ length: 300 }, () => [11]))).to.equal(true);
    expect(sender.send(Array.from({ length: 10 }, () => [8, 'ä'.repeat(9000)]))).to.equal(true);
    expect(sender.send([[8, 'ä'.repeat(40_000)]])).to.equal(false);
    await whenFrames(frames, 5);
    const batches = frames.map(batchOf);
    expect(batches.every(Boolean)).to.equal(true);
    expect(batches.flatMap(({ primitives }) => primitives)).to.have.length(310);
    expect(batches.map(({ seq }) => seq)).to.deep.equal(batches.map((_, index) => index + 1));
  });

  async function whenFrames(frames: Frame[], count: number): Promise<void> {
    for (let turn = 0; turn < 500 && frames.length < count; turn++) await new Promise((next) => setTimeout(next));
    expect(frames.length).to.be.at.least(count);
  }
});
