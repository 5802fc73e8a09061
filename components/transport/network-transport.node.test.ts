import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { WebSocket as NodeWebSocket } from 'ws';
import type { CobrowseError, Stroke } from '../../protocol/index.js';
import { createSyncServer, type SyncServer, type SyncServerOptions } from '../../sync-server/index.js';
import { signToken, type SignOptions } from '../../sync-server/token.js';
import { createSession } from '../session/create-session.js';
import { internalsOf } from '../session/internals.js';
import type { Action, SessionOptions, SessionState, SessionStore, TokenContext } from '../session/types.js';
import { whenState } from '../testing.js';
import { networkTransport } from './network-transport.js';
import type { Transport } from './types.js';

const secret = 'a-secret-for-these-tests-of-32-bytes-or-more';
let attempts = 0;
/** Counts how often a connection is tried. */
class CountingWebSocket extends NodeWebSocket {
  constructor(...given: ConstructorParameters<typeof NodeWebSocket>) {
    super(...given);
    attempts++;
  }
}
const webSocket = CountingWebSocket as unknown as typeof WebSocket;
const page = {
  id: 'p',
  title: '',
  url: '/',
  width: 1,
  height: 1,
  pixelRatio: 1,
  device: 'desktop',
  visible: true,
} as const;
const stroke: Omit<Stroke, 'id'> = {
  tool: 'pencil',
  color: '#d6336c',
  width: 4,
  page: 'p',
  anchor: { node: 7, x: 0.5, y: 0.5 },
  points: [0, 0, 1, 10, 10, 1],
};

interface Joined {
  store: SessionStore;
  /** The transport underneath, to do what our own code never would. */
  transport(): Transport;
  errors: CobrowseError[];
  asked: TokenContext[];
}

