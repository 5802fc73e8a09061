import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse, resetMouse } from '@web/test-runner-commands';
import { LIMITS, isStroke, readInkMessage, type InkMessage, type Stroke } from '../../protocol/index.js';
import type { Tool } from '../session/types.js';
import { positionOf } from './anchor.js';
import { createPen, type Pen } from './pen.js';
import { STROKE_POINTS } from './pencil-stroke.js';
import { frame, inkBoxes, inkPage, isNear, overlay, until } from './testing/ink-page.js';

type Of<T extends InkMessage['type']> = Extract<InkMessage, { type: T }>;

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function setUp(tool: Tool = 'pencil') {
  const root = await fixture<HTMLElement>(
    html`<div style="position: fixed; inset: 0">
      <div id="list" style="position: absolute; left: 50px; top: 50px; width: 400px; height: 300px; overflow: auto">
        <div id="a" style="height: 1000px"></div>
      </div>
      <div id="surface" tabindex="0" style="position: absolute; inset: 0; touch-action: none"></div>
    </div>`,
  );
  const get = (id: string) => root.querySelector<HTMLElement>(`#${id}`)!;
  const target = get('surface');
  const { space, know } = inkPage({ skip: (element) => element === target });
  const node = know(get('a'));
  const over = overlay(space);
  const sent: InkMessage[] = [];
  const committed: Stroke[] = [];
  const now = { tool, page: 'p1' as string | null };
  let ids = 0;
  const pen: Pen = createPen({
    target,
    toPage: ({ clientX, clientY }) => ({ x: clientX, y: clientY }),
    space,
    tool: () => now.tool,
    color: () => '#e5173f',
    author: () => 'anna',
    pageId: () => now.page,
    nextStrokeId: () => `anna:${++ids}`,
    send: (message) => sent.push(JSON.parse(JSON.stringify(message)) as InkMessage),
    show: (message) => over.layer.receive('anna', message),
    commit: (stroke) => {
      committed.push(stroke);
      over.layer.setAnnotations(committed.map((each) => ({ author: 'anna', stroke: each })));
    },
  });
  cleanUps.push(() => {
    pen.destroy();
    over.remove();
  });
  const sentOf = <T extends InkMessage['type']>(type: T) =>
    sent.filter((message): message is Of<T> => message.type === type);
  return { ...over, target, list: get('list'), node, space, pen, sent, sentOf, committed, now };
}

function point(target: HTMLElement, type: string, x: number, y: number, rest: PointerEventInit = {}): PointerEvent {
  const event = new PointerEvent(type, {
    clientX: x,
    clientY: y,
    isPrimary: true,
    pointerId: 1,
    button: type === 'pointermove' ? -1 : 0,
    buttons: type === 'pointerup' ? 0 : 1,
    pointerType: 'mouse',
    bubbles: true,
    cancelable: true,
    ...rest,
  });
  target.dispatchEvent(event);
  return event;
}

