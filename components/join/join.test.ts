import { expect, fixture, html } from '@open-wc/testing';
import '../cobrowse-join.js';
import '../cobrowse-session.js';
import { createMemoryPair, whenState } from '../testing.js';
import type { CobrowseJoin } from './join.js';

const part = (join: CobrowseJoin, name: string) => join.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`);

describe('cobrowse-join', () => {
  it('asks for a code while there is no session, and is accessible then', async () => {
    const outside = await fixture(
      html`<div>
        <cobrowse-session server="wss://cobrowse.example"><cobrowse-join></cobrowse-join></cobrowse-session>
      </div>`,
    );
    const join = outside.querySelector('cobrowse-join')!;
    await join.updateComplete;
    expect(part(join, 'input')).to.have.attribute('inputmode', 'numeric');
    await expect(join).to.be.accessible();
  });

  it('says that a code without a digit is wrong, without asking anybody', async () => {
    const join = await fixture<CobrowseJoin>(html`<cobrowse-join></cobrowse-join>`);
    (part(join, 'input') as HTMLInputElement).value = 'abc';
    part(join, 'submit')!.click();
    await join.updateComplete;
    expect(part(join, 'error')!.textContent).to.contain('wrong');
    expect(part(join, 'input')).to.have.attribute('aria-invalid', 'true');
    await expect(join).to.be.accessible();
  });

  it('says in its place that the session is joined, as long as it is', async () => {
    const pair = createMemoryPair();
    await whenState(pair.consumer, ({ connection }) => connection === 'online');
    const session = await fixture(
      html`<cobrowse-session .store=${pair.consumer}><cobrowse-join></cobrowse-join></cobrowse-session>`,
    );
    const join = session.querySelector('cobrowse-join')!;
    await join.updateComplete;
    expect(part(join, 'joined')!.textContent).to.contain('Nothing is shared until you allow it');
    expect(join.matches(':state(joined)')).to.equal(true);
    await expect(join).to.be.accessible();
    pair.consumer.dispatch({ type: 'disconnect' });
    await join.updateComplete;
    expect(part(join, 'form')).not.to.equal(null);
    pair.destroy();
  });

  it('has words in the languages of the kit', async () => {
    const join = await fixture<CobrowseJoin>(html`<cobrowse-join lang="he"></cobrowse-join>`);
    const label = () => part(join, 'label')!.textContent;
    while (label() === 'Code from your agent') await new Promise(requestAnimationFrame);
    expect(part(join, 'form')).to.have.attribute('dir', 'rtl');
    expect(part(join, 'input')).to.have.attribute('dir', 'ltr');
  });
});