describe('the network transport, against the real server', () => {
  const servers: SyncServer[] = [];
  const stores: SessionStore[] = [];
  let session = 'chat-1';
  let port = 0;

  afterEach(async () => {
    for (const store of stores.splice(0)) store.destroy();
    for (const server of servers.splice(0)) await server.close({ graceMs: 500 });
    session = 'chat-1';
    port = 0;
  });

  async function start(options: SyncServerOptions = {}): Promise<SyncServer> {
    const server = createSyncServer({ secret, port, logger: false, ...options });
    ({ port } = await server.listen());
    servers.push(server);
    return server;
  }

  /** @param how `expiresIn` of the tokens, or `token` itself. */
  function join(
    role: 'consumer' | 'agent',
    how: SignOptions & Partial<SessionOptions> & { sub?: string } = {},
  ): Joined {
    const { expiresIn, sub = `${role}-1`, ...options } = how;
    const connect = networkTransport({ webSocket });
    const joined = { errors: [] as CobrowseError[], asked: [] as TokenContext[] };
    let transport: Transport | undefined;
    const store = createSession({
      server: `ws://127.0.0.1:${port}`,
      session,
      getToken: (context) => {
        joined.asked.push(context);
        return signToken(
          { sub, name: sub.toUpperCase(), role, session },
          secret,
          expiresIn === undefined ? {} : { expiresIn },
        );
      },
      onError: (error) => joined.errors.push(error),
      transport: async (request) => (transport = await connect(request)),
      ...options,
    });
    stores.push(store);
    return { ...joined, store, transport: () => transport! };
  }

  async function shared(how?: Parameters<typeof join>[1]): Promise<{ consumer: Joined; agent: Joined }> {
    const consumer = join('consumer', how);
    const agent = join('agent', how);
    for (const { store } of [consumer, agent]) {
      await whenState(store, ({ connection, participants }) => connection === 'online' && participants.length === 2);
    }
    act(agent, { type: 'request', mode: 'screen-share' });
    const { request } = await whenState(consumer.store, (state) => state.request !== null);
    assert.equal(request!.agent.name, agent.store.getState().me!.name);
    act(consumer, { type: 'answer', requestId: request!.id, decision: 'allow' });
    await whenState(agent.store, ({ status }) => status === 'allowed');
    act(agent, { type: 'view' });
    internalsOf(consumer.store)!.setPage(page);
    await all({ consumer, agent }, ({ status }) => status === 'active');
    await whenState(agent.store, (state) => state.page !== null);
    return { consumer, agent };
  }

  function act({ store }: Joined, action: Action): void {
    assert.deepEqual(store.dispatch(action), { ok: true }, action.type);
  }

  async function all(
    pair: { consumer: Joined; agent: Joined },
    wanted: (state: SessionState) => boolean,
  ): Promise<void> {
    for (const { store } of [pair.consumer, pair.agent]) await whenState(store, wanted);
  }

  async function until(holds: () => boolean, milliseconds = 8000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (!holds()) {
      assert.ok(Date.now() < deadline, `not reached: ${String(holds)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const isBack = ({ connection }: SessionState) => connection === 'online';

  it('carries a whole session', async () => {
    await start({ settings: { requestSeconds: 77 } });
    const { consumer, agent } = await shared();
    act(agent, { type: 'annotate', stroke });
    await whenState(consumer.store, ({ annotations }) => annotations.length === 1);
    const [outside, inside] = [internalsOf(agent.store)!, internalsOf(consumer.store)!];
    await all({ consumer, agent }, ({ latency }) => latency !== null);
    const seen = new Promise<string>((resolve) =>
      inside.onInk((author, message) => resolve(`${author} ${message.type}`)),
    );
    assert.equal(outside.sendInk({ type: 'laser', color: '#112233', points: null }), true);
    assert.equal(await seen, 'agent-1 laser');
    const epoch = new Promise<void>((resolve) => inside.onEpochRequest(resolve));
    act(agent, { type: 'resync' });
    await epoch;
    act(agent, { type: 'end' });
    await all({ consumer, agent }, ({ status, endReason }) => status === 'ended' && endReason === 'agent');
    assert.deepEqual([...consumer.errors, ...agent.errors], []);
  });

  it('has the server’s time-outs', async () => {
    await start({ settings: { requestSeconds: 0.5 } });
    const consumer = join('consumer');
    const agent = join('agent');
    for (const { store } of [consumer, agent]) await whenState(store, isBack);
    act(agent, { type: 'request', mode: 'screen-share' });
    await whenState(consumer.store, ({ request }) => request !== null);
    await all({ consumer, agent }, ({ lastOutcome }) => lastOutcome?.outcome === 'expired');
  });

  it('loses nothing when the server starts again', async () => {
    const first = await start();
    const pair = await shared();
    act(pair.agent, { type: 'annotate', stroke });
    await whenState(pair.consumer.store, ({ annotations }) => annotations.length === 1);
    await first.close({ graceMs: 0 });
    await all(pair, ({ connection, status }) => connection === 'reconnecting' && status === 'active');
    act(pair.agent, { type: 'annotate', stroke: { ...stroke, width: 9 } });
    act(pair.consumer, { type: 'pause' });
    // past the quick first tries of the four connections
    attempts = 0;
    await until(() => attempts >= 16);
    await start();
    const started = performance.now();
    await all(pair, (state) => isBack(state) && state.status === 'paused' && state.annotations.length === 2);
    assert.ok(performance.now() - started < 1500, `back after ${performance.now() - started} ms`);
    await all(pair, ({ participants }) => participants.length === 2);
    assert.equal(pair.consumer.store.getState().error, null);
    act(pair.consumer, { type: 'resume' });
    await all(pair, ({ status }) => status === 'active');
    await until(() => [pair.agent, pair.consumer].every(({ transport }) => transport().mirror.open));
  });

  it('fetches a new token when the old one expires', async () => {
    await start({ leeway: 0 });
    const pair = await shared({ expiresIn: 2 });
    for (const { store, asked } of [pair.consumer, pair.agent]) {
      await until(() => asked.some(({ reason }) => reason === 'refresh'));
      await whenState(store, isBack);
      assert.deepEqual(asked[0], { session, role: null, reason: 'connect' });
      assert.ok(
        asked.some(({ reason, role }) => reason === 'refresh' && role !== null),
        JSON.stringify(asked),
      );
    }
    await all(pair, (state) => isBack(state) && state.status === 'active');
    act(pair.consumer, { type: 'end' });
    await all(pair, ({ status }) => status === 'ended');
  });

  it('says that a token has expired when there is no other', async () => {
    await start({ leeway: 0 });
    const token = await signToken({ sub: 'agent-1', role: 'agent', session }, secret, { expiresIn: 1 });
    const { store, errors } = join('agent', { getToken: undefined, token });
    await whenState(store, isBack);
    const { error } = await whenState(store, ({ connection }) => connection === 'offline', 8000);
    assert.equal(error!.code, 'token-expired');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['token-expired'],
    );
  });

  const wrong: Record<string, [() => Promise<string> | string, string]> = {
    'a forged token': [
      () => signToken({ sub: 'a', role: 'agent', session: 'chat-1' }, `another ${secret}`),
      'unauthorized',
    ],
    'a token of another session': [
      () => signToken({ sub: 'a', role: 'agent', session: 'chat-2' }, secret),
      'forbidden',
    ],
    'no token': [() => '', 'unauthorized'],
    'any text': [() => 'open, sesame', 'unauthorized'],
  };
  for (const [name, [getToken, code]] of Object.entries(wrong)) {
    it(`names what is wrong with ${name}`, async () => {
      await start();
      const { store } = join('agent', { getToken });
      const { error } = await whenState(store, ({ connection }) => connection === 'offline');
      assert.equal(error?.code, code);
    });
  }

  it('names an address that can’t be one', async () => {
    await start();
    for (const server of ['', 'nowhere', 'ftp://127.0.0.1', 'ws://', `ws://127.0.0.1:${port}/?x`]) {
      const { store } = join('agent', { server });
      const { error } = await whenState(store, ({ connection }) => connection === 'offline');
      assert.equal(error?.code, 'bad-request', server);
    }
  });

  it('takes session ids with odd characters, and refuses those that no address can carry', async () => {
    await start();
    session = 'a/b ü%41?#☃';
    await whenState(join('agent').store, isBack);
    for (session of ['..', '.', '\ud800']) {
      const { error } = await whenState(join('agent').store, ({ connection }) => connection === 'offline');
      assert.equal(error?.code, 'bad-request');
    }
  });

  it('names a session that has another consumer', async () => {
    await start();
    await whenState(join('consumer').store, isBack);
    const { store } = join('consumer', { sub: 'consumer-2' });
    const { error } = await whenState(store, ({ connection }) => connection === 'offline');
    assert.equal(error?.code, 'session-full');
  });

  it('joins afresh after a refused update, and the other side is not touched', async () => {
    await start();
    const pair = await shared();
    const { doc } = pair.agent.transport();
    doc.getMap('session').set('status', 'ended');
    await whenState(pair.agent.store, () => pair.agent.transport().doc !== doc);
    await all(pair, (state) => isBack(state) && state.status === 'active');
    assert.equal(pair.consumer.store.getState().status, 'active');
    assert.deepEqual(pair.consumer.errors, []);
    act(pair.agent, { type: 'annotate', stroke });
    await whenState(pair.consumer.store, ({ annotations }) => annotations.length === 1);
  });

  it('gives up when its updates are refused again and again', async () => {
    await start();
    const { store, transport, errors } = join('agent');
    await whenState(store, isBack);
    const forge = () => {
      const { doc } = transport();
      if (!doc.getMap('session').has('status')) doc.getMap('session').set('status', 'active');
    };
    const stop = store.subscribe((state) => {
      if (isBack(state)) forge();
    });
    forge();
    const { error } = await whenState(store, ({ connection }) => connection === 'offline');
    stop();
    assert.equal(error?.code, 'update-refused');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['update-refused'],
    );
  });

  it('says that the server can’t be reached, and joins when it can', async () => {
    const server = await start();
    await server.close({ graceMs: 0 });
    const { store } = join('agent');
    const { error } = await whenState(store, (state) => state.error !== null, 8000);
    assert.deepEqual(error, {
      code: 'connection-lost',
      recoverable: true,
      docs: 'docs/troubleshooting.md#connection-lost',
    });
    await start();
    await whenState(store, (state) => isBack(state) && state.error === null);
  });
});
