import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';

describe('the keyboard', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  it('tells of a letter in the order of a browser, with the codes of old', async () => {
    hand = new Hand('<input id="field">');
    hand.query('#field').focus();
    hand.listen('keydown keypress beforeinput textInput input keyup', window, (event) => {
      const { keyCode, which, charCode, data, inputType } = event as KeyboardEvent & InputEvent;
      return keyCode === undefined ? ` ${inputType ?? ''} ${data}` : ` ${keyCode} ${which} ${charCode}`;
    });
    await hand.press('a');
    expect(hand.take()).to.deep.equal([
      'keydown@field 65 65 0',
      'keypress@field 97 97 97',
      'beforeinput@field insertText a',
      'textInput@field  a',
      'input@field insertText a',
      'keyup@field 65 65 0',
    ]);
    expect(hand.query<HTMLInputElement>('#field').value).to.equal('a');
  });

  for (const type of ['keydown', 'keypress', 'beforeinput']) {
    it(`types nothing when ${type} is prevented`, async () => {
      hand = new Hand('<input id="field" value="x">');
      const field = hand.query<HTMLInputElement>('#field');
      field.focus();
      field.addEventListener(type, (event) => event.preventDefault());
      await hand.press('a');
      expect(field.value).to.equal('x');
    });
  }

  it('types into the field that a handler of the key has moved to', async () => {
    hand = new Hand('<input id="one"><input id="two">');
    hand.query('#one').focus();
    hand.query('#one').addEventListener('keydown', () => hand.query('#two').focus());
    await hand.press('a');
    expect(hand.query<HTMLInputElement>('#two').value).to.equal('a');
    expect(hand.query<HTMLInputElement>('#one').value).to.equal('');
  });

  it('clicks a button by Space on release, by Enter on press', async () => {
    hand = new Hand('<button id="go">Go</button>');
    hand.query('#go').focus();
    hand.listen('click keyup', window, (event) => ` ${(event as MouseEvent).detail}`);
    await hand.keyDown(' ');
    expect(hand.take()).to.deep.equal([]);
    await hand.keyUp(' ');
    expect(hand.take()).to.deep.equal(['keyup@go 0', 'click@go 0']);
    await hand.keyDown('Enter');
    expect(hand.take()).to.deep.equal(['click@go 0']);
  });

  it('clicks nothing by Space when the release is prevented', async () => {
    hand = new Hand('<input id="box" type="checkbox">');
    const box = hand.query<HTMLInputElement>('#box');
    box.focus();
    await hand.press(' ');
    expect(box.checked).to.equal(true);
    box.addEventListener('keyup', (event) => event.preventDefault());
    await hand.press(' ');
    expect(box.checked).to.equal(true);
  });

  it('walks a group of radios by arrows, around and past what is disabled', async () => {
    hand = new Hand(
      `<input type="radio" name="r" id="one"><input type="radio" name="r" id="two" disabled>
       <input type="radio" name="r" id="three">`,
    );
    hand.query('#one').focus();
    const checked = () => hand.page.querySelector<HTMLElement>(':checked')!.id;
    await hand.press('ArrowDown');
    expect([checked(), document.activeElement!.id]).to.deep.equal(['three', 'three']);
    await hand.press('ArrowRight');
    expect(checked()).to.equal('one');
    await hand.press('ArrowUp');
    expect(checked()).to.equal('three');
  });

  it('submits a form by Enter: change first, then the default button', async () => {
    hand = new Hand(
      '<form id="form"><input id="field"><button id="other" type="button"></button><button id="go">Go</button></form>',
    );
    hand.query('#form').addEventListener('submit', (event) => event.preventDefault());
    hand.query('#field').focus();
    await hand.type('x');
    hand.listen('change click submit');
    await hand.press('Enter');
    expect(hand.take()).to.deep.equal(['change@field', 'click@go', 'submit@form']);
    hand.query('#field').blur();
    expect(hand.take(), 'not once more').to.deep.equal([]);
  });

  it('submits no form by Enter whose default button is disabled', async () => {
    hand = new Hand('<form id="form"><input id="field"><button disabled>Go</button></form>');
    hand.listen('submit click');
    hand.query('#field').focus();
    await hand.press('Enter');
    expect(hand.take()).to.deep.equal([]);
  });

  it('submits a form without a button when it has one field, and not when it has two', async () => {
    hand = new Hand('<form id="form"><input id="field"></form>');
    hand.query('#form').addEventListener('submit', (event) => event.preventDefault());
    hand.listen('submit');
    hand.query('#field').focus();
    await hand.press('Enter');
    expect(hand.take()).to.deep.equal(['submit@form']);
    hand.query('#form').append(document.createElement('input'));
    await hand.press('Enter');
    expect(hand.take()).to.deep.equal([]);
  });

  it('closes the dialog on top by Escape, unless its page has other plans', async () => {
    hand = new Hand('<dialog id="dialog"><button id="in">In</button></dialog><button id="before">Before</button>');
    const dialog = hand.query<HTMLDialogElement>('#dialog');
    hand.query('#before').focus();
    dialog.showModal();
    const keep = (event: Event) => event.preventDefault();
    dialog.addEventListener('keydown', keep);
    await hand.press('Escape');
    expect(dialog.open).to.equal(true);
    dialog.removeEventListener('keydown', keep);
    hand.listen('cancel close');
    await hand.press('Escape');
    expect([dialog.open, document.activeElement!.id]).to.deep.equal([false, 'before']);
    expect(hand.take()).to.include('cancel@dialog');
  });

  it('lets go of held keys and buttons, last first, without a click', async () => {
    hand = new Hand('<button id="go">Go</button>');
    const go = hand.query('#go');
    await hand.move(go);
    await hand.down(go);
    await hand.keyDown('Shift', { shift: true });
    await hand.keyDown(' ', { shift: true });
    hand.listen('keyup pointerup mouseup click', window, (event) => ` ${(event as KeyboardEvent).key ?? ''}`);
    const outcome = await hand.perform({ t: 'release' });
    expect(outcome).to.deep.equal({ status: 'ok' });
    expect(hand.take()).to.deep.equal(['pointerup@go ', 'mouseup@go ', 'keyup@go  ', 'keyup@go Shift']);
    await hand.up(go);
    await hand.keyUp(' ');
    expect(hand.take(), 'what comes later is for nothing').to.deep.equal([]);
  });
});
