import { expect } from '@open-wc/testing';
import type { Primitive } from '../../../protocol/index.js';
import { until } from '../../mirror/testing/mirrored-page.js';
import { controlledPage, type ControlledPage } from './testing/controlled-page.js';

describe('what the agent did not see', () => {
  let on: ControlledPage;
  let clicked: string[];

  async function page(html: string): Promise<void> {
    on = await controlledPage(html);
    clicked = [];
    on.page.addEventListener('click', (event) => clicked.push((event.composedPath()[0] as Element).id));
  }
  const click = (element: Element, x = 0.5, y = 0.5): Primitive[] => [
    [1, ...on.at(element, x, y), 0, 0, 1],
    [2, ...on.at(element, x, y), 0, 0, 1],
  ];
  /** Performs what is given, and says what was clicked and what was told. */
  async function after(primitives: Primitive[]): Promise<[string[], string[]]> {
    await on.perform(primitives);
    return [clicked, on.codes()];
  }

  afterEach(() => {
    on.stop();
    scrollTo(0, 0);
  });

  describe('where it is', () => {
    it('is pressed where it has moved to', async () => {
      await page('<div style="height: 40px"></div><button id="a">A</button>');
      const press = click(on.query('#a'));
      on.query('div').style.height = '140px';
      expect(await after(press)).to.deep.equal([['a'], []]);
    });

    it('is refused when it has gone', async () => {
      await page('<button id="a">A</button><button id="b">B</button>');
      const press = click(on.query('#a'));
      on.query('#a').remove();
      expect(await after(press)).to.deep.equal([[], ['stale']]);
    });

    it('is refused when it is not shown, or has no size', async () => {
      await page('<button id="a">A</button><button id="b">B</button><div id="c">C</div>');
      on.query('#a').style.display = 'none';
      on.query('#b').style.cssText = 'width: 0; padding: 0; border: 0; overflow: hidden';
      on.query('#c').style.visibility = 'hidden';
      await on.perform(['#a', '#b', '#c'].flatMap((one) => click(on.query(one))));
      expect([clicked, on.codes()]).to.deep.equal([[], ['stale', 'stale', 'stale']]);
    });

    it('is refused when something has come over it', async () => {
      await page('<button id="a">A</button>');
      const press = click(on.query('#a'));
      on.page.insertAdjacentHTML('beforeend', '<div id="over" style="position: fixed; inset: 0"></div>');
      expect(await after(press)).to.deep.equal([[], ['stale']]);
    });

    it('is refused when something else has come to lie in it, that can be pressed', async () => {
      await page('<div id="row" style="height: 50px; width: 300px"></div>');
      const press = click(on.query('#row'));
      on.query('#row').innerHTML = '<button id="delete" style="width: 100%; height: 100%">Delete</button>';
      expect(await after(press)).to.deep.equal([[], ['stale']]);
    });

    it('is refused when what it contains is shown only since, and is made of anything', async () => {
      await page('<div id="row" style="height: 50px"><div id="x" style="display: none; cursor: pointer">x</div></div>');
      const press = click(on.query('#row'), 0.5, 0.2);
      on.query('#x').style.display = 'block';
      await on.seen();
      expect(await after(press)).to.deep.equal([[], ['stale']]);
    });

    it('is scrolled into view', async () => {
      await page('<div style="height: 3000px"></div><button id="a">A</button>');
      expect(await after(click(on.query('#a')))).to.deep.equal([['a'], []]);
      scrollTo(0, 0);
    });

    it('is scrolled into view in a box of its own', async () => {
      await page(
        '<div style="height: 60px; overflow: auto"><p style="height: 500px"></p><button id="a">A</button></div>',
      );
      expect(await after(click(on.query('#a')))).to.deep.equal([['a'], []]);
    });

    it('is pressed through our own elements', async () => {
      await page(`<button id="a">A</button><cobrowse-consent data-cobrowse-host
        style="position: fixed; inset: 0; display: block"></cobrowse-consent>`);
      expect(await after(click(on.query('#a')))).to.deep.equal([['a'], []]);
    });

    it('is the control of a label, or another part of the same button', async () => {
      await page(`<label style="position: relative; display: block; height: 30px"><input id="tick" type="checkbox">
        <span id="over" style="position: absolute; inset: 0"></span></label>
        <button id="b"><i id="one">one</i> <i id="two" style="position: relative">two</i></button>`);
      const { left, top, width, height } = on.query('#one').getBoundingClientRect();
      on.query('#two').style.cssText =
        `position: fixed; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
      await on.seen();
      await on.perform([...click(on.query('#tick')), ...click(on.query('#one'))]);
      expect(on.codes()).to.deep.equal([]);
      // the label's click is given to its control
      expect(clicked).to.deep.equal(['over', 'tick', 'two']);
      expect(on.query<HTMLInputElement>('#tick').checked).to.equal(true);
    });

    it('is met on the lines of a link that is broken over several', async () => {
      await page(
        '<p style="width: 120px; font: 16px/20px monospace">some words <a id="a" href="#x">and a link</a> here</p>',
      );
      expect(await after(click(on.query('#a'), 0.02, 0.02))).to.deep.equal([['a'], []]);
    });

    it('is met in shadow trees and in frames', async () => {
      await page('<div id="host"></div><iframe style="border: 7px solid; padding: 5px"></iframe>');
      const root = on.query('#host').attachShadow({ mode: 'open' });
      root.innerHTML = '<button id="inner">A</button>';
      const inner = on.query<HTMLIFrameElement>('iframe').contentDocument!;
      inner.body.innerHTML = '<button id="framed">B</button>';
      const framed = inner.querySelector('button')!;
      framed.addEventListener('click', () => clicked.push('framed'));
      await on.seen();
      await until(() => on.recorder.idOf(framed) > 0);
      await on.seen();
      await on.perform([...click(root.querySelector('button')!), ...click(framed)]);
      expect([clicked, on.codes()]).to.deep.equal([['inner', 'framed'], []]);
    });
  });

  describe('what it is', () => {
    const isRefused = async (html: string, change: (target: HTMLElement) => void) => {
      await page(html);
      const { seq } = on.player.seen;
      const target = on.query('#a');
      change(target);
      await on.seen();
      // before the agent has seen it
      await on.perform(click(target), { seen: seq });
      const before = [...on.codes()];
      const worked = [...clicked];
      // and after
      await on.perform(click(target));
      expect(on.codes(), 'seen').to.deep.equal(before);
      expect(clicked.length, 'seen').to.equal(worked.length + 1);
      return before.length === 1 && worked.length === 0;
    };

    it('is refused until its words are seen', async () => {
      expect(await isRefused('<button id="a">Save</button>', (a) => (a.textContent = 'Delete'))).to.equal(true);
      on.stop();
      expect(await isRefused('<button id="a">Save</button>', (a) => (a.firstChild!.nodeValue = 'Delete'))).to.equal(
        true,
      );
      on.stop();
      expect(await isRefused('<div id="a">Save</div>', (a) => (a.textContent = 'Delete'))).to.equal(true);
      on.stop();
      expect(
        await isRefused('<button id="a"><b>Save</b></button>', (a) => (a.firstChild!.textContent = 'Delete')),
      ).to.equal(true);
    });

    it('is refused until its picture and what it leads to are seen', async () => {
      expect(await isRefused('<a id="a" href="#one">one</a>', (a) => a.setAttribute('href', '#two'))).to.equal(true);
      on.stop();
      expect(
        await isRefused('<button id="a"><svg></svg></button>', (a) =>
          a.replaceChildren(document.createElement('i'), 'x'),
        ),
      ).to.equal(true);
      on.stop();
      expect(await isRefused('<button id="a">x</button>', (a) => a.setAttribute('aria-label', 'Delete'))).to.equal(
        true,
      );
    });

    it('is not refused for its looks, or for what changes elsewhere', async () => {
      expect(await isRefused('<button id="a">A</button>', (a) => (a.className = 'hover'))).to.equal(false);
      on.stop();
      expect(
        await isRefused('<button id="a">A</button><p id="p"></p>', () => (on.query('#p').textContent = 'tick')),
      ).to.equal(false);
    });

    it('is not refused for what was typed into it', async () => {
      expect(await isRefused('<div id="a" contenteditable>text</div>', (a) => (a.textContent = 'more text'))).to.equal(
        false,
      );
    });

    it('is the same for both presses of a double click', async () => {
      await page('<button id="a">0</button>');
      on.query('#a').addEventListener('click', ({ target }) => ((target as Element).textContent += '1'));
      const { seq } = on.player.seen;
      const place = on.at(on.query('#a'));
      await on.perform(
        [
          [1, ...place, 0, 0, 1],
          [2, ...place, 0, 0, 1],
        ],
        { seen: seq },
      );
      await on.seen();
      await on.perform(
        [
          [1, ...place, 0, 0, 2],
          [2, ...place, 0, 0, 2],
        ],
        { seen: seq },
      );
      expect([on.query('#a').textContent, on.codes()]).to.deep.equal(['011', []]);
      await on.perform(
        [
          [1, ...place, 0, 0, 1],
          [2, ...place, 0, 0, 1],
        ],
        { seen: seq },
      );
      expect([on.query('#a').textContent, on.codes()]).to.deep.equal(['011', ['stale']]);
    });

    it('is refused in an epoch that the agent has not seen', async () => {
      await page('<button id="a">A</button>');
      const { epoch, seq } = on.player.seen;
      on.recorder.startEpoch();
      await until(() => on.player.seen.epoch > epoch);
      await on.perform(click(on.query('#a')), { epoch, seen: seq });
      expect([clicked, on.codes()]).to.deep.equal([[], ['stale']]);
      await on.perform(click(on.query('#a')));
      expect(clicked).to.deep.equal(['a']);
    });
  });

  describe('by keyboard', () => {
    const enter: Primitive[] = [
      [5, 'Enter', 'Enter', 13, 0, 0, 0],
      [6, 'Enter', 'Enter', 13, 0, 0, 0],
    ];

    it('is refused when the page has moved the focus there', async () => {
      await page('<input id="field"><button id="a">OK</button>');
      await on.press(on.query('#field'));
      await on.seen();
      const { seq } = on.player.seen;
      clicked = [];
      on.query('#a').focus();
      await on.seen();
      await on.perform(enter, { seen: seq });
      expect([clicked, on.codes()]).to.deep.equal([[], ['stale']]);
      await on.perform(enter);
      expect(clicked).to.deep.equal(['a']);
    });

    it('is not refused when the agent has', async () => {
      await page('<input id="field"><button id="a">OK</button>');
      await on.press(on.query('#field'));
      clicked = [];
      const tab: Primitive[] = [[5, 'Tab', 'Tab', 9, 0, 0, 0], [6, 'Tab', 'Tab', 9, 0, 0, 0], ...enter];
      await on.perform(tab);
      expect([clicked, on.codes()]).to.deep.equal([['a'], []]);
    });
  });

  it('drags from where it was pressed, and lets go there', async () => {
    await page('<div id="a" style="width: 50px; height: 50px; background: red"></div>');
    const target = on.query('#a');
    const seen: [string, number, number][] = [];
    for (const type of ['pointerdown', 'pointermove', 'pointerup'])
      addEventListener(type, (event) => {
        const { clientX, clientY, isTrusted } = event as PointerEvent;
        if (isTrusted) return;
        seen.push([type, clientX, clientY]);
        if (type === 'pointermove') target.style.transform = `translate(${seen.length * 100}px)`;
      });
    const { left, top } = target.getBoundingClientRect();
    const place = on.at(target);
    await on.perform([
      [1, ...place, 0, 0, 1],
      [3, 20, 10, ...place, 0],
      [3, 40, 20, ...place, 0],
      [2, ...place, 0, 0, 1],
    ]);
    expect(seen.at(-1)).to.deep.equal(['pointerup', left + 65, top + 45]);
    expect(seen.some(([, x, y]) => x === left + 45 && y === top + 35)).to.equal(true);
    expect(on.cursors.at(-1)).to.deep.equal([left + 65, top + 45, false]);
  });
});
