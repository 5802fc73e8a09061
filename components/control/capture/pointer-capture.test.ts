import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { Primitive } from '../../../protocol/index.js';
import { internalsOf } from '../../session/internals.js';
import { captureDesk, type CaptureDesk } from '../../agent-view/testing/capture-desk.js';

let desk: CaptureDesk;

afterEach(async () => {
  await resetMouse();
  desk?.stop();
});

const kinds = () => desk.primitives.map(([kind]) => kind);
const open = async (html = '<button style="width:200px;height:60px">Buy</button>') => {
  desk = await captureDesk({ html });
};

describe('the agent’s pointer', () => {
  it('moves, then presses and lets go, in one order', async () => {
    await open();
    await desk.click(desk.query('button'));
    await desk.next(2);
    const id = desk.id(desk.query('button'));
    expect(kinds().filter((kind, at, all) => kind !== all[at - 1])).to.deep.equal([0, 1, 2]);
    const [down, up] = [await desk.next(1), await desk.next(2)];
    expect(down.slice(0, 2)).to.deep.equal([1, id]);
    // button, modifiers, clicks
    expect(down.slice(4, 7)).to.deep.equal([0, 0, 1]);
    expect(up.slice(4, 7)).to.deep.equal([0, 0, 1]);
  });

  it('numbers its batches, names the grant and the last frame that the mirror showed', async () => {
    await open();
    await desk.click(desk.query('button'));
    await desk.next(2);
    const { grant } = desk.desk.pair.agent.getState();
    const seqs = desk.batches.map(({ seq }) => seq);
    expect(seqs).to.deep.equal([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).to.equal(seqs.length);
    for (const batch of desk.batches) {
      expect(batch.grant).to.equal(grant!.id);
      expect(batch.run).to.equal(desk.run);
      expect(batch.epoch).to.be.greaterThan(0);
    }
  });

  it('counts clicks as the agent’s system does', async () => {
    await open();
    // the driver's mouse always clicks once
    const [clientX, clientY] = desk.spot(desk.query('button'));
    desk.surface.dispatchEvent(new MouseEvent('mousedown', { clientX, clientY, detail: 2, cancelable: true }));
    desk.surface.dispatchEvent(new MouseEvent('mouseup', { clientX, clientY, detail: 2, cancelable: true }));
    await desk.until(() => desk.primitives.some(([kind, , , , , , clicks]) => kind === 1 && clicks === 2));
    expect(desk.primitives.findLast(([kind]) => kind === 2)![6]).to.equal(2);
  });

  it('tells moves once a frame', async () => {
    await open();
    const [clientX, clientY] = desk.spot(desk.query('button'));
    await desk.move(desk.query('button'), 0.1);
    await desk.next(0);
    desk.batches.length = 0;
    const move = (x: number) =>
      desk.surface.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY, isPrimary: true }));
    for (let step = 0; step < 40; step++) move(clientX + step);
    await desk.next(0);
    expect(desk.primitives).to.have.length(1);
    const last = desk.primitives[0] as [0, number, number, number, number];
    expect(desk.spotAt(desk.point([last[1], last[2], last[3]]).x, 0)[0]).to.be.closeTo(clientX + 39, 1.5);
  });

  it('drags by pixels of the page from where it was pressed, outside of the picture too', async () => {
    await open('<div style="width:200px;height:60px"></div>');
    const [x, y] = desk.spot(desk.query('div'));
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x + 30, y + 15] });
    await desk.next(3);
    const box = desk.surface.getBoundingClientRect();
    const outside: [number, number] = [Math.round(box.left + 40), Math.round(box.top - 20)];
    await sendMouse({ type: 'move', position: outside });
    const isOutside = () => desk.primitives.some((primitive) => primitive[0] === 3 && primitive[5] < 0);
    await desk.until(isOutside, 'a drag above the page');
    await sendMouse({ type: 'up' });
    await desk.next(2);
    const scale = box.width / Number(desk.find('iframe')!.getAttribute('width'));
    const [, dx, dy] = (await desk.next(3)) as Extract<Primitive, [3, ...unknown[]]>;
    expect(dx * scale).to.be.closeTo(30, 1);
    expect(dy * scale).to.be.closeTo(15, 1);
    expect(kinds().at(-1)).to.equal(2);
    expect(kinds()).not.to.include(11);
  });

  it('has three buttons, and keeps the desk’s own menu away', async () => {
    await open();
    let menus = 0;
    const onMenu = (event: Event) => (menus += event.defaultPrevented ? 0 : 1);
    document.addEventListener('contextmenu', onMenu);
    await desk.click(desk.query('button'), 'right');
    await desk.click(desk.query('button'), 'middle');
    await desk.until(() => desk.primitives.filter(([kind]) => kind === 2).length === 2);
    document.removeEventListener('contextmenu', onMenu);
    expect(menus).to.equal(0);
    expect(desk.primitives.filter(([kind]) => kind === 1).map((down) => down[4])).to.deep.equal([2, 1]);
  });

  it('sums the wheel of a frame, in pixels, and does not scroll the desk', async () => {
    await open('<div style="height:3000px"></div>');
    const [clientX, clientY] = desk.spot(desk.query('div'), 0.5, 0.02);
    const turn = (deltaY: number, deltaMode: number) => {
      const event = new WheelEvent('wheel', { clientX, clientY, deltaY, deltaMode, cancelable: true, ctrlKey: true });
      desk.surface.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect([turn(50, 0), turn(3, 1)]).to.deep.equal([true, true]);
    const wheel = await desk.next(4);
    expect(wheel.slice(4)).to.deep.equal([0, 150, 1]);
    expect(desk.primitives.filter(([kind]) => kind === 4)).to.have.length(1);
  });

  it('presses with a finger, and counts taps', async () => {
    await open();
    const [clientX, clientY] = desk.spot(desk.query('button'));
    const touch = (type: string) =>
      desk.surface.dispatchEvent(
        new PointerEvent(type, {
          clientX,
          clientY,
          pointerType: 'touch',
          isPrimary: true,
          pointerId: 7,
          cancelable: true,
        }),
      );
    for (const type of ['pointerdown', 'pointerup', 'pointerdown', 'pointerup']) touch(type);
    await desk.until(() => kinds().filter((kind) => kind === 2).length === 2);
    expect(desk.primitives.filter(([kind]) => kind === 1).map((down) => down[6])).to.deep.equal([1, 2]);
    touch('pointerdown');
    touch('pointercancel');
    await desk.next(11);
  });

  it('sends no more than 120 batches a second, and loses no press', async () => {
    await open();
    const [clientX, clientY] = desk.spot(desk.query('button'));
    const fire = (type: string) =>
      desk.surface.dispatchEvent(new MouseEvent(type, { clientX, clientY, detail: 1, cancelable: true }));
    const start = performance.now();
    for (let click = 0; click < 150; click++) ['mousedown', 'mouseup'].forEach(fire);
    await desk.until(() => kinds().filter((kind) => kind === 2).length === 150);
    const seconds = (performance.now() - start) / 1000;
    expect(desk.batches.length).to.be.at.most(26 + 120 * seconds);
    expect(kinds().filter((kind) => kind === 1)).to.have.length(150);
  });

  it('belongs to the pen while there is one, the keys to the page', async () => {
    await open();
    desk.desk.pair.agent.dispatch({ type: 'set-tool', tool: 'pencil', color: '#2b7de9' });
    await desk.view.updateComplete;
    await desk.click(desk.query('button'));
    await sendKeys({ press: 'a' });
    await desk.next(5);
    expect(kinds().filter((kind) => kind < 5)).to.deep.equal([]);
  });

  it('sends nothing while the picture is not live, nor after the step down', async () => {
    await open();
    const internals = internalsOf(desk.desk.pair.agent)!;
    internals.setViewPhase('loading');
    await desk.click(desk.query('button'));
    internals.setViewPhase('live');
    await desk.move(desk.query('button'), 0.3);
    await desk.next(0);
    expect(kinds()).not.to.include(1);
    desk.desk.pair.agent.dispatch({ type: 'step-down' });
    await desk.until(() => !desk.find('.keys'));
    desk.batches.length = 0;
    await desk.click(desk.query('button'));
    await new Promise(requestAnimationFrame);
    expect(desk.primitives).to.deep.equal([]);
    expect(desk.find('.control')).to.equal(null);
  });

  it('shows the cursor that the page would', async () => {
    await open('<button style="cursor:pointer">a</button><input /><p>text</p>');
    await desk.move(desk.query('button'));
    await desk.until(() => desk.surface.style.cursor === 'pointer');
    await desk.move(desk.query('input'));
    await desk.until(() => desk.surface.style.cursor === 'text');
    await desk.move(desk.query('p'));
    await desk.until(() => desk.surface.style.cursor === 'default');
  });
});
