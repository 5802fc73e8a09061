import { expect } from '@open-wc/testing';
import { mirroredPage, until, type MirroredPage, type Query } from './testing/mirrored-page.js';

let mirrored: MirroredPage;
const start = async (html: string, options: Parameters<typeof mirroredPage>[0] = {}) =>
  (mirrored = await mirroredPage({ html, ...options }));
const query: Query = (selector) => mirrored.page.querySelector(selector)!;
const frameDocument = () => mirrored.player.frame!.contentDocument!;

afterEach(() => {
  mirrored?.stop();
});

describe('what appears in the mirror', () => {
  it('shows the page as it is', async () => {
    await start('<h1 class="title">Blue kettle</h1>');
    expect(mirrored.twin(query('h1')).outerHTML).to.equal('<h1 class="title">Blue kettle</h1>');
    expect(mirrored.errors).to.be.empty;
  });

  it('shows changed text, attributes, added and removed elements', async () => {
    await start('<p id="a">one</p><ul></ul>');
    query('#a').textContent = 'two';
    query('#a').setAttribute('title', 'second');
    query('ul').innerHTML = '<li>x</li><li>y</li>';
    await until(() => mirrored.twin(query('ul')).children.length === 2);
    expect(mirrored.twin(query('#a')).textContent).to.equal('two');
    expect(mirrored.twin(query('#a')).title).to.equal('second');
    query('li').remove();
    await until(() => mirrored.twin(query('ul')).textContent === 'y');
  });

  it('shows elements in their new order', async () => {
    await start('<ul><li>1</li><li>2</li><li>3</li></ul>');
    const list = query('ul');
    list.prepend(list.lastElementChild!);
    await until(() => mirrored.twin(list).textContent === '312');
  });

  it('shows open shadow roots and their adopted sheets', async () => {
    await start('<div id="host"></div>');
    const root = query('#host').attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('b { color: rgb(1, 2, 3) }');
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = '<b>inside</b>';
    const bold = () => mirrored.twin(query('#host'))?.shadowRoot?.querySelector('b');
    await until(() => bold() && getComputedStyle(bold()!).color === 'rgb(1, 2, 3)');
    root.querySelector('b')!.textContent = 'changed';
    await until(() => bold()?.textContent === 'changed');
  });

  it('shows same-origin frames, and each change in them once, also after more epochs', async () => {
    await start('<iframe srcdoc="<p>framed</p><ul></ul>"></iframe>');
    const frame = query<HTMLIFrameElement>('iframe');
    const twin = () => mirrored.twin(frame)?.contentDocument;
    await until(() => twin()?.querySelector('p')?.textContent === 'framed');
    for (let epoch = mirrored.recorder.epoch, i = 0; i < 2; i += 1) {
      mirrored.recorder.startEpoch();
      await until(() => mirrored.recorder.epoch > epoch);
      epoch = mirrored.recorder.epoch;
      await until(() => twin()?.querySelector('ul'));
    }
    const before = mirrored.consumer.sent.length;
    frame.contentDocument!.querySelector('ul')!.innerHTML = '<li>one</li>';
    await until(() => twin()?.querySelectorAll('li').length === 1);
    expect((await mirrored.leaked()).split('"one"').length - 1).to.equal(1);
    expect(mirrored.consumer.sent.length - before).to.equal(1);
  });

  it('shows sheets of the document and rules put into them', async () => {
    await start('<style id="s">i { color: red }</style><i>text</i>');
    query<HTMLStyleElement>('#s').sheet!.insertRule('i { letter-spacing: 7px !important }');
    await until(() => getComputedStyle(mirrored.twin(query('i'))).letterSpacing === '7px');
  });

  it('opens a modal dialog and leaves the focus where it was', async () => {
    await start('<dialog><button>Yes</button></dialog>');
    const field = document.createElement('input');
    mirrored.player.frame!.after(field);
    field.focus();
    const dialog = query<HTMLDialogElement>('dialog');
    dialog.showModal();
    field.focus();
    dialog.querySelector('button')!.focus();
    await until(() => mirrored.twin(dialog).matches(':modal'));
    expect(document.activeElement).to.equal(dialog.querySelector('button'));
    dialog.close();
    await until(() => !mirrored.twin(dialog).open);
  });

  it('scrolls at once, whatever the page says of smoothness', async () => {
    await start(
      '<div id="box" style="height:100px;overflow:auto;scroll-behavior:smooth"><p style="height:3000px"></p></div>',
    );
    query('#box').scrollTo({ top: 1500, behavior: 'instant' });
    await until(() => mirrored.twin(query('#box')).scrollTop === 1500);
    mirrored.recorder.startEpoch();
    const twin = mirrored.twin(query('#box'));
    await until(() => mirrored.twin(query('#box')) !== twin);
    expect(mirrored.twin(query('#box')).scrollTop).to.equal(1500);
  });

  it('shows what is typed, ticked and chosen', async () => {
    await start('<input id="t"><input id="c" type="checkbox"><select><option>a<option>b</select><textarea></textarea>');
    query<HTMLInputElement>('#t').value = 'hello';
    query<HTMLInputElement>('#c').click();
    query<HTMLSelectElement>('select').selectedIndex = 1;
    query<HTMLTextAreaElement>('textarea').value = 'lines\nof text';
    await until(() => mirrored.twin(query<HTMLTextAreaElement>('textarea')).value === 'lines\nof text');
    await until(() => mirrored.twin(query<HTMLInputElement>('#t')).value === 'hello');
    await until(() => mirrored.twin(query<HTMLInputElement>('#c')).checked);
    await until(() => mirrored.twin(query<HTMLSelectElement>('select')).value === 'b');
  });

  it('shows what is selected', async () => {
    await start('<p>some words</p>');
    getSelection()!.setBaseAndExtent(query('p').firstChild!, 0, query('p').firstChild!, 4);
    await until(() => frameDocument().getSelection()!.toString() === 'some');
    getSelection()!.removeAllRanges();
  });

  it('runs animations of the page', async () => {
    await start('<style>@keyframes k { to { opacity: 0 } } em { animation: k 10s }</style><em>x</em>');
    const [animation] = mirrored.twin(query('em')).getAnimations();
    expect(animation?.playState).to.equal('running');
  });

  it('tells the size in which the page is laid out, and the pointer', async () => {
    await start('<p>x</p>');
    expect(mirrored.sizes.at(-1)).to.deep.equal({
      width: document.documentElement.clientWidth,
      height: document.documentElement.clientHeight,
    });
    query('p').dispatchEvent(new MouseEvent('mousemove', { clientX: 30, clientY: 40, bubbles: true }));
    await until(() => mirrored.pointers.length > 0);
    expect(mirrored.pointers.at(-1)).to.deep.equal({ x: 30, y: 40, pressed: false });
    query('p').dispatchEvent(new PointerEvent('pointerdown', { clientX: 30, clientY: 41, bubbles: true }));
    await until(() => mirrored.pointers.at(-1)?.pressed);
    document.documentElement.dispatchEvent(new MouseEvent('mouseleave'));
    await until(() => mirrored.pointers.at(-1) === null);
  });

  it('keeps the box of a canvas', async () => {
    await start(
      '<canvas width="240" height="60"></canvas><canvas width="100" height="50" style="width: 300px"></canvas>',
    );
    for (const canvas of mirrored.page.querySelectorAll('canvas')) {
      const { width, height } = canvas.getBoundingClientRect();
      await until(() => mirrored.twin(canvas)?.getBoundingClientRect().width === width);
      expect(mirrored.twin(canvas).getBoundingClientRect().height).to.equal(height);
    }
  });

  it('finds elements at a point and their boxes, in shadow trees and frames', async () => {
    await start(
      '<iframe style="position:fixed;left:50px;top:60px;border:3px solid" srcdoc="<body style=margin:0><b style=\'position:fixed;left:5px;top:5px;width:9px;height:9px\'></b>"></iframe>',
    );
    const frame = query<HTMLIFrameElement>('iframe');
    await until(() => frame.contentDocument?.querySelector('b'));
    await until(() => mirrored.twin(frame)?.contentDocument?.querySelector('b'));
    const bold = mirrored.twin(frame.contentDocument!.querySelector('b')!);
    expect(mirrored.player.elementAt(60, 70)).to.equal(bold);
    const { left, top, width } = mirrored.player.rectOf(bold);
    expect({ left, top, width }).to.deep.equal({ left: 58, top: 68, width: 9 });
  });
});
