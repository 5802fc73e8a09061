import { expect, html } from '@open-wc/testing';
import { resetMouse, sendKeys } from '@web/test-runner-commands';
import { LIMITS } from '../../../protocol/index.js';
import { KeyCapture } from './key-capture.js';
import { captureDesk, type CaptureDesk } from '../../agent-view/testing/capture-desk.js';

let desk: CaptureDesk;

afterEach(async () => {
  await resetMouse();
  desk?.stop();
});

const open = async (content = '<input /><button>Buy</button>') => {
  desk = await captureDesk({ html: content });
};
const keys = () => desk.primitives.filter(([kind]) => kind === 5 || kind === 6);
const names = () => keys().map(([kind, key]) => `${kind === 5 ? '+' : '-'}${key}`);

describe('the agent’s keyboard', () => {
  it('is with the page as soon as control begins', async () => {
    await open();
    expect(desk.isTyping).to.be.true;
    expect(desk.surface.matches('[data-typing]')).to.be.true;
    expect(getComputedStyle(desk.find('.focus-ring')!).opacity).to.equal('1');
  });

  it('stays where the agent is writing', async () => {
    const note = document.createElement('textarea');
    document.body.append(note);
    note.focus();
    await open();
    expect(document.activeElement).to.equal(note);
    await desk.click(desk.query('button'));
    await desk.until(() => desk.isTyping);
    note.remove();
  });

  it('sends every key, and none to the desk', async () => {
    await open();
    const seen: string[] = [];
    const onKey = (event: KeyboardEvent) => seen.push(event.key);
    document.addEventListener('keydown', onKey);
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'A' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'F5' });
    await desk.until(() => names().includes('-F5'));
    document.removeEventListener('keydown', onKey);
    const wanted = '+Shift +A -A -Shift +Tab -Tab +Escape -Escape +F5 -F5';
    expect(names().join(' ')).to.equal(wanted);
    expect(keys()[1]).to.deep.equal([5, 'A', 'KeyA', 65, 0, 2, 0]);
    expect(seen).to.deep.equal([]);
    expect(desk.isTyping).to.be.true;
    expect(desk.field.value).to.equal('');
  });

  it('tells what a shortcut means', async () => {
    await open();
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'z' });
    await sendKeys({ up: 'Control' });
    await desk.until(() => names().includes('-Control'));
    expect(keys()[1]).to.deep.equal([5, 'z', 'KeyZ', 90, 0, 1, 0, 'undo']);
  });

  it('comes back to the desk by its chord, which is shown, and control goes on', async () => {
    await open();
    expect(desk.text('.hint')).to.match(/Ctrl\s*\+\s*Alt\s*\+\s*Esc/);
    await sendKeys({ down: 'Control' });
    await sendKeys({ down: 'Alt' });
    await sendKeys({ press: 'Escape' });
    await sendKeys({ up: 'Alt' });
    await sendKeys({ up: 'Control' });
    await desk.next(11);
    expect(desk.isTyping).to.be.false;
    expect(names()).not.to.include('+Escape');
    expect(desk.text('.hint')).to.equal('Click the page to type in it.');
    expect(desk.desk.pair.agent.getState().mode).to.equal('remote-control');
    await desk.click(desk.query('button'));
    expect(desk.isTyping).to.be.true;
  });

  it('comes back by the chord of the attribute', async () => {
    desk = await captureDesk({
      html: '<input />',
      tags: html`<cobrowse-agent-view release-shortcut="Control+Shift+Q"></cobrowse-agent-view>`,
    });
    expect(desk.text('.hint')).to.match(/Ctrl\s*\+\s*Shift\s*\+\s*Q/);
    await sendKeys({ down: 'Control' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Q' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ up: 'Control' });
    expect(desk.isTyping).to.be.false;
  });

  it('lets go of what is held when it leaves', async () => {
    await open();
    await sendKeys({ down: 'x' });
    await desk.next(5);
    desk.field.blur();
    await desk.next(11);
    await sendKeys({ up: 'x' });
    desk.field.focus();
    await sendKeys({ press: 'y' });
    await desk.until(() => names().includes('-y'));
    expect(names()).to.deep.equal(['+x', '+y', '-y']);
  });

  it('leaves an order of moves and keys as it was', async () => {
    await open();
    const [clientX, clientY] = desk.spot(desk.query('button'));
    desk.surface.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, isPrimary: true }));
    await sendKeys({ press: 'k' });
    await desk.next(6);
    expect(desk.primitives.map(([kind]) => kind)).to.deep.equal([0, 5, 6]);
  });

  it('has a name, and says how it is given back', async () => {
    await open();
    expect(desk.field.getAttribute('aria-label')).to.equal("Keyboard of the consumer's page");
    expect(desk.find(`#${desk.field.getAttribute('aria-describedby')!}`)!.innerText).to.contain('Esc');
    await expect(desk.view).to.be.accessible({ ignoredTags: ['region'], ignoredRules: ['frame-tested'] });
  });

  it('says so when nothing can be sent', async () => {
    await open();
    const { mirror } = desk.internals;
    Object.defineProperty(mirror, 'send', { value: () => false, configurable: true });
    await sendKeys({ press: 'a' });
    await desk.until(() => desk.text('.toasts').includes('Not sent.'));
    Reflect.deleteProperty(mirror, 'send');
  });
});

