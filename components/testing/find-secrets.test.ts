import { expect } from '@open-wc/testing';
import { ALWAYS_HIDDEN, goldenPage } from '../mirror/testing/golden-page.js';
import { expectNoSecrets, findSecrets, SecretsFoundError, type SecretSearchOptions } from './find-secrets.js';

const MODES: Record<string, { around: (html: string) => string; options: SecretSearchOptions; isStrict?: boolean }> = {
  markup: { around: (html) => `<section data-cobrowse-mask>${html}</section>`, options: {} },
  'a selector': {
    around: (html) => `<section class="private">${html}</section>`,
    options: { privacy: { mask: ['.private'] } },
  },
  'a function': {
    around: (html) => `<section class="private">${html}</section>`,
    options: { privacy: { classify: ({ className }) => (className === 'private' ? 'mask' : undefined) } },
  },
  blocking: { around: (html) => `<section data-cobrowse-block>${html}</section>`, options: {} },
  'a rule for the address': {
    around: (html) => `<section class="private">${html}</section>`,
    options: { privacy: { rules: [{ url: '/*', mask: '.private' }] } },
  },
  'strict mode': { around: (html) => html, options: { privacy: { mode: 'strict' } }, isStrict: true },
  'a rule that lets nothing out': {
    around: (html) => html,
    options: { privacy: { rules: [{ url: '*', pause: true }] } },
    isStrict: true,
  },
};

const { href } = location;

afterEach(() => {
  history.replaceState(null, '', href);
  document.title = '';
  delete document.body.dataset.name;
  document.adoptedStyleSheets = [];
});

describe('the page with a secret in every place', () => {
  for (const [name, { around, options, isStrict }] of Object.entries(MODES)) {
    it(`lets none out with ${name}`, async () => {
      const page = goldenPage(around, isStrict);
      expect(Object.keys(page.secrets).length).to.be.above(200);
      await expectNoSecrets(page.html, page.secrets, { ...options, act: (root) => page.act(root) });
    });
  }

  it('would let nearly all out without a mask', async () => {
    const page = goldenPage((html) => html);
    const leaks = await findSecrets(page.html, page.secrets, { act: (root) => page.act(root) });
    const found = new Set(leaks.map(({ secret }) => secret));
    // all but what leaves in no mode: the search sees what there is to see
    const never =
      /^(?:later: )?(?:own attribute|event handler|link query|mail address|frame name|template|comment|noscript|script data|meta|form)$/;
    const missed = Object.keys(page.secrets).filter((name) => !found.has(name) && !never.test(name));
    expect(missed.filter((name) => !ALWAYS_HIDDEN.includes(name))).to.eql(['path of the page']);
  });
});

describe('findSecrets', () => {
  it('names the sink of each secret', async () => {
    const html = `<main id="golden-main"><p id="note" title="Secret-in-title">x</p><input id="field">
      <em>Secret-in-text</em><b data-x="${btoa('--Secret-in-base64--')}">y</b></main>`;
    const secrets = ['Secret-in-title', 'Secret-in-text', 'Secret-in-base64', 'Secret-typed', 'Secret-of-page'];
    const leaks = await findSecrets(html, secrets, {
      act(page) {
        const field = page.querySelector('input')!;
        field.value = 'Secret-typed';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        document.title = 'Secret-of-page';
      },
    });
    const sinks = leaks.map(({ secret, form, sink }) => `${secret} ${form} ${sink.replace(/of .* > (?=main)/, 'of ')}`);
    expect(sinks).to.include.members([
      'Secret-in-title plain mirror: snapshot, attribute "title" of main#golden-main > p#note',
      'Secret-in-text plain mirror: snapshot, text of main#golden-main > em',
      'Secret-in-base64 base64 mirror: snapshot, attribute "data-x" of main#golden-main > b',
      'Secret-typed plain mirror: input, value of main#golden-main > input#field',
      'Secret-of-page plain doc: session.page.title',
    ]);
  });

  it('fails with them', async () => {
    const error = await expectNoSecrets('<p>Secret-in-text</p>', { balance: 'Secret-in-text' }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(SecretsFoundError);
    expect((error as SecretsFoundError).message).to.match(/balance \(plain\) by mirror: snapshot, text of .*p/);
  });

  it('takes the page’s own tag, with what it says of privacy', async () => {
    const session = document.createElement('cobrowse-session');
    session.privacy = { mask: 'p' };
    document.body.append(session);
    await expectNoSecrets('<p>Secret-in-text</p>', ['Secret-in-text']);
    session.remove();
  });
});
