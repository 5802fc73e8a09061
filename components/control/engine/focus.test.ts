import { expect } from '@open-wc/testing';
import { deepActive } from './dom.js';
import { rememberClosedRoots } from './engine.js';
import { Hand } from './testing/hand.js';

describe('focus', () => {
  let hand: Hand;
  let undo: (() => void) | undefined;
  afterEach(() => {
    hand.stop();
    undo?.();
    undo = undefined;
  });

  /** The ids that Tab goes to, from nowhere, until it is out. */
  const walk = async (times: number, how = {}): Promise<string[]> => {
    const ids: string[] = [];
    for (let time = 0; time < times; time += 1) {
      await hand.press('Tab', how);
      ids.push(deepActive(document).id);
    }
    return ids;
  };

  it('goes to what is pressed, or to what is around it, and away', async () => {
    hand = new Hand(
      `<div id="around" tabindex="-1"><span id="in">text</span></div><p id="plain">plain</p><input id="field">`,
    );
    await hand.click(hand.query('#in'));
    expect(document.activeElement!.id).to.equal('around');
    await hand.click(hand.query('#field'));
    expect(document.activeElement!.id).to.equal('field');
    await hand.click(hand.query('#plain'));
    expect(document.activeElement).to.equal(document.body);
  });

  it('stays where a prevented mousedown leaves it', async () => {
    hand = new Hand('<input id="field"><button id="tool">B</button>');
    hand.query('#field').focus();
    hand.query('#tool').addEventListener('mousedown', (event) => event.preventDefault());
    hand.listen('click');
    await hand.click(hand.query('#tool'));
    expect([document.activeElement!.id, hand.take()]).to.deep.equal(['field', ['click@tool']]);
  });

  it('goes by Tab in the order of the page: positive indexes first, past what is disabled, inert or hidden', async () => {
    hand = new Hand(
      `<input id="one"><input id="first" tabindex="1"><button disabled></button><div inert><input></div>
       <input style="display:none"><input tabindex="-1"><a id="link" href="#x">x</a><span><input id="last"></span>`,
    );
    expect(await walk(4)).to.deep.equal(['first', 'one', 'link', 'last']);
    expect(await walk(2, { shift: true })).to.deep.equal(['link', 'one']);
  });

  it('selects all of a field that Tab goes to', async () => {
    hand = new Hand('<input id="one" value="all of it">');
    await hand.press('Tab');
    const { selectionStart, selectionEnd } = hand.query<HTMLInputElement>('#one');
    expect([selectionStart, selectionEnd]).to.deep.equal([0, 9]);
  });

  it('stops once at a group of radios, and starts from the last press', async () => {
    hand = new Hand(
      `<p id="start">here</p><input type="radio" name="g" id="a"><input type="radio" name="g" id="b" checked><input id="end">`,
    );
    await hand.click(hand.query('#start'));
    expect(await walk(2)).to.deep.equal(['b', 'end']);
  });

  it('goes by Tab into open shadow roots in slot order, and into frames', async () => {
    hand = new Hand(
      '<x-host id="host"><input id="light"></x-host><iframe id="frame" srcdoc="<input id=framed>"></iframe><input id="end">',
    );
    const frame = hand.query<HTMLIFrameElement>('#frame');
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    hand.query('#host').attachShadow({ mode: 'open' }).innerHTML = '<input id="before"><slot></slot><input id="after">';
    expect(await walk(5)).to.deep.equal(['before', 'light', 'after', 'framed', 'end']);
  });

  it('looks into closed shadow roots that are made after the hook', async () => {
    undo = rememberClosedRoots(window);
    hand = new Hand('<x-closed id="host"></x-closed>');
    const root = hand.query('#host').attachShadow({ mode: 'closed' });
    root.innerHTML = '<button id="in">In</button><input id="field">';
    const clicked: string[] = [];
    root.addEventListener('click', ({ target }) => clicked.push((target as Element).id));
    await hand.click(root.querySelector('#in')!);
    await hand.click(root.querySelector('#field')!);
    await hand.type('x');
    expect(clicked).to.deep.equal(['in', 'field']);
    expect(root.querySelector<HTMLInputElement>('#field')!.value).to.equal('x');
  });

  it('puts attachShadow back, unless the page has put its own over it', () => {
    hand = new Hand('');
    const { prototype } = Element;
    const before = Object.getOwnPropertyDescriptor(prototype, 'attachShadow')!;
    rememberClosedRoots(window)();
    expect(Object.getOwnPropertyDescriptor(prototype, 'attachShadow')).to.deep.equal(before);
    const put = rememberClosedRoots(window);
    const theirs = (prototype.attachShadow = function attachShadow(init) {
      return (before.value as Element['attachShadow']).call(this, init);
    });
    put();
    expect(prototype.attachShadow).to.equal(theirs);
    Object.defineProperty(prototype, 'attachShadow', before);
  });

  it('is handed on by a host that delegates it', async () => {
    hand = new Hand('<x-field id="host" style="display:block;padding:20px"></x-field>');
    const root = hand.query('#host').attachShadow({ mode: 'open', delegatesFocus: true });
    root.innerHTML = '<span>label</span><input id="inner">';
    await hand.click(hand.query('#host'), { fx: 0.9, fy: 0.9 });
    expect(deepActive(document).id).to.equal('inner');
  });

  it('stays in a modal dialog', async () => {
    hand = new Hand('<input id="out"><dialog id="modal"><input id="a"><input id="b"></dialog>');
    hand.query<HTMLDialogElement>('#modal').showModal();
    expect(await walk(4), 'and out to the browser between').to.deep.equal(['b', '', 'a', 'b']);
  });

  it('works in frames of the same origin: press, type, hover and focus', async () => {
    hand = new Hand('<input id="out"><iframe id="frame" style="border:5px solid"></iframe>');
    const frame = hand.query<HTMLIFrameElement>('#frame');
    const inner = frame.contentDocument!;
    inner.body.innerHTML = '<input id="field" style="margin:30px">';
    const field = inner.querySelector<HTMLInputElement>('#field')!;
    let seen: MouseEvent | undefined;
    field.addEventListener('mousemove', (event) => (seen = event));
    hand.listen('mouseover mousedown click input', inner.defaultView!);
    await hand.click(field);
    await hand.type('in');
    const [{ left, top, width, height }] = field.getClientRects() as unknown as [DOMRect];
    expect([seen!.clientX, seen!.clientY, seen!.view]).to.deep.equal([
      Math.floor(left + width / 2),
      Math.floor(top + height / 2),
      inner.defaultView,
    ]);
    expect([field.value, deepActive(document) === field]).to.deep.equal(['in', true]);
    expect(hand.take()).to.deep.equal([
      'mouseover@field',
      'mousedown@field',
      'click@field',
      'input@field',
      'input@field',
    ]);
  });
});
