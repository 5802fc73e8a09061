import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';
import type { Outcome } from './types.js';

/** All own properties of what the engine puts hooks on, by the place they are at. */
function patchable(realm: Window & typeof globalThis): Map<string, PropertyDescriptor> {
  const holders: Record<string, object | null> = {
    element: realm.Element.prototype,
    html: realm.HTMLElement.prototype,
    input: realm.HTMLInputElement.prototype,
    select: realm.HTMLSelectElement.prototype,
    navigator: Object.getPrototypeOf(realm.navigator) as object,
    clipboard: Object.getPrototypeOf(realm.navigator.clipboard) as object,
    media: Object.getPrototypeOf(realm.navigator.mediaDevices) as object,
    credentials: Object.getPrototypeOf(realm.navigator.credentials) as object,
    notification: realm.Notification,
    payment: (realm as { PaymentRequest?: { prototype: object } }).PaymentRequest?.prototype ?? null,
  };
  const found = new Map<string, PropertyDescriptor>();
  for (const [place, holder] of Object.entries(holders)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(holder ?? {}))) {
      found.set(`${place}.${name}`, descriptor);
    }
  }
  for (const name of ['open', 'print', 'alert', 'confirm', 'prompt', 'showOpenFilePicker', 'showSaveFilePicker']) {
    const descriptor = Object.getOwnPropertyDescriptor(realm, name);
    if (descriptor) found.set(`window.${name}`, descriptor);
  }
  return found;
}

function differences(before: Map<string, PropertyDescriptor>, after: Map<string, PropertyDescriptor>): string[] {
  const isSame = (one?: PropertyDescriptor, other?: PropertyDescriptor) =>
    (['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const).every((key) =>
      Object.is(one?.[key], other?.[key]),
    );
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isSame(before.get(key), after.get(key)));
}

const CSS_TEXT = `
  .card { color: rgb(0, 0, 0) }
  .card:hover, .card:focus { color: rgb(255, 0, 0) }
  .card:not(:hover) { opacity: 0.5 }
  .md\\:hover\\:bold:hover { font-weight: 700 }
  @media all { .outer { &:hover .inner { color: rgb(0, 0, 255) } } }
  .thumb::-webkit-scrollbar-thumb:hover { color: red }`;

describe('the hooks of control', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  it('leave every method as it was, here and in frames', async () => {
    const before = patchable(window);
    hand = new Hand('<iframe id="frame"></iframe>', { isIdle: true });
    const inner = hand.query<HTMLIFrameElement>('#frame').contentWindow as Window & typeof globalThis;
    const innerBefore = patchable(inner);
    hand.engine.start();
    const changed = differences(before, patchable(window));
    expect(changed).to.include.members([
      'element.setPointerCapture',
      'element.releasePointerCapture',
      'element.hasPointerCapture',
      'element.requestFullscreen',
      'html.click',
      'input.showPicker',
      'clipboard.writeText',
      'window.open',
      'window.alert',
    ]);
    expect(differences(innerBefore, patchable(inner))).to.include.members(['window.open', 'html.click']);
    await hand.click(hand.page);
    hand.engine.stop();
    expect(differences(before, patchable(window))).to.deep.equal([]);
    expect(differences(innerBefore, patchable(inner))).to.deep.equal([]);
  });

  it('keep the names and lengths of what they stand for', () => {
    const before = patchable(window);
    hand = new Hand('');
    for (const [name, { value }] of patchable(window)) {
      const original: unknown = before.get(name)?.value;
      if (typeof value !== 'function' || typeof original !== 'function') continue;
      const ours = value as () => void;
      expect([ours.name, ours.length], name).to.deep.equal([original.name, original.length]);
    }
  });

  it('leave what a page has put over them, and do nothing any more under it', () => {
    const { open } = window;
    const calls: unknown[][] = [];
    const native = (window.open = ((...rest: unknown[]) => {
      calls.push(rest);
      return null;
    }) as typeof open);
    hand = new Hand('');
    const ours = window.open;
    const theirs = (window.open = ((url, name) => ours(url, name)) as typeof open);
    hand.engine.stop();
    expect(window.open).to.equal(theirs);
    expect(window.open).not.to.equal(native);
    window.open('/there', '_blank');
    window.open = open;
    expect([calls, hand.needs]).to.deep.equal([[['/there', '_blank']], []]);
  });

  it('make hover styles show, and leave the sheets as they were', async () => {
    hand = new Hand(
      `<div id="card" class="card">card</div><div id="bold" class="md:hover:bold">bold</div>
       <div id="outer" class="outer"><p id="inner" class="inner">in</p></div><p id="far">far</p>`,
      { css: CSS_TEXT },
    );
    const sheet = hand.query<HTMLStyleElement>('style').sheet!;
    const text = () => [...sheet.cssRules].map(({ cssText }) => cssText);
    const style = (id: string) => getComputedStyle(hand.query(id));
    const before = text();
    await hand.move(hand.query('#card'));
    expect([style('#card').color, style('#card').opacity]).to.deep.equal(['rgb(255, 0, 0)', '1']);
    await hand.move(hand.query('#bold'));
    expect([style('#bold').fontWeight, style('#card').opacity]).to.deep.equal(['700', '0.5']);
    await hand.move(hand.query('#inner'));
    expect([style('#inner').color, style('#bold').fontWeight]).to.deep.equal(['rgb(0, 0, 255)', '400']);
    hand.engine.stop();
    expect(text()).to.deep.equal(before);
    expect(hand.page.innerHTML + document.documentElement.outerHTML.split('<body')[0]!).to.not.include(
      'data-cobrowse-hover',
    );
    expect(style('#inner').color).to.not.equal('rgb(0, 0, 255)');
  });

  it('find sheets that come later, those of shadow roots, and start again after a stop', async () => {
    hand = new Hand('<div id="host"></div><p id="late" class="late">late</p>');
    const root = hand.query('#host').attachShadow({ mode: 'open' });
    root.innerHTML = '<p id="in">in</p>';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('p { color: rgb(0, 0, 0) } p:hover { color: rgb(0, 128, 0) }');
    root.adoptedStyleSheets = [sheet];
    const inside = root.querySelector('#in')!;
    await hand.move(inside);
    expect(getComputedStyle(inside).color).to.equal('rgb(0, 128, 0)');
    const late = document.createElement('style');
    late.textContent = '.late:hover { color: rgb(1, 2, 3) }';
    hand.page.append(late);
    await hand.move(hand.query('#late'));
    expect(getComputedStyle(hand.query('#late')).color).to.equal('rgb(1, 2, 3)');
    hand.engine.stop();
    hand.engine.start();
    sheet.replaceSync('p { color: rgb(0, 0, 0) } p:hover { color: rgb(4, 5, 6) }');
    await hand.move(inside);
    expect(getComputedStyle(inside).color, 'new rules, as many as before').to.equal('rgb(4, 5, 6)');
    await hand.move(hand.query('#late'));
    expect(getComputedStyle(hand.query('#late')).color).to.equal('rgb(1, 2, 3)');
  });
});

