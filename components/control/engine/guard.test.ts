import { expect } from '@open-wc/testing';
import type { RefusalCode } from '../../../protocol/index.js';
import { Hand } from './testing/hand.js';
import type { Act } from './types.js';

const isMac = navigator.platform.startsWith('Mac');
const main = isMac ? { meta: true } : { ctrl: true };

describe('what the agent may not do', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  /** Refuses what is told of an element, for these acts. */
  const protect = (selector: string, code: RefusalCode, ...acts: Act[]) => {
    const element = hand.query(selector);
    hand.verdict = (asked, act) => (asked === element && acts.includes(act) ? code : null);
    return { status: 'refused', code, element } as const;
  };

  it('is not pressed: no event reaches it', async () => {
    hand = new Hand('<button id="no">No</button>');
    const refused = protect('#no', 'blocked', 'press');
    await hand.move(hand.query('#no'));
    hand.listen('pointerdown mousedown mouseup click focus');
    expect(await hand.click(hand.query('#no'))).to.deep.equal(refused);
    expect(hand.take()).to.deep.equal([]);
  });

  it('is not typed, pasted or composed into, nor set; Tab leaves it', async () => {
    hand = new Hand('<input id="card" value="4"><input id="next">');
    const refused = protect('#card', 'masked', 'type');
    const card = hand.query<HTMLInputElement>('#card');
    card.focus();
    hand.listen('keydown input paste compositionstart');
    expect(await hand.press('a')).to.deep.equal(refused);
    expect(await hand.press('Backspace')).to.deep.equal(refused);
    expect(await hand.perform({ t: 'paste', text: 'x' })).to.deep.equal(refused);
    expect(await hand.perform({ t: 'text', text: 'x', ime: true })).to.deep.equal(refused);
    expect(await hand.perform({ t: 'set', element: card, value: '5' })).to.deep.equal(refused);
    expect([card.value, hand.take()]).to.deep.equal(['4', []]);
    expect(await hand.press('Tab')).to.deep.equal({ status: 'ok' });
    expect(document.activeElement!.id).to.equal('next');
  });

  it('is not typed into by a handler that moves the focus there', async () => {
    hand = new Hand('<input id="one"><input id="card">');
    const refused = protect('#card', 'masked', 'type');
    hand.query('#one').focus();
    hand.query('#one').addEventListener('keydown', () => hand.query('#card').focus());
    hand.listen('input');
    expect(await hand.press('7')).to.deep.equal(refused);
    expect([hand.query<HTMLInputElement>('#card').value, hand.take()]).to.deep.equal(['', []]);
  });

  it('is not copied: neither a field nor a selection that it is a part of', async () => {
    hand = new Hand('<input id="pin" value="1234"><p id="text">a <b id="name">Ann</b> c</p>');
    const pin = hand.query<HTMLInputElement>('#pin');
    let refused = protect('#pin', 'masked', 'copy');
    pin.focus();
    pin.select();
    hand.listen('copy cut');
    expect(await hand.press('c', main)).to.deep.equal(refused);
    expect(await hand.press('x', main)).to.deep.equal(refused);
    expect([hand.copied, pin.value, hand.take()]).to.deep.equal([[], '1234', []]);
    pin.blur();
    refused = protect('#name', 'masked', 'copy');
    getSelection()!.selectAllChildren(hand.query('#text'));
    expect(await hand.press('c', main)).to.deep.equal(refused);
    getSelection()!.collapse(hand.query('#text').firstChild, 0);
    getSelection()!.extend(hand.query('#text').firstChild!, 1);
    expect(await hand.press('c', main)).to.deep.equal({ status: 'ok' });
    expect(hand.copied).to.deep.equal(['a']);
  });

  it('gets no focus, by press or Tab', async () => {
    hand = new Hand('<input id="before"><input id="no"><input id="after">');
    const refused = protect('#no', 'blocked', 'focus');
    hand.query('#before').focus();
    hand.listen('focus', hand.query('#no'));
    expect(await hand.press('Tab')).to.deep.equal(refused);
    expect(document.activeElement).to.equal(document.body);
    await hand.press('Tab');
    expect(document.activeElement!.id, 'and goes on behind it').to.equal('after');
    await hand.click(hand.query('#no'));
    expect(hand.take()).to.deep.equal([]);
  });

  it('is not worked by its label', async () => {
    hand = new Hand('<label id="label" for="no">Yes</label><input id="no" type="checkbox">');
    const refused = protect('#no', 'blocked', 'press');
    expect(await hand.click(hand.query('#label'))).to.deep.equal(refused);
    expect(hand.query<HTMLInputElement>('#no').checked).to.equal(false);
  });

  it('is not opened by its button', async () => {
    hand = new Hand('<button id="open" popovertarget="no">Open</button><div id="no" popover></div>');
    const refused = protect('#no', 'blocked', 'press');
    expect(await hand.click(hand.query('#open'))).to.deep.equal(refused);
    expect(hand.query('#no').matches(':popover-open')).to.equal(false);
  });

  it('is not submitted by Enter in its field', async () => {
    hand = new Hand('<form id="form"><input id="field"><button id="no">Pay</button></form>');
    const refused = protect('#no', 'blocked', 'press');
    hand.listen('submit click');
    hand.query('#field').focus();
    expect(await hand.press('Enter')).to.deep.equal(refused);
    expect(hand.take()).to.deep.equal([]);
  });

  it('is not clicked by a script of the page on the way', async () => {
    hand = new Hand('<button id="detour">Go</button><input id="no" type="checkbox">');
    const refused = protect('#no', 'blocked', 'press');
    hand.query('#detour').addEventListener('click', () => hand.query('#no').click());
    hand.listen('change');
    expect(await hand.click(hand.query('#detour'))).to.deep.equal(refused);
    expect([hand.query<HTMLInputElement>('#no').checked, hand.take()]).to.deep.equal([false, []]);
  });

  it('is not chosen by arrows in its group of radios', async () => {
    hand = new Hand('<input type="radio" name="r" id="one" checked><input type="radio" name="r" id="no">');
    const refused = protect('#no', 'blocked', 'press');
    hand.query('#one').focus();
    expect(await hand.press('ArrowDown')).to.deep.equal(refused);
    expect(hand.query<HTMLInputElement>('#no').checked).to.equal(false);
  });
});

