import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { record } from '@rrweb/record';
import type { InkMessage, StrokeAnchor } from '../../protocol/index.js';
import { stage, type Stage } from '../consent/testing/stage.js';
import { internalsOf } from '../session/internals.js';
import { whenState } from '../testing.js';

const COLOR = '#e5484d';
const isLoaded = () => performance.getEntriesByType('resource').some(({ name }) => /\/ink-layer\.ts/.test(name));

describe('ink on the consumer’s page', () => {
  let on: Stage;
  let anchor: StrokeAnchor;
  let page: string;
  const send = (message: InkMessage) => expect(internalsOf(on.pair.agent)!.sendInk(message)).to.be.true;
  const draft = (id: string, points: number[]) =>
    send({ type: 'draft', id, tool: 'pencil', color: COLOR, width: 4, page, anchor, points });
  const newId = () => internalsOf(on.pair.agent)!.nextStrokeId();
  const drawn = () => [...on.part('ink', on.host())!.querySelectorAll<SVGPathElement>('path[part~=ink]')];
  const whenDrawn = async (count: number) => {
    await waitUntil(() => drawn().filter((path) => path.getAttribute('d')).length === count);
    return drawn();
  };

  beforeEach(async () => {
    on = await stage();
    const place = await fixture(html`<p style="margin: 100px; height: 200px; width: 300px">A place to draw on</p>`);
    await on.share();
    page = (await whenState(on.pair.agent, (state) => state.page !== null)).page!.id;
    await waitUntil(() => record.mirror.getId(place) > 0);
    anchor = { node: record.mirror.getId(place), x: 0.5, y: 0.5 };
  });
  afterEach(() => on.end());

  it('loads nothing for it before there is any', async () => {
    const come: InkMessage[] = [];
    internalsOf(on.pair.consumer)!.onInk((_, message) => come.push(message));
    send({ type: 'laser', color: COLOR, points: null });
    send({ type: 'cancel', id: newId() });
    await waitUntil(() => come.length === 2);
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(isLoaded()).to.be.false;
  });

  it('draws all of what came while it was loaded, in its order', async () => {
    const [first, second] = [newId(), newId()];
    draft(first, [0, 0, 0.5, 20, 5, 0.5]);
    draft(second, [0, 30, 0.5]);
    draft(first, [40, 0, 0.5, 80, 10, 0.5]);
    send({ type: 'cancel', id: second });
    send({ type: 'laser', color: COLOR, points: [anchor] });
    const [path] = await whenDrawn(1);
    expect(isLoaded()).to.be.true;
    const before = path!.getBoundingClientRect();
    expect(before.width).to.be.within(78, 90);
    const laser = on.part('ink', on.host())!.querySelector('[part~=laser-dot]');
    expect(laser).to.not.equal(null);
  });

  it('draws a finished stroke alone, though pieces of its draft come late', async () => {
    const id = newId();
    const stroke = {
      id,
      tool: 'pencil',
      color: COLOR,
      width: 4,
      page,
      anchor,
      points: [0, 0, 0.5, 50, 0, 0.5],
    } as const;
    on.pair.agent.dispatch({ type: 'annotate', stroke: { ...stroke, points: [...stroke.points] } });
    await whenState(on.pair.consumer, ({ annotations }) => annotations.length === 1);
    draft(id, [50, 0, 0.5, 200, 0, 0.5]);
    const [path] = await whenDrawn(1);
    expect(path!.getBoundingClientRect().width).to.be.within(48, 60);
  });

  it('forgets what an agent drew who has left', async () => {
    draft(newId(), [0, 0, 0.5, 20, 5, 0.5]);
    on.pair.agent.destroy();
    await whenState(on.pair.consumer, ({ participants }) => participants.every(({ role }) => role !== 'agent'));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(drawn().length).to.equal(0);
  });
});
