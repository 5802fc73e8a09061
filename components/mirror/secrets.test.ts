import { expect } from '@open-wc/testing';
import { mirroredPage, until, type MirroredPage, type Query } from './testing/mirrored-page.js';

let mirrored: MirroredPage;
const query: Query = (selector) => mirrored.page.querySelector(selector)!;
const type = (selector: string, value: string) => {
  const field = query<HTMLInputElement>(selector);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};
/** A last change that is seen in the mirror: all before it has left. */
const settle = async () => {
  const mark = document.createElement('hr');
  await new Promise((resolve) => setTimeout(resolve, 40));
  mirrored.page.append(mark);
  await until(() => mirrored.twin(mark));
};
const expectNoSecret = async () => {
  const found = (await mirrored.leaked()).match(/.{0,60}s3cret.{0,20}/i);
  expect(found?.[0] ?? '').to.equal('');
};

afterEach(() => {
  mirrored?.stop();
});

/** Every `s3cret` is one that may not leave. */
const FIELDS = `
  <input id="password" type="password" value="s3cret-1">
  <input id="hidden" type="hidden" value="s3cret-2">
  <input id="card" autocomplete="section-a cc-number" value="s3cret-3">
  <input id="code" autocomplete="one-time-code" value="s3cret-4">
  <input id="cvc" name="cvc" value="s3cret-5">
  <textarea id="area" autocomplete="cc-name">s3cret-6</textarea>
  <select id="month" autocomplete="cc-exp-month"><option value="s3cret-7" selected>x</option><option value="s3cret-8">y</option></select>
  <iframe srcdoc="<input type=password value=s3cret-9>"></iframe>
  <meta name="csrf-token" content="s3cret-10"><script type="application/json">"s3cret-11"</script><!-- s3cret-12 -->
  <noscript>s3cret-13</noscript><form action="/s3cret-14"></form><p onclick="'s3cret-15'">x</p>`;

const MASKED = `
  <p>s3cret text</p><p title="s3cret" data-s3cret="s3cret" aria-label="s3cret">x</p>
  <input id="m" value="s3cret" placeholder="s3cret"><textarea id="ma">s3cret</textarea>
  <input id="mc" type="checkbox" value="s3cret" checked><button value="s3cret" name="s3cret">s3cret</button>
  <select><optgroup label="s3cret"><option value="s3cret">s3cret</option></optgroup></select>
  <a href="/s3cret">s3cret</a><img alt="s3cret" src="data:s3cret"><svg><text>s3cret</text><title>s3cret</title></svg>
  <meter value="0.5" title="s3cret">s3cret</meter><div contenteditable>s3cret</div>
  <iframe srcdoc="<p>s3cret</p>"></iframe><video poster="/s3cret"></video><progress aria-valuetext="s3cret"></progress>`;

describe('what is always masked', () => {
  it('does not leave with the snapshot', async () => {
    mirrored = await mirroredPage({ html: FIELDS });
    await settle();
    await expectNoSecret();
    expect(mirrored.twin(query<HTMLInputElement>('#password')).value).to.equal('••••••••');
    expect(mirrored.twin(query<HTMLInputElement>('#hidden')).value).to.equal('');
  });

  it('does not leave with what is added later, typed, or set as an attribute', async () => {
    mirrored = await mirroredPage();
    mirrored.page.innerHTML = FIELDS;
    await settle();
    for (const id of ['#password', '#hidden', '#card', '#code', '#cvc', '#area']) {
      type(id, 's3cret-typed');
      query(id).setAttribute('value', 's3cret-set');
    }
    query('#area').textContent = 's3cret-text';
    query<HTMLSelectElement>('#month').selectedIndex = 1;
    query('#month').dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await expectNoSecret();
  });

  it('stays masked when a password is shown', async () => {
    mirrored = await mirroredPage({ html: '<input id="password" type="password" value="s3cret">' });
    query<HTMLInputElement>('#password').type = 'text';
    type('#password', 's3cret, shown');
    query('#password').setAttribute('value', 's3cret');
    await settle();
    mirrored.recorder.startEpoch();
    await until(() => mirrored.phases.length === 2);
    await expectNoSecret();
  });

  it('says nothing of the length', async () => {
    mirrored = await mirroredPage({ html: '<input id="password" type="password" value="ab">' });
    type('#password', 'abcdefghijklmnopqrstuvwxyz');
    await settle();
    expect(mirrored.twin(query<HTMLInputElement>('#password')).value).to.equal('••••••••');
  });
});

