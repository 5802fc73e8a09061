import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { WebSocket as NodeWebSocket } from 'ws';
import type { CobrowseError, Mode, Stroke } from '../../protocol/index.js';
import { signToken } from '../../sync-server/token.js';
import { createSession } from '../session/create-session.js';
import { internalsOf } from '../session/internals.js';
import type { Action, SessionState, SessionStore } from '../session/types.js';
import { whenState } from '../testing.js';
import { networkTransport } from './network-transport.js';

const secret = 'a-secret-for-these-tests-of-32-bytes-or-more';
const page = { id: 'p', title: 'Cheap shoes', url: '/secret-path', width: 1, height: 1, pixelRatio: 1, device: 'desktop', visible: true } as const; // prettier-ignore
const stroke: Omit<Stroke, 'id'> = {
  tool: 'pencil',
  color: '#d6336c',
  width: 4,
  page: 'p',
  anchor: { node: 7, x: 0.5, y: 0.5 },
  points: [0, 0, 1, 10, 10, 1],
};

/** The command itself, in a process of its own. */
interface Command {
  child: ChildProcess;
  port: number;
  output(): string;
}

interface Side {
  store: SessionStore;
  errors: CobrowseError[];
  /** Every `state.error` that was ever there. */
  shown: unknown[];
}

