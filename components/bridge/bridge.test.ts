import { expect, fixture, html } from '@open-wc/testing';
import '../cobrowse-session.js';
import { attachSession, exposeSession, type ExposeOptions } from '../bridge.js';
import { act, Journey } from '../session/testing/journey.js';
import type { SessionStore } from '../session/types.js';
import { whenState } from '../testing.js';
import { KNOCK } from './messages.js';

/** A session of a page, and a frame that talks to it: here the window talks to itself, which is a window of this origin too. */
describe('the bridge between a page and a frame', () => {
  let journey: Journey;
  let stop: (() => void) | undefined;
  let attached: SessionStore | undefined;
  const expose = (options: Partial<ExposeOptions> = {}) =>
    (stop = exposeSession(journey.consumer, { origins: [location.origin], ...options }));
  const attach = (origin = location.origin) => (attached = attachSession(window, origin));

  beforeEach(() => (journey = new Journey()));
  afterEach(() => {
    attached?.destroy();
    stop?.();
    journey.destroy();
  });

  it('gives the frame the same state, and takes its answer', async () => {
    expose();
    const requestId = await journey.asked();
    const store = attach();
    expect(store.getState().status).to.equal('idle');
    const { request } = await whenState(store, ({ status }) => status === 'requested');
    expect(request).to.deep.equal(journey.consumer.getState().request);
    act(store, { type: 'answer', requestId, decision: 'allow' });
    await whenState(store, ({ status }) => status === 'allowed');
    await whenState(journey.agent, ({ status }) => status === 'allowed');
  });

  it('waits for a page that exposes its session later', async () => {
    const store = attach();
    expect(store.dispatch({ type: 'end' })).to.deep.equal({ ok: false, code: 'not-connected' });
    await journey.online();
    expose();
    await whenState(store, ({ connection }) => connection === 'online');
  });

  it('lets the frame do what was named only', async () => {
    expose({ actions: ['pause'] });
    await journey.active();
    const store = attach();
    await whenState(store, ({ status }) => status === 'active');
    store.dispatch({ type: 'end' });
    store.dispatch({ type: 'pause' });
    await whenState(store, ({ status }) => status === 'paused');
    expect(journey.consumer.getState().status).to.equal('paused');
  });

  it('answers no other origin', async () => {
    expose({ origins: ['https://chat.example'] });
    const answered = new Promise<boolean>((resolve) => {
      addEventListener('message', ({ data }) => {
        if ((data as { type?: string }).type === KNOCK) queueMicrotask(() => resolve(false));
        else if ((data as { type?: string }).type?.startsWith('cobrowse-bridge')) resolve(true);
      });
    });
    const store = attach();
    expect(await answered).to.equal(false);
    expect(store.dispatch({ type: 'end' }).ok).to.equal(false);
  });

  it('ends with the page’s will, and follows the tag to another store', async () => {
    const element = await fixture(html`<cobrowse-session .store=${journey.consumer}></cobrowse-session>`);
    stop = exposeSession(element as HTMLElement, { origins: [location.origin] });
    await journey.online();
    const store = attach();
    await whenState(store, ({ connection }) => connection === 'online');
    const other = new Journey();
    (element as HTMLElement & { store: SessionStore }).store = other.consumer;
    await other.asked();
    await whenState(store, ({ status }) => status === 'requested');
    stop();
    act(other.consumer, { type: 'answer', requestId: other.consumer.getState().request!.id, decision: 'deny' });
    expect(store.getState().status).to.equal('requested');
    other.destroy();
  });
});
