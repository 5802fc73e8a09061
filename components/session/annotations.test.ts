import { expect } from '@open-wc/testing';
import { LIMITS, type InkMessage, type Stroke } from '../../protocol/index.js';
import { whenState } from '../testing.js';
import { internalsOf, type SessionInternals } from './internals.js';
import { act, Journey } from './testing/journey.js';
import type { SessionStore } from './types.js';

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
const stroke: Omit<Stroke, 'id'> = {
  tool: 'pencil',
  color: '#d6336c',
  width: 4,
  page: 'p1',
  anchor: { node: 7, x: 0.5, y: 0.5 },
  points: [0, 0, 1, 10, 10, 1],
};
const inside = (store: SessionStore): SessionInternals => internalsOf(store)!;
const count = (store: SessionStore, wanted: number) =>
  whenState(store, ({ annotations }) => annotations.length === wanted);

describe('annotations', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  async function sharing(consumerInk = false): Promise<Journey> {
    journey = new Journey({ consumer: { consumerInk } });
    await journey.active();
    inside(journey.consumer).setPage(page);
    await whenState(journey.agent, (state) => state.page?.id === 'p1');
    return journey;
  }

  it('appear on both sides, under a key of their author', async () => {
    const { agent, consumer } = await sharing();
    act(agent, { type: 'annotate', stroke });
    const { annotations } = await count(consumer, 1);
    expect(annotations[0]!.author).to.equal('agent-1');
    expect(annotations[0]!.stroke).to.deep.equal({ ...stroke, id: annotations[0]!.stroke.id });
    expect(annotations[0]!.stroke.id).to.match(/^agent-1:/);
    expect((await count(agent, 1)).annotations).to.deep.equal(annotations);
  });

  it('keep the same list until one changes', async () => {
    const { agent, consumer } = await sharing();
    act(agent, { type: 'annotate', stroke });
    const { annotations } = await count(consumer, 1);
    act(consumer, { type: 'pause' });
    act(consumer, { type: 'resume' });
    expect(consumer.getState().annotations).to.equal(annotations);
  });

  it('take the id that their draft had', async () => {
    const { agent } = await sharing();
    const id = inside(agent).nextStrokeId();
    act(agent, { type: 'annotate', stroke: { ...stroke, id } });
    expect((await count(agent, 1)).annotations[0]!.stroke.id).to.equal(id);
    expect(inside(agent).nextStrokeId()).to.not.equal(id);
    expect(inside(agent).annotations).to.equal(agent.getState().annotations);
  });

  const refusals: Record<string, [unknown, string]> = {
    'of another': [{ ...stroke, id: 'consumer-1:1' }, 'stroke-refused'],
    'without points': [{ ...stroke, points: [] }, 'stroke-refused'],
    'with half a point': [{ ...stroke, points: [1, 2] }, 'stroke-refused'],
    'with a number that is none': [{ ...stroke, points: [1, 2, NaN] }, 'stroke-refused'],
    'of an unknown tool': [{ ...stroke, tool: 'hammer' }, 'stroke-refused'],
    'of no colour': [{ ...stroke, color: 'red' }, 'stroke-refused'],
    'too long': [{ ...stroke, points: Array(LIMITS.strokePoints * 3 + 3).fill(1) }, 'stroke-refused'],
    'too large': [{ ...stroke, points: Array(LIMITS.strokePoints * 3).fill(0.1234567890123) }, 'stroke-refused'],
    'on a page that has gone': [{ ...stroke, page: 'p0' }, 'stale'],
    'that are none': ['a line', 'stroke-refused'],
  };
  for (const [name, [given, code]] of Object.entries(refusals)) {
    it(`are refused: ${name}`, async () => {
      const { agent } = await sharing();
      expect(agent.dispatch({ type: 'annotate', stroke: given as Stroke })).to.deep.equal({ ok: false, code });
      expect(agent.getState().annotations).to.deep.equal([]);
    });
  }

  it('carry nothing but their fields', async () => {
    const { agent, consumer } = await sharing();
    act(agent, { type: 'annotate', stroke: { ...stroke, extra: 'luggage' } as never });
    const { annotations } = await count(consumer, 1);
    expect(annotations[0]!.stroke).to.not.have.property('extra');
  });

  it('are drawn while the session is active only', async () => {
    const { agent, consumer } = await sharing();
    act(consumer, { type: 'pause' });
    await whenState(agent, ({ status }) => status === 'paused');
    expect(agent.dispatch({ type: 'annotate', stroke })).to.deep.equal({ ok: false, code: 'wrong-status' });
  });

  it('are drawn by the consumer if it may', async () => {
    const { agent, consumer } = await sharing(true);
    act(consumer, { type: 'annotate', stroke });
    expect((await count(agent, 1)).annotations[0]!.author).to.equal('consumer-1');
  });

  it('are not drawn by the consumer otherwise', async () => {
    const { consumer } = await sharing();
    expect(consumer.dispatch({ type: 'annotate', stroke })).to.deep.include({ ok: false });
    expect(consumer.dispatch({ type: 'set-tool', tool: 'pencil' })).to.deep.equal({ ok: false, code: 'wrong-status' });
  });

  it('are undone by each person on its own', async () => {
    const { agent, consumer } = await sharing(true);
    act(agent, { type: 'annotate', stroke });
    act(agent, { type: 'annotate', stroke: { ...stroke, width: 5 } });
    await count(consumer, 2);
    act(consumer, { type: 'annotate', stroke: { ...stroke, width: 6 } });
    await count(agent, 3);
    act(agent, { type: 'undo' });
    const { annotations } = await count(consumer, 2);
    expect(annotations.map((annotation) => annotation.stroke.width).sort()).to.deep.equal([4, 6]);
    act(agent, { type: 'undo' });
    act(agent, { type: 'undo' });
    expect((await count(consumer, 1)).annotations[0]!.author).to.equal('consumer-1');
  });

  it('are erased: one’s own, or all', async () => {
    const { agent, consumer } = await sharing(true);
    const draw = async () => {
      act(agent, { type: 'annotate', stroke });
      act(consumer, { type: 'annotate', stroke });
      await count(agent, 2);
      await count(consumer, 2);
    };
    await draw();
    act(agent, { type: 'clear-annotations', scope: 'own' });
    expect((await count(consumer, 1)).annotations[0]!.author).to.equal('consumer-1');
    act(consumer, { type: 'clear-annotations', scope: 'own' });
    await count(agent, 0);
    await draw();
    act(agent, { type: 'clear-annotations', scope: 'all' });
    await count(agent, 0);
    await draw();
    act(consumer, { type: 'clear-annotations', scope: 'all' });
    await count(agent, 0);
  });

  it('survive a lost connection and a server that starts again', async () => {
    const { agent, consumer, pair } = await sharing();
    act(agent, { type: 'annotate', stroke });
    await count(consumer, 1);
    pair.hub.drop();
    act(agent, { type: 'annotate', stroke: { ...stroke, width: 8 } });
    pair.hub.restart();
    for (const member of pair.hub.members) member.restore();
    await count(consumer, 2);
    expect(agent.getState().annotations.length).to.equal(2);
  });

  it('go with their page', async () => {
    const { agent, consumer } = await sharing();
    act(agent, { type: 'annotate', stroke });
    await count(consumer, 1);
    inside(consumer).startPage('p2');
    await count(agent, 0);
    inside(consumer).setPage({ ...page, id: 'p2' });
    await whenState(agent, (state) => state.page?.id === 'p2');
    act(agent, { type: 'annotate', stroke: { ...stroke, page: 'p2' } });
    await count(consumer, 1);
  });

  it('go with the session', async () => {
    const { agent, consumer, pair } = await sharing();
    act(agent, { type: 'annotate', stroke });
    await count(consumer, 1);
    act(consumer, { type: 'end' });
    await count(agent, 0);
    expect(pair.hub.doc.getMap('annotations').size).to.equal(0);
  });
});

