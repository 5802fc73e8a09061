import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { overlayHostsOf } from '../internal/overlay-hosts.js';
import { languagesLoaded } from '../i18n/localize.js';
import { whenState } from '../testing.js';
import { clickOn, stage, type Stage } from './testing/stage.js';

describe('remote control, as the consumer sees it', () => {
  let on: Stage;
  afterEach(() => on.end());

  const host = () => on.host();
  const part = (name: string) => on.part(name, host());
  const hand = () => overlayHostsOf(on.pair.consumer).control!;
  const alertText = () => host().renderRoot.querySelector('[role="alert"]')?.textContent?.trim();
  const mode = (wanted: string) => whenState(on.pair.consumer, (state) => state.mode === wanted);
  const text = (name: string) => part(name)?.textContent?.replace(/\s+/g, ' ').trim();

  /** What moves in has come to rest: half faded in, its contrast is too low. */
  const still = () =>
    Promise.all(
      (host().shadowRoot?.getAnimations() ?? [])
        .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    );

  async function asked(
    content = html`<cobrowse-consent stop-shortcut="Control+Alt+S"></cobrowse-consent>`,
    minutes = 0,
  ) {
    on = await stage(content);
    await on.share();
    on.pair.agent.dispatch({ type: 'request', mode: 'remote-control', ...(minutes ? { limits: { minutes } } : {}) });
    await whenState(on.pair.consumer, ({ request }) => request !== null);
  }

  async function controlled(content?: Parameters<typeof asked>[0], minutes?: number) {
    await asked(content, minutes);
    const requestId = on.pair.consumer.getState().request!.id;
    on.pair.consumer.dispatch({ type: 'answer', requestId, decision: 'allow' });
    await mode('remote-control');
    await waitUntil(() => hand(), 'the hand is loaded');
    await on.whenPart('take-back', host);
  }

  it('is asked in words that say what the agent will be able to do, and for how long', async () => {
    await asked(undefined, 10);
    await on.settled();
    const words = on.part('message')!.textContent;
    expect(words).to.match(/Let\s*Ann Ericsson\s*click and type for you\?/);
    expect(words).to.contain('and to send forms');
    expect(words).to.contain('For up to 10 minutes.');
    await expect(on.consent).to.be.accessible();
    await clickOn(on.part('allow')!);
    await mode('remote-control');
  });

  it('does not speak of forms where sending them is kept for the consumer', async () => {
    await asked();
    on.session.keepSubmit = true;
    await waitUntil(() => on.part('message')?.textContent?.includes('Only you can send forms'));
    expect(on.part('message')!.textContent).not.to.contain('and to send forms');
  });

  it('shows who controls the page, and until when', async () => {
    await controlled(undefined, 10);
    expect(text('indicator-text')).to.equal('Ann Ericsson can click and type here');
    expect(text('countdown')).to.match(/^Time left: (10:00|9:5\d)$/);
    expect(text('frame-label')).to.equal('Ann Ericsson controls this page');
    expect(part('frame')!.className).to.contain('controlled');
    expect(on.consent.matches(':state(controlled)')).to.equal(true);
    expect(on.session.matches(':state(controlled)')).to.equal(true);
    expect(alertText()).to.equal('Ann Ericsson now has control. Press Control+Alt+S to stop.');
    await still();
    await expect(host()).to.be.accessible();
  });

  it('gives control back for a click, and says that it has ended', async () => {
    await controlled();
    await clickOn(part('take-back')!);
    await mode('screen-share');
    await waitUntil(() => !part('take-back') && !part('agent-cursor'));
    expect(on.pair.consumer.getState().stepDown).to.equal('consumer');
    expect(alertText()).to.equal('Control has ended.');
    expect(text('indicator-text')).to.equal('Ann Ericsson sees this tab');
    await whenState(on.pair.agent, (state) => state.mode === 'screen-share');
  });

  it('stops for the keys of the person', async () => {
    await controlled();
    for (const down of ['Control', 'Alt', 'KeyS']) await sendKeys({ down });
    for (const up of ['KeyS', 'Alt', 'Control']) await sendKeys({ up });
    await on.reaches('ended');
  });

  it('takes no press that a script makes: the agent can’t work our own interface', async () => {
    await asked();
    await on.settled();
    for (const name of ['allow', 'deny']) on.part(name)!.click();
    expect(on.pair.consumer.getState().request, 'the question waits').not.to.equal(null);
    const requestId = on.pair.consumer.getState().request!.id;
    on.pair.consumer.dispatch({ type: 'answer', requestId, decision: 'allow' });
    await on.whenPart('take-back', host);
    const before = on.pair.consumer.getState();
    for (const name of ['take-back', 'pause', 'stop']) part(name)!.click();
    expect(on.pair.consumer.getState()).to.equal(before);
  });

  it('moves the agent’s cursor with its name by a transform alone, cheaply', async () => {
    await controlled();
    const cursor = part('agent-cursor')!;
    expect(cursor.checkVisibility({ visibilityProperty: true })).to.equal(false);
    hand().showCursor(120, 80, false);
    expect(cursor.checkVisibility({ visibilityProperty: true })).to.equal(true);
    const { x, y } = cursor.getBoundingClientRect();
    expect([x, y]).to.deep.equal([120, 80]);
    expect(text('agent-name')).to.equal('Ann Ericsson');
    hand().showCursor(121, 80, true);
    expect(cursor.classList.contains('pressed')).to.equal(true);
    const start = performance.now();
    for (let move = 0; move < 1000; move++) hand().showCursor(move % 300, 90, false);
    expect((performance.now() - start) / 1000, 'milliseconds a move').to.be.below(0.5);
    hand().showCursor(innerWidth - 10, 90, false);
    const name = part('agent-name')!.getBoundingClientRect();
    expect(name.right).to.be.at.most(innerWidth);
  });

  it('says that the consumer goes first while the agent waits', async () => {
    await controlled();
    hand().setConsumerActive(true);
    await waitUntil(() => text('frame-label') === 'You go first. Ann Ericsson waits.');
    hand().setConsumerActive(false);
    await waitUntil(() => text('frame-label') === 'Ann Ericsson controls this page');
  });

  it('asks for what only the person can do, and rings the element', async () => {
    await controlled();
    const file = await fixture<HTMLElement>(
      html`<label style="position:absolute;top:200px;left:50px">Passport <input type="file" hidden /></label>`,
    );
    const before = document.activeElement;
    hand().showNeed({ what: 'file', element: file.querySelector('input')! });
    await on.whenPart('prompt', host);
    expect(text('prompt-text')).to.equal('Please choose a file here.');
    expect(document.activeElement, 'the focus stays').to.equal(before);
    expect(part('prompt-open')).to.equal(null);
    const ring = await on.whenPart('prompt-ring', host);
    await waitUntil(() => Math.abs(ring.getBoundingClientRect().x - file.getBoundingClientRect().x) < 1, 'around it');
    file.style.top = '260px';
    await waitUntil(() => Math.abs(ring.getBoundingClientRect().y - file.getBoundingClientRect().y) < 1, 'follows');
    await still();
    await expect(host()).to.be.accessible();
    part('prompt-dismiss')!.click();
    expect(part('prompt'), 'a script closes nothing').not.to.equal(null);
    await clickOn(part('prompt-dismiss')!);
    await waitUntil(() => !part('prompt'));
  });

  it('is done when the person uses the element, or it is gone', async () => {
    await controlled();
    const button = await fixture<HTMLElement>(
      html`<button style="position:absolute;top:200px;left:50px">Download</button>`,
    );
    hand().showNeed({ what: 'download', element: button });
    await on.whenPart('prompt', host);
    button.click();
    await clickOn(button);
    await waitUntil(() => !part('prompt'), 'used');
    hand().showNeed({ what: 'download', element: button });
    await on.whenPart('prompt', host);
    button.remove();
    await waitUntil(() => !part('prompt'), 'gone');
  });

  it('opens an address by a real link only, named without its query', async () => {
    await controlled();
    hand().showNeed({ what: 'window', url: 'https://help.example/articles/7?secret=1' });
    await on.whenPart('prompt', host);
    expect(text('prompt-text')).to.equal('Please open help.example/articles/7.');
    const link = part('prompt-open') as HTMLAnchorElement;
    expect(link.href).to.equal('https://help.example/articles/7?secret=1');
    expect(link.target).to.equal('_blank');
    expect(link.relList.contains('noopener')).to.equal(true);
    const click = new MouseEvent('click', { cancelable: true, composed: true, bubbles: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented, 'not for a script').to.equal(true);
    await still();
    await expect(host()).to.be.accessible();
  });

  it('offers no link to what is no page', async () => {
    await controlled();
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'about:blank', undefined]) {
      hand().showNeed({ what: 'window', url });
      await on.whenPart('prompt', host);
      expect(part('prompt-open'), String(url)).to.equal(null);
      expect(text('prompt-text')).to.equal('Please click this yourself.');
    }
  });

  it('asks nothing more when control has ended', async () => {
    await controlled();
    hand().showNeed({ what: 'print' });
    await on.whenPart('prompt', host);
    on.pair.consumer.dispatch({ type: 'take-back' });
    await waitUntil(() => !part('prompt'));
    hand().showNeed({ what: 'print' });
    await host().updateComplete;
    expect(part('prompt')).to.equal(null);
  });

  it('has no frame where the page wants none, and still says who can click', async () => {
    await controlled(html`<cobrowse-consent without-frame></cobrowse-consent>`);
    expect(part('frame-label')).to.equal(null);
    expect(part('frame')).to.equal(null);
    expect(text('indicator-text')).to.equal('Ann Ericsson can click and type here');
    expect(alertText()).to.equal('Ann Ericsson now has control.');
  });

  it('speaks Arabic', async () => {
    await controlled(html`<cobrowse-consent lang="ar" dir="rtl"></cobrowse-consent>`);
    await languagesLoaded();
    hand().showNeed({ what: 'file' });
    await waitUntil(() => text('prompt-text') === 'يُرجى اختيار ملف هنا.');
    await waitUntil(() => text('take-back') === 'استعادة التحكم');
  });

  it('names who gives control up when another agent asks for it', async () => {
    await controlled();
    const { createSession } = await import('../session/create-session.js');
    const other = createSession(on.pair.optionsFor({ sub: 'agent-2', name: 'Bo', role: 'agent' }));
    await whenState(other, ({ offers }) => offers.modes.includes('remote-control'));
    other.dispatch({ type: 'request', mode: 'remote-control' });
    await waitUntil(() => on.part('message')?.textContent?.includes('no longer be able to click and type'));
    expect(on.part('points')!.textContent).to.contain('Ann Ericsson');
    expect(on.part('title')!.textContent).to.contain('Bo');
    other.destroy();
  });
});
