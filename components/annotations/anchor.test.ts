import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import { anchorFor, anchorStroke, positionOf } from './anchor.js';
import { isNear, inkPage } from './testing/ink-page.js';

const box = (left: number, top: number, width: number, height: number) =>
  `position: absolute; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
/** A stroke along a box's edge, a point every few pixels as a pen would draw it. */
function ring(left: number, top: number, right: number, bottom: number): number[] {
  const corners = [left, top, right, top, right, bottom, left, bottom, left, top];
  const points: number[] = [];
  for (let i = 0; i + 3 < corners.length; i += 2) {
    for (let share = 0; share < 1; share += 0.1) {
      const along = (from: number, to: number) => from + (to - from) * share;
      points.push(along(corners[i]!, corners[i + 2]!), along(corners[i + 1]!, corners[i + 3]!), 0.5);
    }
  }
  return points;
}

async function page(content: ReturnType<typeof html>) {
  const root = await fixture<HTMLElement>(html`<div style="position: fixed; inset: 0">${content}</div>`);
  return { root, get: (id: string) => root.querySelector<HTMLElement>(`#${id}`)! };
}

describe('anchors', () => {
  it('hold the deepest element that has an id, or the nearest around it', async () => {
    const { get } = await page(
      html`<section id="outer" style=${box(10, 10, 200, 100)}>
        <p id="inner" style="margin: 20px"><b id="deep">Text</b></p>
      </section>`,
    );
    const { space, know } = inkPage();
    const outer = know(get('outer'));
    const { left, top } = get('deep').getBoundingClientRect();
    expect(anchorFor(space, left + 2, top + 2)?.node).to.equal(outer);
    const inner = know(get('inner'));
    expect(anchorFor(space, left + 2, top + 2)?.node).to.equal(inner);
  });

  it('say where in the box the point is', async () => {
    const { get } = await page(html`<div id="a" style=${box(100, 50, 200, 80)}></div>`);
    const { space, know } = inkPage();
    const node = know(get('a'));
    expect(anchorFor(space, 150, 90)).to.deep.equal({ node, x: 0.25, y: 0.5 });
    expect(positionOf(space, { node, x: 0.25, y: 0.5 })).to.deep.equal({ x: 150, y: 90, visible: true });
  });

  it('are none where nothing has an id', async () => {
    await page(html`<div style=${box(0, 0, 50, 50)}></div>`);
    expect(anchorFor(inkPage().space, 20, 20)).to.equal(null);
    expect(anchorStroke(inkPage().space, [20, 20, 0.5])).to.equal(null);
    expect(positionOf(inkPage().space, { node: 7, x: 0, y: 0 })).to.equal(null);
  });

  it('are gone while the element is removed or not rendered, and back when it is back', async () => {
    const { root, get } = await page(html`<div id="a" style=${box(0, 0, 50, 50)}></div>`);
    const { space, know } = inkPage();
    const element = get('a');
    const anchor = { node: know(element), x: 0.5, y: 0.5 };
    const hide: [string, string][] = [
      ['display', 'none'],
      ['visibility', 'hidden'],
      ['opacity', '0'],
      ['height', '0'],
    ];
    for (const [property, value] of hide) {
      const before = element.style.getPropertyValue(property);
      element.style.setProperty(property, value);
      expect(positionOf(space, anchor), property).to.equal(null);
      element.style.setProperty(property, before);
      expect(positionOf(space, anchor)?.x, property).to.equal(25);
    }
    element.remove();
    expect(positionOf(space, anchor)).to.equal(null);
    root.append(element);
    expect(positionOf(space, anchor)).to.not.equal(null);
  });

  it('bound absurd shares', async () => {
    const { get } = await page(html`<div id="a" style=${box(0, 0, 50, 50)}></div>`);
    const { space, know } = inkPage();
    const far = positionOf(space, { node: know(get('a')), x: 1e300, y: -1e300 })!;
    expect(Number.isFinite(far.x) && Number.isFinite(far.y)).to.equal(true);
  });

  it('are found in shadow trees, slots and frames', async () => {
    const { root, get } = await page(
      html`<div id="host" style=${box(10, 10, 100, 60)}><i id="slotted">Slotted</i></div>`,
    );
    const shadow = get('host').attachShadow({ mode: 'open' });
    const inside = document.createElement('div');
    inside.style.cssText = box(0, 30, 100, 30);
    shadow.append(document.createElement('slot'), inside);
    const frame = document.createElement('iframe');
    frame.style.cssText = `${box(200, 20, 300, 200)}; border: 5px solid; padding: 7px; transform: scale(0.5); transform-origin: 0 0`;
    root.append(frame);
    const inner = frame.contentDocument!.createElement('div');
    inner.style.cssText = box(40, 20, 100, 100);
    frame.contentDocument!.body.append(inner);
    const { space, know } = inkPage({ knowsAll: true });
    expect(anchorFor(space, 20, 50)).to.deep.equal({ node: know(inside), x: 0.1, y: 0.33333 });
    expect(anchorFor(space, 14, 18)?.node).to.equal(know(get('slotted')));
    // 200 + half of (5 + 7 + 40 + 50), 20 + half of (5 + 7 + 20 + 50)
    expect(anchorFor(space, 251, 61)).to.deep.equal({ node: know(inner), x: 0.5, y: 0.5 });
    expect(positionOf(space, { node: know(inner), x: 0.5, y: 0.5 })).to.deep.equal({ x: 251, y: 61, visible: true });
  });
});