describe('text without keys', () => {
  it('of an input method is sent as a whole, and seen while it is written', async () => {
    await open();
    const { field } = desk;
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Process', keyCode: 229, bubbles: true, cancelable: true }),
    );
    field.dispatchEvent(new CompositionEvent('compositionstart'));
    field.value = 'に';
    field.dispatchEvent(new InputEvent('input', { isComposing: true, data: 'に' }));
    expect(getComputedStyle(field).opacity).to.equal('1');
    field.value = '日本';
    field.dispatchEvent(new CompositionEvent('compositionend', { data: '日本' }));
    field.dispatchEvent(new InputEvent('input', { data: '日本' }));
    await desk.next(7);
    expect(desk.primitives).to.deep.equal([[7, '日本', 1]]);
    expect(getComputedStyle(field).opacity).to.equal('0');
  });

  it('of a symbol picker is sent', async () => {
    await open();
    await sendKeys({ type: '' });
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    document.execCommand('insertText', false, '🙂');
    await desk.next(7);
    expect(desk.primitives).to.deep.equal([[7, '🙂', 0]]);
    expect(desk.field.value).to.equal('');
  });
});

describe('the clipboard', () => {
  const paste = (text: string) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const key = { key: 'v', code: 'KeyV', keyCode: 86, ctrlKey: true, bubbles: true, cancelable: true };
    const down = new KeyboardEvent('keydown', key);
    desk.field.dispatchEvent(down);
    desk.field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    desk.field.dispatchEvent(new KeyboardEvent('keyup', key));
    return down.defaultPrevented;
  };

  it('pastes the agent’s text, as text', async () => {
    await open();
    expect(paste('12 olive trees')).to.be.false;
    await desk.next(8);
    expect(desk.primitives).to.deep.equal([[8, '12 olive trees']]);
  });

  it('refuses what is too long, in words', async () => {
    await open();
    paste('x'.repeat(LIMITS.inputTextLength + 1));
    await desk.until(() => desk.text('.toasts') !== '');
    expect(desk.text('.toasts')).to.equal('Not sent. The text is longer than 10,000 characters.');
    expect(desk.primitives).to.deep.equal([]);
  });

  it('gives what comes from the page back as it was there', async () => {
    await open();
    let written = '';
    const write = (text: string) => ((written = text), Promise.resolve());
    Object.defineProperty(navigator.clipboard, 'writeText', { value: write, configurable: true });
    desk.answer({ type: 'copied', text: 'olive\ntrees' });
    await desk.until(() => written === 'olive\ntrees');
    paste('olive\r\ntrees');
    await desk.next(6);
    expect(keys()[0]).to.deep.equal([5, 'v', 'KeyV', 86, 0, 1, 0, 'paste']);
    paste('something else');
    await desk.next(8);
    Reflect.deleteProperty(navigator.clipboard, 'writeText');
  });

  it('takes the way of a copy event where the browser refuses, else says so', async () => {
    await open();
    const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse, configurable: true });
    // a browser lets us copy right after a key only
    await sendKeys({ press: 'c' });
    let copied: string | undefined;
    desk.surface.addEventListener('copy', ({ clipboardData }) => (copied = clipboardData?.getData('text/plain')));
    desk.answer({ type: 'copied', text: 'by the other way' });
    await desk.until(() => copied === 'by the other way');
    expect(desk.text('.toasts')).to.equal('');
    desk.find('.keys')!.blur();
    desk.answer({ type: 'copied', text: 'no way' });
    await desk.until(() => desk.text('.toasts') !== '');
    expect(desk.text('.toasts')).to.contain('Copied on the page only.');
    Reflect.deleteProperty(navigator.clipboard, 'writeText');
  });
});

describe('modifiers', () => {
  function captureOn(isMac: boolean): { field: HTMLTextAreaElement; sent: unknown[]; remove(): void } {
    const surface = document.createElement('div');
    document.body.append(surface);
    const sent: unknown[] = [];
    const capture = new KeyCapture({
      surface,
      isMac,
      releaseShortcut: () => 'Control+Alt+Escape',
      send: (primitives) => sent.push(...primitives),
      onKey: () => false,
      onTooLong: () => undefined,
      onFocus: () => undefined,
    });
    const remove = () => {
      capture.destroy();
      surface.remove();
    };
    return { field: capture.field, sent, remove };
  }
  const press = (field: HTMLElement, type: string, init: KeyboardEventInit) =>
    field.dispatchEvent(new KeyboardEvent(type, { cancelable: true, ...init }));

  it('that write a character are none to the page', () => {
    const windows = captureOn(false);
    press(windows.field, 'keydown', { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true, modifierAltGraph: true });
    expect(windows.sent).to.deep.equal([[5, '@', 'KeyQ', 0, 0, 0, 0]]);
    windows.remove();
    const mac = captureOn(true);
    press(mac.field, 'keydown', { key: '@', code: 'KeyL', altKey: true });
    press(mac.field, 'keydown', { key: 'ArrowLeft', code: 'ArrowLeft', altKey: true });
    expect(mac.sent).to.deep.equal([
      [5, '@', 'KeyL', 0, 0, 0, 0],
      [5, 'ArrowLeft', 'ArrowLeft', 0, 0, 4, 0, 'wordLeft'],
    ]);
    mac.remove();
  });

  it('of a Mac take the keys along that they have swallowed', () => {
    const { field, sent, remove } = captureOn(true);
    press(field, 'keydown', { key: 'Meta', code: 'MetaLeft', metaKey: true });
    press(field, 'keydown', { key: 'a', code: 'KeyA', metaKey: true });
    press(field, 'keyup', { key: 'Meta', code: 'MetaLeft' });
    expect(sent.map((primitive) => (primitive as unknown[]).slice(0, 2))).to.deep.equal([
      [5, 'Meta'],
      [5, 'a'],
      [6, 'a'],
      [6, 'Meta'],
    ]);
    remove();
  });
});
