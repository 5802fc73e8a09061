import { elementUpdated, expect, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import '../cobrowse-toolbar.js';
import { decodeJson, readInputBatch, type Primitive } from '../../protocol/index.js';
import { goLive, openDesk, type Desk } from '../internal/testing/desk.js';
import { createSession } from '../session/create-session.js';
import { internalsOf } from '../session/internals.js';
import { whenState } from '../testing.js';
import type { CobrowseToolbar } from './toolbar.js';

describe('remote control in the toolbar', () => {
  let desk: Desk;
  let toolbar: CobrowseToolbar;
  afterEach(() => desk.destroy());

  const part = (name: string) => toolbar.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`);
  const state = () => desk.pair.agent.getState();
  const text = (element: Element | null) => element?.textContent?.replaceAll(/[\u2068\u2069]/g, '').trim();
  const alertText = () => text(toolbar.shadowRoot!.querySelector('.refusal'));

  async function open(tags: TemplateResult = html`<cobrowse-toolbar></cobrowse-toolbar>`, modes?: 'screen-share'[]) {
    desk = await openDesk(tags, modes ? { consumer: { modes } } : {});
    toolbar = desk.session.querySelector('cobrowse-toolbar')!;
    await goLive(desk.pair);
    await elementUpdated(toolbar);
  }

  async function asked() {
    part('control')!.click();
    await whenState(desk.pair.consumer, ({ request }) => request !== null);
    await whenState(desk.pair.agent, ({ request }) => request !== null);
    await elementUpdated(toolbar);
  }

  async function answered(decision: 'allow' | 'deny') {
    const requestId = desk.pair.consumer.getState().request!.id;
    desk.pair.consumer.dispatch({ type: 'answer', requestId, decision });
    await whenState(desk.pair.agent, ({ request }) => request === null);
    await elementUpdated(toolbar);
  }

  async function controlled(tags?: TemplateResult) {
    await open(tags);
    await asked();
    await answered('allow');
  }

  function inputs(): Primitive[][] {
    const list: Primitive[][] = [];
    internalsOf(desk.pair.consumer)!.mirror.onFrame('input', ({ payload }) =>
      list.push(readInputBatch(decodeJson(payload))!.primitives),
    );
    return list;
  }

  it('asks, waits, and can take the question back', async () => {
    await open();
    expect(part('control')).to.have.attribute('aria-pressed', 'false');
    await asked();
    expect(state().request).to.deep.include({ mode: 'remote-control' });
    expect(state().request!.limits).to.equal(undefined);
    expect(part('control')).to.have.attribute('aria-description', 'Waiting for the consumer to answer.');
    expect(text(part('status'))).to.contain('Waiting for the consumer to answer.');
    expect(part('timer')).not.to.equal(null);
    await expect(toolbar).to.be.accessible();
    part('withdraw')!.click();
    await whenState(desk.pair.consumer, ({ request }) => request === null);
    await elementUpdated(toolbar);
    expect(part('control')).not.to.have.attribute('aria-disabled');
  });

  it('is pressed in control, and pressed again gives it up at once', async () => {
    await controlled();
    expect(part('control')).to.have.attribute('aria-pressed', 'true');
    expect(part('control')).to.have.attribute('aria-label', 'Give up remote control');
    expect(toolbar.matches(':state(controlled)')).to.equal(true);
    await expect(toolbar).to.be.accessible();
    part('control')!.click();
    expect(state()).to.include({ mode: 'screen-share', controller: null });
    await whenState(desk.pair.consumer, ({ mode }) => mode === 'screen-share');
    await elementUpdated(toolbar);
    expect(part('control')).to.have.attribute('aria-pressed', 'false');
    expect(alertText(), 'it was the agent itself').to.equal(undefined);
  });

  it('says that the consumer took control back', async () => {
    await controlled();
    desk.pair.consumer.dispatch({ type: 'take-back' });
    await whenState(desk.pair.agent, ({ mode }) => mode === 'screen-share');
    await elementUpdated(toolbar);
    expect(alertText()).to.equal('The consumer took back control.');
    await expect(toolbar).to.be.accessible();
    part('laser')!.click();
    await elementUpdated(toolbar);
    expect(alertText(), 'until the agent goes on').to.equal(undefined);
  });

  it('asks for so many minutes, and counts them down', async () => {
    await controlled(html`<cobrowse-toolbar control-minutes="5"></cobrowse-toolbar>`);
    const timer = toolbar.shadowRoot!.querySelector('.control-timer')!;
    expect(timer.part.contains('timer')).to.equal(true);
    expect(text(timer)).to.match(/^(5:00|4:5\d)$/);
    expect(timer.ariaLabel).to.match(/^(5:00|4:5\d) left$/);
  });

  it('is not there where the page does not offer it, and says why while it can’t be asked', async () => {
    await open(undefined, ['screen-share']);
    await waitUntil(() => part('control') === null);
    desk.destroy();
    await open();
    desk.pair.consumer.dispatch({ type: 'pause' });
    await whenState(desk.pair.agent, ({ status }) => status === 'paused');
    await elementUpdated(toolbar);
    expect(part('control')).to.have.attribute('aria-description', 'The consumer paused sharing.');
  });

  it('sends the consumer’s browser back, forward and to load again, in one run', async () => {
    await open();
    expect(part('back')).to.equal(null);
    await asked();
    await answered('allow');
    const sent = inputs();
    for (const name of ['back', 'forward', 'reload']) part(name)!.click();
    await waitUntil(() => sent.length === 3);
    expect(sent).to.deep.equal([[[12, 'back']], [[12, 'forward']], [[12, 'reload']]]);
  });

  it('sends it to another address, by keyboard too', async () => {
    await controlled();
    const sent = inputs();
    part('address')!.click();
    const panel = toolbar.shadowRoot!.querySelector<HTMLElement>('#address-panel')!;
    await waitUntil(() => panel.matches(':popover-open'));
    const field = part('address-field') as HTMLInputElement;
    await waitUntil(() => toolbar.shadowRoot!.activeElement === field, 'the field has the focus');
    expect(field.value).to.equal('/basket');
    await Promise.all(panel.getAnimations().map(({ finished }) => finished));
    await expect(toolbar).to.be.accessible();
    await sendKeys({ type: '/help?q=1' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => sent.length === 1);
    expect(sent).to.deep.equal([[[12, 'go', '/help?q=1']]]);
    expect(panel.matches(':popover-open')).to.equal(false);
    part('address')!.click();
    await waitUntil(() => panel.matches(':popover-open'));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !panel.matches(':popover-open'));
    expect(sent.length).to.equal(1);
  });

  it('does the same for a button of the desk’s own', async () => {
    await controlled(
      html`<cobrowse-toolbar><button slot="end" data-cobrowse-action="reload">Again</button></cobrowse-toolbar>`,
    );
    const sent = inputs();
    toolbar.querySelector('button')!.click();
    await waitUntil(() => sent.length === 1);
    expect(sent).to.deep.equal([[[12, 'reload']]]);
  });

  it('names who has control, and lets another agent ask for it', async () => {
    await open();
    const other = createSession(desk.pair.optionsFor({ sub: 'agent-2', name: 'Bo', role: 'agent' }));
    await whenState(other, ({ offers }) => offers.modes.includes('remote-control'));
    other.dispatch({ type: 'request', mode: 'remote-control' });
    await whenState(desk.pair.consumer, ({ request }) => request !== null);
    await answered('allow');
    await whenState(desk.pair.agent, ({ controller }) => controller === 'agent-2');
    await elementUpdated(toolbar);
    expect(text(part('status'))).to.contain('Bo has control');
    expect(part('control')).to.have.attribute('aria-pressed', 'false');
    expect(part('back')).to.equal(null);
    await asked();
    await answered('allow');
    expect(state().controller).to.equal('agent-1');
    expect(part('control')).to.have.attribute('aria-pressed', 'true');
    other.destroy();
  });
});
