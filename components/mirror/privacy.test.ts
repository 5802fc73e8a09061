import { expect } from '@open-wc/testing';
import { compilePolicy } from './privacy.js';
import { policyAt } from './privacy-rules.js';
import { mirroredPage, until, type MirroredPage } from './testing/mirrored-page.js';

let mirrored: MirroredPage | undefined;
const { href } = location;
const query = (selector: string) => mirrored!.page.querySelector<HTMLElement>(selector)!;
const twinText = (selector: string) => mirrored!.twin(query(selector))?.textContent ?? '';
const MASKED = /^█+$/;

afterEach(() => {
  mirrored?.stop();
  mirrored = undefined;
  history.replaceState(null, '', href);
});

describe('rules for addresses', () => {
  const at = (url: string, address: string) =>
    policyAt({ rules: [{ url, pause: true }] }, new URL(address, 'https://shop.example').href).pause === true;

  it('hold where their pattern says', () => {
    expect(at('/cards/*', '/cards/1')).to.equal(true);
    expect(at('/cards/*', '/cards/1/edit?x#y')).to.equal(true);
    expect(at('/cards/*', '/cardsmith')).to.equal(false);
    expect(at('/orders/:id/pay', '/orders/77/pay/')).to.equal(true);
    expect(at('/orders/:id/pay', '/orders/77/more/pay')).to.equal(false);
    expect(at('https://*.example/cards', '/cards')).to.equal(true);
    expect(at('https://bank.example/*', '/cards')).to.equal(false);
    expect(at('/a.b', '/axb')).to.equal(false);
    expect(at('*', '/any/where')).to.equal(true);
  });

  it('add up, and the last one says the mode', () => {
    const rules = [
      { url: '/a/*', mask: '.a', mode: 'strict' as const },
      { url: '/a/b', mask: ['.b'], mode: 'standard' as const },
    ];
    const policy = { mask: '.all', rules };
    expect(policyAt(policy, 'https://x.example/a/b')).to.deep.include({ mask: ['.all', '.a', '.b'], mode: 'standard' });
    expect(policyAt(policy, 'https://x.example/a/c')).to.deep.include({ mask: ['.all', '.a'], mode: 'strict' });
    expect(policyAt(policy, 'https://x.example/c')).to.deep.include({ mask: '.all' });
  });

  it('are followed when the page changes its address by script, and what was sent is sent again', async () => {
    mirrored = await mirroredPage({
      html: '<p>balance</p>',
      policy: { rules: [{ url: '/private/*', mask: 'p' }] },
    });
    expect(twinText('p')).to.equal('balance');
    history.pushState(null, '', '/private/1');
    mirrored.page.append('.');
    await until(() => MASKED.test(twinText('p')));
    history.pushState(null, '', '/public');
    mirrored.page.append('.');
    await until(() => twinText('p') === 'balance');
  });
});

