import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { consumerCatalogue } from './consumer/catalogue.js';
import { ar } from './consumer/ar.js';
import { en, type ConsumerKey } from './consumer/en.js';
import { fill, languagesLoaded, Localize, pieces, registerTranslation, setText, textsOf } from './localize.js';

class WordElement extends LitElement {
  text: Record<string, string> | undefined;
  readonly localize = new Localize<ConsumerKey>(this, consumerCatalogue);

  protected override render(): unknown {
    return html`${this.localize.term('allow')}`;
  }
}
customElements.define('word-element', WordElement);

describe('localize', () => {
  const make = async (lang = '', dir = '') => {
    const parent = await fixture(html`<div lang=${lang} dir=${dir}><word-element></word-element></div>`);
    const element = parent.querySelector<WordElement>('word-element')!;
    await languagesLoaded();
    await element.updateComplete;
    return element;
  };

  it('fills placeholders, and leaves out what is not given', () => {
    expect(fill('{agent} from {company}', { agent: 'Ann' })).to.equal('Ann from ');
    expect(pieces('Show {agent} this?', { agent: 'Ann' })).to.deep.equal([
      { text: 'Show ' },
      { text: 'Ann', name: 'agent' },
      { text: ' this?' },
    ]);
  });

  it('takes the closest lang, through shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="ar"></div>`);
    const root = outer.attachShadow({ mode: 'open' });
    const element = new WordElement();
    root.append(element);
    await waitUntil(() => element.renderRoot.textContent?.includes('السماح'));
    expect(element.localize.dir).to.equal('rtl');
  });

  it('follows a lang that changes above it', async () => {
    const element = await make('en');
    expect(element.renderRoot.textContent).to.equal('Allow');
    element.parentElement!.lang = 'ar';
    await waitUntil(() => element.renderRoot.textContent === 'السماح');
  });

  it('speaks English, and says so, where a language is not there', async () => {
    const element = await make('fi', 'rtl');
    expect(element.localize.term('deny')).to.equal('Deny');
    expect(element.localize.lang).to.equal('en');
    expect(element.localize.dir).to.equal('ltr');
  });

  it('survives a lang that is none', async () => {
    const element = await make('not a language!');
    expect(element.localize.term('deny')).to.equal('Deny');
  });

  it('keeps what setText has changed when the language is loaded later', async () => {
    setText('ar', { stop: 'كفى' });
    registerTranslation(ar);
    const element = await make('ar');
    expect(element.localize.term('stop')).to.equal('كفى');
    expect(element.localize.term('deny')).to.equal(ar.deny);
    expect(textsOf<ConsumerKey>([en, ar], 'ar').stop).to.equal('كفى');
    setText('ar', { stop: ar.stop });
  });

  it('takes a language that is not shipped, with English where it says nothing', async () => {
    setText('nl', { allow: 'Toestaan' });
    const element = await make('nl-BE');
    expect(element.localize.term('allow')).to.equal('Toestaan');
    expect(element.localize.term('deny')).to.equal('Deny');
  });

  it('writes times, numbers and lists as the language does', async () => {
    const english = await make('en');
    expect(english.localize.duration(65)).to.equal('1:05');
    expect(english.localize.duration(-3)).to.equal('0:00');
    expect(english.localize.list(['Ann', 'Bo', 'Cy'])).to.equal('Ann, Bo, and Cy');
  });

  it('has the same keys and placeholders in each language', () => {
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    expect(Object.keys(ar).sort()).to.deep.equal(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      const arabic = new Set(names(ar[key as ConsumerKey]));
      for (const name of arabic) expect(names(text), key).to.include(name);
    }
  });

  it('leaves nothing behind', async () => {
    const element = await make('en');
    const parent = element.parentElement!;
    for (let i = 0; i < 100; i++) {
      element.remove();
      parent.append(element);
    }
    element.remove();
    await element.updateComplete;
    document.documentElement.lang = 'ar';
    // observers report in a microtask
    await Promise.resolve();
    expect(element.isUpdatePending).to.be.false;
    document.documentElement.lang = 'en';
  });
});
