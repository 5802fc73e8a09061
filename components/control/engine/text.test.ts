import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';

const isMac = navigator.platform.startsWith('Mac');
const main = isMac ? { meta: true } : { ctrl: true };

describe('text', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  const field = () => hand.query<HTMLInputElement>('#field');

  it('keeps to the limit of the field', async () => {
    hand = new Hand('<input id="field" maxlength="3">');
    field().focus();
    await hand.type('abcd');
    expect(field().value).to.equal('abc');
  });

  it('says change when the field is left', async () => {
    hand = new Hand('<input id="field"><input id="next">');
    await hand.click(field());
    await hand.type('a');
    hand.listen('change blur');
    await hand.click(hand.query('#next'));
    expect(hand.take()).to.deep.equal(['change@field', 'blur@field']);
  });

  it('can be undone and done again', async () => {
    hand = new Hand('<textarea id="field"></textarea>');
    field().focus();
    await hand.type('ab');
    await hand.press('z', main);
    expect(field().value).to.equal('');
    await hand.press('z', { ...main, shift: true });
    expect(field().value).to.equal('ab');
  });

  it('is taken away by letter, by word, and where it is selected', async () => {
    hand = new Hand('<input id="field" value="one two three">');
    field().focus();
    field().setSelectionRange(13, 13);
    hand.listen('beforeinput', window, (event) => ` ${(event as InputEvent).inputType}`);
    await hand.press('Backspace');
    expect(field().value).to.equal('one two thre');
    await hand.press('Backspace', isMac ? { alt: true } : { ctrl: true });
    expect(field().value).to.equal('one two ');
    field().setSelectionRange(0, 4);
    await hand.press('Delete');
    expect(field().value).to.equal('two ');
    expect(hand.take()).to.deep.equal([
      'beforeinput@field deleteContentBackward',
      'beforeinput@field deleteWordBackward',
      'beforeinput@field deleteContentForward',
    ]);
  });

  it('moves its caret by letter, word and line, and selects with Shift', async () => {
    hand = new Hand('<textarea id="field">one two\nthree</textarea>');
    const area = hand.query<HTMLTextAreaElement>('#field');
    area.focus();
    area.setSelectionRange(0, 0);
    const places: (number | string)[] = [];
    const keys: [string, object][] = [
      ['ArrowRight', {}],
      ['ArrowRight', { ctrl: true }],
      ['End', {}],
      ['ArrowDown', {}],
      ['Home', {}],
      ['End', { shift: true }],
    ];
    for (const [key, how] of keys) {
      await hand.press(key, how);
      const { selectionStart, selectionEnd } = area;
      places.push(selectionStart === selectionEnd ? selectionStart : `${selectionStart}-${selectionEnd}`);
    }
    expect(places).to.deep.equal([1, 3, 7, 13, 8, '8-13']);
  });

  it('goes a page down and up in a long textarea, and to its ends', async () => {
    const lines = Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n');
    hand = new Hand(`<textarea id="field" style="height:200px;font:16px/20px monospace">${lines}</textarea>`);
    const area = hand.query<HTMLTextAreaElement>('#field');
    const line = () => area.value.slice(0, area.selectionStart).split('\n').length - 1;
    area.focus();
    area.setSelectionRange(0, 0);
    await hand.press('PageDown');
    const page = line();
    expect(page).to.be.within(7, 11);
    await hand.press('PageDown');
    expect(line()).to.equal(page * 2);
    await hand.press('PageUp', {}, 3);
    expect([line(), area.selectionStart]).to.deep.equal([0, 0]);
    await hand.press('PageDown', {}, 12);
    expect(line()).to.equal(59);
  });

  it('is copied, cut and pasted inside of the page only', async () => {
    hand = new Hand('<input id="field" value="secret plan"><textarea id="to"></textarea>');
    field().focus();
    field().setSelectionRange(0, 6);
    hand.listen('copy cut paste');
    await hand.press('c', main);
    await hand.press('x', main);
    hand.query('#to').focus();
    await hand.press('v', main);
    expect(hand.copied).to.deep.equal(['secret', 'secret']);
    expect([field().value, hand.query<HTMLTextAreaElement>('#to').value]).to.deep.equal([' plan', 'secret']);
    expect(hand.take()).to.deep.equal(['copy@field', 'cut@field', 'paste@to']);
  });

  it('takes what a page puts on the clipboard, and gives it to a page that reads it', async () => {
    hand = new Hand('<input id="field" value="abc"><div id="reader" tabindex="0"></div>');
    field().addEventListener('copy', (event) => {
      event.clipboardData!.setData('text/plain', 'of the page');
      event.preventDefault();
    });
    let read = '';
    hand.query('#reader').addEventListener('paste', (event) => (read = event.clipboardData!.getData('text/plain')));
    field().select();
    field().focus();
    await hand.press('c', main);
    hand.query('#reader').focus();
    getSelection()!.removeAllRanges();
    await hand.press('v', main);
    expect([hand.copied, read]).to.deep.equal([['of the page'], 'of the page']);
  });

  it("is pasted from the agent's own clipboard", async () => {
    hand = new Hand('<input id="field">');
    field().focus();
    hand.listen('paste beforeinput input', hand.page, (event) => ` ${(event as InputEvent).inputType ?? ''}`);
    await hand.perform({ t: 'paste', text: 'two\nlines' });
    expect(field().value).to.equal('two lines');
    expect(hand.take()).to.deep.equal([
      'paste@field ',
      'beforeinput@field insertFromPaste',
      'input@field insertFromPaste',
    ]);
  });

  it('is composed by an input method in one go', async () => {
    hand = new Hand('<input id="field" value="a">');
    field().focus();
    field().setSelectionRange(1, 1);
    hand.listen('compositionstart compositionend');
    await hand.perform({ t: 'text', text: 'にほん', ime: true });
    expect(field().value).to.equal('aにほん');
    expect(hand.take()).to.deep.equal(['compositionstart@field', 'compositionend@field']);
  });

  it('breaks its lines as the field does', async () => {
    hand = new Hand('<textarea id="field"></textarea><div id="rich" contenteditable><p>ab</p></div>');
    field().focus();
    await hand.press('a');
    await hand.press('Enter');
    expect(field().value).to.equal('a\n');
    const rich = hand.query('#rich');
    rich.focus();
    getSelection()!.collapse(rich.querySelector('p')!.firstChild, 1);
    await hand.press('Enter');
    expect(rich.innerHTML).to.equal('<p>a</p><p>b</p>');
    await hand.press('Enter', { shift: true });
    expect(rich.innerHTML).to.equal('<p>a</p><p><br>b</p>');
  });

  it('is set in bold in what is rich, and is left alone in what is plain', async () => {
    hand = new Hand('<div id="rich" contenteditable>ab</div><div id="plain" contenteditable="plaintext-only">ab</div>');
    for (const id of ['#rich', '#plain']) {
      hand.query(id).focus();
      getSelection()!.selectAllChildren(hand.query(id));
      await hand.press('b', main);
    }
    expect([hand.query('#rich').innerHTML, hand.query('#plain').innerHTML]).to.deep.equal(['<b>ab</b>', 'ab']);
  });

  it('is not put into a field that is read only, though it is asked', async () => {
    hand = new Hand('<input id="field" readonly value="x">');
    field().focus();
    hand.listen('beforeinput input');
    await hand.press('a');
    expect([field().value, hand.take()]).to.deep.equal(['x', ['beforeinput@field']]);
  });

  it('is understood as the agent says, where its system differs', async () => {
    hand = new Hand('<input id="field" value="one two">');
    field().focus();
    await hand.perform({
      t: 'keydown',
      key: 'a',
      code: 'KeyA',
      keyCode: 65,
      location: 0,
      repeat: false,
      mods: { ctrl: false, shift: false, alt: false, meta: true },
      command: 'selectAll',
    });
    expect([field().selectionStart, field().selectionEnd]).to.deep.equal([0, 7]);
  });

  it('selects a word by two clicks, all of a field by three', async () => {
    hand = new Hand('<input id="field" value="one two" style="font:16px monospace;width:200px">');
    await hand.click(field(), { fx: 0.1, clicks: 2 });
    expect([field().selectionStart, field().selectionEnd]).to.deep.equal([0, 3]);
    await hand.click(field(), { fx: 0.1, clicks: 3 });
    expect([field().selectionStart, field().selectionEnd]).to.deep.equal([0, 7]);
  });
});
