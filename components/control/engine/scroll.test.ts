import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';

const BOXES = (inner = '') => `
  <div id="outer" style="overflow:auto;width:300px;height:300px">
    <div id="inner" style="overflow:auto;width:200px;height:200px;${inner}"><div id="long" style="height:260px;width:400px"></div></div>
    <div style="height:900px"></div>
  </div>`;

describe('scrolling', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  it('goes to the innermost box with room, and the other way with Shift', async () => {
    hand = new Hand(BOXES());
    await hand.wheel(hand.query('#long'), 0, 40, { fx: 0.1, fy: 0.2 });
    await hand.wheel(hand.query('#inner'), 0, 30, { shift: true });
    const { scrollTop, scrollLeft } = hand.query('#inner');
    expect([scrollTop, scrollLeft, hand.query('#outer').scrollTop]).to.deep.equal([40, 30, 0]);
  });

  it('passes on what the inner box has no room for', async () => {
    hand = new Hand(BOXES());
    hand.query('#inner').scrollTop = 1000;
    await hand.wheel(hand.query('#inner'), 0, 50);
    expect(hand.query('#outer').scrollTop).to.equal(50);
  });

  it('keeps it where the box says so', async () => {
    hand = new Hand(BOXES('overscroll-behavior:contain'));
    hand.query('#inner').scrollTop = 1000;
    await hand.wheel(hand.query('#inner'), 0, 50);
    expect(hand.query('#outer').scrollTop).to.equal(0);
  });

  it('stays with the box it began with', async () => {
    hand = new Hand(BOXES());
    await hand.wheel(hand.query('#inner'), 0, 500);
    await hand.wheel(hand.query('#inner'), 0, 50);
    expect(hand.query('#outer').scrollTop).to.equal(0);
  });

  it('is up to the page first, and is no scrolling with Ctrl', async () => {
    hand = new Hand(BOXES());
    const inner = hand.query('#inner');
    await hand.wheel(inner, 0, 40, { ctrl: true });
    inner.addEventListener('wheel', (event) => event.preventDefault());
    await hand.wheel(inner, 0, 40);
    expect(inner.scrollTop).to.equal(0);
  });

  it('works by keys in the box with focus', async () => {
    hand = new Hand(BOXES());
    const outer = hand.query('#outer');
    outer.tabIndex = 0;
    outer.focus();
    const tops: number[] = [];
    for (const key of ['ArrowDown', ' ', 'End', 'Home']) {
      await hand.press(key);
      tops.push(outer.scrollTop);
    }
    const { clientHeight, scrollHeight } = outer;
    expect(tops[0]).to.equal(40);
    expect(tops[1]).to.be.closeTo(40 + clientHeight * 0.875, 1);
    expect(tops.slice(2)).to.deep.equal([scrollHeight - clientHeight, 0]);
  });
});
