import { expect, test, type Page } from '@playwright/test';
import { click, drag, hover, placeOf, takeControl, wheel } from './support/control.js';
import { openSides, reach, shareScreen, stateOf } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/**
 * The agent's real mouse and keyboard, through overlay, wire, server and performer, on a page of each kind of control. One
 * session for all: each journey puts its own content into the page.
 */
let stage: Stage;
let consumer: Page;
let agent: Page;
let close: () => Promise<void>;
let errors: string[];

test.beforeAll(async ({ browser }) => {
  stage = await createStage();
  const consumerUrl = await stage.consumerPage({
    body: '<main id="place"></main>',
    // below the indicator
    style:
      'body { margin: 72px 8px 8px; font: 16px/20px sans-serif } button, input, select, textarea { font: inherit }',
    script: 'window.seen = []; window.log = (...all) => window.seen.push(all.join(" "));',
  });
  const agentUrl = await stage.agentPage();
  ({ consumer, agent, close, errors } = await openSides(browser, consumerUrl, agentUrl));
  await shareScreen(consumer, agent);
  await takeControl(consumer, agent);
});
test.afterAll(async () => {
  await close();
  await stage.close();
});
test.afterEach(() => expect(errors).toEqual([]));

let count = 0;

/** Puts content on the page, and waits until the agent sees it. */
async function put(html: string, script = ''): Promise<void> {
  const mark = `m${++count}`;
  await agent.mouse.move(5, 5);
  await consumer.evaluate(
    ([content, code, id]) => {
      const place = document.querySelector('#place')!;
      (window as unknown as { seen: string[] }).seen = [];
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo(0, 0);
      place.innerHTML = `${content}<i id="${id}">.</i>`;
      const run = document.createElement('script');
      run.textContent = `{${code}}`;
      document.head.append(run);
      run.remove();
    },
    [html, script, mark] as const,
  );
  await placeOf(agent, `#${mark}`);
  // the consumer's own hand, of the journey before, has gone first long enough
  await expect(agent.locator('cobrowse-agent-view .note')).toBeHidden();
}

const logged = () => consumer.evaluate(() => (window as unknown as { seen: string[] }).seen);
const value = (selector: string) =>
  consumer.evaluate((wanted) => document.querySelector<HTMLInputElement>(wanted)?.value ?? null, selector);
const text = (selector: string) =>
  consumer.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? null, selector);
const focused = () => consumer.evaluate(() => document.activeElement?.id ?? '');
const expectLog = (...lines: string[]) => expect.poll(logged).toEqual(lines);
const expectValue = (selector: string, wanted: string) => expect.poll(() => value(selector)).toBe(wanted);
const expectText = (selector: string, wanted: string) => expect.poll(() => text(selector)).toBe(wanted);
const expectFocus = (id: string) => expect.poll(focused).toBe(id);
const type = (words: string) => agent.keyboard.type(words);
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => agent.keyboard.press(key)), Promise.resolve());
/** Waits until the page has what the keys before did: a press elsewhere needs a mirror that shows it. */
const toast = () => agent.locator('cobrowse-agent-view [part~="toast"]');

