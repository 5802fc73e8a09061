import { expect, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import { CobrowseError } from '../../protocol/index.js';
import { MemoryHub, whenState } from '../testing.js';
import { createSession } from './create-session.js';
import { internalsOf } from './internals.js';
import { act, Journey } from './testing/journey.js';
import type { Action, SessionOptions, SessionState, TokenContext } from './types.js';

const dormant: SessionOptions = { server: 'ws://memory.invalid' };

describe('createSession', () => {
  let journey: Journey | undefined;
  afterEach(() => {
    journey?.destroy();
    journey = undefined;
  });

  it('is dormant without a session', () => {
    const store = createSession(dormant);
    expect(store.getState()).to.include({ connection: 'offline', session: null, status: 'idle', role: null });
    expect(internalsOf(store)).to.equal(null);
    for (const type of ['view', 'end', 'pause', 'undo', 'resync'] as const) {
      expect(store.dispatch({ type })).to.deep.equal({ ok: false, code: 'not-connected' });
    }
    expect(store.dispatch({ type: 'connect' })).to.deep.equal({ ok: false, code: 'bad-request' });
  });

  it('connects later, and gives and takes its internals', async () => {
    const hub = new MemoryHub();
    const store = createSession({ ...dormant, token: 'any', transport: hub.as({ sub: 'a', role: 'agent' }) });
    act(store, { type: 'connect', session: 'late' });
    expect(store.getState()).to.include({ connection: 'connecting', session: 'late' });
    expect(store.dispatch({ type: 'request', mode: 'screen-share' })).to.deep.equal({
      ok: false,
      code: 'not-connected',
    });
    await whenState(store, ({ connection }) => connection === 'online');
    expect(internalsOf(store)).to.not.equal(null);
    act(store, { type: 'disconnect' });
    expect(store.getState()).to.include({ connection: 'offline', session: null, role: null });
    expect(internalsOf(store)).to.equal(null);
    await Promise.resolve();
    expect(hub.members.size).to.equal(0);
  });

  it('leaves no member when it is destroyed while it connects', async () => {
    const hub = new MemoryHub();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    const store = createSession({
      ...dormant,
      session: 'x',
      getToken: async () => {
        asked = true;
        await gate;
        return 'late';
      },
      transport: hub.as({ sub: 'a', role: 'agent' }),
    });
    await waitUntil(() => asked);
    store.destroy();
    release();
    await new Promise((resolve) => setTimeout(resolve));
    expect(hub.members.size).to.equal(0);
  });

  it('has the same state until something changes, and frozen ones', async () => {
    journey = new Journey();
    await journey.active();
    const { agent } = journey;
    const state = agent.getState();
    expect(agent.getState()).to.equal(state);
    expect(Object.isFrozen(state)).to.equal(true);
    act(agent, { type: 'set-tool', tool: 'laser' });
    const next = agent.getState();
    expect(next.tool).to.equal('laser');
    expect(next.participants).to.equal(state.participants);
    expect(next.offers).to.equal(state.offers);
    act(agent, { type: 'set-tool', tool: 'laser' });
    expect(agent.getState()).to.equal(next);
  });

  it('calls all listeners although one throws, each once for a change, and none after it has left', async () => {
    journey = new Journey();
    await journey.active();
    const { agent } = journey;
    const seen: SessionState[] = [];
    const errors = console.error;
    console.error = () => undefined;
    try {
      agent.subscribe(() => {
        throw new Error('of the page');
      });
      const stop = agent.subscribe((state) => seen.push(state));
      expect(seen).to.deep.equal([]);
      act(agent, { type: 'set-tool', tool: 'pencil', color: '#123abc' });
      expect(seen.map(({ tool, color }) => [tool, color])).to.deep.equal([['pencil', '#123abc']]);
      stop();
      act(agent, { type: 'set-tool', tool: 'none' });
      expect(seen.length).to.equal(1);
    } finally {
      console.error = errors;
    }
  });

  it('never throws, whatever it is given', async () => {
    journey = new Journey();
    await journey.asked();
    const { agent, consumer } = journey;
    const types = ['request', 'withdraw', 'answer', 'set-tool', 'annotate', 'clear-annotations', 'connect', 'nothing'];
    const garbage = [undefined, null, 1, 'end', [], {}, { type: 7 }, { type: 'toString' }, { type: '__proto__' }];
    const values = [undefined, null, 7, {}, [], 'x'];
    for (const store of [agent, consumer]) {
      const before = store.getState().status;
      for (const given of garbage) {
        expect(store.dispatch(given as unknown as Action), JSON.stringify(given)).to.deep.include({ ok: false });
      }
      for (const type of types) {
        for (const value of values) {
          const fields = { mode: value, requestId: value, decision: value, tool: value, stroke: value, scope: value };
          const action = { type, ...fields, session: value ?? 7 } as unknown as Action;
          if (type !== 'connect' || typeof value !== 'string') {
            expect(store.dispatch(action), JSON.stringify(action)).to.deep.include({ ok: false });
          }
        }
      }
      expect(store.getState().status).to.equal(before);
    }
  });

  it('never throws for random actions', async () => {
    journey = new Journey();
    await journey.active();
    const { agent, consumer } = journey;
    const seed = Date.now() % 2 ** 31;
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 2 }),
        fc.constantFrom('annotate', 'request', 'answer', 'set-tool'),
        (thing, type) => {
          const fields = Object(thing) as object;
          for (const store of [agent, consumer])
            store.dispatch({ ...fields, type, stroke: thing } as unknown as Action);
        },
      ),
      { seed, numRuns: 300 },
    );
    expect(agent.getState().status, `seed ${seed}`).to.equal('active');
  });

  it('has no action of another role', async () => {
    journey = new Journey();
    const requestId = await journey.asked();
    for (const action of [
      { type: 'pause' },
      { type: 'resume' },
      { type: 'answer', requestId, decision: 'allow' },
    ] as const) {
      expect(journey.agent.dispatch(action)).to.deep.equal({ ok: false, code: 'unknown-action' });
    }
    for (const action of [
      { type: 'request', mode: 'screen-share' },
      { type: 'view' },
      { type: 'withdraw', requestId },
    ] as const) {
      expect(journey.consumer.dispatch(action)).to.deep.equal({ ok: false, code: 'unknown-action' });
    }
  });

  it('refuses what the status does not allow', async () => {
    journey = new Journey();
    await journey.online();
    const { agent, consumer } = journey;
    const wrong = { ok: false, code: 'wrong-status' };
    for (const type of ['view', 'end', 'step-down'] as const) expect(agent.dispatch({ type })).to.deep.equal(wrong);
    expect(agent.dispatch({ type: 'set-tool', tool: 'pencil' })).to.deep.equal(wrong);
    for (const type of ['pause', 'resume', 'end', 'step-down'] as const) {
      expect(consumer.dispatch({ type })).to.deep.equal(wrong);
    }
    expect(consumer.dispatch({ type: 'take-back' })).to.deep.equal(wrong);
    expect(agent.dispatch({ type: 'request', mode: 'remote-control' })).to.deep.equal(wrong);
  });

  it('asks for a token with its reason, and tells what is wrong', async () => {
    const hub = new MemoryHub();
    const asked: TokenContext[] = [];
    const errors: CobrowseError[] = [];
    const store = createSession({
      ...dormant,
      session: 's',
      transport: hub.as({ sub: 'a', role: 'agent' }),
      getToken: (context) => {
        asked.push(context);
        throw new Error('403');
      },
      onError: (error) => errors.push(error),
    });
    const { error } = await whenState(store, (state) => state.error !== null && state.connection === 'offline');
    expect(error).to.deep.equal({
      code: 'unauthorized',
      recoverable: false,
      docs: 'docs/troubleshooting.md#unauthorized',
    });
    expect(asked).to.deep.equal([{ session: 's', role: null, reason: 'connect' }]);
    expect(errors.map(({ code }) => code)).to.deep.equal(['unauthorized']);
    store.destroy();
  });

  it('tries again when the token could not be fetched', async () => {
    const hub = new MemoryHub();
    let tries = 0;
    const store = createSession({
      ...dormant,
      session: 's',
      transport: hub.as({ sub: 'a', role: 'agent' }),
      getToken: () => {
        if (++tries < 2) throw new TypeError('Failed to fetch');
        return 'fine';
      },
    });
    await whenState(store, ({ connection }) => connection === 'online');
    expect(store.getState().error).to.equal(null);
    expect(tries).to.equal(2);
    store.destroy();
  });
});
