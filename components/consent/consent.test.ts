import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { resetMouse, sendKeys } from '@web/test-runner-commands';
import type { AnswerEntry } from '../../protocol/doc-schema.js';
import type { CobrowseRequestEvent } from '../events/index.js';
import { languagesLoaded } from '../i18n/localize.js';
import { whenState } from '../testing.js';
import type { CobrowseConsent } from './consent.js';
import { clickOn, stage, type Stage } from './testing/stage.js';

describe('cobrowse-consent', () => {
  let on: Stage;
  const text = (name: string) => on.part(name)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const set = async (change: (consent: CobrowseConsent) => void) => {
    change(on.consent);
    await on.consent.updateComplete;
  };

  beforeEach(async () => {
    on = await stage();
  });
  afterEach(() => {
    on.end();
    document.documentElement.lang = 'en';
    document.documentElement.removeAttribute('dir');
  });

  describe('accessibility', () => {
    it('asks in a group that its title names, without moving the focus', async () => {
      const before = document.activeElement;
      await on.ask();
      const message = await on.whenPart('message');
      expect(message.getAttribute('role')).to.equal('group');
      expect(message.getAttribute('aria-labelledby')).to.equal(on.part('title')?.id);
      expect(document.activeElement).to.equal(before);
      await expect(on.consent).to.be.accessible();
    });

    it('asks in an alert dialog with the focus on its title', async () => {
      await set((consent) => (consent.presentation = 'dialog'));
      await on.ask();
      const dialog = (await on.whenPart('message')).closest('dialog')!;
      expect(dialog.matches(':modal')).to.be.true;
      expect(dialog.getAttribute('role')).to.equal('alertdialog');
      expect((on.consent.renderRoot as ShadowRoot).activeElement).to.equal(on.part('title'));
      await expect(on.consent).to.be.accessible();
    });

    it('says in a live region what is asked and what goes on', async () => {
      const said = () => on.host()?.renderRoot.querySelector('[role="status"]')?.textContent?.trim();
      await on.ask();
      await waitUntil(() => said() === 'Ann Ericsson asks to see this tab.');
      await on.settled();
      await clickOn(on.part('allow')!);
      on.pair.agent.dispatch({ type: 'view' });
      await waitUntil(() => said() === 'Ann Ericsson sees this tab');
    });

    it('is accessible while the page is shared', async () => {
      await on.share();
      await expect(on.consent).to.be.accessible();
    });

    it('gives both answers the same size and weight', async () => {
      await on.ask();
      await on.settled();
      await resetMouse();
      const allow = on.part('allow')!;
      const deny = on.part('deny')!;
      const look = (button: HTMLElement) => {
        const { fontSize, fontWeight, color, backgroundColor, borderColor, borderWidth } = getComputedStyle(button);
        const { width, height } = button.getBoundingClientRect();
        const size = [Math.round(width), Math.round(height)];
        return { size, fontSize, fontWeight, color, backgroundColor, borderColor, borderWidth };
      };
      await Promise.all(allow.getAnimations().map(({ finished }) => finished));
      expect(look(allow)).to.deep.equal(look(deny));
    });
  });

  describe('keyboard', () => {
    it('answers by Enter on the button only', async () => {
      const input = await fixture<HTMLInputElement>(html`<input aria-label="Message" />`);
      await on.ask();
      await on.settled();
      input.focus();
      await sendKeys({ press: 'Enter' });
      expect(on.pair.consumer.getState().status).to.equal('requested');
      on.part('allow')!.focus();
      await sendKeys({ press: 'Enter' });
      await on.reaches('allowed');
    });

    it('denies by Escape in the dialog', async () => {
      await set((consent) => (consent.presentation = 'dialog'));
      await on.ask();
      await on.settled();
      await sendKeys({ press: 'Escape' });
      const state = await whenState(on.pair.consumer, ({ lastOutcome }) => lastOutcome !== null);
      expect(state.lastOutcome?.outcome).to.equal('denied');
    });

    it('stops by the shortcut', async () => {
      await set((consent) => (consent.stopShortcut = 'Control+Alt+S'));
      await on.share();
      await sendKeys({ down: 'Control' });
      await sendKeys({ down: 'Alt' });
      await sendKeys({ press: 'KeyS' });
      await sendKeys({ up: 'Alt' });
      await sendKeys({ up: 'Control' });
      expect((await on.reaches('ended')).endReason).to.equal('consumer');
    });
  });

  describe('answering', () => {
    it('ignores a click that comes before the question could be read', async () => {
      await on.ask();
      const allow = await on.whenPart('allow');
      expect(allow.getAttribute('aria-disabled')).to.equal('true');
      await clickOn(allow);
      expect(on.pair.consumer.getState().status).to.equal('requested');
    });

    it('starts again when the layout moves it under the pointer', async () => {
      await on.ask();
      await on.settled();
      on.session.before(Object.assign(document.createElement('p'), { textContent: 'A new message' }));
      await clickOn(on.part('allow')!);
      expect(on.pair.consumer.getState().status).to.equal('requested');
      await on.settled();
    });

    it('is not allowed by a script', async () => {
      await on.ask();
      await on.settled();
      on.part('allow')!.click();
      expect(on.pair.consumer.getState().status).to.equal('requested');
    });

    it('goes from the question to Stop', async () => {
      await on.share();
      expect(text('after')).to.equal('Sharing has started. Ann Ericsson sees this tab.');
      await clickOn(on.part('stop', on.host())!);
      expect((await on.reaches('ended')).endReason).to.equal('consumer');
      await waitUntil(() => text('after') === 'Sharing has ended. Ann Ericsson no longer sees your page.');
    });

    it('sends the words that were shown with the answer', async () => {
      const shown = await shownWith(on);
      expect(shown).to.include({ id: 'screen-share', version: 1, locale: 'en' });
      expect(shown?.text).to.match(/^Show Ann Ericsson this tab\?\nAnn Ericsson from Northwind will see/);
      expect(shown?.text).to.include('Passwords, card details and fields we protect stay hidden.');
    });

    it('says what became of a question', async () => {
      await on.ask();
      await on.settled();
      await clickOn(on.part('deny')!);
      await waitUntil(() => text('after') === "You didn't allow this. Nothing is shared.");
      await on.ask();
      on.pair.agent.dispatch({ type: 'withdraw', requestId: on.pair.agent.getState().request!.id });
      await waitUntil(() => text('after') === 'Ann Ericsson withdrew the request.');
    });

    it('pauses and resumes', async () => {
      await on.share();
      await clickOn(on.part('pause', on.host())!);
      await on.reaches('paused');
      expect(on.consent.matches(':state(paused)')).to.be.true;
      await clickOn(await on.whenPart('resume', () => on.host()));
      await on.reaches('active');
    });
  });

  describe('properties', () => {
    it('shows nothing before a question', () => {
      expect(on.consent.view).to.equal(undefined);
      expect(on.consent.renderRoot.textContent).to.equal('');
    });

    it('presentation="none" leaves the asking to the page', async () => {
      await set((consent) => (consent.presentation = 'none'));
      await on.ask();
      await waitUntil(() => on.consent.view !== undefined);
      await on.consent.updateComplete;
      expect(on.part('allow')).to.equal(null);
    });

    it('company and policy-url override those of the session', async () => {
      await set((consent) => {
        consent.company = 'Southwind';
        consent.policyUrl = '/how';
      });
      await on.ask();
      await on.whenPart('message');
      expect(text('body')).to.include('from Southwind');
      expect(on.part('legal')?.querySelector('a')?.getAttribute('href')).to.equal('/how');
    });

    it('indicator, placement, without-frame and without-pause shape the overlay', async () => {
      await set((consent) => {
        consent.placement = 'inline-end-block-end';
        consent.withoutFrame = true;
        consent.withoutPause = true;
      });
      await on.share();
      expect(on.part('frame')).to.equal(null);
      expect(on.part('pause')).to.equal(null);
      const indicator = on.part('indicator')!;
      await Promise.all(indicator.getAnimations().map(({ finished }) => finished));
      const box = indicator.getBoundingClientRect();
      expect(innerHeight - box.bottom).to.be.within(8, 16);
      expect(innerWidth - box.right).to.be.within(8, 16);
      await set((consent) => (consent.indicator = 'pill'));
      expect(indicator.getBoundingClientRect().width).to.be.below(box.width);
      await set((consent) => (consent.indicator = 'none'));
      expect(on.part('indicator')).to.equal(null);
      expect(on.part('ink')).not.to.equal(null);
    });
  });

  describe('slots', () => {
    it('takes words of the page, and sends them with the answer', async () => {
      on.consent.innerHTML = '<span slot="title">May we look?</span><span slot="allow">Yes, allow</span>';
      expect((await shownWith(on))?.text).to.match(/^May we look\?\n/);
    });

    it('has each slot of the contract', async () => {
      const slots = () => [...on.consent.renderRoot.querySelectorAll('slot')].map(({ name }) => name);
      await on.ask();
      await on.whenPart('message');
      expect(slots()).to.include.members(['icon', 'logo', 'title', 'body', 'legal', 'allow', 'deny']);
      await on.settled();
      await clickOn(on.part('allow')!);
      on.pair.agent.dispatch({ type: 'view' });
      await on.whenPart('pause');
      expect(slots()).to.include.members(['stop', 'pause', 'after', 'icon']);
    });
  });

  describe('parts', () => {
    it('has each part of the question and of the overlay', async () => {
      await on.ask();
      await on.whenPart('message');
      const asking = 'avatar countdown title body points hidden-note expiry legal actions allow deny';
      for (const name of asking.split(' ')) expect(on.part(name), name).not.to.equal(null);
      await on.settled();
      await clickOn(on.part('allow')!);
      on.pair.agent.dispatch({ type: 'view' });
      await on.whenPart('pause');
      const sharing = 'after indicator indicator-icon indicator-text stop pause frame ink';
      for (const name of sharing.split(' ')) expect(on.part(name), name).not.to.equal(null);
    });
  });

  describe('events', () => {
    it('asks nothing when the page cancels the question', async () => {
      on.session.addEventListener('cobrowse-request', (event) => event.preventDefault());
      await on.ask();
      await waitUntil(() => on.consent.view !== undefined);
      await on.consent.updateComplete;
      expect(on.part('message')).to.equal(null);
    });

    it('tells the page what is asked', async () => {
      setTimeout(() => on.pair.agent.dispatch({ type: 'request', mode: 'screen-share' }));
      const event = await oneEvent<CobrowseRequestEvent>(on.session, 'cobrowse-request');
      expect(event.request.agent.name).to.equal('Ann Ericsson');
    });
  });

  describe('languages', () => {
    it('speaks Arabic where the page does, and loads it by itself', async () => {
      document.documentElement.lang = 'ar';
      document.documentElement.dir = 'rtl';
      await on.ask();
      await on.whenPart('message');
      await languagesLoaded();
      await waitUntil(() => text('allow') === 'السماح');
      expect(on.consent.renderRoot.querySelector('.root')?.getAttribute('dir')).to.equal('rtl');
      expect(on.part('title')?.querySelector('bdi')?.textContent).to.equal('Ann Ericsson');
      await expect(on.consent).to.be.accessible();
    });

    it('follows the closest lang, and takes single texts', async () => {
      on.session.lang = 'ar';
      await set((consent) => (consent.text = { deny: 'لا' }));
      await on.ask();
      await on.whenPart('message');
      await waitUntil(() => text('allow') === 'السماح');
      expect(text('deny')).to.equal('لا');
    });

    it('isolates a name that would turn the words around', async () => {
      on.end();
      on = await stage(undefined, 'آمنة \u202Eevil');
      await on.ask();
      await on.whenPart('message');
      expect(on.part('title')?.querySelector('bdi')?.textContent).to.equal('آمنة evil');
    });
  });

  describe('teardown', () => {
    it('leaves nothing after 100 times', async () => {
      await on.share();
      const before = document.body.querySelectorAll('*').length;
      for (let i = 0; i < 100; i++) {
        on.consent.remove();
        on.session.append(on.consent);
      }
      await waitUntil(() => on.host() === on.consent && on.part('stop')?.checkVisibility());
      expect(document.body.querySelectorAll('*').length).to.equal(before);
      on.consent.remove();
      on.session.remove();
      await waitUntil(() => document.querySelector('cobrowse-consent') === null);
    });
  });
});

/** The words that reach the server with Allow; the agent may delete them at once. */
async function shownWith(on: Stage) {
  const answers = on.pair.hub.doc.getMap<AnswerEntry>('answers');
  const seen: AnswerEntry[] = [];
  answers.observe(() => seen.push(...answers.values()));
  await on.allow();
  await waitUntil(() => seen.length > 0);
  return seen[0]!.shown;
}
