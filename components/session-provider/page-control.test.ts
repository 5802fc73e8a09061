import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import {
  decodeJson,
  encodeJson,
  readLiveMessage,
  type Frame,
  type LiveMessage,
  type Primitive,
} from '../../protocol/index.js';
import { stage, type Stage } from '../consent/testing/stage.js';
import { inputSenderOf } from '../control/input-sender.js';
import { overlayHostsOf } from '../internal/overlay-hosts.js';
import { createPlayer } from '../mirror/player.js';
import type { Player } from '../mirror/types.js';
import { createSession } from '../session/create-session.js';
import { internalsOf } from '../session/internals.js';
import { whenState } from '../testing.js';

describe('remote control of the consumer’s page', () => {
  let on: Stage;
  let player: Player;
  let container: HTMLElement;
  let button: HTMLElement;
  let clicks: number;
  let live: LiveMessage[];
  let changes: number;

  /** The button's twin in the agent's mirror. */
  const twin = () => player.frame?.contentDocument?.querySelector('#work');
  const press = (): Primitive[] => [
    [1, player.idOf(twin()!), 5000, 5000, 0, 0, 1],
    [2, player.idOf(twin()!), 5000, 5000, 0, 0, 1],
  ];
  const codes = () => live.flatMap((message) => (message.type === 'refused' ? [message.code] : []));
  const counts = () => on.session.getDiagnostics()['control'] as Record<string, number>;
  const send = () => {
    const sender = inputSenderOf(on.pair.agent);
    sender.seen = player.seen;
    return sender.send(press());
  };
  const clicked = (count: number) => waitUntil(() => clicks === count, `${count} clicks`);

  async function allowControl(): Promise<void> {
    on.pair.agent.dispatch({ type: 'request', mode: 'remote-control' });
    const { request } = await whenState(on.pair.consumer, ({ request }) => request !== null);
    on.pair.consumer.dispatch({ type: 'answer', requestId: request!.id, decision: 'allow' });
    await whenState(on.pair.agent, ({ mode }) => mode === 'remote-control');
  }

  beforeEach(async () => {
    on = await stage();
    container = document.createElement('div');
    container.toggleAttribute('data-cobrowse-ignore', true);
    document.body.append(container);
    button = await fixture(html`<button id="work">Work</button>`);
    [clicks, changes, live] = [0, 0, []];
    button.addEventListener('click', () => (clicks += 1));
    await on.share();
    const internals = internalsOf(on.pair.agent)!;
    internals.mirror.onFrame('live', ({ payload }) => {
      const message = readLiveMessage(decodeJson(payload));
      if (message) live.push(message);
    });
    player = createPlayer({
      container,
      mirror: internals.mirror,
      onPhase: () => undefined,
      onSize: () => undefined,
      onChange: () => (changes += 1),
      onPointer: () => undefined,
      requestEpoch: (reason) => internals.requestEpoch(reason),
    });
    internals.requestEpoch('agent');
    await waitUntil(() => twin() && player.seen.epoch > 0, 'a mirror');
  });
  afterEach(() => {
    player.destroy();
    container.remove();
    on.end();
  });

  it('is performed from the grant to its end, and not before or after', async () => {
    const raw = () =>
      internalsOf(on.pair.agent)!.mirror.send({
        kind: 'input',
        ...player.seen,
        payload: encodeJson({ run: 'early', seq: 1, grant: 'agent-1:2', primitives: press() }),
      });
    raw();
    await waitUntil(() => codes().length === 1);
    expect([clicks, codes(), counts()]).to.deep.equal([0, ['wrong-status'], { 'no-grant': 1 }]);
    await allowControl();
    send();
    await clicked(1);
    await waitUntil(() => live.some(({ type }) => type === 'performed'));
    on.pair.consumer.dispatch({ type: 'take-back' });
    raw();
    await waitUntil(() => counts()['no-grant'] === 2);
    expect(clicks).to.equal(1);
    expect(counts()['performed']).to.equal(2);
  });

  it('lets go of what is held when it is taken back, within the call', async () => {
    await allowControl();
    const ups: string[] = [];
    button.addEventListener('mouseup', ({ type }) => ups.push(type));
    const sender = inputSenderOf(on.pair.agent);
    sender.seen = player.seen;
    sender.send(press().slice(0, 1));
    await waitUntil(() => counts()['performed'] === 1);
    on.pair.consumer.dispatch({ type: 'take-back' });
    expect(ups).to.deep.equal(['mouseup']);
  });

  it('waits while the connection is lost, and has let go', async () => {
    await allowControl();
    const ups: string[] = [];
    button.addEventListener('mouseup', ({ type }) => ups.push(type));
    const sender = inputSenderOf(on.pair.agent);
    sender.seen = player.seen;
    sender.send(press().slice(0, 1));
    await waitUntil(() => counts()['performed'] === 1);
    const member = [...on.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!;
    member.drop();
    await waitUntil(() => ups.length === 1);
    const { epoch } = player.seen;
    member.restore();
    await waitUntil(() => player.seen.epoch > epoch && twin());
    await whenState(on.pair.agent, ({ connection, controller }) => connection === 'online' && controller !== null);
    await waitUntil(() => internalsOf(on.pair.consumer)!.controlGrant() !== null);
    send();
    await clicked(1);
  });

  it('never answers a question: what comes while the agent acts is the agent’s', async () => {
    await allowControl();
    const { consumer, agent } = on.pair;
    const codes: unknown[] = [];
    button.addEventListener('click', () => {
      const result = consumer.dispatch({ type: 'answer', requestId: 'agent-1:9', decision: 'allow' });
      codes.push(result.ok || result.code);
    });
    send();
    await clicked(1);
    button.click();
    expect(codes).to.deep.equal(['answer-by-agent', 'request-not-found']);
    expect(agent.getState().mode).to.equal('remote-control');
  });

  it('ends within a press that takes it back', async () => {
    await allowControl();
    const types: string[] = [];
    for (const type of ['focus', 'click']) button.addEventListener(type, () => types.push(type));
    button.addEventListener('pointerdown', () => on.pair.consumer.dispatch({ type: 'take-back' }));
    send();
    await waitUntil(() => counts()['no-grant'] === 1);
    expect([clicks, types]).to.deep.equal([0, []]);
  });

  it('goes on with a new policy, which holds at once', async () => {
    await allowControl();
    send();
    await clicked(1);
    const { epoch } = player.seen;
    on.session.privacy = { noControl: '#work' };
    await waitUntil(() => player.seen.epoch > epoch && twin());
    send();
    await waitUntil(() => codes().includes('no-control'));
    expect(clicks).to.equal(1);
  });

  it('is taken out of the hand of one agent when another one gets it', async () => {
    await allowControl();
    const ups: string[] = [];
    button.addEventListener('mouseup', ({ type }) => ups.push(type));
    const sender = inputSenderOf(on.pair.agent);
    sender.seen = player.seen;
    sender.send(press().slice(0, 1));
    await waitUntil(() => counts()['performed'] === 1);
    const other = createSession(on.pair.optionsFor({ sub: 'agent-2', role: 'agent' }));
    await whenState(other, ({ offers }) => offers.modes.includes('remote-control'));
    other.dispatch({ type: 'request', mode: 'remote-control' });
    const { request } = await whenState(on.pair.consumer, ({ request }) => request !== null);
    await waitUntil(() => ups.length === 1);
    on.pair.consumer.dispatch({ type: 'answer', requestId: request!.id, decision: 'allow' });
    await whenState(other, ({ controller }) => controller === 'agent-2');
    internalsOf(on.pair.agent)!.mirror.send({
      kind: 'input',
      ...player.seen,
      payload: encodeJson({ run: 'late', seq: 1, grant: request!.id, primitives: press() }),
    });
    await waitUntil(() => counts()['other-agent'] === 1 || counts()['no-grant'] === 1);
    expect(clicks).to.equal(0);
    const next = inputSenderOf(other);
    next.seen = player.seen;
    next.send(press());
    await clicked(1);
    other.destroy();
  });

  it('shows the agent’s hand, and what it asks for', async () => {
    await allowControl();
    const cursor = await on.whenPart('agent-cursor', () => on.host());
    await waitUntil(() => overlayHostsOf(on.pair.consumer).control);
    let place: number[] = [];
    button.addEventListener('click', ({ clientX, clientY }) => {
      place = [clientX, clientY];
      open('/elsewhere');
    });
    send();
    await clicked(1);
    await waitUntil(() => cursor.classList.contains('shown'));
    const { x, y } = cursor.getBoundingClientRect();
    expect([Math.floor(x), Math.floor(y)]).to.deep.equal(place);
    const prompt = await on.whenPart('prompt', () => on.host());
    expect(prompt.textContent).to.include(`open ${location.host}/elsewhere`);
    expect(changes).to.be.above(0);
  });

  it('performs what came while the performer was loaded', async () => {
    const frames: Frame[] = [];
    internalsOf(on.pair.consumer)!.mirror.onFrame('input', (frame) => frames.push(frame));
    on.pair.agent.dispatch({ type: 'request', mode: 'remote-control' });
    const { request } = await whenState(on.pair.consumer, ({ request }) => request !== null);
    on.pair.consumer.dispatch({ type: 'answer', requestId: request!.id, decision: 'allow' });
    await whenState(on.pair.agent, ({ mode }) => mode === 'remote-control');
    send();
    await clicked(1);
    expect(frames.length).to.equal(1);
    expect(codes()).to.deep.equal([]);
  });
});
