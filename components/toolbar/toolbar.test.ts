import { aTimeout, elementUpdated, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import '../cobrowse-toolbar.js';
import { languagesLoaded } from '../i18n/localize.js';
import { answer, ask, goLive, openDesk, share, STROKE, type Desk } from '../internal/testing/desk.js';
import { createSession } from '../session/create-session.js';
import { whenState } from '../testing.js';
import type { CobrowseToolbar } from './toolbar.js';

let desk: Desk;
let toolbar: CobrowseToolbar;

async function open(tags: TemplateResult = html`<cobrowse-toolbar></cobrowse-toolbar>`): Promise<void> {
  desk = await openDesk(tags);
  toolbar = desk.session.querySelector('cobrowse-toolbar')!;
  await elementUpdated(toolbar);
}

afterEach(() => desk?.destroy());

const part = (name: string) => toolbar.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`);
const visible = (name: string) => part(name)?.checkVisibility() ?? false;
const statusText = () => part('status')!.innerText.replaceAll(/[\u2068\u2069]/g, '');
const focused = () => toolbar.shadowRoot!.activeElement as HTMLElement | null;
const hasPart = (element: Element | null, name: string) => element?.part.contains(name) ?? false;

async function settled(): Promise<void> {
  await elementUpdated(toolbar);
}

describe('<cobrowse-toolbar>', () => {
  describe('accessibility', () => {
    it('is a toolbar with a name, without violations, in each state', async () => {
      await open();
      expect(part('base')).to.have.attribute('role', 'toolbar');
      expect(part('base')).to.have.attribute('aria-label', 'Co-browse');
      await expect(toolbar).to.be.accessible();
      await ask(desk.pair);
      await settled();
      await expect(toolbar).to.be.accessible();
    });

    it('has no violations while the page is shown', async () => {
      await open();
      await goLive(desk.pair);
      await settled();
      await expect(toolbar).to.be.accessible();
      desk.pair.agent.dispatch({ type: 'set-tool', tool: 'laser' });
      await settled();
      await expect(toolbar).to.be.accessible();
    });

    it('has no violations when it was allowed, and announces it', async () => {
      await open();
      await answer(desk.pair, 'allow');
      await settled();
      expect(part('notification')).to.have.attribute('role', 'alert');
      expect(part('notification')!.innerText.replaceAll(/[\u2068\u2069]/g, '')).to.equal('Chris allowed screen share.');
      await expect(toolbar).to.be.accessible();
    });

    it('has one live region that stays in the tree', async () => {
      await open();
      const region = part('status');
      expect(region).to.have.attribute('role', 'status');
      await goLive(desk.pair);
      await settled();
      expect(part('status')).to.equal(region);
      expect(region!.textContent).to.contain('You see the page of');
    });

    it('says why a button can not be used, and keeps it within reach', async () => {
      await open();
      await goLive(desk.pair);
      desk.pair.consumer.dispatch({ type: 'pause' });
      await whenState(desk.pair.agent, ({ status }) => status === 'paused');
      await settled();
      expect(part('laser')).to.have.attribute('aria-disabled', 'true');
      expect(part('laser')).to.have.attribute('aria-description', 'The consumer paused sharing.');
      part('laser')!.click();
      expect(desk.pair.agent.getState().tool).to.equal('none');
    });
  });

  describe('keyboard', () => {
    it('is one stop for Tab, and arrows, Home and End move inside', async () => {
      await open();
      await goLive(desk.pair);
      await settled();
      const stops = [...toolbar.shadowRoot!.querySelectorAll<HTMLElement>('.item')].filter(
        (item) => item.tabIndex === 0,
      );
      expect(stops).to.have.length(1);
      await sendKeys({ press: 'Tab' });
      expect(hasPart(focused(), 'laser')).to.be.true;
      await sendKeys({ press: 'ArrowRight' });
      expect(hasPart(focused(), 'pencil')).to.be.true;
      await sendKeys({ press: 'End' });
      expect(hasPart(focused(), 'end')).to.be.true;
      await sendKeys({ press: 'ArrowRight' });
      expect(hasPart(focused(), 'laser')).to.be.true;
      await sendKeys({ press: 'ArrowLeft' });
      await sendKeys({ press: 'Home' });
      expect(hasPart(focused(), 'laser')).to.be.true;
    });

    it('turns its arrows around in right-to-left languages', async () => {
      await open(html`<div lang="ar" dir="rtl"><cobrowse-toolbar></cobrowse-toolbar></div>`);
      await languagesLoaded();
      await goLive(desk.pair);
      await settled();
      part('laser')!.focus();
      await sendKeys({ press: 'ArrowLeft' });
      expect(hasPart(focused(), 'pencil')).to.be.true;
    });

    it('moves up and down when it is vertical', async () => {
      await open(html`<cobrowse-toolbar orientation="vertical"></cobrowse-toolbar>`);
      await goLive(desk.pair);
      await settled();
      part('laser')!.focus();
      await sendKeys({ press: 'ArrowDown' });
      expect(hasPart(focused(), 'pencil')).to.be.true;
    });

    it('keeps the focus when the button that has it goes', async () => {
      await open();
      await ask(desk.pair);
      await settled();
      part('withdraw')!.focus();
      await sendKeys({ press: 'Enter' });
      await whenState(desk.pair.agent, ({ request }) => request === null);
      await settled();
      expect(hasPart(focused(), 'request')).to.be.true;
    });

    it('opens a menu with Enter, moves in it, and comes back with Escape', async () => {
      await open();
      await goLive(desk.pair);
      desk.pair.agent.dispatch({ type: 'annotate', stroke: { ...STROKE, points: [...STROKE.points] } });
      await whenState(desk.pair.agent, ({ annotations }) => annotations.length === 1);
      await settled();
      part('trash')!.focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => focused()?.getAttribute('role') === 'menuitem');
      const first = focused();
      await sendKeys({ press: 'ArrowDown' });
      expect(focused()).not.to.equal(first);
      expect(focused()).to.have.attribute('role', 'menuitem');
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => hasPart(focused(), 'trash'));
    });
  });

  describe('properties', () => {
    it('offers nothing that can not be done without a session', async () => {
      const alone = await fixture<CobrowseToolbar>(html`<cobrowse-toolbar></cobrowse-toolbar>`);
      const request = alone.shadowRoot!.querySelector('[part~="request"]')!;
      expect(request).to.have.attribute('aria-disabled', 'true');
      expect(request).to.have.attribute('aria-description', 'Not connected');
    });

    it('finds its session by for, also when that comes later', async () => {
      await open();
      const outside = await fixture<CobrowseToolbar>(html`<cobrowse-toolbar for="later"></cobrowse-toolbar>`);
      desk.session.id = 'later';
      await waitUntil(() => !outside.shadowRoot!.querySelector('[part~="request"]')!.hasAttribute('aria-disabled'));
    });

    it('takes its session as a property', async () => {
      await open();
      const outside = await fixture<CobrowseToolbar>(
        html`<cobrowse-toolbar .session=${desk.session}></cobrowse-toolbar>`,
      );
      expect(outside.shadowRoot!.querySelector('[part~="request"]')).not.to.have.attribute('aria-disabled');
    });

    it('shows only the tools that it is told', async () => {
      await open(html`<cobrowse-toolbar tools="laser undo"></cobrowse-toolbar>`);
      await goLive(desk.pair);
      await settled();
      expect(['laser', 'undo', 'pencil', 'trash'].map(visible)).to.deep.equal([true, true, false, false]);
    });

    it('hides the words and keeps the names with without-labels', async () => {
      await open(html`<cobrowse-toolbar without-labels></cobrowse-toolbar>`);
      await goLive(desk.pair);
      await settled();
      const label = part('laser')!.querySelector<HTMLElement>('[part="label"]')!;
      expect(label.offsetWidth).to.equal(1);
      expect(label.textContent).to.equal('Laser');
    });

    it('is smaller in size s', async () => {
      await open(html`<cobrowse-toolbar></cobrowse-toolbar>`);
      const normal = part('request')!.offsetHeight;
      toolbar.size = 's';
      await settled();
      expect(part('request')!.offsetHeight).to.be.lessThan(normal);
    });

    it('stays inside of 360 pixels: what has no room is under More', async () => {
      await open(html`<div class="panel"><cobrowse-toolbar></cobrowse-toolbar></div>`);
      await goLive(desk.pair);
      toolbar.parentElement!.style.width = '360px';
      await waitUntil(() => visible('overflow'));
      const bar = part('base')!;
      expect(bar.scrollWidth).to.be.at.most(bar.clientWidth);
      expect(['laser', 'pencil', 'end'].map(visible)).to.deep.equal([true, true, true]);
      expect(['undo', 'trash', 'refresh'].map(visible)).to.deep.equal([false, false, false]);
      part('overflow')!.click();
      const menu = toolbar.shadowRoot!.querySelector<HTMLElement>('#more-menu')!;
      expect(menu.matches(':popover-open')).to.be.true;
      expect([...menu.querySelectorAll('.entry__text > :first-child')].map((entry) => entry.textContent)).to.deep.equal(
        ['Undo', 'Erase my drawings', 'Erase all drawings', 'Refresh view'],
      );
    });
  });

  describe('slots', () => {
    it('takes further buttons, which do what they say they do', async () => {
      await open(
        html`<cobrowse-toolbar>
          <button slot="start" data-cobrowse-action="request">SmartActions: co-browse</button>
          <button slot="end">Notes</button>
        </cobrowse-toolbar>`,
      );
      const [request, notes] = toolbar.querySelectorAll('button');
      request!.click();
      await whenState(desk.pair.agent, (state) => state.request !== null);
      await settled();
      expect(request).to.have.attribute('aria-disabled', 'true');
      expect(notes).not.to.have.attribute('aria-disabled');
      expect([request!.tabIndex, notes!.tabIndex].filter((index) => index === 0)).to.have.length(1);
    });

    it('takes icons', async () => {
      await open(html`<cobrowse-toolbar><i slot="icon-request">!</i></cobrowse-toolbar>`);
      const slot = toolbar.shadowRoot!.querySelector<HTMLSlotElement>('slot[name="icon-request"]')!;
      expect(slot.assignedElements()).to.deep.equal([toolbar.querySelector('i')]);
    });
  });

  describe('parts', () => {
    it('names what can be styled', async () => {
      await open();
      await goLive(desk.pair);
      await settled();
      const parts =
        'base group button button__base icon label laser pencil colors color undo trash refresh end overflow menu quality timer participants status';
      expect(parts.split(' ').filter((name) => !part(name))).to.deep.equal([]);
    });
  });

  describe('states', () => {
    it('follows a request to its end', async () => {
      await open();
      part('request')!.click();
      await whenState(desk.pair.consumer, ({ request }) => request !== null);
      await settled();
      expect(statusText()).to.equal('Waiting for the consumer to answer.');
      expect(part('timer')!.innerText.trim()).to.match(/^[12]:\d\d$/);
      expect(visible('withdraw')).to.be.true;
      expect(toolbar.matches(':state(asking)')).to.be.true;
    });

    it('tells of a Deny', async () => {
      await open();
      await answer(desk.pair, 'deny');
      await settled();
      expect(statusText()).to.equal("The consumer didn't allow screen share.");
      expect(part('request')!.innerText).to.equal('Request co-browse');
    });

    it('offers View after Allow, and starts it', async () => {
      await open();
      await answer(desk.pair, 'allow');
      await settled();
      expect(toolbar.matches(':state(allowed)')).to.be.true;
      part('view')!.click();
      await whenState(desk.pair.agent, ({ status }) => status === 'active');
      await settled();
      expect(visible('view')).to.be.false;
      expect(toolbar.matches(':state(sharing)')).to.be.true;
    });

    it('switches tools on and off with what came back, in the colour that is shown', async () => {
      await open();
      await goLive(desk.pair);
      await settled();
      part('laser')!.click();
      await settled();
      expect(part('laser')).to.have.attribute('aria-pressed', 'true');
      expect(desk.pair.agent.getState()).to.include({ tool: 'laser', color: '#e5173f' });
      const blue = toolbar.shadowRoot!.querySelector<HTMLElement>('[part="color"][aria-label="Blue"]')!;
      blue.click();
      await settled();
      expect(desk.pair.agent.getState()).to.include({ tool: 'laser', color: '#2b7de9' });
      expect(blue).to.have.attribute('aria-checked', 'true');
      part('laser')!.click();
      await settled();
      expect(part('laser')).to.have.attribute('aria-pressed', 'false');
    });

    it('undoes and erases', async () => {
      await open();
      await goLive(desk.pair);
      await settled();
      expect(part('undo')).to.have.attribute('aria-disabled', 'true');
      for (const width of [3, 4, 5])
        desk.pair.agent.dispatch({ type: 'annotate', stroke: { ...STROKE, width, points: [...STROKE.points] } });
      await whenState(desk.pair.agent, ({ annotations }) => annotations.length === 3);
      await settled();
      part('undo')!.click();
      await whenState(desk.pair.agent, ({ annotations }) => annotations.length === 2);
      await settled();
      part('trash')!.click();
      const entries = toolbar.shadowRoot!.querySelectorAll<HTMLElement>('#trash-menu .entry');
      expect([...entries].map((entry) => entry.innerText)).to.deep.equal(['Erase my drawings', 'Erase all drawings']);
      entries[1]!.click();
      await whenState(desk.pair.agent, ({ annotations }) => annotations.length === 0);
    });

    it('ends, and says who did', async () => {
      await open();
      await goLive(desk.pair);
      await settled();
      part('end')!.click();
      await whenState(desk.pair.agent, ({ status }) => status === 'ended');
      await settled();
      expect(statusText()).to.equal('You ended the session.');
      expect(visible('request')).to.be.true;
    });

    it('shows who is there, and the connection in words', async () => {
      await open();
      await share(desk.pair);
      await settled();
      part('quality')!.click();
      const panel = toolbar.shadowRoot!.querySelector<HTMLElement>('#details')!;
      expect(panel.matches(':popover-open')).to.be.true;
      expect(panel.innerText).to.contain('Good connection');
      const people = [...panel.querySelectorAll<HTMLElement>('li')].map((person) =>
        person.innerText.replaceAll(/\s+/g, ' '),
      );
      expect(people).to.deep.equal(['Chris Consumer', 'Ada (you) Agent']);
    });

    it('hands control over to another agent, from the list of who is there', async () => {
      await open();
      await goLive(desk.pair);
      const other = createSession(desk.pair.optionsFor({ sub: 'agent-2', name: 'Bo', role: 'agent' }));
      const { agent, consumer } = desk.pair;
      await whenState(agent, ({ participants }) => participants.length === 3);
      await settled();
      expect(part('hand-over')).to.equal(null);
      agent.dispatch({ type: 'request', mode: 'remote-control' });
      await whenState(consumer, ({ request }) => request !== null);
      consumer.dispatch({ type: 'answer', requestId: consumer.getState().request!.id, decision: 'allow' });
      await whenState(agent, ({ mode }) => mode === 'remote-control');
      await settled();
      part('quality')!.click();
      await expect(toolbar).to.be.accessible();
      part('hand-over')!.click();
      const { request } = await whenState(consumer, (state) => state.request !== null);
      expect(request!.agent).to.deep.equal({ id: 'agent-2', name: 'Bo' });
      await settled();
      expect(visible('withdraw'), 'who asked may take it back').to.equal(true);
      other.destroy();
    });
  });

  describe('events', () => {
    it('asks the page before a request, and does nothing when it says no', async () => {
      await open();
      desk.session.addEventListener('cobrowse-mode-request', (event) => event.preventDefault(), { once: true });
      let mode = '';
      desk.session.addEventListener('cobrowse-mode-request', (event) => (mode = event.mode), { once: true });
      part('request')!.click();
      expect(mode).to.equal('screen-share');
      expect(desk.pair.agent.getState().request).to.equal(null);
    });

    it('asks the page before the view and before the end', async () => {
      await open();
      const heard: string[] = [];
      for (const name of ['cobrowse-view-request', 'cobrowse-end-request'] as const) {
        desk.session.addEventListener(name, (event) => heard.push(event.type));
      }
      await answer(desk.pair, 'allow');
      await settled();
      part('view')!.click();
      await whenState(desk.pair.agent, ({ status }) => status === 'active');
      await settled();
      part('end')!.click();
      expect(heard).to.deep.equal(['cobrowse-view-request', 'cobrowse-end-request']);
    });
  });

  describe('languages', () => {
    it('speaks Arabic, from right to left', async () => {
      await open(html`<div lang="ar" dir="rtl"><cobrowse-toolbar></cobrowse-toolbar></div>`);
      await languagesLoaded();
      await settled();
      expect(part('request')!.innerText).to.equal('طلب التصفح المشترك');
      expect(getComputedStyle(part('base')!).direction).to.equal('rtl');
      await answer(desk.pair, 'deny');
      await settled();
      expect(statusText()).to.equal('لم يسمح العميل بـمشاركة الشاشة.');
      await expect(toolbar).to.be.accessible();
    });

    it('takes texts of its own', async () => {
      await open(html`<cobrowse-toolbar .text=${{ agentRequest: 'Have a look' }}></cobrowse-toolbar>`);
      expect(part('request')!.innerText).to.equal('Have a look');
    });
  });

  describe('teardown', () => {
    it('leaves nothing behind after a hundred times', async () => {
      await open();
      await goLive(desk.pair);
      const timers = countTimers();
      for (let i = 0; i < 100; i++) {
        const again = document.createElement('cobrowse-toolbar');
        desk.session.append(again);
        await again.updateComplete;
        again.remove();
      }
      await aTimeout(0);
      expect(timers.left()).to.equal(0);
      timers.restore();
    });
  });
});

/** Counts the intervals that are set and not cleared. */
function countTimers(): { left(): number; restore(): void } {
  const { setInterval: set, clearInterval: clear } = window;
  const open = new Set<unknown>();
  window.setInterval = ((...parameters: Parameters<typeof set>) => {
    const id = set(...parameters);
    open.add(id);
    return id;
  }) as typeof set;
  window.clearInterval = ((id?: number) => {
    open.delete(id);
    clear(id);
  }) as typeof clear;
  return {
    left: () => open.size,
    restore: () => Object.assign(window, { setInterval: set, clearInterval: clear }),
  };
}
