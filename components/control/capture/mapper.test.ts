import { expect, html } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import { captureDesk, type CaptureDesk } from '../../agent-view/testing/capture-desk.js';

let desk: CaptureDesk;

afterEach(async () => {
  await resetMouse();
  desk?.stop();
});

/** The pointer rests on a point of the element; what is told of it names the element and, to a pixel, the point. */
async function expectHit(element: Element, x = 0.5, y = 0.5): Promise<void> {
  desk.batches.length = 0;
  await sendMouse({ type: 'move', position: [1, 1] });
  const wanted = desk.spot(element, x, y);
  await sendMouse({ type: 'move', position: wanted });
  const isHit = () => desk.primitives.some(([kind, id]) => kind === 0 && id === desk.id(element));
  await desk.until(isHit, `a move over ${element.outerHTML}`);
  const move = desk.primitives.findLast(([kind]) => kind === 0) as [0, number, number, number, number];
  const { x: left, y: top } = desk.point([move[1], move[2], move[3]]);
  const there = desk.spotAt(left, top);
  expect(Math.abs(there[0] - wanted[0]), `x of ${JSON.stringify(move)}`).to.be.at.most(1);
  expect(Math.abs(there[1] - wanted[1]), `y of ${JSON.stringify(move)}`).to.be.at.most(1);
}

describe('the place under the pointer', () => {
  it('is the deepest element, in any part of it', async () => {
    desk = await captureDesk({ html: '<div style="padding:40px"><button>Buy</button></div>' });
    await expectHit(desk.query('button'), 0.2, 0.8);
    await expectHit(desk.query('div'), 0.9, 0.9);
  });

  it('goes through shadow roots, one in the other', async () => {
    desk = await captureDesk({ html: '<div></div>' });
    const outer = desk.query('div').attachShadow({ mode: 'open' });
    outer.innerHTML = '<section style="display:block;padding:20px"><span></span></section>';
    const inner = outer.querySelector('span')!.attachShadow({ mode: 'open' });
    inner.innerHTML = '<button style="width:120px;height:40px">In</button>';
    await desk.until(() => desk.id(inner.querySelector('button')!) > 0);
    await desk.until(
      () => inMirror(desk)?.querySelector('main > div')?.shadowRoot?.querySelector('span')?.shadowRoot?.firstChild,
    );
    await expectHit(inner.querySelector('button')!, 0.3, 0.6);
  });

  it('goes through frames of the same origin', async () => {
    desk = await captureDesk({
      html: '<iframe style="width:300px;height:150px;border:7px solid;margin:30px"></iframe>',
    });
    const { contentDocument } = desk.query<HTMLIFrameElement>('iframe');
    contentDocument!.body.innerHTML = '<button style="margin:25px;width:120px;height:40px">In the frame</button>';
    const button = contentDocument!.querySelector('button')!;
    const twin = () => inMirror(desk)?.querySelector('iframe')?.contentDocument?.querySelector('button');
    await desk.until(twin);
    await expectHit(button, 0.25, 0.75);
  });

  it('is right at any zoom, scrolled too', async () => {
    desk = await captureDesk({
      html: '<div style="padding:40px"><button>Buy</button></div>',
      tags: html`<cobrowse-agent-view zoom="0.5"></cobrowse-agent-view>`,
    });
    await expectHit(desk.query('button'), 0.5, 0.5);
    desk.view.zoom = 2;
    await desk.view.updateComplete;
    desk.find('.viewport')!.scrollTo(30, 40);
    await expectHit(desk.query('button'), 0.3, 0.5);
  });

  it('is right where the page is transformed, or written from right to left', async () => {
    desk = await captureDesk({
      html: `<div dir="rtl"><button id="rtl" style="width:90px">Right</button></div>
        <button id="turned" style="margin:60px;width:140px;height:60px;transform:rotate(30deg) scale(1.3)">Turned</button>`,
    });
    await expectHit(desk.query('#rtl'), 0.8, 0.5);
    await expectHit(desk.query('#turned'), 0.5, 0.5);
    await expectHit(desk.query('#turned'), 0.6, 0.45);
  });

  it('is a line of what is broken over lines', async () => {
    desk = await captureDesk({
      html: '<p style="width:120px;margin:20px"><a href="#x">a link that goes over lines</a></p>',
    });
    const [first, second] = desk.query('a').getClientRects();
    const box = desk.query('a').getBoundingClientRect();
    const share = (rect: DOMRect) =>
      [(rect.left + 10 - box.left) / box.width, (rect.top + 8 - box.top) / box.height] as const;
    await expectHit(desk.query('a'), ...share(first!));
    await expectHit(desk.query('a'), ...share(second!));
  });

  it('names a pixel of an element that is very long', async () => {
    desk = await captureDesk({ html: '<div style="height:90000px"></div>' });
    await expectHit(desk.query('div'), 0.5, 111 / 90_000);
  });
});

describe('the character under a press', () => {
  async function pressAt(node: Text, offset: number): Promise<unknown[]> {
    const range = node.ownerDocument.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    const rect = range.getBoundingClientRect();
    desk.batches.length = 0;
    const frame = node.ownerDocument.defaultView!.frameElement?.getBoundingClientRect();
    const position = desk.spotAt(
      (frame?.left ?? 0) + rect.left + rect.width * 0.25,
      (frame?.top ?? 0) + rect.top + rect.height / 2,
    );
    await sendMouse({ type: 'click', position });
    return (await desk.next(1)).slice(7);
  }

  it('is told with its node', async () => {
    desk = await captureDesk({ html: '<p style="font:30px monospace">Two <b>olive</b> trees</p>' });
    const text = desk.query('p').lastChild as Text;
    expect(await pressAt(text, 3)).to.deep.equal([desk.id(text), 3]);
    const bold = desk.query('b').firstChild as Text;
    expect(await pressAt(bold, 2)).to.deep.equal([desk.id(bold), 2]);
  });

  it('is found in shadow roots and frames', async () => {
    desk = await captureDesk({ html: '<div></div><iframe style="border:0;width:400px;height:90px"></iframe>' });
    const root = desk.query('div').attachShadow({ mode: 'open' });
    root.innerHTML = '<span style="font:30px monospace">in the shade</span>';
    const { contentDocument } = desk.query<HTMLIFrameElement>('iframe');
    contentDocument!.body.innerHTML = '<p style="font:30px monospace">in the frame</p>';
    await desk.until(() => inMirror(desk)?.querySelector('iframe')?.contentDocument?.querySelector('p'));
    await desk.until(() => inMirror(desk)?.querySelector('main > div')?.shadowRoot?.firstChild);
    const shaded = root.querySelector('span')!.firstChild as Text;
    expect(await pressAt(shaded, 7)).to.deep.equal([desk.id(shaded), 7]);
    const framed = contentDocument!.querySelector('p')!.firstChild as Text;
    expect(await pressAt(framed, 5)).to.deep.equal([desk.id(framed), 5]);
  });

  it('is not made up beside text, and not told of form fields', async () => {
    desk = await captureDesk({
      html: '<p style="width:300px;font:20px monospace">abc</p><input value="some words" />',
    });
    await sendMouse({ type: 'click', position: desk.spot(desk.query('p'), 0.8) });
    expect((await desk.next(1)).slice(7)).to.deep.equal([]);
    desk.batches.length = 0;
    await desk.click(desk.query('input'));
    expect((await desk.next(1)).slice(7)).to.deep.equal([]);
  });
});

function inMirror({ view }: CaptureDesk): Document | null {
  return view.shadowRoot!.querySelector('iframe')!.contentDocument;
}
