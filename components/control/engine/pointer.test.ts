import { expect } from '@open-wc/testing';
import { POINTER_ID } from './core.js';
import { Hand } from './testing/hand.js';

const BOXES = `
  <div id="out" style="position:absolute;left:10px;top:10px;width:200px;height:100px">
    <div id="one" style="position:absolute;left:0;top:0;width:80px;height:80px"></div>
    <div id="two" style="position:absolute;left:100px;top:0;width:80px;height:80px"></div>
  </div>`;

describe('the mouse', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  it('crosses from one element to another in the order of a browser', async () => {
    hand = new Hand(BOXES);
    await hand.move(hand.query('#one'));
    hand.listen(
      'pointerout pointerleave pointerover pointerenter mouseout mouseleave mouseover mouseenter pointermove mousemove',
      hand.page,
    );
    await hand.move(hand.query('#two'));
    expect(hand.take()).to.deep.equal([
      'pointerout@one',
      'pointerleave@one',
      'pointerover@two',
      'pointerenter@two',
      'mouseout@one',
      'mouseleave@one',
      'mouseover@two',
      'mouseenter@two',
      'pointermove@two',
      'mousemove@two',
    ]);
  });

  it('presses and releases, with a click as the last of it', async () => {
    hand = new Hand(BOXES);
    await hand.move(hand.query('#one'));
    hand.listen('pointerdown mousedown pointerup mouseup click dblclick', window, (event) => {
      const { button, buttons, detail } = event as MouseEvent;
      return ` ${button} ${buttons} ${detail}`;
    });
    await hand.down(hand.query('#one'));
    await hand.up(hand.query('#one'));
    expect(hand.take()).to.deep.equal([
      'pointerdown@one 0 1 0',
      'mousedown@one 0 1 1',
      'pointerup@one 0 0 0',
      'mouseup@one 0 0 1',
      'click@one 0 0 1',
    ]);
    await hand.click(hand.query('#one'), { clicks: 2 });
    expect(hand.take().filter((name) => name.includes('click'))).to.deep.equal([
      'click@one 0 0 1',
      'click@one 0 0 2',
      'dblclick@one 0 0 2',
    ]);
  });

  it('tells of itself as a mouse, with an id of its own and where it is', async () => {
    hand = new Hand(BOXES);
    let seen: PointerEvent | undefined;
    hand.query('#two').addEventListener('pointermove', (event) => (seen = event));
    await hand.move(hand.query('#one'));
    await hand.move(hand.query('#two'));
    const { pointerId, pointerType, isPrimary, clientX, clientY, movementX, isTrusted, view } = seen!;
    expect([pointerId, pointerType, isPrimary, isTrusted]).to.deep.equal([POINTER_ID, 'mouse', true, false]);
    expect([clientX, clientY, movementX, view]).to.deep.equal([150, 50, 100, window]);
  });

  it('clicks what contains both, when it is released elsewhere', async () => {
    hand = new Hand(BOXES);
    hand.listen('click');
    await hand.move(hand.query('#one'));
    await hand.down(hand.query('#one'));
    await hand.move(hand.query('#two'));
    await hand.up(hand.query('#two'));
    expect(hand.take()).to.deep.equal(['click@out']);
  });

  it('clicks nothing when what was pressed is taken out of the page in the middle of the step', async () => {
    hand = new Hand(BOXES);
    const one = hand.query('#one');
    const place = { ...hand.at(one), mods: { ctrl: false, shift: false, alt: false, meta: false } };
    one.addEventListener('pointerdown', () => one.remove());
    await hand.move(one);
    hand.listen('pointerdown mousedown mouseup click');
    const outcome = await hand.down(one);
    await hand.perform({ t: 'up', ...place, button: 0, clicks: 1 });
    expect(outcome).to.deep.equal({ status: 'ok' });
    expect(hand.take()).to.deep.equal(['pointerdown@one', 'mousedown@out', 'mouseup@out']);
  });

  it('keeps the events of a mouse back after a prevented pointerdown, but not the click', async () => {
    hand = new Hand(BOXES);
    hand.query('#one').addEventListener('pointerdown', (event) => event.preventDefault());
    await hand.move(hand.query('#one'));
    hand.listen('mousedown mousemove mouseup click');
    await hand.down(hand.query('#one'));
    await hand.move(hand.query('#one'), { fx: 0.6 });
    await hand.up(hand.query('#one'), { fx: 0.6 });
    expect(hand.take()).to.deep.equal(['click@one']);
    await hand.move(hand.query('#one'));
    expect(hand.take()).to.deep.equal(['mousemove@one']);
  });

  it('gives a disabled button its pointer events only', async () => {
    hand = new Hand('<button id="off" disabled>Pay</button>');
    await hand.move(hand.query('#off'));
    hand.listen('pointerdown pointerup mousedown mouseup click');
    await hand.click(hand.query('#off'));
    expect(hand.take()).to.deep.equal(['pointerdown@off', 'pointerup@off']);
  });

  it('looks through what takes no pointer', async () => {
    hand = new Hand(
      `<button id="under" style="position:absolute;inset:0 auto auto 0;width:90px;height:30px"></button>
       <div style="position:absolute;inset:0 auto auto 0;width:90px;height:30px;pointer-events:none"></div>`,
    );
    hand.listen('click');
    await hand.click(hand.query('#under'));
    expect(hand.take()).to.deep.equal(['click@under']);
  });

  it('opens the context menu with the right button, and clicks by auxclick', async () => {
    hand = new Hand(BOXES);
    await hand.move(hand.query('#one'));
    hand.listen('mousedown contextmenu mouseup auxclick click', window, (event) => ` ${(event as MouseEvent).button}`);
    await hand.click(hand.query('#one'), { button: 2 });
    expect(hand.take()).to.have.members(['mousedown@one 2', 'contextmenu@one 2', 'mouseup@one 2', 'auxclick@one 2']);
  });

  it('presses a second button by a move of the pointer', async () => {
    hand = new Hand(BOXES);
    await hand.move(hand.query('#one'));
    await hand.down(hand.query('#one'));
    hand.listen('pointerdown pointermove pointerup mousedown', window, (event) => ` ${(event as MouseEvent).buttons}`);
    await hand.down(hand.query('#one'), { button: 2 });
    await hand.up(hand.query('#one'), { button: 2 });
    await hand.up(hand.query('#one'));
    expect(hand.take()).to.deep.equal(['pointermove@one 3', 'mousedown@one 3', 'pointermove@one 1', 'pointerup@one 0']);
  });

  it('gives its events to the element that captures it, until the release', async () => {
    hand = new Hand(BOXES);
    const one = hand.query('#one');
    const has: boolean[] = [];
    one.addEventListener('pointerdown', ({ pointerId }) => {
      one.setPointerCapture(pointerId);
      has.push(one.hasPointerCapture(pointerId));
    });
    await hand.move(one);
    await hand.down(one);
    hand.listen('gotpointercapture pointermove mousemove pointerup lostpointercapture click');
    await hand.move(hand.query('#two'));
    await hand.up(hand.query('#two'));
    expect(has).to.deep.equal([true]);
    expect(hand.take()).to.deep.equal([
      'gotpointercapture@one',
      'pointermove@one',
      'mousemove@one',
      'pointerup@one',
      'lostpointercapture@one',
      'click@one',
    ]);
    expect(one.hasPointerCapture(POINTER_ID)).to.equal(false);
  });

  it("leaves the captures of real pointers to the browser's own methods", () => {
    hand = new Hand(BOXES, { isIdle: true });
    const asked: unknown[] = [];
    const { prototype } = Element;
    const { setPointerCapture, hasPointerCapture } = prototype;
    prototype.setPointerCapture = function set(id) {
      asked.push(this, id);
    };
    try {
      hand.engine.start();
      const one = hand.query('#one');
      one.setPointerCapture(1);
      expect(asked).to.deep.equal([one, 1]);
      expect(one.hasPointerCapture(1)).to.equal(false);
      hand.engine.stop();
    } finally {
      prototype.setPointerCapture = setPointerCapture;
    }
    expect(prototype.hasPointerCapture).to.equal(hasPointerCapture);
    expect(() => hand.query('#one').setPointerCapture(4711)).to.throw(DOMException, /pointer/i);
  });

  it('goes on after handlers that throw', async () => {
    hand = new Hand(BOXES);
    const errors: string[] = [];
    const { onerror } = window;
    window.onerror = (message) => errors.push(message as string) > 0;
    for (const type of ['pointerdown', 'mousedown', 'mouseup']) {
      hand.query('#one').addEventListener(type, () => {
        throw new Error(`of the page's ${type}`);
      });
    }
    hand.listen('click');
    const outcome = await hand.click(hand.query('#one'));
    window.onerror = onerror;
    expect([outcome.status, hand.take(), errors.length]).to.deep.equal(['ok', ['click@one'], 3]);
  });

  it('closes the popover and the dialog that a press outside closes', async () => {
    hand = new Hand(
      `<div id="pop" popover style="inset:20px auto auto 20px;margin:0;width:60px;height:60px"></div>
       <div id="far" style="position:absolute;left:200px;top:200px;width:60px;height:60px"></div>`,
    );
    hand.query('#pop').showPopover();
    await hand.click(hand.query('#pop'));
    expect(hand.query('#pop').matches(':popover-open')).to.equal(true);
    await hand.click(hand.query('#far'));
    expect(hand.query('#pop').matches(':popover-open')).to.equal(false);
  });
});
