import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { Primitive } from '../../../protocol/index.js';
import { until } from '../../mirror/testing/mirrored-page.js';
import { controlledPage, type ControlledPage } from './testing/controlled-page.js';

let on: ControlledPage;
const click = (element: Element): Primitive[] => [
  [1, ...on.at(element), 0, 0, 1],
  [2, ...on.at(element), 0, 0, 1],
];
const activity = () => on.live.flatMap((message) => (message.type === 'consumer-active' ? [message.active] : []));

afterEach(async () => {
  on.stop();
  await resetMouse();
});

describe('the consumer’s own input', () => {
  const inputs: [string, () => Promise<unknown>][] = [
    ['a key', () => sendKeys({ press: 'x' })],
    ['a press', () => sendMouse({ type: 'click', position: [300, 300] })],
    [
      'a turn of the wheel',
      () => sendMouse({ type: 'move', position: [300, 300] }).then(() => sendKeys({ press: 'PageDown' })),
    ],
  ];
  for (const [name, use] of inputs) {
    it(`comes before the agent's: ${name}`, async () => {
      on = await controlledPage('<button>A</button>');
      let clicks = 0;
      on.query('button').addEventListener('click', () => (clicks += 1));
      await use();
      await until(() => activity().length === 1);
      await on.perform(click(on.query('button')));
      expect(clicks).to.equal(0);
      expect(on.codes()).to.deep.equal(['consumer-active', 'consumer-active']);
      // a second later it is the agent's turn again
      await until(() => activity().length === 2);
      expect(activity()).to.deep.equal([true, false]);
      await on.perform(click(on.query('button')));
      expect(clicks).to.equal(1);
    });
  }

  it('takes out of the agent’s hand what it holds', async () => {
    on = await controlledPage('<button>A</button><input>');
    const seen: string[] = [];
    for (const type of ['mouseup', 'click', 'keyup'])
      on.page.addEventListener(type, (event) => !event.isTrusted && seen.push(type));
    on.query('input').focus();
    await on.perform([
      [5, 'Shift', 'ShiftLeft', 16, 1, 2, 0],
      [1, ...on.at(on.query('button')), 0, 2, 1],
    ]);
    await sendKeys({ press: 'x' });
    await until(() => seen.length === 2);
    expect(seen.sort()).to.deep.equal(['keyup', 'mouseup']);
    await on.perform([[2, ...on.at(on.query('button')), 0, 0, 1]]);
    expect(seen).not.to.include('click');
  });

  it('counts in a frame too', async () => {
    on = await controlledPage('<iframe style="position: fixed; left: 0; top: 0; border: 0"></iframe>');
    await sendMouse({ type: 'click', position: [50, 50] });
    await until(() => activity().length === 1);
  });

  it('is not a move of the mouse, nor a modifier, nor what the agent does', async () => {
    on = await controlledPage('<input>');
    await sendMouse({ type: 'move', position: [200, 200] });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ up: 'Shift' });
    await on.press(on.query('input'));
    await on.perform([[7, 'typed', 0]]);
    expect(on.query<HTMLInputElement>('input').value).to.equal('typed');
    expect(activity()).to.deep.equal([]);
  });
});