describe('the pencil', () => {
  it('draws a stroke that the protocol accepts, where the pointer was', async () => {
    const { target, sentOf, committed, node, space } = await setUp();
    point(target, 'pointerdown', 100, 100);
    for (let x = 110; x <= 200; x += 10) point(target, 'pointermove', x, 100);
    point(target, 'pointerup', 200, 100);
    const [stroke] = committed;
    expect(isStroke('anna:1', stroke)).to.equal(true);
    expect(stroke!.anchor.node).to.equal(node);
    const at = positionOf(space, stroke!.anchor)!;
    expect([at.x + stroke!.points[0]!, at.x + stroke!.points.at(-3)!].map(Math.round)).to.deep.equal([100, 200]);
    expect(Math.round(at.y + stroke!.points[1]!)).to.equal(100);
    const drafts = sentOf('draft');
    expect(drafts.every((message) => readInkMessage(message) !== undefined)).to.equal(true);
    expect(drafts.flatMap(({ points }) => points).length).to.equal(stroke!.points.length);
  });

  it('sends the first point at once and then one message in a frame', async () => {
    const { target, sentOf } = await setUp();
    point(target, 'pointerdown', 100, 100);
    expect(sentOf('draft').length).to.equal(1);
    for (let x = 110; x <= 200; x += 10) point(target, 'pointermove', x, 100);
    expect(sentOf('draft').length).to.equal(1);
    await until(() => sentOf('draft').length === 2, 'the rest in a frame');
    expect(sentOf('draft')[1]!.points.length).to.equal(30);
  });

  it('makes a dot of a tap', async () => {
    const { target, committed, root } = await setUp();
    point(target, 'pointerdown', 100, 100);
    point(target, 'pointerup', 100, 100);
    expect(committed[0]!.points.length).to.equal(3);
    await until(() => inkBoxes(root).length === 1, 'dot shown');
    expect(inkBoxes(root)[0]!.width).to.be.within(5, 9);
  });

  it('takes the pressure of a pen, and makes one up for a mouse', async () => {
    const { target, committed } = await setUp();
    point(target, 'pointerdown', 100, 100, { pointerType: 'pen', pressure: 0.2 });
    point(target, 'pointermove', 120, 100, { pointerType: 'pen', pressure: 0.9 });
    point(target, 'pointerup', 120, 100, { pointerType: 'pen', pressure: 0 });
    expect(committed[0]!.points.filter((_, i) => i % 3 === 2).slice(0, 2)).to.deep.equal([0.2, 0.9]);
    point(target, 'pointerdown', 100, 100, { pressure: 0.5 });
    for (let x = 110; x <= 300; x += 10) point(target, 'pointermove', x, 100, { pressure: 0.5 });
    point(target, 'pointerup', 300, 100, { pressure: 0 });
    const pressures = committed[1]!.points.filter((_, i) => i % 3 === 2);
    expect(new Set(pressures).size).to.be.greaterThan(2);
    expect(Math.min(...pressures)).to.be.at.least(0.2);
  });

  it('ignores other buttons, other pointers, and other tools', async () => {
    const { target, committed, sent, now } = await setUp();
    point(target, 'pointerdown', 100, 100, { button: 2, buttons: 2 });
    point(target, 'pointerdown', 100, 100, { button: 1, buttons: 4 });
    point(target, 'pointerdown', 100, 100, { isPrimary: false });
    now.tool = 'none';
    point(target, 'pointerdown', 100, 100);
    point(target, 'pointermove', 120, 100);
    point(target, 'pointerup', 120, 100);
    expect([committed.length, sent.length]).to.deep.equal([0, 0]);
  });

  it('drops the stroke by Escape, by a cancelled pointer and by cancel()', async () => {
    const { target, committed, sentOf, pen } = await setUp();
    const escapes: (() => void)[] = [
      () => target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
      () => point(target, 'pointercancel', 120, 100),
      () => pen.cancel(),
    ];
    for (const [i, escape] of escapes.entries()) {
      point(target, 'pointerdown', 100, 100);
      expect(document.activeElement).to.equal(target);
      point(target, 'pointermove', 120, 100);
      escape();
      point(target, 'pointerup', 120, 100);
      expect(sentOf('cancel').map(({ id }) => id)).to.have.length(i + 1);
    }
    expect(committed.length).to.equal(0);
  });

  it('goes on where the pen is when the page scrolls under it', async () => {
    const { target, list, committed, space } = await setUp();
    point(target, 'pointerdown', 100, 200);
    for (let x = 102; x <= 150; x += 2) point(target, 'pointermove', x, 200);
    list.scrollTop = 60;
    for (let x = 152; x <= 200; x += 2) point(target, 'pointermove', x, 200);
    point(target, 'pointerup', 200, 200);
    const [stroke] = committed;
    const at = positionOf(space, stroke!.anchor)!;
    expect(isNear(at.y + stroke!.points[1]!, 140)).to.equal(true);
    expect(isNear(at.y + stroke!.points.at(-2)!, 200)).to.equal(true);
  });

  it('splits what gets too long, within the bounds of the doc', async () => {
    const { target, committed } = await setUp();
    point(target, 'pointerdown', 60, 60);
    for (let i = 0; i < STROKE_POINTS * 2.2; i++) {
      point(target, 'pointermove', 250 + 150 * Math.cos(i / 30), 200 + 120 * Math.sin(i / 37));
    }
    point(target, 'pointerup', 200, 200);
    expect(committed.length).to.be.at.least(2);
    for (const stroke of committed) {
      expect(stroke.points.length / 3).to.be.at.most(Math.min(STROKE_POINTS, LIMITS.strokePoints));
      expect(JSON.stringify(stroke).length).to.be.at.most(LIMITS.strokeBytes);
    }
    expect(new Set(committed.map(({ id }) => id)).size).to.equal(committed.length);
  });

  it('drops a stroke when the page under it is replaced, and draws none without a page', async () => {
    const { target, committed, sentOf, now } = await setUp();
    point(target, 'pointerdown', 100, 100);
    now.page = 'p2';
    point(target, 'pointermove', 120, 100);
    point(target, 'pointerup', 120, 100);
    expect([committed.length, sentOf('cancel').length]).to.deep.equal([0, 1]);
    now.page = null;
    point(target, 'pointerdown', 100, 100);
    point(target, 'pointerup', 120, 100);
    expect(committed.length).to.equal(0);
  });

  it('follows a real mouse', async () => {
    const { committed, root } = await setUp();
    await sendMouse({ type: 'move', position: [120, 120] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [180, 160] });
    await sendMouse({ type: 'move', position: [240, 120] });
    await until(() => inkBoxes(root).length === 1, 'draft seen');
    await sendMouse({ type: 'up' });
    await until(() => committed.length === 1, 'committed');
    await until(() => inkBoxes(root).length === 1, 'one stroke');
    const [box] = inkBoxes(root);
    expect([box!.left, box!.right].map((x) => Math.abs(x - (x < 180 ? 120 : 240)) < 6)).to.deep.equal([true, true]);
    await resetMouse();
  });
});

