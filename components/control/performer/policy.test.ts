import { expect } from '@open-wc/testing';
import type { Primitive } from '../../../protocol/index.js';
import { compilePolicy, type PrivacyPolicy } from '../../mirror/privacy.js';
import { until } from '../../mirror/testing/mirrored-page.js';
import type { Act } from '../engine/types.js';
import { createVerdict } from './policy.js';
import { controlledPage, type ControlledPage } from './testing/controlled-page.js';

const ACTS = ['press', 'type', 'focus', 'copy'] as const satisfies Act[];

describe('what the agent may do to an element', () => {
  let page: HTMLElement;

  beforeEach(() => {
    page = document.createElement('main');
    document.body.append(page);
  });
  afterEach(() => page.remove());

  /** For press, type, focus and copy. */
  function verdicts(html: string, policy: PrivacyPolicy = {}, selector = '#a'): (string | null)[] {
    page.innerHTML = html;
    const verdict = createVerdict(compilePolicy(policy), () => false);
    return ACTS.map((act) => verdict(page.querySelector(selector)!, act));
  }
  const free = [null, null, null, null];
  const masked = ['masked', 'masked', null, 'masked'];
  const blocked = ['blocked', 'blocked', 'blocked', 'blocked'];
  const seenOnly = ['no-control', 'no-control', null, null];
  const file = ['needs-consumer', 'needs-consumer', null, null];

  const rows: [what: string, html: string, expected: (string | null)[], policy?: PrivacyPolicy][] = [
    ['anything', '<button id="a">A</button>', free],
    ['inside of the session’s tag', '<cobrowse-session><p id="a">A</p></cobrowse-session>', free],
    ['masked', '<p data-cobrowse-mask><button id="a">A</button></p>', masked],
    ['unmasked in what is masked', '<p data-cobrowse-mask><b id="a" data-cobrowse-unmask>A</b></p>', free],
    ['masked by selector', '<p class="private"><b id="a">A</b></p>', masked, { mask: '.private' }],
    ['strict', '<button id="a">A</button>', masked, { mode: 'strict' }],
    ['unmasked in strict', '<b id="a" data-cobrowse-unmask>A</b>', free, { mode: 'strict' }],
    ['blocked', '<p data-cobrowse-block><button id="a">A</button></p>', blocked],
    ['ignored', '<p class="x"><button id="a">A</button></p>', blocked, { ignore: '.x' }],
    ['ours', '<cobrowse-consent><button id="a">Allow</button></cobrowse-consent>', blocked],
    ['our own layer', '<div data-cobrowse-host><button id="a">A</button></div>', blocked],
    ['seen, not worked', '<p data-cobrowse-no-control><button id="a">A</button></p>', seenOnly],
    ['seen, not worked, by selector', '<p class="x"><i id="a">A</i></p>', seenOnly, { noControl: ['.x', '.y'] }],
    ['a password', '<input id="a" type="password">', masked],
    ['a hidden field', '<input id="a" type="hidden">', masked],
    ['a card', '<input id="a" autocomplete="section-x cc-number">', masked],
    ['a code', '<input id="a" autocomplete="one-time-code">', masked],
    ['a choice of a secret', '<select autocomplete="cc-exp-month"><option id="a">1</option></select>', masked],
    ['a file', '<input id="a" type="file">', file],
    ['a script’s address', '<a href="javascript:alert(1)"><b id="a">A</b></a>', ['blocked', null, null, null]],
    ['a broken one', '<a href="java&#10;script:alert(1)"><b id="a">A</b></a>', ['blocked', null, null, null]],
    ['an address that does nothing', '<a id="a" href="javascript:void(0)">A</a>', free],
    ['a link', '<a id="a" href="/x">A</a>', free],
    ['a submit button', '<form><button id="a">A</button></form>', free],
    [
      'a kept submit button',
      '<form><button><b id="a">A</b></button></form>',
      ['needs-consumer', null, null, null],
      { keepSubmit: true },
    ],
    [
      'a kept picture',
      '<form><input type="image" id="a"></form>',
      ['needs-consumer', null, null, null],
      { keepSubmit: true },
    ],
    ['another button', '<form><button type="button" id="a">A</button></form>', free, { keepSubmit: true }],
    ['a button of no form', '<button id="a">A</button>', free, { keepSubmit: true }],
    ['a form’s ground', '<form id="a"></form>', free, { keepSubmit: true }],
  ];
  for (const [what, html, expected, policy] of rows)
    it(`is decided: ${what}`, () => expect(verdicts(html, policy)).to.deep.equal(expected));

  it('goes by the form when Enter is pressed', () => {
    page.innerHTML = '<form></form>';
    const verdict = createVerdict(compilePolicy({ keepSubmit: true }), () => true);
    expect(verdict(page.querySelector('form')!, 'press')).to.equal('needs-consumer');
  });

  it('goes by the shadow tree and the frame around it, and by where it is slotted', () => {
    page.innerHTML = '<p data-cobrowse-mask><span></span></p><div><u></u></div><iframe data-cobrowse-block></iframe>';
    page.querySelector('span')!.attachShadow({ mode: 'open' }).innerHTML = '<button>A</button>';
    page.querySelector('div')!.attachShadow({ mode: 'open' }).innerHTML = '<p data-cobrowse-block><slot></slot></p>';
    const { body } = page.querySelector('iframe')!.contentDocument!;
    const verdict = createVerdict(compilePolicy({}), () => false);
    expect(verdict(page.querySelector('span')!.shadowRoot!.querySelector('button')!, 'press')).to.equal('masked');
    expect(verdict(page.querySelector('u')!, 'press')).to.equal('blocked');
    expect(verdict(body, 'focus')).to.equal('blocked');
  });

  it('goes by what holds now', () => {
    page.innerHTML = '<input id="a" type="text">';
    const field = page.querySelector('input')!;
    const verdict = createVerdict(compilePolicy({}), () => false);
    expect(verdict(field, 'type')).to.equal(null);
    page.toggleAttribute('data-cobrowse-mask', true);
    expect(verdict(field, 'type')).to.equal('masked');
    page.removeAttribute('data-cobrowse-mask');
    field.type = 'password';
    expect(verdict(field, 'type')).to.equal('masked');
    field.type = 'text';
    expect(verdict(field, 'type'), 'shown by a button').to.equal('masked');
  });

  it('is nothing where the page broke what we ask', () => {
    page.innerHTML = '<b id="a"></b>';
    const matches = () => {
      throw new Error('page');
    };
    Object.assign(page.querySelector('b')!, { matches });
    expect(createVerdict(compilePolicy({}), () => false)(page.querySelector('b')!, 'press')).to.equal('blocked');
  });
});