describe('a mask that comes later', () => {
  const tests: [name: string, html: string, policy: Parameters<typeof compilePolicy>[0], mark: () => void][] = [
    ['by markup', '<p id="x">word</p>', {}, () => query('#x').toggleAttribute('data-cobrowse-mask')],
    ['by a class', '<p id="x">word</p>', { mask: '.private' }, () => query('#x').classList.add('private')],
    [
      'by something around it',
      '<div><p id="x">word</p></div>',
      { mask: '.private p' },
      () => query('div').classList.add('private'),
    ],
    ['by something beside it', '<i></i><p id="x">word</p>', { mask: 'i.on ~ p' }, () => query('i').classList.add('on')],
    [
      'by something in it',
      '<div><p id="x">word</p></div>',
      { mask: 'div:has(b)' },
      () => query('div').append(document.createElement('b')),
    ],
    [
      'by a function that reads an attribute',
      '<p id="x">word</p>',
      { mask: '[data-none]', classify: (element) => (element.hasAttribute('data-mine') ? 'mask' : undefined) },
      () => {
        query('#x').setAttribute('data-mine', '');
        // of a function it is not known what it reads
        mirrored!.recorder.startEpoch();
      },
    ],
  ];
  for (const [name, html, policy, mark] of tests) {
    it(`${name} hides what the agent has had`, async () => {
      mirrored = await mirroredPage({ html, policy });
      expect(twinText('#x')).to.equal('word');
      mark();
      await until(() => MASKED.test(twinText('#x')));
    });
  }

  it('works in a shadow root and in a frame', async () => {
    mirrored = await mirroredPage({ html: '<div></div><iframe srcdoc="<p>word</p>"></iframe>' });
    const root = query('div').attachShadow({ mode: 'open' });
    root.innerHTML = '<p>word</p>';
    const frame = query('iframe') as HTMLIFrameElement;
    await until(() => frame.contentDocument?.querySelector('p') && mirrored!.twin(root.querySelector('p')!));
    const inner = frame.contentDocument!.querySelector('p')!;
    await until(() => mirrored!.twin(inner)?.textContent === 'word');
    root.querySelector('p')!.toggleAttribute('data-cobrowse-mask');
    await until(() => MASKED.test(mirrored!.twin(root.querySelector('p')!)?.textContent ?? ''));
    inner.toggleAttribute('data-cobrowse-mask');
    await until(() => MASKED.test(mirrored!.twin(inner)?.textContent ?? ''));
  });

  it('hides a field that becomes a secret one', async () => {
    mirrored = await mirroredPage({ html: '<input id="x" value="word">' });
    expect(mirrored.twin(query('#x') as HTMLInputElement).value).to.equal('word');
    query('#x').setAttribute('autocomplete', 'cc-number');
    await until(() => mirrored!.twin(query('#x') as HTMLInputElement)?.value === '••••••••');
  });

  it('blocks and shows again by a class', async () => {
    mirrored = await mirroredPage({ html: '<p id="x">word</p>', policy: { block: '.private' } });
    query('#x').classList.add('private');
    await until(() => twinText('#x') === '');
    query('#x').classList.remove('private');
    await until(() => twinText('#x') === 'word');
  });

  it('is another policy in the midst of a session', async () => {
    mirrored = await mirroredPage({ html: '<p id="x">word</p>' });
    mirrored.policy.replace({ mode: 'strict' });
    mirrored.recorder.startEpoch();
    await until(() => MASKED.test(twinText('#x')));
    const id = mirrored.recorder.idOf(query('#x'));
    mirrored.policy.replace({});
    mirrored.recorder.startEpoch();
    await until(() => twinText('#x') === 'word');
    expect(mirrored.recorder.idOf(query('#x'))).to.equal(id);
  });

  it('costs no epochs where nothing has changed', async () => {
    mirrored = await mirroredPage({
      html: '<div data-cobrowse-block><b class="private"></b></div><p class="private">x</p>',
      policy: { mask: '.private, p:not(.x) > b' },
    });
    const { epoch } = mirrored.recorder;
    for (let at = 0; at < 20; at++) {
      query('p').classList.toggle('other');
      query('b').classList.toggle('private');
      mirrored.page.insertAdjacentHTML('beforeend', '<p class="private">y</p>');
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect(mirrored.recorder.epoch).to.equal(epoch);
  });
});

describe('addresses', () => {
  it('are told as the policy says', () => {
    const address = 'https://ada:pw@shop.example/orders/AB12/x?token=1#y';
    expect(compilePolicy({}).shownAddress(address)).to.equal('https://shop.example/orders/AB12/x');
    expect(compilePolicy({ url: 'origin' }).shownAddress(address)).to.equal('https://shop.example');
    expect(compilePolicy({ mode: 'strict' }).shownAddress(address)).to.equal('https://shop.example');
    expect(compilePolicy({ url: 'full' }).shownAddress(address)).to.equal(
      'https://shop.example/orders/AB12/x?token=…#y',
    );
  });

  it('lose what opens something, also in their path', () => {
    const shown = (path: string) => compilePolicy({}).shownAddress(`https://shop.example${path}`).slice(20);
    expect(shown('/reset/eyJhbGciOiJIUzI1NiJ9.e30')).to.equal('/reset/…');
    expect(shown('/u/ada@example.com/x')).to.equal('/u/…/x');
    expect(shown('/card/4111111111111111')).to.equal('/card/…');
    expect(shown('/a/0123456789abcdef0123456789')).to.equal('/a/…');
    expect(shown('/help/how-to-return-a-pair-of-shoes')).to.equal('/help/how-to-return-a-pair-of-shoes');
    expect(compilePolicy({}).shownAddress('mailto:ada@example.com')).to.equal('mailto:');
    expect(compilePolicy({}).shownAddress('javascript:run()')).to.equal('#');
  });
});

describe('the pointer', () => {
  const moveOver = (selector: string, clientX: number) =>
    query(selector).dispatchEvent(new MouseEvent('mousemove', { clientX, clientY: 5, bubbles: true }));
  // moves that come faster are left out
  const later = () => new Promise((resolve) => setTimeout(resolve, 80));

  it('has left while it is over what is blocked, and in it', async () => {
    mirrored = await mirroredPage({
      html: '<div id="pad" data-cobrowse-block><button id="one">1</button></div><p>word</p>',
    });
    const { pointers } = mirrored;
    moveOver('p', 10);
    await until(() => pointers.at(-1)?.x === 10);
    await later();
    moveOver('#one', 20);
    await until(() => pointers.at(-1) === null);
    await later();
    moveOver('#pad', 30);
    await later();
    moveOver('#one', 40);
    await later();
    moveOver('p', 50);
    await until(() => pointers.at(-1)?.x === 50);
    expect(pointers.map((pointer) => pointer?.x ?? null)).to.deep.equal([10, null, 50]);
  });
});
