import { aTimeout, elementUpdated, expect, html, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import '../cobrowse-agent-view.js';
import { languagesLoaded } from '../i18n/localize.js';
import { answer, ask, openDesk, PAGE, share, type Desk } from '../internal/testing/desk.js';
import { compilePolicy } from '../mirror/privacy.js';
import { startRecorder } from '../mirror/recorder.js';
import type { Recorder } from '../mirror/types.js';
import { internalsOf } from '../session/internals.js';
import { whenState } from '../testing.js';
import type { CobrowseAgentView } from './agent-view.js';

let desk: Desk;
let view: CobrowseAgentView;
let recorder: Recorder | undefined;
let stopRequests: (() => void) | undefined;

const plain = html`<cobrowse-agent-view></cobrowse-agent-view>`;

async function open(tags: TemplateResult = plain): Promise<void> {
  desk = await openDesk(tags);
  view = desk.session.querySelector('cobrowse-agent-view')!;
  view.style.height = '400px';
  await elementUpdated(view);
}

/** The consumer's side records this very page. */
function record(): void {
  const internals = internalsOf(desk.pair.consumer)!;
  const { mirror } = internals;
  const onError = (error: Error) => console.error(error);
  recorder = startRecorder({ mirror, policy: compilePolicy({}), pageId: PAGE.id, onError });
  stopRequests = internals.onEpochRequest(() => recorder?.startEpoch());
}

async function live(): Promise<void> {
  await share(desk.pair);
  record();
  await whenState(desk.pair.agent, ({ view: { phase } }) => phase === 'live');
  await elementUpdated(view);
}

afterEach(() => {
  stopRequests?.();
  recorder?.stop();
  recorder = undefined;
  desk?.destroy();
});

const root = () => view.shadowRoot!;
const part = (name: string) => root().querySelector<HTMLElement>(`[part~="${name}"]`);
const plainText = (element: HTMLElement | null) => element?.innerText.replaceAll(/[\u2068\u2069]/g, '').trim() ?? '';
const title = () => plainText(root().querySelector('.state__title'));
const buttons = () => [...(part('state-actions')?.querySelectorAll('button') ?? [])];
const frame = () => part('mirror')!.querySelector('iframe');
const settled = () => elementUpdated(view);

/** Rendered, and faded in: colours are measured. */
async function still(): Promise<void> {
  await settled();
  await Promise.all(
    part('overlay')
      ?.getAnimations()
      .map((animation) => animation.finished) ?? [],
  );
}

describe('<cobrowse-agent-view>', () => {
  describe('accessibility', () => {
    it('has a name and no violations in its states', async () => {
      await open();
      expect(part('base')).to.have.attribute('aria-label', "Consumer's page");
      await still();
      await expect(view).to.be.accessible();
      await ask(desk.pair);
      await still();
      await expect(view).to.be.accessible();
    });

    it('has no violations with a picture', async () => {
      await open();
      await live();
      // the consumer's page has rules of its own
      await expect(view).to.be.accessible({ ignoredTags: ['region'], ignoredRules: ['frame-tested'] });
      expect(frame()).to.have.attribute('title', "Picture of the consumer's page");
    });

    it('speaks in a live region, unless a toolbar does', async () => {
      await open();
      const region = root().querySelector('[role="status"]')!;
      await ask(desk.pair);
      await settled();
      expect(region.textContent).to.equal('Waiting for the consumer to answer.');
      const { CobrowseToolbar } = await import('../cobrowse-toolbar.js');
      const toolbar = new CobrowseToolbar();
      desk.session.append(toolbar);
      await toolbar.updateComplete;
      desk.pair.agent.dispatch({ type: 'withdraw', requestId: desk.pair.agent.getState().request!.id });
      await settled();
      expect(region.textContent).to.equal('');
    });
  });

  describe('keyboard', () => {
    it('points and draws with arrow keys and the space bar', async () => {
      await open();
      await live();
      desk.pair.agent.dispatch({ type: 'set-tool', tool: 'pencil', color: '#e5173f' });
      await settled();
      part('capture')!.focus();
      await sendKeys({ press: 'ArrowRight' });
      await sendKeys({ down: 'Space' });
      for (let i = 0; i < 4; i++) await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ up: 'Space' });
      const { annotations } = await whenState(desk.pair.consumer, (state) => state.annotations.length === 1);
      expect(annotations[0]!.stroke).to.include({ color: '#e5173f', page: PAGE.id });
    });

    it('offers the surface to Tab only while there is a tool', async () => {
      await open();
      await live();
      expect(part('capture')!.tabIndex).to.equal(-1);
      desk.pair.agent.dispatch({ type: 'set-tool', tool: 'laser' });
      await settled();
      expect(part('capture')!.tabIndex).to.equal(0);
      expect(part('capture')).to.have.attribute('aria-label', 'Laser. Move with the arrow keys.');
    });
  });

  describe('properties', () => {
    it('scales the picture down into its box, in the proportions of the page', async () => {
      await open();
      await share(desk.pair);
      await settled();
      await waitUntil(() => part('frame-wrap')!.offsetWidth > 0);
      const box = part('viewport')!.getBoundingClientRect();
      const shown = part('frame-wrap')!.getBoundingClientRect();
      expect(shown.width / shown.height).to.be.closeTo(PAGE.width / PAGE.height, 0.02);
      expect(shown.height).to.be.at.most(box.height);
      expect(shown.width).to.be.at.most(box.width);
    });

    it('never scales up by itself, and zooms when it is told', async () => {
      await open();
      await share(desk.pair, { ...PAGE, width: 200, height: 100 });
      await settled();
      await waitUntil(() => part('frame-wrap')!.offsetWidth === 200);
      part('zoom')!.querySelector<HTMLElement>('button:last-child')!.click();
      await settled();
      expect(view.zoom).to.equal(1.25);
      expect(part('frame-wrap')!.offsetWidth).to.equal(250);
      part('zoom')!.querySelector<HTMLElement>('.percent')!.click();
      await settled();
      expect(part('frame-wrap')!.offsetWidth).to.equal(200);
    });

    it('shows the true size with fit="actual"', async () => {
      await open(html`<cobrowse-agent-view fit="actual"></cobrowse-agent-view>`);
      await share(desk.pair);
      await settled();
      expect(part('frame-wrap')!.offsetWidth).to.equal(PAGE.width);
    });

    it('says which page it is, unless without-header', async () => {
      await open();
      await share(desk.pair);
      await settled();
      expect(part('page-title')!.innerText).to.equal('Your basket');
      expect(part('page-url')!.textContent).to.equal('/basket');
      expect(part('device')!.textContent).to.contain('Desktop, 1280 × 720');
      view.withoutHeader = true;
      await settled();
      expect(part('header')).to.equal(null);
    });

    it('says in words when the desk can not show the page', async () => {
      await open(html`<cobrowse-agent-view frame-url="data:text/html,not-ours"></cobrowse-agent-view>`);
      await share(desk.pair);
      await whenState(desk.pair.agent, ({ view: { phase } }) => phase === 'failed', 15_000);
      await settled();
      expect(title()).to.equal("The page can't be shown.");
      expect(plainText(root().querySelector('.state__hint'))).to.contain('frame-blocked');
      expect(buttons().map((button) => button.innerText)).to.deep.equal(['Refresh view', 'Copy details']);
    });
  });

  describe('slots', () => {
    it('takes a panel of the page, an icon and actions', async () => {
      await open(
        html`<cobrowse-agent-view>
          <p slot="waiting">Nothing here</p>
          <button slot="actions">Call back</button>
        </cobrowse-agent-view>`,
      );
      const assigned = (name: string) =>
        root().querySelector<HTMLSlotElement>(`slot[name="${name}"]`)?.assignedElements() ?? [];
      expect(assigned('waiting')).to.have.length(1);
      await answer(desk.pair, 'deny');
      await settled();
      expect(assigned('actions')).to.have.length(1);
      expect(root().querySelector('slot[name="denied"]')).to.exist;
      expect(root().querySelector('slot[name="state-icon"]')).to.exist;
    });
  });

  describe('parts', () => {
    it('names what can be styled', async () => {
      await open();
      await share(desk.pair);
      await settled();
      const names =
        'base header page-title page-url device zoom viewport frame-wrap mirror ink cursor cursor-name capture focus-ring overlay state state-icon state-text state-actions';
      expect(names.split(' ').filter((name) => !part(name))).to.deep.equal([]);
    });
  });

  describe('states', () => {
    it('tells from nothing to View', async () => {
      await open();
      expect(title()).to.equal('No co-browse yet');
      expect(view.matches(':state(waiting)')).to.be.true;
      await ask(desk.pair);
      await settled();
      expect(title()).to.equal('Waiting for the consumer to answer.');
      buttons()[0]!.click();
      await whenState(desk.pair.agent, ({ request }) => request === null);
      await answer(desk.pair, 'allow');
      await settled();
      expect(title()).to.equal('Chris allowed screen share.');
      buttons()[0]!.click();
      await whenState(desk.pair.agent, ({ status }) => status === 'active');
      await settled();
      expect(title()).to.equal('Loading the page…');
      expect(view.matches(':state(loading)')).to.be.true;
    });

    it('loads nothing of the picture before it is active', async () => {
      await open();
      await answer(desk.pair, 'allow');
      await settled();
      expect(frame()).to.equal(null);
    });

    it('tells of a Deny', async () => {
      await open();
      await answer(desk.pair, 'deny');
      await settled();
      expect(title()).to.equal("The consumer didn't allow screen share.");
    });

    it('shows the page, live', async () => {
      await open();
      const paragraph = document.createElement('p');
      paragraph.textContent = 'Two olive trees';
      document.body.append(paragraph);
      await live();
      const text = () => frame()!.contentDocument!.body.textContent;
      expect(text()).to.contain('Two olive trees');
      paragraph.textContent = 'Three olive trees';
      await waitUntil(() => text().includes('Three olive trees'));
      paragraph.remove();
      expect(part('overlay')).to.equal(null);
      expect(view.matches(':state(live)')).to.be.true;
    });

    it('sends no pointer into the page: the surface takes it', async () => {
      await open();
      await live();
      const { left, top, width, height } = part('frame-wrap')!.getBoundingClientRect();
      const hit = root().elementFromPoint(left + width / 2, top + height / 2);
      expect(hit).to.equal(part('capture'));
    });

    it('draws with the mouse, on what lies under it', async () => {
      await open();
      await live();
      desk.pair.agent.dispatch({ type: 'set-tool', tool: 'pencil', color: '#2b7de9' });
      await settled();
      const { left, top } = part('capture')!.getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(left + 20), Math.round(top + 20)] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [Math.round(left + 60), Math.round(top + 30)] });
      await sendMouse({ type: 'up' });
      const { annotations } = await whenState(desk.pair.consumer, (state) => state.annotations.length === 1);
      expect(annotations[0]!.author).to.equal('agent-1');
      expect(view.matches(':state(drawing)')).to.be.true;
    });

    it('keeps the last picture, and says so, while the consumer pauses or is away from the page', async () => {
      await open();
      await live();
      desk.pair.consumer.dispatch({ type: 'pause' });
      await whenState(desk.pair.agent, ({ status }) => status === 'paused');
      await settled();
      expect(title()).to.equal('The consumer paused sharing.');
      expect(frame()).to.exist;
      desk.pair.consumer.dispatch({ type: 'resume' });
      internalsOf(desk.pair.consumer)!.setPage({ ...PAGE, visible: false });
      await whenState(desk.pair.agent, ({ view: { phase } }) => phase === 'hidden');
      await settled();
      expect(title()).to.equal('The page is not visible.');
    });

    it('says who has lost the connection', async () => {
      await open();
      await live();
      desk.pair.consumer.dispatch({ type: 'disconnect' });
      await whenState(desk.pair.agent, ({ view: { phase } }) => phase === 'reconnecting');
      await settled();
      expect(title()).to.equal('Connection lost. Reconnecting…');
      expect(plainText(root().querySelector('.state__hint'))).to.contain("The consumer's connection");
    });

    it('drops the last picture at the end, and says who ended it', async () => {
      await open();
      await live();
      desk.pair.consumer.dispatch({ type: 'end' });
      await whenState(desk.pair.agent, ({ status }) => status === 'ended');
      await settled();
      expect(title()).to.equal('The consumer ended the session.');
      expect(frame()).to.equal(null);
      expect(part('ink')!.childElementCount).to.equal(0);
    });

    it('shows a second session after the first', async () => {
      await open();
      await live();
      desk.pair.agent.dispatch({ type: 'end' });
      await whenState(desk.pair.agent, ({ status }) => status === 'ended');
      stopRequests?.();
      recorder?.stop();
      await live();
      expect(frame()!.contentDocument!.body.childElementCount).to.be.greaterThan(0);
    });
  });

  describe('events', () => {
    it('asks the page before the view', async () => {
      await open();
      await answer(desk.pair, 'allow');
      await settled();
      desk.session.addEventListener('cobrowse-view-request', (event) => event.preventDefault(), { once: true });
      buttons()[0]!.click();
      expect(desk.pair.agent.getState().status).to.equal('allowed');
    });
  });

  describe('languages', () => {
    it('speaks Arabic, and does not mirror the picture', async () => {
      await open(html`<div lang="ar" dir="rtl"><cobrowse-agent-view></cobrowse-agent-view></div>`);
      await languagesLoaded();
      await settled();
      expect(title()).to.equal('لا يوجد تصفح مشترك بعد');
      expect(getComputedStyle(part('base')!).direction).to.equal('rtl');
      expect(getComputedStyle(part('mirror')!).direction).to.equal('ltr');
      await share(desk.pair);
      await settled();
      const wrap = part('frame-wrap')!.getBoundingClientRect();
      expect(part('mirror')!.getBoundingClientRect().left).to.be.closeTo(wrap.left, 1);
      await still();
      await expect(view).to.be.accessible();
    });
  });

  describe('teardown', () => {
    it('comes and goes a hundred times and leaves nothing', async () => {
      await open();
      await live();
      view.remove();
      await aTimeout(0);
      expect(frame()).to.equal(null);
      for (let i = 0; i < 100; i++) {
        desk.session.append(view);
        await view.updateComplete;
        view.remove();
      }
      await aTimeout(0);
      expect(frame()).to.equal(null);
      expect(part('ink')!.childElementCount).to.equal(0);
      desk.session.append(view);
      await waitUntil(() => frame() !== null);
      await whenState(desk.pair.agent, ({ view: { phase } }) => phase === 'live');
      expect(root().querySelectorAll('iframe')).to.have.length(1);
    });
  });
});