describe('the policy, performed', () => {
  let on: ControlledPage;
  const text: Primitive = [7, 'secret', 0];
  const keys = (key: string, keyCode: number): Primitive[] => [
    [5, key, key, keyCode, 0, 0, 0],
    [6, key, key, keyCode, 0, 0, 0],
  ];
  const copy: Primitive = [5, 'c', 'KeyC', 67, 0, 1, 0, 'copy'];
  const counted = () => Object.keys(on.counts.toObject()).filter((name) => name !== 'performed');

  afterEach(() => on.stop());

  it('lets Tab pass a password, and types nothing into it', async () => {
    on = await controlledPage('<input id="a"><input id="p" type="password"><input id="b">');
    await on.press(on.query('#a'));
    await on.perform([...keys('Tab', 9), text, [8, 'pasted'], ...keys('x', 88)]);
    expect(on.query<HTMLInputElement>('#p').value).to.equal('');
    expect(counted()).to.deep.equal(['masked']);
    await on.perform([...keys('Tab', 9), text]);
    expect(on.query<HTMLInputElement>('#b').value).to.equal('secret');
  });

  it('does not work a masked, blocked or file field by its label', async () => {
    on = await controlledPage(`<label id="one">One<input type="checkbox" data-cobrowse-mask></label>
      <label id="two">Two<input type="checkbox" data-cobrowse-block></label>
      <label id="three">Three<input type="file" hidden></label>`);
    for (const id of ['#one', '#two', '#three']) {
      const place = on.at(on.query(id), 0.02);
      await on.perform([
        [1, ...place, 0, 0, 1],
        [2, ...place, 0, 0, 1],
      ]);
    }
    expect([...on.page.querySelectorAll('input')].map(({ checked }) => checked)).to.deep.equal([false, false, false]);
    expect(counted()).to.deep.equal(['masked', 'blocked', 'needs-consumer:file']);
    expect(on.needs.map(({ what }) => what)).to.deep.equal(['file']);
  });

  it('chooses and sets nothing in what is masked', async () => {
    on = await controlledPage(`<div data-cobrowse-mask><select><option>1<option>2</select><input type="date"></div>`);
    const [select, date] = [on.query('select'), on.query('input')];
    const id = (node: Node) => on.recorder.idOf(node);
    await on.perform([
      [9, id(select), [id(on.query('option:last-child'))]],
      [10, id(date), '2026-01-01'],
    ]);
    expect([on.query<HTMLSelectElement>('select').value, on.query<HTMLInputElement>('input').value]).to.deep.equal([
      '1',
      '',
    ]);
    expect(on.codes()).to.deep.equal(['masked', 'masked']);
  });

  it('hands out what is copied, and nothing that is masked', async () => {
    on = await controlledPage('<p id="a">open</p><p id="b" data-cobrowse-mask>secret</p>');
    getSelection()!.selectAllChildren(on.query('#a'));
    await on.perform([copy]);
    expect(on.live.filter(({ type }) => type === 'copied')).to.deep.equal([
      { type: 'copied', run: 'run-1', text: 'open' },
    ]);
    getSelection()!.selectAllChildren(on.page);
    await on.perform([copy]);
    expect(on.live.filter(({ type }) => type === 'copied').length).to.equal(1);
    expect(on.codes()).to.deep.equal(['masked']);
  });

  it('keeps submitting for the consumer', async () => {
    on = await controlledPage(
      '<form id="a"><input id="f"><button id="s">Send</button></form><form id="b"><input id="g"></form>',
      { keepSubmit: true },
    );
    let submitted = 0;
    on.page.addEventListener('submit', (event) => {
      event.preventDefault();
      submitted += 1;
    });
    await on.press(on.query('#s'));
    for (const field of ['#f', '#g']) {
      await on.press(on.query(field));
      await on.perform([text, ...keys('Enter', 13)]);
    }
    expect(submitted).to.equal(0);
    expect(on.needs.map(({ what, element }) => [what, element?.id])).to.deep.equal([
      ['submit', 's'],
      ['submit', 's'],
      ['submit', 'b'],
    ]);
    expect(on.query<HTMLInputElement>('#f').value).to.equal('secret');
  });

  it('says what only the consumer can do', async () => {
    on = await controlledPage('<a id="a" href="https://example.com/x" target="_blank">A</a><button id="b">B</button>');
    on.query('#b').addEventListener('click', () => open('/x'));
    await on.press(on.query('#a'));
    await on.press(on.query('#b'));
    expect(on.needs.map(({ what, url }) => [what, url])).to.deep.equal([
      ['window', 'https://example.com/x'],
      ['window', `${location.origin}/x`],
    ]);
    const [refusal] = on.live;
    expect(refusal).to.deep.include({
      type: 'refused',
      code: 'needs-consumer',
      what: 'window',
      node: on.recorder.idOf(on.query('#a')),
    });
  });

  it('has pickers opened at the agent’s side, and performs the choice', async () => {
    on = await controlledPage('<select id="s"><option id="x">x<option id="y">y</select><input id="d" type="date">');
    const id = (selector: string) => on.recorder.idOf(on.query(selector));
    await on.press(on.query('#s'));
    await on.press(on.query('#d'));
    const pickers = on.live.filter(({ type }) => type === 'picker');
    expect(pickers.map((message) => 'node' in message && message.node)).to.deep.equal([id('#s'), id('#d')]);
    await on.perform([
      [9, id('#s'), [id('#y')]],
      [10, id('#d'), '2026-02-03'],
      // no option of it
      [9, id('#s'), [id('#d')]],
    ]);
    await until(() => on.codes().length === 1);
    expect([on.query<HTMLSelectElement>('#s').value, on.query<HTMLInputElement>('#d').value]).to.deep.equal([
      'y',
      '2026-02-03',
    ]);
    expect(on.codes()).to.deep.equal(['stale']);
  });
});