describe('a server that goes and one that comes, under live sessions', () => {
  const children: ChildProcess[] = [];
  const stores: SessionStore[] = [];
  const listeners: Server[] = [];

  afterEach(() => {
    for (const store of stores.splice(0)) store.destroy();
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const listener of listeners.splice(0)) listener.close();
  });

  async function start(port = 0, environment: Record<string, string> = {}): Promise<Command> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'sync-server/cli.ts'], {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        COBROWSE_SECRET: secret,
        LOG_LEVEL: 'trace',
        ...environment,
      },
    });
    children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
    await until(() => /"port":\d+/.test(text), 15_000);
    return { child, port: Number(/"port":(\d+)/.exec(text)![1]), output: () => text };
  }

  function join(role: 'consumer' | 'agent', port: number): Side {
    const side: Omit<Side, 'store'> = { errors: [], shown: [] };
    const store = createSession({
      server: `ws://127.0.0.1:${port}`,
      session: 'chat-1',
      getToken: () => signToken({ sub: `${role}-1`, role, session: 'chat-1' }, secret),
      onError: (error) => side.errors.push(error),
      transport: networkTransport({ webSocket: NodeWebSocket as unknown as typeof WebSocket }),
    });
    store.subscribe(() => {
      const { error } = store.getState();
      if (error) side.shown.push(error);
    });
    stores.push(store);
    return { ...side, store };
  }

  async function share(port: number): Promise<{ consumer: Side; agent: Side }> {
    const [consumer, agent] = [join('consumer', port), join('agent', port)];
    for (const { store } of [consumer, agent])
      await whenState(store, ({ connection, participants }) => connection === 'online' && participants.length === 2);
    internalsOf(consumer.store)!.setPage(page);
    await ask({ consumer, agent }, 'screen-share');
    act(agent, { type: 'view' });
    await both({ consumer, agent }, ({ status }) => status === 'active');
    return { consumer, agent };
  }

  async function ask({ consumer, agent }: { consumer: Side; agent: Side }, mode: Mode): Promise<void> {
    act(agent, { type: 'request', mode });
    const { request } = await whenState(consumer.store, (state) => state.request !== null);
    act(consumer, { type: 'answer', requestId: request!.id, decision: 'allow' });
    await whenState(agent.store, (state) => state.request === null && state.status !== 'requested');
  }

  function act({ store }: Side, action: Action): void {
    assert.deepEqual(store.dispatch(action), { ok: true }, action.type);
  }

  async function both(pair: { consumer: Side; agent: Side }, wanted: (state: SessionState) => boolean): Promise<void> {
    await Promise.all([pair.consumer, pair.agent].map(({ store }) => whenState(store, wanted)));
  }

  async function until(holds: () => boolean | Promise<boolean>, milliseconds = 8000): Promise<void> {
    for (const deadline = Date.now() + milliseconds; !(await holds());) {
      assert.ok(Date.now() < deadline, `not reached: ${String(holds)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const isReady = async (port: number) =>
    (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200;

  it('kill -9 and a new process: back within 1 s, with mode, consent and every stroke', async () => {
    const first = await start();
    const pair = await share(first.port);
    await ask(pair, 'remote-control');
    await both(pair, ({ mode }) => mode === 'remote-control');
    act(pair.agent, { type: 'annotate', stroke });
    await both(pair, ({ annotations }) => annotations.length === 1);
    first.child.kill('SIGKILL');
    await both(pair, ({ connection }) => connection === 'reconnecting');
    act(pair.agent, { type: 'annotate', stroke: { ...stroke, width: 9 } });
    await start(first.port);
    const started = performance.now();
    await both(pair, ({ connection, annotations }) => connection === 'online' && annotations.length === 2);
    const took = performance.now() - started;
    assert.ok(took < 1100, `back after ${took} ms`);
    await both(pair, ({ status, mode, controller }) => status === 'active' && mode === 'remote-control' && controller === 'agent-1'); // prettier-ignore
    assert.equal(pair.consumer.store.getState().request, null, 'nobody is asked again');
  });

  it('a session that a service ends is over on both sides, and stays so', async () => {
    const { port } = await start();
    const pair = await share(port);
    const service = await signToken({ sub: 'crm', role: 'service' }, secret);
    const headers = { authorization: `Bearer ${service}` };
    const reply = await fetch(`http://127.0.0.1:${port}/v1/sessions/chat-1`, { method: 'DELETE', headers });
    assert.equal(reply.status, 204);
    await both(pair, ({ status, connection, mode }) => status === 'ended' && connection === 'offline' && mode === null);
    for (const { store } of [pair.consumer, pair.agent]) {
      const { endReason, error, controller } = store.getState();
      assert.deepEqual([endReason, error?.code, controller], ['expired', 'session-ended', null]);
      assert.equal(store.dispatch({ type: 'end' }).ok, false);
    }
  });

  it('SIGTERM behind a balancer: not ready first, then all move, and no one sees an error', async () => {
    const first = await start(0, { COBROWSE_DRAIN_DELAY: '1' });
    const balancer = await balance([first.port]);
    const pair = await share(balancer.port);
    act(pair.agent, { type: 'annotate', stroke });
    await both(pair, ({ annotations }) => annotations.length === 1);
    const second = await start();
    balancer.add(second.port);
    const ended = once(first.child, 'exit');
    first.child.kill('SIGTERM');
    await until(async () => !(await isReady(first.port)));
    assert.equal(pair.agent.store.getState().connection, 'online', 'nobody has been told yet');
    act(pair.agent, { type: 'annotate', stroke: { ...stroke, width: 9 } });
    await both(pair, ({ annotations }) => annotations.length === 2);
    assert.deepEqual(await ended, [0, null]);
    await both(pair, ({ connection, participants, status }) => connection === 'online' && participants.length === 2 && status === 'active'); // prettier-ignore
    assert.equal(balancer.failed(), 0, 'no connection was ever refused');
    for (const { errors, shown, store } of [pair.consumer, pair.agent]) {
      assert.deepEqual([errors, shown], [[], []]);
      assert.equal(store.getState().annotations.length, 2);
    }
    // the whole log of both, at its most talkative
    assert.doesNotMatch(first.output() + second.output(), /eyJ|Cheap shoes|secret-path|a-secret-for|d6336c/);
  });

  /** As simple as one can be: asks who is ready ten times a second, and gives a new connection to the newest that is. */
  async function balance(ports: number[]) {
    let ready = [...ports];
    let failed = 0;
    const timer = setInterval(() => {
      void Promise.all(ports.map(isReady)).then((answers) => (ready = ports.filter((_, i) => answers[i])));
    }, 100);
    const listener = createServer((from) => {
      const to = connect(ready.at(-1) ?? 1, '127.0.0.1');
      to.once('error', () => failed++);
      for (const [one, other] of [[from, to], [to, from]] as const) one.pipe(other).on('error', () => one.destroy()); // prettier-ignore
    });
    listener.on('close', () => clearInterval(timer));
    listeners.push(listener);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    return { port, add: (one: number) => ports.push(one), failed: () => failed };
  }
});
