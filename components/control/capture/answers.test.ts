import { expect, html } from '@open-wc/testing';
import { resetMouse, sendKeys } from '@web/test-runner-commands';
import type { CobrowseControlRefusedEvent } from '../../events/control-refused.js';
import { languagesLoaded } from '../../i18n/localize.js';
import { internalsOf } from '../../session/internals.js';
import { captureDesk, type CaptureDesk } from '../../agent-view/testing/capture-desk.js';

let desk: CaptureDesk;

afterEach(async () => {
  await resetMouse();
  desk?.stop();
});

const open = async (content = '<button>Buy</button><input />') => {
  desk = await captureDesk({ html: content });
};
const toasts = () =>
  [...desk.view.shadowRoot!.querySelectorAll<HTMLElement>('.toast')].map((toast) => toast.innerText.trim());
const refuse = (code: string, more = {}) => desk.answer({ type: 'refused', code, ...more });

describe('what was not performed', () => {
  it('is said near the place, in a polite region, once', async () => {
    await open();
    await desk.click(desk.query('button'));
    await desk.next(2);
    refuse('stale');
    refuse('stale');
    refuse('masked');
    await desk.until(() => toasts().length === 2);
    expect(toasts()).to.deep.equal(['That has changed on the page. Try again.', 'This field is protected.']);
    const region = desk.find('.toasts')!;
    expect(region.getAttribute('role')).to.equal('status');
    const [x, y] = desk.spot(desk.query('button'));
    const box = region.getBoundingClientRect();
    expect(Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom))).to.be.below(
      60,
    );
    await expect(desk.view).to.be.accessible({ ignoredTags: ['region'], ignoredRules: ['frame-tested'] });
  });

  const sentences: Record<string, [more: object, text: string]> = {
    'no-control': [{}, 'Only the consumer may use this.'],
    blocked: [{}, 'This part of the page is hidden from you.'],
    'needs-consumer': [{ what: 'file' }, 'Only the consumer can choose a file. They were shown where.'],
    'rate-limited': [{}, 'Too much at once. Try again in a moment.'],
    'consumer-active': [{}, 'The consumer is using the page.'],
    'malformed-frame': [{}, 'Something went wrong.'],
  };
  for (const [code, [more, text]] of Object.entries(sentences)) {
    it(`has words for ${code}`, async () => {
      await open();
      refuse(code, more);
      await desk.until(() => toasts().length > 0);
      expect(toasts()).to.deep.equal([text]);
    });
  }

  it('is told to the desk, without anything of the page', async () => {
    await open();
    const events: CobrowseControlRefusedEvent[] = [];
    document.addEventListener('cobrowse-control-refused', (event) => events.push(event), { once: true });
    refuse('needs-consumer', { what: 'window', node: desk.id(desk.query('button')) });
    await desk.until(() => events.length === 1);
    expect(events[0]!.code).to.equal('needs-consumer');
    expect(events[0]!.what).to.equal('window');
    expect(events[0]!.target).to.equal(desk.desk.session);
    expect(Object.keys(events[0]!).sort()).to.deep.equal(
      ['code', 'isTrusted', 'what'].filter((key) => key in events[0]! && Object.hasOwn(events[0]!, key)),
    );
  });

  it('is not told of moves, nor of another agent’s input', async () => {
    await open();
    await desk.move(desk.query('button'));
    await desk.next(0);
    refuse('stale');
    refuse('stale', { run: 'another' });
    desk.answer({ type: 'refused', code: 'nonsense' });
    desk.answer({ type: 'consumer-active', active: true });
    await desk.until(() => desk.text('.note') !== '');
    expect(toasts()).to.deep.equal([]);
  });

  it('goes by itself', async function () {
    this.timeout(10_000);
    await open();
    refuse('stale');
    await desk.until(() => toasts().length === 1);
    const start = performance.now();
    while (toasts().length > 0 && performance.now() - start < 7000)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(toasts()).to.deep.equal([]);
  });

  it('is said in Arabic', async () => {
    desk = await captureDesk({
      html: '<button>Buy</button>',
      tags: html`<div lang="ar" dir="rtl"><cobrowse-agent-view></cobrowse-agent-view></div>`,
    });
    await languagesLoaded();
    await desk.view.updateComplete;
    refuse('masked');
    await desk.until(() => toasts().length === 1);
    expect(toasts()).to.deep.equal(['هذا الحقل محمي.']);
    expect(desk.text('.hint')).to.contain('لوحة مفاتيحك');
    await expect(desk.view).to.be.accessible({ ignoredTags: ['region'], ignoredRules: ['frame-tested'] });
  });
});

