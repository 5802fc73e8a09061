import { expect } from '@open-wc/testing';
import { mirroredPage, until, type MirroredPage, type Query } from './testing/mirrored-page.js';

let mirrored: MirroredPage;
const query: Query = (selector) => mirrored.page.querySelector(selector)!;

class OwnConsent extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: 'open' }).innerHTML = '<style>:host{display:block}</style><p>own words</p>';
  }
}
class OwnSession extends HTMLElement {}
if (!customElements.get('cobrowse-consent')) customElements.define('cobrowse-consent', OwnConsent);
if (!customElements.get('cobrowse-session')) customElements.define('cobrowse-session', OwnSession);

afterEach(() => {
  mirrored?.stop();
});

const boxes = () =>
  [...mirrored.page.querySelectorAll('[data-after]')].map((element) => [
    element.getBoundingClientRect(),
    mirrored.twin(element).getBoundingClientRect(),
  ]);
const expectSameBoxes = () => {
  for (const [here, there] of boxes()) {
    expect(there!.left).to.be.closeTo(here!.left, 0.6);
    expect(there!.top).to.be.closeTo(here!.top, 0.6);
    expect(there!.width).to.be.closeTo(here!.width, 0.6);
  }
};

describe('our own elements', () => {
  it('leave nothing where they are overlays, not even when they change', async () => {
    mirrored = await mirroredPage({
      html: '<cobrowse-consent data-cobrowse-host style="position:fixed"><i>own slot</i></cobrowse-consent><b data-after>x</b>',
    });
    const own = query('cobrowse-consent');
    own.shadowRoot!.querySelector('p')!.textContent = 'own later words';
    own.shadowRoot!.append(document.createElement('hr'));
    own.append('own more');
    own.setAttribute('title', 'own title');
    query('b').textContent = 'y';
    await until(() => mirrored.twin(query('b')).textContent === 'y');
    expect(mirrored.twin<Node>(own).nodeType).to.equal(Node.COMMENT_NODE);
    expect(await mirrored.leaked()).not.to.contain('own');
    expectSameBoxes();
  });

  it('leave nothing when they come later, are moved and go', async () => {
    mirrored = await mirroredPage({ html: '<dialog open></dialog><b>x</b>' });
    const own = document.createElement('cobrowse-consent');
    own.toggleAttribute('data-cobrowse-host', true);
    mirrored.page.append(own);
    await until(() => mirrored.twin<Node>(own)?.nodeType === Node.COMMENT_NODE);
    query('dialog').append(own);
    await until(() => mirrored.twin<Node>(own)?.parentNode === mirrored.twin(query('dialog')));
    own.remove();
    await until(() => mirrored.twin(query('dialog')).childNodes.length === 0);
    expect(await mirrored.leaked()).not.to.contain('own');
    expect(mirrored.errors).to.be.empty;
  });

  it('leave an empty box of the same size where they stand in the page, also when it grows', async () => {
    mirrored = await mirroredPage({
      html: '<div style="display:flex"><cobrowse-consent style="margin:3px 11px;flex:1"></cobrowse-consent><b data-after>x</b></div><p data-after>below</p>',
    });
    expectSameBoxes();
    query('cobrowse-consent').shadowRoot!.querySelector('p')!.style.height = '222px';
    await until(() => mirrored.twin(query('cobrowse-consent')).getBoundingClientRect().height > 222);
    expectSameBoxes();
    expect(await mirrored.leaked()).not.to.contain('own words');
  });

  it('show the page inside of a session element, without its token', async () => {
    mirrored = await mirroredPage({
      html: '<cobrowse-session token="tok-1" server="wss://s" session="abc"><p>page</p></cobrowse-session>',
    });
    expect(mirrored.twin(query('p')).textContent).to.equal('page');
    expect(mirrored.twin(query('cobrowse-session')).attributes).to.have.length(0);
    query('cobrowse-session').setAttribute('token', 'tok-2');
    query('p').textContent = 'later';
    await until(() => mirrored.twin(query('p')).textContent === 'later');
    expect(await mirrored.leaked()).not.to.match(/tok-\d|wss:/);
  });
});