describe('the agent’s hand', () => {
  it('is let go of at the end, and the page is left as it was', async () => {
    const { open } = window;
    on = await controlledPage('<button>A</button>');
    expect(window.open).not.to.equal(open);
    const ups: string[] = [];
    on.query('button').addEventListener('pointerup', ({ type }) => ups.push(type));
    await on.perform([[1, ...on.at(on.query('button')), 0, 0, 1]]);
    on.performer.stop();
    expect(ups).to.deep.equal(['pointerup']);
    expect(window.open).to.equal(open);
    on.send([[2, ...on.at(on.query('button')), 0, 0, 1]]);
    await on.idle();
    expect(ups.length).to.equal(1);
  });

  it('is let go of when the page goes', async () => {
    on = await controlledPage('<button>A</button>');
    const ups: string[] = [];
    on.query('button').addEventListener('pointerup', ({ type }) => ups.push(type));
    await on.perform([[1, ...on.at(on.query('button')), 0, 0, 1]]);
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(ups).to.deep.equal(['pointerup']);
  });

  it('does not come back to it as the consumer’s pointer', async () => {
    on = await controlledPage('<button>A</button><input>');
    const place = on.at(on.query('button'));
    await on.perform([[0, ...place, 0], ...click(on.query('button')), ...click(on.query('input'))]);
    const { left, top } = on.query('input').getBoundingClientRect();
    // not where the agent's click was
    const y = Math.round(top) + 3;
    // of moves close together the recorder tells one
    for (let x = Math.ceil(left) + 2; on.pointers.length === 0 && x < left + 100; x += 1)
      await sendMouse({ type: 'move', position: [x, y] });
    await on.seen();
    expect(on.pointers.length).to.be.above(0);
    for (const pointer of on.pointers) expect(pointer).to.deep.include({ y, pressed: false });
  });

  it('shows its cursor where it acts', async () => {
    on = await controlledPage('<button>A</button>');
    const { left, top, width, height } = on.query('button').getBoundingClientRect();
    await on.perform([[0, ...on.at(on.query('button')), 0], ...click(on.query('button'))]);
    const [x, y] = [left + width / 2, top + height / 2];
    expect(on.cursors.map(([, , pressed]) => pressed)).to.deep.equal([false, true, false]);
    for (const [atX, atY] of on.cursors) {
      expect(atX).to.be.closeTo(x, 0.1);
      expect(atY).to.be.closeTo(y, 0.1);
    }
  });

  it('does the first thing at once, and the next when the page’s promises are through', async () => {
    on = await controlledPage('<button>A</button>');
    const order: string[] = [];
    const button = on.query('button');
    button.addEventListener('pointerdown', () => order.push('down'));
    button.addEventListener('pointerup', () => order.push('up'));
    button.addEventListener('mousedown', () => {
      let chain = Promise.resolve();
      for (let link = 0; link < 100; link += 1) chain = chain.then(() => undefined);
      void chain.then(() => order.push('promises'));
    });
    on.send(click(button));
    expect(order).to.deep.equal(['down']);
    await until(() => order.includes('up'));
    expect(order).to.deep.equal(['down', 'promises', 'up']);
  });

  it('survives a page whose handlers throw', async () => {
    on = await controlledPage('<button>A</button>');
    const errors: unknown[] = [];
    const onError = (event: ErrorEvent) => {
      event.preventDefault();
      errors.push(event.error);
    };
    const { onerror } = window;
    window.onerror = () => true;
    addEventListener('error', onError);
    on.query('button').addEventListener('pointerdown', () => {
      throw new Error('the page’s own');
    });
    let clicks = 0;
    on.query('button').addEventListener('click', () => (clicks += 1));
    await on.press(on.query('button'));
    removeEventListener('error', onError);
    window.onerror = onerror;
    expect([clicks, errors.length]).to.deep.equal([1, 1]);
  });
});

describe('commands', () => {
  it('go to an address of this site, back and forward', async () => {
    on = await controlledPage('');
    const start = location.href;
    await on.perform([[12, 'go', '#over']]);
    await until(() => location.hash === '#over');
    await on.perform([[12, 'back']]);
    await until(() => location.href === start);
    await on.perform([[12, 'forward']]);
    await until(() => location.hash === '#over');
    await on.perform([[12, 'back']]);
    await until(() => location.href === start);
    expect(on.codes()).to.deep.equal([]);
  });

  it('do not lead off the site', async () => {
    on = await controlledPage('');
    const start = location.href;
    for (const address of [
      'https://example.com/',
      '//example.com',
      'javascript:alert(1)',
      'data:text/html,x',
      'http://[',
    ])
      await on.perform([[12, 'go', address]]);
    expect(location.href).to.equal(start);
    expect(on.needs.map(({ what }) => what)).to.deep.equal(Array.from({ length: 5 }, () => 'address'));
    expect(on.needs[0]!.url).to.equal('https://example.com/');
    expect(new Set(on.codes())).to.deep.equal(new Set(['needs-consumer']));
  });

  it('leave what was meant for the next page', async () => {
    on = await controlledPage('<button>A</button>');
    let clicks = 0;
    on.query('button').addEventListener('click', () => (clicks += 1));
    await on.perform([[12, 'go', 'https://example.com/'], ...click(on.query('button'))]);
    await on.idle();
    expect(clicks).to.equal(0);
  });
});

describe('where the keyboard writes', () => {
  const last = () => on.carets.at(-1) ?? { type: 'caret', focus: 0, node: 0, start: 0, end: 0 };

  it('is told: in a field, in rich text, nowhere', async () => {
    on = await controlledPage('<input value="words"><div contenteditable>more</div><button>A</button>');
    const field = on.query<HTMLInputElement>('input');
    await on.perform(click(field));
    field.setSelectionRange(1, 3);
    const focus = on.recorder.idOf(field);
    await until(() => last().end === 3);
    expect(last()).to.deep.equal({ type: 'caret', focus, node: focus, start: 1, end: 3 });
    const rich = on.query('[contenteditable]');
    await on.perform(click(rich));
    getSelection()!.collapse(rich.firstChild, 2);
    await until(() => last().start === 2);
    expect(last().node).to.equal(on.recorder.idOf(rich.firstChild!));
    await on.perform(click(on.query('button')));
    await until(() => last().focus === on.recorder.idOf(on.query('button')));
    expect(last().node).to.equal(0);
  });

  it('is not told of what is masked', async () => {
    on = await controlledPage('<input data-cobrowse-mask value="secret"><input type="password" value="secret">');
    for (const field of on.page.querySelectorAll('input')) {
      field.focus();
      field.setSelectionRange(2, 4);
      await until(() => last().focus === on.recorder.idOf(field));
      expect(last()).to.include({ node: 0, start: 0, end: 0 });
    }
    expect(on.carets.every(({ node }) => node === 0)).to.equal(true);
  });
});