describe('the steps', () => {
  let hand: Hand;
  afterEach(() => hand.stop());
  const mods = { ctrl: false, shift: false, alt: false, meta: false };
  const text = (letters: string) => hand.engine.perform({ t: 'text', text: letters, ime: false });

  it('are not performed before the start and after the stop', async () => {
    hand = new Hand('<input id="field">', { isIdle: true });
    hand.query('#field').focus();
    const refused = { status: 'refused', code: 'no-control' };
    expect(await text('a')).to.deep.equal(refused);
    hand.engine.start();
    expect(await text('b')).to.deep.equal({ status: 'ok' });
    hand.engine.stop();
    expect(await text('c')).to.deep.equal(refused);
    expect(hand.query<HTMLInputElement>('#field').value).to.equal('b');
  });

  it('are performed one after the other, whoever asks and when', async () => {
    hand = new Hand('<button id="go">Go</button>');
    const go = hand.query('#go');
    const place = { ...hand.at(go), mods };
    const press = (t: 'down' | 'up', clicks = 1) => hand.engine.perform({ t, ...place, button: 0, clicks });
    await hand.move(go);
    hand.listen('pointerdown mousedown pointerup mouseup click keydown keyup');
    const down = press('down');
    expect([hand.engine.busy, hand.take()], 'at once').to.deep.equal([true, ['pointerdown@go']]);
    // asked for when the first is done, with the second in line already
    const key = down.then(() =>
      hand.engine.perform({ t: 'keydown', key: 'x', code: 'KeyX', keyCode: 88, location: 0, repeat: false, mods }),
    );
    await Promise.all([press('up'), key]);
    expect(hand.take()).to.deep.equal(['mousedown@go', 'pointerup@go', 'mouseup@go', 'click@go', 'keydown@go']);
    expect(hand.engine.busy).to.equal(false);
  });

  it('end where they are when control is taken back in the middle', async () => {
    hand = new Hand('<button id="go">Go</button>');
    const go = hand.query('#go');
    go.addEventListener('pointerdown', () => hand.engine.stop());
    await hand.move(go);
    hand.listen('mousedown click');
    const outcomes: Promise<Outcome>[] = [hand.down(go), hand.up(go)];
    for (const outcome of await Promise.all(outcomes)) {
      expect(outcome).to.deep.equal({ status: 'refused', code: 'no-control' });
    }
    expect(hand.take()).to.deep.equal([]);
  });

  it('let what a handler has promised happen before the next event', async () => {
    hand = new Hand('<button id="go">Go</button>');
    const order: string[] = [];
    const go = hand.query('#go');
    go.addEventListener('pointerdown', () => void Promise.resolve().then(() => order.push('promise')));
    go.addEventListener('mousedown', () => order.push('mousedown'));
    await hand.click(go);
    expect(order).to.deep.equal(['promise', 'mousedown']);
  });

  it('outlast an element that goes away in the middle of a key', async () => {
    hand = new Hand('<input id="field"><input id="other">');
    const field = hand.query('#field');
    field.focus();
    field.addEventListener('keydown', () => field.remove());
    expect(await hand.press('a')).to.deep.equal({ status: 'ok' });
    await hand.click(hand.query('#other'));
    await hand.type('b');
    expect(hand.query<HTMLInputElement>('#other').value).to.equal('b');
  });

  it('outlast a frame that goes away under the pointer', async () => {
    hand = new Hand('<iframe id="frame" style="position:absolute;left:0;top:0"></iframe><p id="far">far</p>');
    const frame = hand.query<HTMLIFrameElement>('#frame');
    await hand.move(frame);
    frame.contentDocument!.addEventListener('pointerdown', () => frame.remove());
    const outcome = await hand.down(frame);
    expect(outcome.status).to.equal('ok');
    expect((await hand.click(hand.query('#far'))).status).to.equal('ok');
  });

  it('let go of the buttons and keys that are held when control ends', async () => {
    hand = new Hand('<button id="go">Go</button>');
    await hand.move(hand.query('#go'));
    await hand.down(hand.query('#go'));
    await hand.keyDown('Shift', { shift: true });
    hand.listen('pointerup mouseup click keyup', window, (event) => ` ${String((event as MouseEvent).shiftKey)}`);
    hand.engine.stop();
    expect(hand.take()).to.deep.equal(['pointerup@go true', 'mouseup@go true', 'keyup@go false']);
  });
});