describe('blocked elements', () => {
  const cases: Record<string, string> = {
    block: '<div style="margin:7px;padding:5px;border:2px solid;width:60%">secret secret</div>',
    inline: '<p>before <span data-block>secret</span> <i data-after>after</i></p>',
    'inline-block': '<span style="display:inline-block;width:80px;height:40px;vertical-align:middle">secret</span>',
    image: '<img width="120" height="31" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="secret">',
    'table cell': '<table><tr><td data-block>secret secret</td><td data-after>x</td></tr></table>',
    'table row':
      '<table><tbody><tr data-block><td>secret</td></tr><tr><td data-after>long text x</td></tr></tbody></table>',
    'list item': '<ul><li data-block>secret<br>secret</li><li data-after>x</li></ul>',
    field: '<input value="secret"> ',
    floating: '<div style="float:left;width:90px;height:50px">secret</div>',
    'flex item':
      '<div style="display:flex;gap:4px"><p data-block style="flex:2">secret</p><p data-after style="flex:1">x</p></div>',
    'grid item':
      '<div style="display:grid;grid-template-columns:1fr 2fr"><p data-block style="grid-column:2">secret</p><p data-after>x</p></div>',
    absolute:
      '<div style="position:relative;height:90px"><div data-block style="position:absolute;inset:10px 20px">secret</div></div>',
    hidden: '<div style="display:none">secret</div>',
  };
  for (const [name, html] of Object.entries(cases)) {
    it(`keep the layout: ${name}`, async () => {
      const marked = html.includes('data-block')
        ? html.replace('data-block', 'data-cobrowse-block data-after')
        : html.replace(/^<(\w+)/, '<$1 data-cobrowse-block data-after');
      mirrored = await mirroredPage({ html: `${marked}<p data-after>below</p>` });
      expectSameBoxes();
      expect(await mirrored.leaked()).not.to.contain('secret');
    });
  }

  it('show nothing of what happens inside', async () => {
    mirrored = await mirroredPage({
      html: '<div data-cobrowse-block><iframe srcdoc="secret"></iframe><input></div><div id="h" data-cobrowse-block></div><b>x</b>',
    });
    const root = query('#h').attachShadow({ mode: 'open' });
    root.innerHTML = '<p>secret</p><input>';
    query('input').insertAdjacentHTML('afterend', '<p title="secret">secret</p>');
    query<HTMLInputElement>('input').value = 'secret';
    query<HTMLInputElement>('input').dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => query<HTMLIFrameElement>('iframe').contentDocument?.body?.textContent);
    query<HTMLIFrameElement>('iframe').contentDocument!.body.append('secret');
    root.querySelector('p')!.textContent = 'secret again';
    await new Promise((resolve) => setTimeout(resolve, 60));
    query('b').textContent = 'y';
    await until(() => mirrored.twin(query('b')).textContent === 'y');
    expect(await mirrored.leaked()).not.to.contain('secret');
  });

  it('are empty from the moment they are marked', async () => {
    mirrored = await mirroredPage({ html: '<p>now private</p>' });
    query('p').toggleAttribute('data-cobrowse-block', true);
    await until(() => mirrored.twin<Node>(query('p'))?.textContent === '');
  });

  it('leave no box when they are to be ignored', async () => {
    mirrored = await mirroredPage({
      html: '<div data-cobrowse-ignore>secret</div><b>x</b>',
      policy: { ignore: '.toast' },
    });
    mirrored.page.insertAdjacentHTML('afterbegin', '<div class="toast">secret</div>');
    query('b').textContent = 'y';
    await until(() => mirrored.twin(query('b')).textContent === 'y');
    expect(mirrored.twin(mirrored.page).children).to.have.length(1);
    expect(await mirrored.leaked()).not.to.contain('secret');
  });
});