describe('what the page marks as masked', () => {
  it('does not leave with the snapshot', async () => {
    mirrored = await mirroredPage({ html: `<section data-cobrowse-mask>${MASKED}</section>` });
    await settle();
    await expectNoSecret();
    expect(mirrored.twin(query('p')).textContent).to.match(/^█+ █+$/);
  });

  it('does not leave with changes', async () => {
    mirrored = await mirroredPage({ html: '<section class="private"></section>', policy: { mask: '.private' } });
    const section = query('section');
    section.innerHTML = MASKED;
    await settle();
    query('section p').firstChild!.nodeValue = 's3cret again';
    for (const name of ['title', 'data-x', 'aria-label', 'alt', 'href'])
      query('section p').setAttribute(name, 's3cret');
    query('#m').setAttribute('placeholder', 's3cret');
    query('option').setAttribute('value', 's3cret');
    type('#m', 's3cret typed');
    type('#ma', 's3cret typed');
    query<HTMLInputElement>('#mc').click();
    const root = document.createElement('div').attachShadow({ mode: 'open' });
    root.innerHTML = '<p>s3cret</p>';
    section.append(root.host);
    await settle();
    root.querySelector('p')!.append('s3cret');
    await settle();
    await expectNoSecret();
    expect(mirrored.twin(query<HTMLInputElement>('#m')).value).to.equal('████████');
    expect(mirrored.twin(query<HTMLInputElement>('#mc')).checked).to.equal(false);
  });

  it('takes about the same room', async () => {
    const words = 'Some words, wide and narrow, that fill a line of the page or a little more than that, illustrated.';
    mirrored = await mirroredPage({ html: `<span data-cobrowse-mask>${words}</span>` });
    const { width } = query('span').getBoundingClientRect();
    expect(mirrored.twin(query('span')).getBoundingClientRect().width / width).to.be.closeTo(1, 0.03);
  });

  it('leaves exceptions inside in clear, but never a secret field', async () => {
    mirrored = await mirroredPage({
      html: '<section data-cobrowse-mask><p data-cobrowse-unmask>public <i data-cobrowse-mask>s3cret</i><input type="password" value="s3cret"></p></section>',
    });
    await settle();
    expect(mirrored.twin(query('p')).firstChild!.textContent).to.equal('public ');
    await expectNoSecret();
  });

  it('is masked from the moment it is marked', async () => {
    mirrored = await mirroredPage({ html: '<p>now private</p>' });
    query('p').toggleAttribute('data-cobrowse-mask', true);
    await until(() => /^█+ █+$/.test(mirrored.twin(query('p'))?.textContent ?? ''));
  });
});

describe('strict mode', () => {
  it('masks all text but what is unmasked', async () => {
    mirrored = await mirroredPage({
      html: `<p>s3cret</p><input value="s3cret"><b data-cobrowse-unmask>public</b>${MASKED}`,
      policy: { mode: 'strict' },
    });
    mirrored.page.insertAdjacentHTML('beforeend', '<em title="s3cret">s3cret</em>');
    await settle();
    await expectNoSecret();
    expect(mirrored.twin(query('b')).textContent).to.equal('public');
  });
});

describe('addresses', () => {
  it('of the page do not leave', async () => {
    history.replaceState(null, '', `${location.href}${location.search ? '&' : '?'}token=s3cret`);
    mirrored = await mirroredPage({ html: '<p>x</p>' });
    await settle();
    await expectNoSecret();
  });
});
