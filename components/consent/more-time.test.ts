import { expect, html, waitUntil } from '@open-wc/testing';
import { whenState } from '../testing.js';
import { clickOn, stage, type Stage } from './testing/stage.js';

describe('More time', () => {
  let on: Stage;
  const asked = async (requestSeconds: number) => {
    on = await stage(html`<cobrowse-consent></cobrowse-consent>`, 'Ann', {}, { requestSeconds });
    await on.ask();
    await on.settled();
  };
  const isOffered = () => getComputedStyle(on.part('more-time')!).visibility === 'visible';
  const focused = () => (on.consent.renderRoot as ShadowRoot).activeElement;
  const place = (name: string) => {
    const { left, top } = on.part(name)!.getBoundingClientRect();
    return [left, top].map(Math.round);
  };
  afterEach(() => on.end());

  it('is not there while there is time', async () => {
    await asked(30);
    expect(isOffered()).to.equal(false);
    on.part('more-time')!.focus();
    expect(focused()).to.equal(null);
  });

  it('comes 20 seconds before the end, without moving the buttons', async () => {
    await asked(21.5);
    const before = ['allow', 'deny'].map(place);
    await waitUntil(isOffered, 'more time is offered', { timeout: 5000 });
    expect(['allow', 'deny'].map(place)).to.deep.equal(before);
    await expect(on.consent).to.be.accessible();
  });

  it('doubles the time on both sides, once, and keeps the focus in the question', async () => {
    await asked(15);
    const { expiresAt } = on.pair.consumer.getState().request!;
    expect(isOffered()).to.equal(true);
    await clickOn(on.part('more-time')!);
    const { request } = await whenState(on.pair.consumer, (state) => state.request?.hasMoreTime === true);
    expect(request!.expiresAt).to.equal(expiresAt + 15_000);
    await whenState(on.pair.agent, (state) => state.request?.hasMoreTime === true);
    await waitUntil(() => !isOffered());
    expect(focused()).to.equal(on.part('title'));
    expect(on.pair.consumer.getState().status).to.equal('requested');
  });

  it('is not taken by a script', async () => {
    await asked(15);
    on.part('more-time')!.click();
    await on.consent.updateComplete;
    expect(on.pair.consumer.getState().request!.hasMoreTime).to.equal(false);
  });
});