describe('a stroke', () => {
  it('belongs to the element under its middle, in points seen from there', async () => {
    const { get } = await page(html`<div id="a" style=${box(100, 100, 100, 100)}></div>`);
    const { space, know } = inkPage({ knowsAll: true });
    const placed = anchorStroke(space, ring(80, 120, 220, 180))!;
    expect(placed.anchor).to.deep.equal({ node: know(get('a')), x: 0.5, y: 0.5 });
    expect(placed.points.slice(0, 6)).to.deep.equal([-70, -30, 0.5, -56, -30, 0.5]);
  });

  it('belongs to something near rather than to the bare page', async () => {
    document.body.style.minHeight = '500px';
    const element = await fixture<HTMLElement>(html`<div style=${box(100, 100, 60, 40)}></div>`);
    const { space, know } = inkPage({ knowsAll: true });
    // A line beneath the element, and a ring that the page shows through.
    expect(anchorStroke(space, [100, 150, 0.5, 160, 150, 0.5])!.anchor.node).to.equal(know(element));
    expect(anchorStroke(space, ring(150, 90, 320, 230))!.anchor.node).to.equal(know(element));
    expect(anchorStroke(space, ring(400, 300, 440, 340))!.anchor.node).to.not.equal(know(element));
    document.body.style.minHeight = '';
  });

  it('around a scroll container belongs to the container, inside of it to its content', async () => {
    const { get } = await page(
      html`<div id="list" style="${box(50, 50, 200, 100)}; overflow: auto">
        <p id="row" style="height: 400px; margin: 0">Row</p>
      </div>`,
    );
    const { space, know } = inkPage({ knowsAll: true });
    expect(anchorStroke(space, ring(30, 30, 270, 170))!.anchor.node).to.equal(know(get('list')));
    expect(anchorStroke(space, ring(60, 70, 150, 110))!.anchor.node).to.equal(know(get('row')));
  });

  it('on text stays with the text when the box gets narrower', async () => {
    const { get } = await page(
      html`<p id="a" style="${box(100, 100, 400, 40)}; margin: 0"><span id="text">€ 129.00</span>, plain text</p>`,
    );
    const { space, know } = inkPage();
    const node = know(get('a'));
    const element = get('a');
    const text = () => get('text').getBoundingClientRect();
    for (const [align, direction] of [
      ['start', 'ltr'],
      ['start', 'rtl'],
      ['end', 'ltr'],
      ['right', 'ltr'],
      ['center', 'ltr'],
    ]) {
      Object.assign(element.style, { textAlign: align, direction, width: '400px' });
      const { left, right } = text();
      const placed = anchorStroke(space, ring(left, 105, right, 115))!;
      expect(placed.anchor.node).to.equal(node);
      element.style.width = '260px';
      const drawn = positionOf(space, placed.anchor)!.x + placed.points[0]!;
      expect(drawn, `${align} ${direction}`).to.be.closeTo(text().left, 0.6);
    }
  });

  it('keeps its place in the element wherever that goes', async () => {
    const { get } = await page(html`<div id="a"></div>`);
    const { space } = inkPage({ knowsAll: true });
    const element = get('a');
    const size = fc.integer({ min: 40, max: 300 });
    const at = fc.integer({ min: 0, max: 300 });
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const place = ([left, top, width, height]: readonly number[]) => {
      element.style.cssText = box(left!, top!, width!, height!);
    };
    const boxes = fc.tuple(at, at, size, size);
    const seed = 20_240_611;
    fc.assert(
      fc.property(boxes, boxes, share, share, (before, after, u, v) => {
        place(before);
        const [x, y] = [before[0] + u * before[2], before[1] + v * before[3]];
        const placed = anchorStroke(space, [x - 5, y, 0.5, x + 5, y, 0.5])!;
        place(after);
        const moved = positionOf(space, placed.anchor)!;
        expect(moved.x).to.be.closeTo(after[0] + u * after[2], 0.1);
        expect(moved.y).to.be.closeTo(after[1] + v * after[3], 0.1);
        // Its shape is its own, whatever size the element has.
        expect(placed.points[3]! - placed.points[0]!).to.be.closeTo(10, 0.11);
      }),
      { seed, numRuns: 150 },
    );
  });
});

