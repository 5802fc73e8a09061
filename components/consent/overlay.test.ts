import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { composedContains, deepElementAt } from '../internal/deep-dom.js';
import { clickOn, middleOf, stage, type Stage } from './testing/stage.js';

const inChat = html`<div class="chat"><cobrowse-consent></cobrowse-consent></div>`;

describe('the overlay on the consumer’s page', () => {
  let on: Stage;
  const stop = () => on.part('stop', on.host());
  const canHitStop = () => {
    const button = stop();
    return Boolean(button?.checkVisibility() && composedContains(button, deepElementAt(...middleOf(button))));
  };
  const stopByMouse = async () => {
    await waitUntil(canHitStop, 'Stop can be hit');
    await sendMouse({ type: 'click', position: middleOf(stop()!) });
    return on.reaches('ended');
  };
  const dialog = () =>
    fixture<HTMLDialogElement>(
      html`<dialog>
        <p>A dialog of the page</p>
        <button>Inside</button>
      </dialog>`,
    );

  beforeEach(async () => {
    on = await stage(inChat);
  });
  afterEach(() => on.end());

  it('is carried by the page’s tag', async () => {
    await on.share();
    expect(on.host()).to.equal(on.consent);
    expect((await stopByMouse()).endReason).to.equal('consumer');
  });

  it('lets clicks through to the page', async () => {
    const button = await fixture<HTMLButtonElement>(html`<button style="margin-top: 300px">Buy</button>`);
    await on.share();
    let clicks = 0;
    button.addEventListener('click', () => clicks++);
    await clickOn(button);
    expect(clicks).to.equal(1);
  });

  it('survives that the chat is hidden', async () => {
    await on.share();
    on.session.querySelector<HTMLElement>('.chat')!.style.display = 'none';
    await waitUntil(() => on.host()?.hasAttribute('data-cobrowse-host'));
    expect(on.host().parentElement).to.equal(document.body);
    await stopByMouse();
  });

  it('survives that the chat is removed, and goes back into it', async () => {
    await on.share();
    const chat = on.session.querySelector('.chat')!;
    chat.remove();
    await waitUntil(() => on.host()?.hasAttribute('data-cobrowse-host') && canHitStop());
    on.session.append(chat);
    await waitUntil(() => on.host() === on.consent && canHitStop());
    expect(document.querySelector('[data-cobrowse-host]')).to.equal(null);
  });

  it('takes over the attributes of the page’s tag', async () => {
    on.consent.placement = 'block-end';
    on.consent.withoutPause = true;
    on.consent.innerHTML = '<b slot="stop">Enough</b>';
    await on.share();
    on.session.querySelector('.chat')!.remove();
    await waitUntil(() => on.host()?.hasAttribute('data-cobrowse-host') && canHitStop());
    expect(on.host().placement).to.equal('block-end');
    expect(on.part('pause', on.host())).to.equal(null);
    expect(on.host().querySelector('b')?.textContent).to.equal('Enough');
  });

  it('can be stopped while the page has a modal dialog open', async () => {
    await on.share();
    const modal = await dialog();
    modal.showModal();
    await waitUntil(() => modal.contains(on.host()));
    await stopByMouse();
    modal.close();
  });

  it('leaves a closed dialog', async () => {
    await on.share();
    const modal = await dialog();
    modal.showModal();
    await waitUntil(() => modal.contains(on.host()) && canHitStop());
    modal.close();
    await waitUntil(() => on.host() === on.consent && canHitStop());
    expect(modal.querySelector('cobrowse-consent')).to.equal(null);
  });

  it('finds the topmost of two modal dialogs, one in a shadow root', async () => {
    await on.share();
    const first = await dialog();
    first.showModal();
    const shadow = (await fixture(html`<div></div>`)).attachShadow({ mode: 'open' });
    shadow.innerHTML = '<dialog><button>Deep inside</button></dialog>';
    const second = shadow.querySelector('dialog')!;
    second.showModal();
    await waitUntil(() => second.contains(on.host()));
    await stopByMouse();
    second.close();
    first.close();
  });

  it('is above a popover of the page', async () => {
    await on.share();
    const popover = await fixture<HTMLElement>(html`<div popover="manual" style="inset: 0; width: 100vw">Menu</div>`);
    popover.showPopover();
    await stopByMouse();
  });

  it('asks in a dialog of its own while the page has a modal one', async () => {
    const modal = await dialog();
    modal.showModal();
    await on.ask();
    await waitUntil(() => on.part('allow', on.host())?.closest('dialog')?.matches(':modal'));
    const allow = on.part('allow', on.host())!;
    await waitUntil(() => !allow.hasAttribute('aria-disabled'));
    await clickOn(allow);
    await on.reaches('allowed');
    modal.close();
  });

  it('lifts its question above a dialog that the page opens later', async () => {
    on.consent.presentation = 'dialog';
    await on.ask();
    await on.settled();
    const modal = await dialog();
    modal.showModal();
    const allow = on.part('allow') ?? on.part('allow', on.host())!;
    await waitUntil(() => allow.contains(deepElementAt(...middleOf(allow))));
    await clickOn(allow);
    await on.reaches('allowed');
    modal.close();
  });

  it('gives way to the focus', async () => {
    const field = await fixture<HTMLInputElement>(
      html`<input aria-label="Search" style="position: fixed; top: 8px; left: 40vw; width: 20vw; height: 20px" />`,
    );
    await on.share();
    const indicator = on.part('indicator', on.host())!;
    const top = indicator.getBoundingClientRect().top;
    field.focus();
    await waitUntil(() => indicator.getBoundingClientRect().top > innerHeight / 2);
    expect(top).to.be.below(innerHeight / 2);
  });

  it('becomes smaller and larger by a button, by keyboard too', async () => {
    await on.share();
    const size = () => on.host().renderRoot.querySelector<HTMLElement>('.size')!;
    size().focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => size().getAttribute('aria-expanded') === 'false');
    expect(on.part('pause', on.host())).to.equal(null);
    expect(canHitStop()).to.be.true;
    size().focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => size().getAttribute('aria-expanded') === 'true');
  });

  it('names those who watch too', async () => {
    await on.share();
    const { createSession } = await import('../session/create-session.js');
    const observer = createSession(on.pair.optionsFor({ sub: 'o-1', name: 'Olu', role: 'observer' }));
    const watching = await on.whenPart('participants', () => on.host());
    expect(watching.textContent).to.equal('Also watching: Olu');
    observer.destroy();
  });
});
