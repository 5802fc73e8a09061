import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { dispatchWithEvents } from '../events/ask.js';
import type { CobrowseEndEvent, CobrowseRequestEvent } from '../events/index.js';
import { VERSION } from '../internal/version.js';
import { createMemoryPair, whenState, type MemoryPair } from '../testing.js';
import type { TokenContext } from '../session/types.js';
import '../cobrowse-consent.js';
import '../cobrowse-session.js';
import type { CobrowseSession } from './session.js';

// nobody listens there: what is tested is what happens before the network
const nowhere = 'ws://127.0.0.1:9';
const make = (content: unknown) => fixture<CobrowseSession>(content as Parameters<typeof fixture>[0]);

describe('cobrowse-session', () => {
  let pair: MemoryPair | undefined;
  const together = async () => {
    pair = createMemoryPair();
    const element = await make(html`<cobrowse-session .store=${pair.consumer}></cobrowse-session>`);
    await whenState(pair.agent, ({ offers }) => offers.modes.includes('screen-share'));
    return { element, ...pair };
  };

  afterEach(() => {
    pair?.destroy();
    pair = undefined;
    sessionStorage.clear();
  });

  describe('accessibility', () => {
    it('has no box and no role', async () => {
      const element = await make(html`<cobrowse-session><p>Content</p></cobrowse-session>`);
      expect(getComputedStyle(element).display).to.equal('contents');
      await expect(element).to.be.accessible();
    });
  });

  describe('keyboard', () => {
    it('takes no focus', async () => {
      const element = await make(html`<cobrowse-session><button>Inside</button></cobrowse-session>`);
      element.focus();
      expect(document.activeElement).not.to.equal(element);
    });
  });

  describe('properties', () => {
    it('is dormant without a session: no socket, and a store at once', async () => {
      const element = document.createElement('cobrowse-session');
      element.server = nowhere;
      expect(element.store.getState()).to.include({ session: null, connection: 'offline', status: 'idle' });
      document.body.append(element);
      await element.updateComplete;
      expect(element.store.getState().connection).to.equal('offline');
      element.remove();
    });

    it('reads the token once and takes it out of the page', async () => {
      const element = await make(html`<cobrowse-session token="secret-of-a-person"></cobrowse-session>`);
      expect(element.token).to.equal('secret-of-a-person');
      expect(document.documentElement.outerHTML).not.to.include('secret-of-a-person');
      element.token = 'another-secret';
      await element.updateComplete;
      expect(document.documentElement.outerHTML).not.to.include('another-secret');
      expect(element.token).to.equal('another-secret');
    });

    it('asks getToken before token-url and token', async () => {
      const asked: TokenContext[] = [];
      const getToken = (context: TokenContext) => {
        asked.push(context);
        return 'x';
      };
      await make(
        html`<cobrowse-session
          server=${nowhere}
          session="one"
          token="t"
          token-url="/never"
          .getToken=${getToken}
        ></cobrowse-session>`,
      );
      await waitUntil(() => asked.length > 0);
      expect(asked[0]).to.include({ session: 'one', role: null });
    });

    it('fetches a token by POST, and reports what is wrong with it', async () => {
      const element = await make(
        html`<cobrowse-session server=${nowhere} session="one" token-url="/no-such-page"></cobrowse-session>`,
      );
      const { error } = await whenState(element.store, (state) => state.error !== null);
      expect(error?.code).to.equal('session-not-found');
    });

    it('takes a privacy mode from the attribute', async () => {
      const element = await make(html`<cobrowse-session privacy="strict"></cobrowse-session>`);
      expect(element.privacy).to.deep.equal({ mode: 'strict' });
    });

    it('sets the theme for what is inside', async () => {
      const element = await make(html`<cobrowse-session theme="dark"><p>Content</p></cobrowse-session>`);
      expect(getComputedStyle(element.querySelector('p')!).colorScheme).to.equal('dark');
    });

    it('works for two on one page', async () => {
      const one = await make(html`<cobrowse-session server=${nowhere} session="one" token="t"></cobrowse-session>`);
      const two = await make(html`<cobrowse-session server=${nowhere} session="two" token="t"></cobrowse-session>`);
      expect(one.store).not.to.equal(two.store);
      expect(one.store.getState().session).to.equal('one');
      expect(two.store.getState().session).to.equal('two');
    });
  });

  describe('joining and leaving', () => {
    it('connects by connect(), by the attribute, and forgets by disconnect()', async () => {
      const element = await make(html`<cobrowse-session server=${nowhere} token="t"></cobrowse-session>`);
      expect(element.connect({ session: 'chat-1' })).to.deep.equal({ ok: true });
      expect(element.store.getState().session).to.equal('chat-1');
      element.setAttribute('session', 'chat-2');
      await element.updateComplete;
      expect(element.store.getState().session).to.equal('chat-2');
      element.disconnect();
      expect(element.store.getState().session).to.equal(null);
      expect(sessionStorage.length).to.equal(0);
    });

    it('takes up again on the next page, unless it is told not to', async () => {
      const remembered = JSON.stringify({ version: 1, session: 'chat-7' });
      sessionStorage.setItem(`cobrowse-kit:${nowhere}`, remembered);
      const element = await make(html`<cobrowse-session server=${nowhere} token="t"></cobrowse-session>`);
      await waitUntil(() => element.store.getState().session === 'chat-7', 'takes up again');
      sessionStorage.setItem(`cobrowse-kit:${nowhere}`, remembered);
      const other = await make(html`<cobrowse-session server=${nowhere} token="t" without-resume></cobrowse-session>`);
      expect(other.store.getState().session).to.equal(null);
    });

    it('stays in its session when it is moved', async () => {
      const element = await make(html`<cobrowse-session server=${nowhere} session="one" token="t"></cobrowse-session>`);
      const { store } = element;
      element.parentElement!.prepend(element);
      await element.updateComplete;
      expect(element.store).to.equal(store);
      expect(store.getState().session).to.equal('one');
    });

    it('joins again when it was taken out and is put back', async () => {
      const element = await make(html`<cobrowse-session server=${nowhere} session="one" token="t"></cobrowse-session>`);
      const parent = element.parentElement!;
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      parent.append(element);
      await element.updateComplete;
      expect(element.store.getState().session).to.equal('one');
    });
  });

  describe('slots', () => {
    it('leaves the page’s content where it is', async () => {
      const element = await make(html`<cobrowse-session><p>Content</p></cobrowse-session>`);
      expect(element.querySelector('p')!.checkVisibility()).to.be.true;
    });
  });

  describe('events', () => {
    it('answers what respondWith promises', async () => {
      const { element, agent, consumer } = await together();
      element.addEventListener('cobrowse-request', (event) => event.respondWith(Promise.resolve('allow')));
      agent.dispatch({ type: 'request', mode: 'screen-share' });
      await whenState(consumer, ({ status }) => status === 'allowed');
    });

    it('takes a promise that rejects for a no', async () => {
      const { element, agent, consumer } = await together();
      element.addEventListener('cobrowse-request', (event) => event.respondWith(Promise.reject(new Error('closed'))));
      agent.dispatch({ type: 'request', mode: 'screen-share' });
      const { lastOutcome } = await whenState(consumer, (state) => state.lastOutcome !== null);
      expect(lastOutcome?.outcome).to.equal('denied');
    });

    it('asks confirmRequest instead of our tags, and takes a throw for a no', async () => {
      const { element, agent, consumer } = await together();
      const names: string[] = [];
      element.confirmRequest = ({ agent: { name } }) => {
        names.push(name);
        throw new Error('broken');
      };
      agent.dispatch({ type: 'request', mode: 'screen-share' });
      const { lastOutcome } = await whenState(consumer, (state) => state.lastOutcome !== null);
      expect(lastOutcome?.outcome).to.equal('denied');
      expect(names).to.deep.equal(['Ada']);
    });

    it('lets respondWith be called once, in the listener', async () => {
      const { element, agent } = await together();
      setTimeout(() => agent.dispatch({ type: 'request', mode: 'screen-share' }));
      const event = await oneEvent<CobrowseRequestEvent>(element, 'cobrowse-request');
      await Promise.resolve();
      expect(() => event.respondWith(Promise.resolve('allow'))).to.throw(DOMException);
    });

    it('fires the facts of a session in order', async () => {
      const { element, agent, consumer } = await together();
      const seen: string[] = [];
      const names = 'answer request-end status-change mode-change participants-change end'.split(' ');
      for (const name of names) element.addEventListener(`cobrowse-${name}`, () => seen.push(name));
      element.addEventListener('cobrowse-request', (event) => event.respondWith(Promise.resolve('allow')));
      agent.dispatch({ type: 'request', mode: 'screen-share' });
      await whenState(agent, ({ status }) => status === 'allowed');
      agent.dispatch({ type: 'view' });
      await whenState(consumer, ({ mode }) => mode === 'screen-share');
      setTimeout(() => agent.dispatch({ type: 'end' }));
      const end = await oneEvent<CobrowseEndEvent>(element, 'cobrowse-end');
      expect(end.reason).to.equal('agent');
      expect(end.bubbles && end.composed && !end.cancelable).to.be.true;
      expect(seen.filter((name) => name === 'answer').length).to.equal(1);
      expect(seen.indexOf('answer')).to.be.below(seen.indexOf('request-end'));
      expect(seen.indexOf('mode-change')).to.be.below(seen.indexOf('end'));
    });

    it('asks the page before an agent’s request, view and end, and not before a consumer’s stop', async () => {
      pair = createMemoryPair();
      const element = await make(html`<cobrowse-session .store=${pair.agent}></cobrowse-session>`);
      await whenState(pair.agent, ({ offers }) => offers.modes.includes('screen-share'));
      const cancel = (event: Event) => event.preventDefault();
      for (const name of ['mode', 'view', 'end']) element.addEventListener(`cobrowse-${name}-request`, cancel);
      const cancelled = { ok: false, code: 'cancelled' };
      expect(dispatchWithEvents(element.scope, { type: 'request', mode: 'screen-share' })).to.deep.equal(cancelled);
      expect(dispatchWithEvents(element.scope, { type: 'view' })).to.deep.equal(cancelled);
      expect(dispatchWithEvents(element.scope, { type: 'end' })).to.deep.equal(cancelled);
      const consumer = { ...element.scope, store: pair.consumer };
      expect(dispatchWithEvents(consumer, { type: 'end' })).to.deep.equal({ ok: false, code: 'wrong-status' });
    });
  });

  describe('diagnostics', () => {
    it('names states and codes, and nobody', async () => {
      const { element } = await together();
      const text = JSON.stringify(element.getDiagnostics());
      expect(text).to.include('"connection":"online"').and.include(VERSION);
      expect(text).not.to.match(/Ada|Chris|token/);
    });
  });

  describe('teardown', () => {
    it('leaves nothing after 100 times', async () => {
      const { element, consumer } = await together();
      const parent = element.parentElement!;
      for (let i = 0; i < 100; i++) {
        element.remove();
        await Promise.resolve();
        parent.append(element);
      }
      expect(element.store).to.equal(consumer);
      expect(element.store.getState().connection).to.equal('online');
      const opened = await make(html`<cobrowse-session server=${nowhere} session="x" token="t"></cobrowse-session>`);
      const { store } = opened;
      opened.remove();
      await waitUntil(() => !store.dispatch({ type: 'connect', session: 'x' }).ok);
    });
  });
});

describe('the version', () => {
  it('is that of the package', async () => {
    const { version } = (await (await fetch('/package.json')).json()) as { version: string };
    expect(VERSION).to.equal(version);
  });
});