test.describe('mouse', () => {
  test('clicks a button', async () => {
    await put('<button id="b">Go</button>', 'b.onclick = (e) => log("click", e.detail)');
    await click(agent, '#b');
    await expectLog('click 1');
  });
  test('double clicks', async () => {
    await put('<button id="b">Go</button>', 'b.ondblclick = () => log("double")');
    await click(agent, '#b', { clickCount: 2 });
    await expectLog('double');
  });
  test('opens a context menu of the page', async () => {
    await put('<div id="d">Right here</div>', 'd.oncontextmenu = (e) => { e.preventDefault(); log("menu") }');
    await click(agent, '#d', { button: 'right' });
    await expectLog('menu');
  });
  test('hovers a menu open and picks from it', async () => {
    await put(
      '<ul id="m" style="width:160px"><li id="a">More<ul id="s" hidden><li id="i">Deep</li></ul></li></ul>',
      'a.onmouseenter = () => { s.hidden = false }; a.onmouseleave = () => { s.hidden = true }; i.onclick = () => log("deep")',
    );
    await hover(agent, '#a');
    await click(agent, '#i');
    await expectLog('deep');
  });
  test('hovers by style alone', async () => {
    await put(
      '<style>#m:hover #s { display: block } #s { display: none }</style><div id="m" style="width:200px">Menu<div id="s"><button id="i">Go</button></div></div>',
      'i.onclick = () => log("go")',
    );
    await hover(agent, '#m');
    await expect.poll(() => consumer.locator('#s').isVisible()).toBe(true);
    await expect.poll(async () => (await consumer.locator('#i').boundingBox()) !== null).toBe(true);
  });
  test('follows a link to a place of the page', async () => {
    await put('<a id="a" href="#there">There</a><p style="height:1500px"></p><p id="there">Here</p>');
    await click(agent, '#a');
    await expect.poll(() => consumer.evaluate(() => location.hash)).toBe('#there');
    await consumer.evaluate(() => history.replaceState(null, '', location.pathname));
  });
  test('draws on a canvas', async () => {
    await put(
      '<canvas id="c" width="300" height="120" style="background:#eee"></canvas>',
      'let on = 0; c.onmousedown = () => { on = 1 }; c.onmousemove = (e) => { if (on) log("at") }; c.onmouseup = () => { on = 0 }',
    );
    await drag(agent, '#c', '#c', { at: [0.2, 0.3] }, { at: [0.8, 0.6] });
    await expect.poll(async () => (await logged()).length).toBeGreaterThan(2);
  });
  test('drags an element by pointer capture', async () => {
    await put(
      '<div id="h" style="position:absolute;left:20px;top:60px;width:60px;height:40px;background:#c33;touch-action:none"></div>',
      'let grip; h.onpointerdown = (e) => { h.setPointerCapture(e.pointerId); grip = e.clientX - h.offsetLeft }; h.onpointermove = (e) => { if (h.hasPointerCapture(e.pointerId)) h.style.left = e.clientX - grip + "px" }; h.onpointerup = () => log("let go")',
    );
    const [x, y] = await placeOf(agent, '#h');
    await agent.mouse.move(x, y);
    await agent.mouse.down();
    await agent.mouse.move(x + 150, y, { steps: 6 });
    await agent.mouse.up();
    await expectLog('let go');
    expect(await consumer.evaluate(() => document.querySelector<HTMLElement>('#h')!.offsetLeft)).toBeGreaterThan(100);
  });
  test('sorts a list by drag and drop', async () => {
    await put(
      '<ul id="u" style="width:140px"><li draggable="true" id="a">A</li><li draggable="true" id="b">B</li><li draggable="true" id="c">C</li></ul>',
      'let held; u.ondragstart = (e) => { held = e.target; e.dataTransfer.setData("text/plain", "x") }; u.ondragenter = (e) => e.preventDefault(); u.ondragover = (e) => { e.preventDefault() }; u.ondrop = (e) => { e.preventDefault(); e.target.closest("li").after(held); log([...u.children].map((x) => x.id).join("")) }',
    );
    await drag(agent, '#a', '#c');
    await expectLog('bca');
  });
  test('scrolls the page and a box by wheel', async () => {
    await put(
      '<div id="s" style="height:80px;overflow:auto"><div style="height:900px">x</div></div><p style="height:2000px"></p>',
    );
    await wheel(agent, '#s', 0, 120);
    await expect.poll(() => consumer.evaluate(() => document.querySelector('#s')!.scrollTop)).toBeGreaterThan(50);
  });
  test('selects a word and copies it into a field', async () => {
    await put('<p id="p">alpha beta gamma</p><input id="f">');
    await click(agent, '#p', { text: 7, clickCount: 2 });
    await expect.poll(() => consumer.evaluate(() => String(getSelection()))).toBe('beta');
    await press('ControlOrMeta+c');
    await click(agent, '#f');
    await press('ControlOrMeta+v');
    await expectValue('#f', 'beta');
  });
  test('opens and closes details', async () => {
    await put('<details id="d"><summary id="s">More</summary>Text</details>');
    await click(agent, '#s');
    await expect.poll(() => consumer.evaluate(() => document.querySelector<HTMLDetailsElement>('#d')!.open)).toBe(true);
  });
  test('opens a popover and dismisses it by a click elsewhere', async () => {
    await put(
      '<button id="b" popovertarget="p">Open</button><div id="p" popover>Pop</div><p id="o" style="margin-top:150px">Out</p>',
    );
    await click(agent, '#b');
    const isOpen = () => consumer.evaluate(() => document.querySelector('#p')!.matches(':popover-open'));
    await expect.poll(isOpen).toBe(true);
    await click(agent, '#o');
    await expect.poll(isOpen).toBe(false);
  });
  test('clicks in an open shadow root', async () => {
    await put(
      '<x-box id="x"></x-box>',
      'const r = x.attachShadow({ mode: "open" }); r.innerHTML = "<button id=b>In</button>"; r.querySelector("button").onclick = () => log("in")',
    );
    await click(agent, '#x >> #b');
    await expectLog('in');
  });
  test('clicks and types in a frame of the same origin', async () => {
    await put('<iframe id="f" srcdoc="<input id=i>" style="height:80px"></iframe>');
    await click(agent, '#f >> #i');
    await type('framed');
    await expect
      .poll(() =>
        consumer.evaluate(
          () => document.querySelector<HTMLIFrameElement>('#f')!.contentDocument!.querySelector('input')!.value,
        ),
      )
      .toBe('framed');
  });
});