describe('what only the consumer can do', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  const needs = (what: string, element?: Element, url?: string) => ({
    status: 'refused',
    code: 'needs-consumer',
    ...(element ? { element } : {}),
    what,
    ...(url === undefined ? {} : { url }),
  });
  /** A button whose click runs it. */
  const button = (run: () => unknown): HTMLElement => {
    hand = new Hand('<button id="go">Go</button>');
    hand.query('#go').addEventListener('click', run);
    return hand.query('#go');
  };

  it('is to choose a file: by its field, its label, or a field out of the page', async () => {
    hand = new Hand(
      '<label id="label" for="file">File</label><input id="file" type="file"><button id="go">Go</button>',
    );
    const file = hand.query('#file');
    const out = document.createElement('input');
    out.type = 'file';
    hand.query('#go').addEventListener('click', () => out.click());
    expect(await hand.click(file)).to.deep.equal(needs('file', file));
    expect(await hand.click(hand.query('#label'))).to.deep.equal(needs('file', file));
    expect(await hand.click(hand.query('#go'))).to.deep.equal(needs('file', out));
  });

  it('is to open a window, but not this one', async () => {
    let opened: unknown = 'nothing';
    const go = button(() => (opened = window.open('/help', '_blank')));
    expect(await hand.click(go)).to.deep.equal(needs('window', undefined, `${location.origin}/help`));
    expect(opened).to.equal(null);
  });

  it('is named when it comes a little after the step too', async () => {
    let open = () => {};
    const go = button(() => (open = () => window.open('/late')));
    await hand.click(go);
    open();
    expect(hand.needs).to.deep.equal([{ what: 'window', url: `${location.origin}/late` }]);
  });

  it('is to go fullscreen and to use the clipboard: the page is told why not', async () => {
    const errors: string[] = [];
    const note = (error: DOMException) => errors.push(error.name);
    const go = button(() => void go.requestFullscreen().catch(note));
    expect(await hand.click(go)).to.deep.equal(needs('fullscreen', go));
    hand.stop();
    const copy = button(() => void navigator.clipboard.writeText('x').catch(note));
    expect(await hand.click(copy)).to.deep.equal(needs('clipboard'));
    expect(errors).to.deep.equal(['NotAllowedError', 'NotAllowedError']);
  });

  for (const [html, how] of [
    ['<a id="link" href="/other" target="_blank">x</a>', {}],
    ['<a id="link" href="/other" target="unknown">x</a>', {}],
    ['<a id="link" href="/other">x</a>', { ctrl: true }],
    ['<a id="link" href="/other">x</a>', { shift: true }],
    ['<a id="link" href="/other">x</a>', { button: 1 }],
    ['<base target="_blank"><a id="link" href="/other">x</a>', {}],
  ] as const) {
    it(`is to follow ${html} with ${JSON.stringify(how)}`, async () => {
      hand = new Hand(html);
      const link = hand.query('#link');
      expect(await hand.click(link, how)).to.deep.equal(needs('window', link, `${location.origin}/other`));
    });
  }

  it('is to download', async () => {
    hand = new Hand('<a id="link" href="/file.txt" download>x</a>');
    const link = hand.query('#link');
    expect(await hand.click(link)).to.deep.equal(needs('download', link));
  });

  it('is not what the page does itself: a link that its router takes', async () => {
    hand = new Hand('<a id="link" href="/other" target="_blank">x</a>');
    hand.query('#link').addEventListener('click', (event) => event.preventDefault());
    expect(await hand.click(hand.query('#link'))).to.deep.equal({ status: 'ok' });
  });

  it('is to send a form to another window', async () => {
    hand = new Hand('<form target="_blank"><button id="go">Go</button></form>');
    hand.listen('submit');
    expect(await hand.click(hand.query('#go'))).to.deep.equal(needs('window', hand.query('#go')));
    expect(hand.take()).to.deep.equal([]);
  });

  it("is to answer the browser's messages: said before and after, also when they fail", async () => {
    const { alert, confirm } = window;
    let during: boolean[] = [];
    window.alert = () => void (during = [...hand.dialogs]);
    window.confirm = () => {
      throw new Error('of the test');
    };
    try {
      hand = new Hand('<button id="go">Go</button>');
      let failed = '';
      hand.query('#go').addEventListener('click', () => {
        window.alert('Sure?');
        try {
          window.confirm('Sure?');
        } catch (error) {
          failed = (error as Error).message;
        }
      });
      await hand.click(hand.query('#go'));
      expect([during, hand.dialogs, failed]).to.deep.equal([[true], [true, false, true, false], 'of the test']);
    } finally {
      hand.engine.stop();
      Object.assign(window, { alert, confirm });
    }
  });
});