describe('the internals', () => {
  let journey: Journey;
  afterEach(() => journey.destroy());

  it('carry ink that moves, with its author, while the page is shared', async () => {
    journey = new Journey();
    await journey.active();
    const { agent, consumer } = journey;
    const seen: [string, InkMessage][] = [];
    const stop = inside(consumer).onInk((author, message) => seen.push([author, message]));
    const laser: InkMessage = { type: 'laser', color: '#d6336c', points: [{ node: 1, x: 0, y: 0 }] };
    const foreign: InkMessage = { type: 'cancel', id: 'consumer-1:1' };
    const own: InkMessage = { type: 'cancel', id: 'agent-1:1' };
    for (const message of [laser, foreign, own]) expect(inside(agent).sendInk(message)).to.equal(true);
    expect(inside(consumer).sendInk(laser), 'the consumer may not draw').to.equal(false);
    await Promise.resolve();
    expect(seen).to.deep.equal([
      ['agent-1', laser],
      ['agent-1', own],
    ]);
    stop();
    act(consumer, { type: 'end' });
    await whenState(agent, ({ status }) => status === 'ended');
    expect(inside(agent).sendInk(laser)).to.equal(false);
  });

  it('open the mirror with the first question, and ask for epochs', async () => {
    journey = new Journey();
    await journey.online();
    const { agent, consumer } = journey;
    expect(inside(agent).mirror.open).to.equal(false);
    let asked = 0;
    inside(consumer).onEpochRequest(() => asked++);
    await journey.active();
    expect([inside(agent).mirror.open, inside(consumer).mirror.open]).to.deep.equal([true, true]);
    const before = asked;
    act(agent, { type: 'resync' });
    await Promise.resolve();
    expect(asked).to.equal(before + 1);
    inside(consumer).requestEpoch('failed');
    expect(asked).to.equal(before + 2);
  });

  it('tell the agent about the page, each change once', async () => {
    journey = new Journey();
    await journey.active();
    const { agent, consumer, pair } = journey;
    inside(consumer).setPage(page);
    await whenState(agent, (state) => state.page?.title === 'Shop');
    let updates = 0;
    pair.hub.members.forEach(({ doc }) => doc.on('update', () => updates++));
    inside(consumer).setPage({ ...page });
    await Promise.resolve();
    expect(updates).to.equal(0);
    inside(consumer).setPage({ ...page, visible: false });
    expect((await whenState(agent, (state) => state.page?.visible === false)).view.phase).to.equal('hidden');
    inside(consumer).setPage({ ...page, title: 't'.repeat(LIMITS.titleLength + 50) });
    const state = await whenState(agent, ({ page: shown }) => shown?.title.startsWith('ttt') === true);
    expect(state.page!.title.length).to.equal(LIMITS.titleLength);
  });

  it('say what the player shows', async () => {
    journey = new Journey();
    await journey.active();
    const { agent, consumer } = journey;
    expect(agent.getState().view.phase).to.equal('loading');
    inside(agent).setViewPhase('live');
    expect(agent.getState().view.phase).to.equal('live');
    act(consumer, { type: 'pause' });
    await whenState(agent, ({ view }) => view.phase === 'paused');
    act(consumer, { type: 'resume' });
    await whenState(agent, ({ view }) => view.phase === 'live');
    consumer.destroy();
    await whenState(agent, ({ view }) => view.phase === 'reconnecting');
  });
});