test.describe('fields', () => {
  test('types and tells of a change', async () => {
    await put('<input id="a"><input id="b">', 'a.onchange = () => log("change", a.value)');
    await click(agent, '#a');
    await type('Hello, you!');
    await expectValue('#a', 'Hello, you!');
    await click(agent, '#b');
    await expectLog('change Hello, you!');
  });
  test('types into a field that its page controls', async () => {
    await put('<input id="a">', 'a.oninput = () => { a.value = a.value.toUpperCase().replace(/[^A-Z]/g, "") }');
    await click(agent, '#a');
    await type('a1b2');
    await expectValue('#a', 'AB');
  });
  test('types into a masked pattern', async () => {
    await put(
      '<input id="a">',
      'a.oninput = () => { const d = a.value.replace(/\\D/g, "").slice(0, 6); a.value = d.length > 3 ? d.slice(0, 3) + "-" + d.slice(3) : d }',
    );
    await click(agent, '#a');
    await type('12x3456');
    await expectValue('#a', '123-456');
  });
  test('keeps to maxlength', async () => {
    await put('<input id="a" maxlength="3">');
    await click(agent, '#a');
    await type('abcdef');
    await expectValue('#a', 'abc');
  });
  test('deletes, undoes and types again', async () => {
    await put('<input id="a">');
    await click(agent, '#a');
    await type('one two');
    await press('Backspace', 'Backspace', 'Backspace');
    await expectValue('#a', 'one ');
    await press('ControlOrMeta+z');
    await expectValue('#a', 'one two');
  });
  test('replaces what is selected', async () => {
    await put('<input id="a" value="old">');
    await click(agent, '#a');
    await press('ControlOrMeta+a');
    await type('new');
    await expectValue('#a', 'new');
  });
  test('puts the caret where the agent clicks', async () => {
    await put('<textarea id="a" rows="3">ab</textarea>');
    await click(agent, '#a', { at: [0.9, 0.2] });
    await type('c');
    await press('Enter');
    await type('d');
    await expectValue('#a', 'abc\nd');
  });
  test('checks a box by its label', async () => {
    await put(
      '<label id="l"><input type="checkbox" id="a"> <span id="s">Agree</span></label>',
      'a.onchange = () => log(a.checked)',
    );
    await click(agent, '#s');
    await expectLog('true');
  });
  test('picks a radio and moves by arrows', async () => {
    await put(
      '<input type="radio" name="r" id="a"><input type="radio" name="r" id="b">',
      'b.onchange = () => log("b")',
    );
    await click(agent, '#a');
    await press('ArrowRight');
    await expectLog('b');
  });
  test('moves a slider', async () => {
    await put('<input type="range" id="r" value="0" style="width:300px">');
    await click(agent, '#r', { at: [0.75, 0.5] });
    await expect.poll(async () => Number(await value('#r'))).toBeGreaterThan(60);
  });
  test('steps a number', async () => {
    await put('<input type="number" id="n" value="5" max="7">');
    await click(agent, '#n', { at: [0.2, 0.5] });
    await press('ArrowUp', 'ArrowUp', 'ArrowUp');
    await expectValue('#n', '7');
  });
  test('chooses from a select at the agent’s side', async () => {
    await put(
      '<select id="s"><option>Red</option><option>Green</option><option>Blue</option></select>',
      's.onchange = () => log(s.value)',
    );
    await click(agent, '#s');
    const picker = agent.locator('cobrowse-agent-view [part~="picker"]');
    await picker.getByRole('option', { name: 'Blue' }).click();
    await expectLog('Blue');
  });
  test('chooses from a select by keys', async () => {
    await put(
      '<select id="s"><option>Red</option><option>Green</option></select><input id="i">',
      's.onchange = () => log(s.value)',
    );
    await click(agent, '#i');
    await press('Shift+Tab', 'ArrowDown');
    await expectLog('Green');
  });
  test('picks a date at the agent’s side', async () => {
    await put('<input type="date" id="d">', 'd.onchange = () => log(d.value)');
    await click(agent, '#d');
    const picker = agent.locator('cobrowse-agent-view [part~="picker"]');
    await picker.locator('input').fill('2026-12-24');
    await picker.locator('button[type=submit]').click();
    await expectLog('2026-12-24');
  });
  test('pastes from the agent’s clipboard', async () => {
    await put('<input id="a">');
    await click(agent, '#a');
    await agent.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'pasted');
      let deep = document.activeElement;
      while (deep?.shadowRoot?.activeElement) deep = deep.shadowRoot.activeElement;
      deep?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true }),
      );
    });
    await expectValue('#a', 'pasted');
  });
  test('writes in rich text', async () => {
    await put('<div id="e" contenteditable style="width:300px">ab</div>');
    await click(agent, '#e');
    await press('End');
    await type('c');
    await press('Enter');
    await type('d');
    await expect
      .poll(() => consumer.evaluate(() => document.querySelector<HTMLElement>('#e')!.innerText.trim()))
      .toBe('abc\nd');
  });
  test('picks from a list that closes on blur', async () => {
    await put(
      '<input id="a"><ul id="u" hidden><li id="one">one</li><li id="two">two</li></ul>',
      'a.onfocus = () => { u.hidden = false }; a.onblur = () => { u.hidden = true }; u.onmousedown = (e) => e.preventDefault(); two.onclick = () => { a.value = "two"; log("picked") }',
    );
    await click(agent, '#a');
    await click(agent, '#two');
    await expectLog('picked');
  });
});

