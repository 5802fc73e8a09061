import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';

const PAGE = `
  <div id="card" draggable="true" style="position:absolute;left:10px;top:10px;width:60px;height:40px"></div>
  <div id="bin" style="position:absolute;left:200px;top:10px;width:80px;height:80px"></div>`;

const DRAG = 'dragstart drag dragenter dragover dragleave drop dragend';

describe('drag and drop', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  it('brings data to a target that takes it', async () => {
    hand = new Hand(PAGE);
    let dropped = '';
    let effect = '';
    hand.query('#card').addEventListener('dragstart', ({ dataTransfer }) => {
      dataTransfer!.setData('text/plain', 'card 7');
      dataTransfer!.effectAllowed = 'move';
    });
    hand.query('#card').addEventListener('dragend', ({ dataTransfer }) => (effect = dataTransfer!.dropEffect));
    hand.query('#bin').addEventListener('dragover', (event) => {
      event.preventDefault();
      event.dataTransfer!.dropEffect = 'move';
    });
    hand.query('#bin').addEventListener('drop', ({ dataTransfer }) => (dropped = dataTransfer!.getData('text/plain')));
    hand.listen(`${DRAG} pointercancel mouseup click`);
    await hand.drag(hand.query('#card'), hand.query('#bin'));
    const heard = hand.take();
    expect([dropped, effect]).to.deep.equal(['card 7', 'move']);
    expect(heard.slice(0, 2)).to.deep.equal(['dragstart@card', 'pointercancel@card']);
    expect(heard).to.include('dragenter@bin');
    expect(heard.slice(-2)).to.deep.equal(['drop@bin', 'dragend@card']);
    expect(heard.filter((name) => /mouseup|click/.test(name))).to.deep.equal([]);
  });

  it('does not drop where nobody asks for it', async () => {
    hand = new Hand(PAGE);
    hand.listen('drop dragleave dragend');
    await hand.drag(hand.query('#card'), hand.query('#bin'));
    expect(hand.take().slice(-2)).to.deep.equal(['dragleave@bin', 'dragend@card']);
  });

  it('does not begin when dragstart is prevented, and the mouse goes on', async () => {
    hand = new Hand(PAGE);
    hand.query('#card').addEventListener('dragstart', (event) => event.preventDefault());
    hand.listen('drag dragend mousemove mouseup');
    await hand.drag(hand.query('#card'), hand.query('#bin'));
    const heard = hand.take();
    expect(heard).to.include('mousemove@bin').and.not.include('dragend@card');
    expect(heard.at(-1)).to.equal('mouseup@bin');
  });

  it('ends with Escape', async () => {
    hand = new Hand(PAGE);
    hand.query('#bin').addEventListener('dragover', (event) => event.preventDefault());
    await hand.move(hand.query('#card'));
    await hand.down(hand.query('#card'));
    await hand.move(hand.query('#bin'));
    await hand.move(hand.query('#bin'), { fx: 0.6 });
    hand.listen('drop dragend');
    await hand.press('Escape');
    await hand.up(hand.query('#bin'));
    expect(hand.take()).to.deep.equal(['dragend@card']);
  });

  it('moves nothing to a target that is protected', async () => {
    hand = new Hand(PAGE);
    const bin = hand.query('#bin');
    bin.addEventListener('dragover', (event) => event.preventDefault());
    hand.verdict = (element) => (element === bin ? 'blocked' : null);
    hand.listen('dragenter drop', bin);
    await hand.drag(hand.query('#card'), bin);
    expect(hand.outcome).to.deep.equal({ status: 'refused', code: 'blocked', element: bin });
    expect(hand.take()).to.deep.equal([]);
  });

  it('drags selected text into a field', async () => {
    hand = new Hand('<p style="margin:0"><span id="text">word</span></p><input id="field" style="margin-top:40px">');
    getSelection()!.selectAllChildren(hand.query('#text'));
    hand.listen('dragstart drop input');
    await hand.drag(hand.query('#text'), hand.query('#field'));
    expect(hand.query<HTMLInputElement>('#field').value).to.equal('word');
    expect(hand.take().slice(-2)).to.deep.equal(['drop@field', 'input@field']);
  });

  it('selects text from the press to the release', async () => {
    hand = new Hand('<p style="margin:0"><span id="text">one two three</span></p>');
    const text = hand.query('#text');
    await hand.drag(text, text, { start: { fx: 0.01 }, end: { fx: 0.54 } });
    expect(getSelection()!.toString()).to.equal('one two');
  });
});

describe('a finger', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  it('taps by touch events first, then by those of a mouse', async () => {
    hand = new Hand('<button id="go">Go</button>', { isTouch: () => true });
    hand.listen('pointerdown touchstart pointerup touchend mousedown mouseup click');
    await hand.down(hand.query('#go'));
    await hand.up(hand.query('#go'));
    const heard = hand.take();
    expect(heard).to.deep.equal(
      ['pointerdown', 'touchstart', 'pointerup', 'touchend', 'mousedown', 'mouseup', 'click'].map(
        (type) => `${type}@go`,
      ),
    );
  });

  it('scrolls when it goes further than a tap', async () => {
    hand = new Hand(
      `<div id="box" style="overflow:auto;width:200px;height:200px"><div id="long" style="height:900px"></div></div>`,
      { isTouch: () => true },
    );
    hand.listen('pointercancel click');
    const box = hand.query('#box');
    await hand.down(box, { fy: 0.9 });
    await hand.move(box, { fy: 0.6 });
    await hand.move(box, { fy: 0.4 });
    await hand.up(box, { fy: 0.4 });
    expect(box.scrollTop).to.be.within(80, 100);
    expect(hand.take()).to.deep.equal(['pointercancel@long']);
  });

  it('moves the thumb of a slider, and sets it by a tap', async () => {
    hand = new Hand('<input id="slider" type="range" min="0" max="10" value="0" style="width:216px;margin:20px">', {
      isTouch: () => true,
    });
    const slider = hand.query<HTMLInputElement>('#slider');
    hand.listen('input change');
    await hand.down(slider, { fx: 0.04 });
    await hand.move(slider, { fx: 0.5 });
    expect([slider.value, hand.take()]).to.deep.equal(['5', ['input@slider']]);
    await hand.up(slider, { fx: 0.5 });
    expect(hand.take()).to.deep.equal(['change@slider']);
    await hand.down(slider, { fx: 0.96 });
    await hand.up(slider, { fx: 0.96 });
    expect([slider.value, hand.take()]).to.deep.equal(['10', ['input@slider', 'change@slider']]);
  });

  it('asks for the picker of what it taps', async () => {
    hand = new Hand('<input id="date" type="date"><select id="select"><option>a</select>', { isTouch: () => true });
    for (const id of ['#date', '#select']) {
      await hand.down(hand.query(id));
      expect(await hand.up(hand.query(id))).to.deep.equal({ status: 'picker', element: hand.query(id) });
    }
  });

  it('presses nothing that is protected', async () => {
    hand = new Hand('<button id="no">No</button>', { isTouch: () => true });
    const element = hand.query('#no');
    hand.verdict = (asked) => (asked === element ? 'blocked' : null);
    hand.listen('pointerdown touchstart touchend click');
    expect(await hand.down(element)).to.deep.equal({ status: 'refused', code: 'blocked', element });
    await hand.up(element);
    expect(hand.take()).to.deep.equal([]);
  });
});
