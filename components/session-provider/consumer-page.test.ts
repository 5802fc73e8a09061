import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import { encodeJson, FRAME_FLAGS, type Frame } from '../../protocol/index.js';
import { clickOn, stage, type Stage } from '../consent/testing/stage.js';
import { internalsOf } from '../session/internals.js';
import { whenState } from '../testing.js';

describe('the consumer’s page', () => {
  let on: Stage;
  let frames: Frame[];
  const listen = () => {
    frames = [];
    internalsOf(on.pair.agent)!.mirror.onFrame('events', (frame) => frames.push(frame));
  };
  /** Snapshots that have come: a new recorder counts its epochs afresh. */
  const epochs = () => frames.filter(({ flags, seq }) => flags & FRAME_FLAGS.snapshot && seq === 0).length;
  const change = () => (document.body.title = `change ${performance.now()}`);

  beforeEach(async () => {
    on = await stage(undefined, undefined, { consumerInk: true });
    listen();
  });
  afterEach(async () => {
    on.end();
    await resetMouse();
    document.title = '';
    document.body.removeAttribute('title');
  });

  it('sends nothing before View', async () => {
    await on.allow();
    change();
    await on.consent.updateComplete;
    expect(frames).to.deep.equal([]);
    expect(on.pair.agent.getState().page).to.equal(null);
  });

  it('tells the agent about the page, and what changes', async () => {
    document.title = 'Checkout';
    await on.share();
    // the title is told when it is known what may be told
    const { page } = await whenState(on.pair.agent, (state) => Boolean(state.page?.title));
    expect(page).to.include({ title: 'Checkout', width: innerWidth, height: innerHeight, visible: true });
    expect(page?.url).to.equal(location.origin + location.pathname);
    document.title = 'Thank you';
    await whenState(on.pair.agent, (state) => state.page?.title === 'Thank you');
  });

  it('starts with an epoch, and another one when it is asked for', async () => {
    await on.share();
    await waitUntil(() => frames.length > 0);
    expect(frames[0]!.flags & FRAME_FLAGS.snapshot).to.equal(FRAME_FLAGS.snapshot);
    on.pair.agent.dispatch({ type: 'resync' });
    await waitUntil(() => epochs() === 2);
  });

  it('tells nothing while paused, and starts afresh after it', async () => {
    await on.share();
    await waitUntil(() => frames.length > 0);
    await clickOn(on.part('pause', on.host())!);
    await whenState(on.pair.agent, ({ status }) => status === 'paused');
    const before = frames.length;
    document.title = 'Private';
    change();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(frames.length).to.equal(before);
    expect(on.pair.agent.getState().page?.title).not.to.equal('Private');
    await clickOn(await on.whenPart('resume', () => on.host()));
    await waitUntil(() => epochs() === 2);
    await whenState(on.pair.agent, (state) => state.page?.title === 'Private');
  });

  it('starts afresh with a new policy', async () => {
    await on.share();
    await waitUntil(() => frames.length > 0);
    on.session.privacy = { mode: 'strict' };
    await waitUntil(() => epochs() === 2);
  });

  it('tells neither title nor path in strict mode, nor before it is known what may be told', async () => {
    document.title = 'Ada Lovelace';
    on.session.privacy = { mode: 'strict' };
    await on.share();
    await waitUntil(() => frames.length > 0);
    document.title = 'Ada';
    const told: string[] = [];
    on.pair.agent.subscribe(({ page }) => page && told.push(page.title || page.url));
    expect(on.pair.agent.getState().page).to.include({ title: '', url: location.origin });
    on.session.privacy = {};
    await whenState(on.pair.agent, (state) => state.page?.title === 'Ada');
    expect(told.join()).not.to.include('Lovelace');
  });

  it('stops when another tab of the same person is shared', async () => {
    await on.share();
    const { mirror } = internalsOf(on.pair.consumer)!;
    const member = [...on.pair.hub.members].find(({ identity }) => identity.role === 'consumer')!;
    const payload = encodeJson({ type: 'superseded' });
    member.receive({ kind: 'control', flags: 0, epoch: 0, seq: 0, sender: '', payload });
    expect(mirror.open).to.be.true;
    await waitUntil(() => on.host() === null);
  });

  it('takes the consumer’s own strokes to the agent, where it may draw', async () => {
    await fixture(html`<p style="margin-top: 200px; height: 200px; background: silver">A place to draw on</p>`);
    await on.share();
    await waitUntil(() => frames.length > 0);
    const pencil = () => on.host().renderRoot.querySelector<HTMLElement>('[aria-pressed]')!;
    await waitUntil(() => pencil() !== null);
    await clickOn(pencil());
    await waitUntil(() => on.part('ink', on.host())!.classList.contains('drawing'));
    await sendMouse({ type: 'move', position: [100, 300] });
    await sendMouse({ type: 'down' });
    for (let x = 110; x <= 200; x += 10) await sendMouse({ type: 'move', position: [x, 300] });
    await sendMouse({ type: 'up' });
    const { annotations } = await whenState(on.pair.agent, (state) => state.annotations.length === 1);
    expect(annotations[0]!.author).to.equal('consumer-1');
    await waitUntil(() => on.part('ink', on.host())!.querySelector('path'));
    await clickOn(pencil());
    await waitUntil(() => !on.part('ink', on.host())!.classList.contains('drawing'));
  });

  it('lets go of the page when the session ends', async () => {
    await on.share();
    await waitUntil(() => frames.length > 0);
    on.pair.agent.dispatch({ type: 'end' });
    await on.reaches('ended');
    const before = frames.length;
    change();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(frames.length).to.equal(before);
  });
});