test.describe('keyboard', () => {
  test('goes through a form by Tab', async () => {
    await put(
      '<input id="a"><a id="n">no</a><button id="b">B</button><select id="c"></select><textarea id="d"></textarea>',
    );
    await click(agent, '#a');
    await press('Tab');
    await expectFocus('b');
    await press('Tab', 'Tab');
    await expectFocus('d');
    await press('Shift+Tab');
    await expectFocus('c');
  });
  test('submits by Enter', async () => {
    await put(
      '<form id="f"><input id="a"><button>S</button></form>',
      'f.onsubmit = (e) => { e.preventDefault(); log("sent", a.value) }',
    );
    await click(agent, '#a');
    await type('q');
    await press('Enter');
    await expectLog('sent q');
  });
  test('presses a button by Space and Enter', async () => {
    await put('<input id="a"><button id="b">B</button>', 'b.onclick = () => log("b")');
    await click(agent, '#a');
    await press('Tab', 'Space', 'Enter');
    await expectLog('b', 'b');
  });
  test('stays inside a modal dialog, and closes it by Escape', async () => {
    await put(
      '<button id="o">Open</button><dialog id="d"><input id="i"><button id="k">K</button></dialog>',
      'o.onclick = () => d.showModal(); d.onclose = () => log("closed")',
    );
    await click(agent, '#o');
    await expectFocus('i');
    await type('in');
    await expectValue('#i', 'in');
    await press('Tab');
    await expectFocus('k');
    await press('Escape');
    await expectLog('closed');
  });
  test('respects a trap of the page', async () => {
    await put(
      '<div id="m"><button id="a">A</button><button id="b">B</button></div>',
      'm.onkeydown = (e) => { if (e.key === "Tab") { e.preventDefault(); (document.activeElement === a ? b : a).focus() } }',
    );
    await click(agent, '#a');
    await press('Tab');
    await expectFocus('b');
    await press('Tab');
    await expectFocus('a');
  });
  test('gives shortcuts to the page', async () => {
    await put(
      '<input id="a">',
      'a.onkeydown = (e) => { if (e.ctrlKey && e.key === "k") { e.preventDefault(); log("search") } }',
    );
    await click(agent, '#a');
    await press('Control+k');
    await expectLog('search');
  });
  test('moves by words and deletes one', async () => {
    await put('<input id="a" value="one two three">');
    await click(agent, '#a');
    await press('End', 'Control+Backspace');
    await expectValue('#a', 'one two ');
  });
  test('scrolls by keys', async () => {
    await put('<p id="p">Top</p><p style="height:3000px"></p>');
    await click(agent, '#p');
    await press('PageDown');
    await expect.poll(() => consumer.evaluate(() => scrollY)).toBeGreaterThan(100);
  });
  test('skips to the next field as the page wants', async () => {
    await put('<input id="a" maxlength="1"><input id="b" maxlength="1">', 'a.oninput = () => b.focus()');
    await click(agent, '#a');
    await type('12');
    await expectValue('#a', '1');
    await expectValue('#b', '2');
  });
  test('undoes in rich text', async () => {
    await put('<div id="e" contenteditable>x</div>');
    await click(agent, '#e');
    await press('End');
    await type('abc');
    await expectText('#e', 'xabc');
    await press('ControlOrMeta+z');
    await expectText('#e', 'x');
  });
  test('cuts and pastes inside the page', async () => {
    await put('<input id="a" value="move me"><input id="b">');
    await click(agent, '#a');
    await press('ControlOrMeta+a', 'ControlOrMeta+x');
    await expectValue('#a', '');
    await press('Tab', 'ControlOrMeta+v');
    await expectValue('#b', 'move me');
  });
});