describe('the consumer’s hand', () => {
  it('is shown for as long as it is on the page', async () => {
    await open();
    desk.answer({ type: 'consumer-active', active: true });
    await desk.until(() => desk.text('.note') === 'The consumer is using the page.');
    refuse('consumer-active');
    desk.answer({ type: 'consumer-active', active: false });
    await desk.until(() => desk.text('.note') === '');
    expect(toasts()).to.deep.equal([]);
  });

  it('answers the browser’s messages: the agent waits, and nothing is sent meanwhile', async () => {
    await open();
    desk.answer({ type: 'dialog', open: true });
    await desk.until(() => desk.find('[part="state"]'));
    expect(desk.text('.state__title')).to.equal('The page shows a browser message.');
    expect(desk.text('.state__hint')).to.equal('Only the consumer can answer it.');
    desk.field.focus();
    await sendKeys({ press: 'a' });
    desk.answer({ type: 'dialog', open: false });
    await desk.until(() => !desk.find('[part="state"]'));
    await sendKeys({ press: 'b' });
    await desk.next(6);
    expect(desk.primitives.map(([, key]) => key)).to.deep.equal(['b', 'b']);
  });

  it('is not waited for any more when control has ended', async () => {
    await open();
    desk.answer({ type: 'dialog', open: true });
    await desk.until(() => desk.find('[part="state"]'));
    desk.desk.pair.agent.dispatch({ type: 'step-down' });
    await desk.until(() => !desk.find('[part="state"]'));
  });
});

describe('the focus on the consumer’s page', () => {
  it('is shown where it is', async () => {
    await open('<input style="margin:50px;width:200px" />');
    const input = desk.query('input');
    const ring = desk.find('.page-focus')!;
    expect(ring.hidden).to.be.true;
    // the page is told so, without the agent's keyboard leaving
    input.dispatchEvent(new FocusEvent('focus', { bubbles: false }));
    await desk.until(() => !ring.hidden);
    const [x, y] = desk.spot(input, 0, 0);
    expect(ring.getBoundingClientRect().left).to.be.closeTo(x, 2);
    expect(ring.getBoundingClientRect().top).to.be.closeTo(y, 2);
    input.style.marginLeft = '90px';
    await desk.until(() => Math.abs(ring.getBoundingClientRect().left - desk.spot(input, 0, 0)[0]) < 2);
    input.dispatchEvent(new FocusEvent('blur', { bubbles: false }));
    await desk.until(() => ring.hidden);
  });
});

describe('teardown', () => {
  it('leaves nothing of a control that comes and goes', async () => {
    await open();
    const sheets = desk.view.shadowRoot!.adoptedStyleSheets.length;
    desk.view.remove();
    expect(desk.find('.keys')).to.equal(null);
    expect(desk.find('.control')).to.equal(null);
    expect(desk.find('.picker')).to.equal(null);
    expect(desk.view.shadowRoot!.adoptedStyleSheets.length).to.equal(sheets - 1);
    const { mirror } = internalsOf(desk.desk.pair.consumer)!;
    expect(mirror.open).to.be.true;
    for (let time = 0; time < 20; time++) {
      desk.desk.session.append(desk.view);
      await desk.view.updateComplete;
      desk.view.remove();
    }
    desk.desk.session.append(desk.view);
    await desk.until(() => desk.find('.keys'));
    expect(desk.view.shadowRoot!.querySelectorAll('.keys')).to.have.length(1);
    expect(desk.view.shadowRoot!.adoptedStyleSheets.length).to.equal(sheets);
  });
});