describe('clipping', () => {
  it('hides what is scrolled out of its container, and not what escapes it', async () => {
    const { get } = await page(
      html`<div id="list" style="${box(50, 50, 200, 100)}; overflow: auto">
        <div style="height: 600px"><p id="row" style="height: 30px; margin: 0">Row</p></div>
        <p id="fixed" style="position: fixed; left: 60px; top: 300px; width: 50px; height: 20px; margin: 0">Fixed</p>
        <p id="out" style="position: absolute; left: 60px; top: 90px; width: 50px; height: 20px; margin: 0">Abs</p>
      </div>`,
    );
    const { space, know } = inkPage();
    const anchor = (id: string) => ({ node: know(get(id)), x: 0.5, y: 0.5 });
    expect(positionOf(space, anchor('row'))!.visible).to.equal(true);
    get('list').scrollTop = 200;
    expect(positionOf(space, anchor('row'))!.visible).to.equal(false);
    expect(positionOf(space, anchor('fixed'))!.visible).to.equal(true);
    expect(positionOf(space, anchor('out'))!.visible).to.equal(false);
    get('list').style.position = 'static';
    expect(positionOf(space, anchor('out'))!.visible).to.equal(true);
  });

  it('does not reach into the top layer', async () => {
    const { get } = await page(
      html`<div style="${box(50, 50, 40, 40)}; overflow: hidden; transform: scale(1)">
        <dialog id="dialog"><button id="ok">OK</button></dialog>
      </div>`,
    );
    get('dialog').addEventListener('cancel', (event) => event.preventDefault());
    (get('dialog') as HTMLDialogElement).showModal();
    const { space, know } = inkPage();
    expect(positionOf(space, { node: know(get('ok')), x: 0.5, y: 0.5 })!.visible).to.equal(true);
  });

  it('collapses with the container', async () => {
    const { get } = await page(
      html`<div id="fold" style="${box(50, 50, 200, 100)}; overflow: hidden"><p id="row">Row</p></div>`,
    );
    const { space, know } = inkPage();
    const anchor = { node: know(get('row')), x: 0.5, y: 0.5 };
    expect(isNear(positionOf(space, anchor)!.x, 150)).to.equal(true);
    get('fold').style.height = '0';
    expect(positionOf(space, anchor)).to.equal(null);
  });
});