test.describe('what is refused', () => {
  const refusals: [name: string, html: string, script: string, press: string][] = [
    ['a file chooser', '<input type="file" id="b">', 'b.onclick = () => log("hit")', '#b'],
    ['a password', '<input type="password" id="b">', 'b.onfocus = () => log("hit")', '#b'],
    ['what is masked', '<button id="b" data-cobrowse-mask>Secret</button>', 'b.onclick = () => log("hit")', '#b'],
    [
      'what is blocked',
      '<div id="w" style="width:120px"><div data-cobrowse-block style="height:40px"><button id="b">Hidden</button></div></div>',
      'b.onclick = () => log("hit")',
      '#w',
    ],
    [
      'what is only to be seen',
      '<button id="b" data-cobrowse-no-control>Pay</button>',
      'b.onclick = () => log("hit")',
      '#b',
    ],
    [
      'the label of a protected field',
      '<label id="l" for="b">L</label><input type="checkbox" id="b" data-cobrowse-no-control>',
      'b.onchange = () => log("hit")',
      '#l',
    ],
  ];
  for (const [name, html, script, target] of refusals) {
    test(name, async () => {
      await put(html, script);
      await click(agent, target);
      await expect(toast().first()).toBeVisible();
      expect(await logged()).toEqual([]);
      await put('<button id="ok">OK</button>', 'ok.onclick = () => log("ok")');
      await click(agent, '#ok');
      await expectLog('ok');
    });
  }
  test('a new window, which the consumer is asked for', async () => {
    await put('<a id="a" href="/elsewhere" target="_blank">New</a>');
    await click(agent, '#a');
    await expect(toast().first()).toBeVisible();
    expect(consumer.context().pages()).toHaveLength(1);
    const prompt = consumer.locator('[part~="prompt"]');
    await expect(prompt).toContainText('elsewhere');
    const opened = consumer.context().waitForEvent('page');
    await prompt.locator('[part~="prompt-open"]').click();
    await (await opened).close();
    await expect(prompt).toBeHidden();
  });
  test('what has moved away since the agent saw it', async () => {
    await put('<button id="b">Go</button>', 'b.onclick = () => log("hit")');
    const [x, y] = await placeOf(agent, '#b');
    await consumer.evaluate(() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position:fixed;inset:0;background:#fff';
      cover.id = 'cover';
      document.querySelector('#place')!.append(cover);
    });
    await agent.mouse.click(x, y);
    await expect.poll(async () => (await logged()).length === 0).toBe(true);
    await expect(toast().first()).toBeVisible();
    await consumer.evaluate(() => document.querySelector('#cover')!.remove());
  });
  test('the consent’s own buttons', async () => {
    await put('<p id="p">x</p>');
    await agent.locator('cobrowse-agent-view').focus();
    const state = await stateOf(consumer);
    expect(state.mode).toBe('remote-control');
    await consumer.evaluate(() => {
      for (const button of document.querySelector('cobrowse-consent')!.shadowRoot!.querySelectorAll('button'))
        button.click();
    });
    expect((await stateOf(consumer)).mode).toBe('remote-control');
  });
});

