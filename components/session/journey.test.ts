import { expect } from '@open-wc/testing';
import { whenState } from '../testing.js';
import { act, both, Journey } from './testing/journey.js';

describe('a session, from both sides', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  it('goes from the request to the end', async () => {
    journey = new Journey();
    const { consumer, agent } = journey;
    await journey.online();
    expect(consumer.getState()).to.include({ status: 'idle', role: 'consumer', request: null });

    act(agent, { type: 'request', mode: 'screen-share' });
    const asked = await whenState(consumer, (state) => state.request !== null);
    expect(asked.status).to.equal('requested');
    expect(asked.request).to.deep.include({ mode: 'screen-share', agent: { id: 'agent-1', name: 'Ada' } });
    expect(asked.request!.expiresAt).to.be.within(Date.now() + 100_000, Date.now() + 120_000);
    expect((await whenState(agent, (state) => state.status === 'requested')).request!.id).to.equal(asked.request!.id);

    act(consumer, { type: 'answer', requestId: asked.request!.id, decision: 'allow' });
    await both(journey, (state) => state.status === 'allowed' && state.request === null);
    expect(agent.getState().lastOutcome).to.deep.include({ outcome: 'allowed' });
    expect(agent.getState().mode).to.equal(null);

    act(agent, { type: 'view' });
    await both(journey, (state) => state.status === 'active' && state.mode === 'screen-share');
    expect(agent.getState().offers.tools).to.deep.equal(['laser', 'pencil']);
    expect(consumer.getState().offers.tools).to.deep.equal([]);
    expect(agent.getState().startedAt).to.equal(consumer.getState().startedAt);

    act(consumer, { type: 'pause' });
    expect((await whenState(agent, (state) => state.status === 'paused')).view.phase).to.equal('paused');
    expect(agent.getState().offers.tools).to.deep.equal([]);
    act(consumer, { type: 'resume' });
    await both(journey, (state) => state.status === 'active');

    act(consumer, { type: 'end' });
    await both(journey, (state) => state.status === 'ended' && state.endReason === 'consumer');
    expect(agent.getState().view.phase).to.equal('ended');
    expect(agent.getState().mode).to.equal(null);
  });

  it('goes on after a no', async () => {
    journey = new Journey();
    const requestId = await journey.asked();
    act(journey.consumer, { type: 'answer', requestId, decision: 'deny' });
    await both(journey, (state) => state.status === 'idle' && state.lastOutcome?.outcome === 'denied');
    act(journey.agent, { type: 'request', mode: 'screen-share' });
    const { request } = await whenState(journey.consumer, (state) => state.request !== null);
    expect(request!.id).not.to.equal(requestId);
    expect(journey.consumer.dispatch({ type: 'answer', requestId, decision: 'allow' })).to.deep.equal({
      ok: false,
      code: 'request-expired',
    });
  });

  it('lets a question expire on the consumer’s clock', async () => {
    journey = new Journey({ settings: { requestSeconds: 0.2 } });
    const requestId = await journey.asked();
    await both(journey, (state) => state.status === 'idle' && state.lastOutcome?.outcome === 'expired');
    expect(journey.consumer.dispatch({ type: 'answer', requestId, decision: 'allow' }).ok).to.equal(false);
  });

  it('gives a question twice its time, once, when the consumer asks for it', async () => {
    journey = new Journey({ settings: { requestSeconds: 0.4 } });
    const { consumer, agent } = journey;
    const requestId = await journey.asked();
    const ends = [consumer, agent].map((store) => store.getState().request!.expiresAt);
    expect(agent.dispatch({ type: 'more-time', requestId })).to.deep.equal({ ok: false, code: 'unknown-action' });
    expect(consumer.dispatch({ type: 'more-time', requestId: 'a:7' })).to.deep.equal({
      ok: false,
      code: 'request-not-found',
    });
    act(consumer, { type: 'more-time', requestId });
    await both(journey, ({ request }) => request?.hasMoreTime === true);
    const later = [consumer, agent].map((store, i) => store.getState().request!.expiresAt - ends[i]!);
    expect(later[0]).to.equal(400);
    // the agent's counts anew from when the consumer's page has the question
    expect(later[1]).to.be.closeTo(400, 150);
    expect(consumer.dispatch({ type: 'more-time', requestId })).to.deep.equal({ ok: false, code: 'wrong-status' });
    const { lastOutcome } = await whenState(consumer, (state) => state.status === 'idle');
    expect(lastOutcome!.outcome).to.equal('expired');
    expect(Date.now()).to.be.at.least(ends[0]! + 400);
    // the next question has its own time again
    await journey.asked();
    expect(consumer.getState().request!.hasMoreTime).to.equal(false);
  });

  it('lets an agent take a question back', async () => {
    journey = new Journey();
    const requestId = await journey.asked();
    act(journey.agent, { type: 'withdraw', requestId });
    await both(journey, (state) => state.request === null && state.lastOutcome?.outcome === 'withdrawn');
    expect(journey.agent.dispatch({ type: 'withdraw', requestId })).to.deep.equal({
      ok: false,
      code: 'request-not-found',
    });
  });

  it('replaces a question by a newer one of the same agent', async () => {
    journey = new Journey();
    const first = await journey.asked();
    act(journey.agent, { type: 'request', mode: 'screen-share' });
    const { lastOutcome, request } = await whenState(
      journey.consumer,
      (state) => state.request !== null && state.request.id !== first,
    );
    expect(lastOutcome).to.deep.include({ outcome: 'replaced' });
    expect(lastOutcome!.request.id).to.equal(first);
    await whenState(journey.agent, (state) => state.request?.id === request!.id);
    act(journey.consumer, { type: 'answer', requestId: request!.id, decision: 'allow' });
    await whenState(journey.agent, (state) => state.status === 'allowed');
  });

  it('refuses another agent’s question while one is pending', async () => {
    journey = new Journey();
    await journey.asked();
    const other = journey.join({ sub: 'agent-2', name: 'Bo', role: 'agent' });
    const state = await whenState(other, ({ request }) => request !== null);
    expect(state.reasons['screen-share']).to.equal('request-pending');
    expect(other.dispatch({ type: 'request', mode: 'screen-share' })).to.deep.equal({
      ok: false,
      code: 'request-pending',
    });
  });

  it('refuses the slower of two agents who ask at the same moment', async () => {
    journey = new Journey();
    await journey.online();
    const other = journey.join({ sub: 'agent-2', name: 'Bo', role: 'agent' });
    await whenState(other, ({ connection }) => connection === 'online');
    act(journey.agent, { type: 'request', mode: 'screen-share' });
    act(other, { type: 'request', mode: 'screen-share' });
    await whenState(other, ({ lastOutcome }) => lastOutcome?.outcome === 'refused');
    expect(journey.consumer.getState().request!.agent.id).to.equal('agent-1');
  });

  it('reaches a page that joins after the question was asked', async () => {
    journey = new Journey({ consumer: { session: undefined } });
    await whenState(journey.agent, ({ connection }) => connection === 'online');
    expect(journey.consumer.getState()).to.include({ connection: 'offline', session: null });
    act(journey.agent, { type: 'request', mode: 'screen-share' });
    await whenState(journey.agent, ({ status }) => status === 'requested');
    act(journey.consumer, { type: 'connect', session: 'memory' });
    const { request } = await whenState(journey.consumer, (state) => state.request !== null);
    expect(request!.agent.name).to.equal('Ada');
  });

  it('ends by the agent', async () => {
    journey = new Journey();
    await journey.active();
    act(journey.agent, { type: 'end' });
    await both(journey, (state) => state.status === 'ended' && state.endReason === 'agent');
    expect(journey.agent.dispatch({ type: 'end' })).to.deep.equal({ ok: false, code: 'wrong-status' });
  });

  it('ends by the agent alone when the consumer can’t be reached, and for good when it is back', async () => {
    journey = new Journey();
    await journey.active();
    const away = [...journey.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!;
    away.drop();
    act(journey.agent, { type: 'end' });
    const ended = await whenState(journey.agent, (state) => state.status === 'ended');
    expect(ended).to.include({ endReason: 'agent' });
    expect(journey.consumer.getState().status).to.equal('active');
    away.restore();
    await both(journey, (state) => state.status === 'ended' && state.endReason === 'agent');
  });

  it('starts again after an end', async () => {
    journey = new Journey();
    await journey.active();
    act(journey.consumer, { type: 'end' });
    await whenState(journey.agent, ({ status }) => status === 'ended');
    await journey.active();
    expect(journey.agent.getState().endReason).to.equal(null);
  });

  it('ends when an allowed session is not viewed in time', async () => {
    journey = new Journey({ settings: { viewSeconds: 0.2 } });
    await journey.allowed();
    await both(journey, (state) => state.status === 'ended' && state.endReason === 'expired');
  });

  it('ends when it stays paused', async () => {
    journey = new Journey({ settings: { pauseSeconds: 0.2 } });
    await journey.active();
    act(journey.consumer, { type: 'pause' });
    await both(journey, (state) => state.status === 'ended' && state.endReason === 'expired');
  });

  it('ends when it has lasted long enough', async () => {
    journey = new Journey({ settings: { sessionSeconds: 0.3 } });
    await journey.active();
    await both(journey, (state) => state.status === 'ended' && state.endReason === 'expired');
  });

  it('ends when the agent has left', async () => {
    journey = new Journey({ settings: { agentGraceSeconds: 0.2 } });
    await journey.active();
    journey.agent.destroy();
    await whenState(journey.consumer, (state) => state.status === 'ended' && state.endReason === 'left');
  });

  it('offers what the consumer’s page allows', async () => {
    journey = new Journey({ consumer: { modes: [] } });
    await journey.online();
    const { reasons } = await whenState(journey.agent, ({ offers }) => offers.modes.length === 0);
    expect(reasons['screen-share']).to.equal('mode-not-offered');
    expect(reasons['remote-control']).to.equal('mode-not-offered');
    expect(journey.agent.dispatch({ type: 'request', mode: 'screen-share' })).to.deep.equal({
      ok: false,
      code: 'mode-not-offered',
    });
  });

  it('shows an observer everything and lets it do nothing', async () => {
    journey = new Journey();
    await journey.active();
    const observer = journey.join({ sub: 'observer-1', role: 'observer' });
    await whenState(observer, ({ status }) => status === 'active');
    expect(observer.getState().offers).to.deep.equal({ modes: [], tools: [] });
    for (const type of ['end', 'view', 'undo', 'step-down'] as const) {
      expect(observer.dispatch({ type })).to.deep.equal({ ok: false, code: 'unknown-action' });
    }
    await whenState(journey.consumer, ({ participants }) => participants.some(({ role }) => role === 'observer'));
  });
});