describe('the laser', () => {
  it('goes to where the pointer is before the frame tells of it, once', async () => {
    const { target, sentOf } = await setUp('laser');
    point(target, 'pointerrawupdate', 100, 100);
    expect(sentOf('laser').length).to.equal(1);
    point(target, 'pointerrawupdate', 120, 100);
    // the same movement, as of its start
    const late = new PointerEvent('pointermove', { clientX: 120, clientY: 100, isPrimary: true });
    Object.defineProperty(late, 'timeStamp', { value: 0 });
    target.dispatchEvent(late);
    await until(() => sentOf('laser').length === 2, 'the rest in a frame');
    expect(sentOf('laser')[1]!.points!.length).to.equal(1);
  });

  it('sends where the pointer is at once, once in a frame, as shares of the box', async () => {
    const { target, sentOf, node } = await setUp('laser');
    point(target, 'pointermove', 140, 110, { buttons: 0 });
    const [first] = sentOf('laser');
    expect(first!.points![0]!.node).to.equal(node);
    expect(first!.points![0]!.y).to.be.closeTo(0.06, 1e-4);
    for (let x = 150; x < 200; x += 5) point(target, 'pointermove', x, 110, { buttons: 0 });
    expect(sentOf('laser').length).to.equal(1);
    await until(() => sentOf('laser').length === 2, 'second message');
    expect(sentOf('laser')[1]!.points!.length).to.equal(10);
  });

  it('fits any flood of places into a message', async () => {
    const { target, sentOf } = await setUp('laser');
    for (let i = 0; i < 500; i++) point(target, 'pointermove', 100 + i / 2, 110, { buttons: 0 });
    await until(() => sentOf('laser').length >= 2, 'messages');
    expect(sentOf('laser').every((message) => readInkMessage(message) !== undefined)).to.equal(true);
    const last = sentOf('laser').at(-1)!.points!.at(-1)!;
    expect(sentOf('laser')[0]!.points![0]!.x).to.be.lessThan(last.x);
  });

  it('goes when the pointer leaves and when the tool is put away', async () => {
    const { target, sentOf, now } = await setUp('laser');
    const offs = () => sentOf('laser').filter(({ points }) => points === null).length;
    point(target, 'pointermove', 140, 110, { buttons: 0 });
    point(target, 'pointerleave', 140, 110, { buttons: 0 });
    expect(offs()).to.equal(1);
    point(target, 'pointermove', 140, 110, { buttons: 0 });
    now.tool = 'none';
    await until(() => offs() === 2, 'tool put away');
    point(target, 'pointermove', 150, 110, { buttons: 0 });
    expect(sentOf('laser').at(-1)!.points).to.equal(null);
  });

  it('follows the page that moves under a resting pointer', async () => {
    const { target, sentOf, list } = await setUp('laser');
    point(target, 'pointermove', 140, 110, { buttons: 0 });
    const before = sentOf('laser').length;
    list.scrollTop = 100;
    await until(() => sentOf('laser').length > before, 'sent again');
    expect(sentOf('laser').at(-1)!.points![0]!.y).to.be.closeTo(0.16, 1e-4);
  });
});

describe('the end of a pen', () => {
  it('leaves no listener and no timer', async () => {
    const { target, pen, sent } = await setUp('laser');
    point(target, 'pointermove', 140, 110, { buttons: 0 });
    pen.destroy();
    const count = sent.length;
    point(target, 'pointermove', 150, 110, { buttons: 0 });
    point(target, 'pointerdown', 150, 110);
    for (let i = 0; i < 20; i++) await frame();
    expect(sent.length).to.equal(count);
    expect(sent.at(-1)).to.deep.include({ type: 'laser', points: null });
  });
});