test.describe('both sides', () => {
  test('the agent sees the caret where the page has it', async () => {
    await put(
      '<input id="field" value="some words" style="width: 300px"><div id="rich" contenteditable>more words</div>',
    );
    const caret = agent.locator('cobrowse-agent-view .page-caret');
    const left = async () => (await caret.boundingBox())?.x ?? -1;
    await click(agent, '#field', { at: [0.9, 0.5] });
    await expect(caret).toBeVisible();
    const [end] = await placeOf(agent, '#field', { at: [0, 0.5] });
    await expect.poll(left).toBeGreaterThan(end + 40);
    await agent.keyboard.press('Home');
    await expect.poll(async () => Math.abs((await left()) - end)).toBeLessThan(6);
    await click(agent, '#rich', { text: 4 });
    const [inText] = await placeOf(agent, '#rich', { text: 4, at: [0, 0.5] });
    await expect.poll(async () => Math.abs((await left()) - inText)).toBeLessThan(3);
    await agent.keyboard.press('Shift+ArrowRight');
    await expect(caret).toBeHidden();
  });

  test('the consumer’s own hand wins', async () => {
    await put('<input id="a"><input id="b">');
    await consumer.locator('#b').click();
    await consumer.keyboard.type('mine');
    await expectValue('#b', 'mine');
    await expect.poll(() => agent.locator('cobrowse-agent-view').textContent()).not.toBeNull();
    await expect
      .poll(async () => {
        await click(agent, '#a');
        return focused();
      })
      .toBe('a');
  });
  test('a message of the browser waits for the consumer', async () => {
    await put('<button id="b">Ask</button>', 'b.onclick = () => log(confirm("Sure?"))');
    const asked = new Promise<void>((resolve) => {
      consumer.once('dialog', (dialog) => {
        void dialog.accept().then(resolve);
      });
    });
    await click(agent, '#b');
    await asked;
    await expectLog('true');
  });
  test('control survives a reload of the page without a question', async () => {
    await consumer.reload();
    await reach(consumer, { mode: 'remote-control' });
    await agent.waitForFunction(() => document.querySelector('cobrowse-agent-view')?.matches(':state(controlling)'));
    await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
    await put('<button id="b">After</button>', 'b.onclick = () => log("after")');
    await click(agent, '#b');
    await expectLog('after');
  });
  test('the agent reloads the page by the toolbar', async () => {
    await consumer.evaluate(() => Object.assign(window, { isOld: true }));
    await agent.locator('cobrowse-toolbar [part~="reload"]').click();
    await consumer.waitForFunction(() => !('isOld' in window));
    await reach(consumer, { mode: 'remote-control' });
    await agent.waitForFunction(() => document.querySelector('cobrowse-agent-view')?.matches(':state(controlling)'));
    await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
    await put('<button id="b">Again</button>', 'b.onclick = () => log("again")');
    await click(agent, '#b');
    await expectLog('again');
  });
  test('the consumer takes it back, at once', async () => {
    await put('<button id="b">No</button>', 'b.onclick = () => log("hit")');
    const [x, y] = await placeOf(agent, '#b');
    await consumer.locator('[part~="take-back"]').first().click();
    await reach(consumer, { mode: 'screen-share' });
    await agent.mouse.click(x, y);
    await reach(agent, { mode: 'screen-share' });
    expect(await logged()).toEqual([]);
  });
  test('the agent asks again, gets it, and gives it up', async () => {
    await takeControl(consumer, agent);
    await put('<button id="b">Yes</button>', 'b.onclick = () => log("yes")');
    await click(agent, '#b');
    await expectLog('yes');
    await agent.locator('cobrowse-toolbar [part~="control"]').click();
    await reach(consumer, { mode: 'screen-share' });
    await reach(agent, { mode: 'screen-share' });
  });
});
