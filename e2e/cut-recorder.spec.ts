import { expect, test, type Page } from '@playwright/test';
import { build, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { LIBRARIES } from '../scripts/build-cuts-list.mjs';
import { cut } from '../scripts/build-cuts.mjs';

/** The bundles leave parts of rrweb out (adr/0004): what reaches the agent has to be the same with and without them. */
const library = LIBRARIES.find(({ file }) => file.startsWith('@rrweb/'))!;
const cutting: Plugin = {
  name: 'cut',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@rrweb\/record\/dist\/record\.js$/ }, ({ path }) => ({
      contents: cut(readFileSync(path, 'utf8'), library),
    })),
};

const PAGE = `<!doctype html><meta charset="utf-8"><title>Page</title><style>body { margin: 0 } </style><style>a {}</style>
  <link rel="icon" href="data:,"><meta name="description" content="text">
  <input id="name"><input id="secret" type="password"><input id="agree" type="checkbox"><textarea id="note"></textarea>
  <select id="choice"><option>one<option>two</select>
  <svg width="20" height="20"><circle r="5" /></svg><canvas id="canvas" width="10" height="10"></canvas>
  <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" srcset="data:image/gif;base64,R0lGODlhAQABAAAAACw= 2x" alt="">
  <video id="video"></video><dialog id="dialog">asks</dialog><details id="details"><summary>more</summary>text</details>
  <p id="p" data-cobrowse="mask">private</p><p data-cobrowse="block">gone</p><!-- remark -->
  <div id="scroller" style="height: 40px; overflow: auto"><div style="height: 400px"></div></div>
  <div id="host"></div><iframe id="frame" srcdoc="<input id=inner><p>inside</p>"></iframe>
  <button id="button">press</button><div style="height: 3000px"></div>`;

interface Probe {
  events: unknown[];
  errors: string[];
}

/** What a page may do, each followed by a pause in which the recorder sends. */
const DEEDS: ((page: Page) => Promise<unknown>)[] = [
  (page) => page.locator('#name').pressSequentially('Ada'),
  (page) => page.locator('#secret').fill('word'),
  (page) => page.locator('#agree').check(),
  (page) => page.locator('#note').fill('two\nlines'),
  (page) => page.locator('#choice').selectOption('two'),
  (page) => page.locator('#button').click(),
  (page) => page.frameLocator('#frame').locator('#inner').fill('within'),
  ...[
    `document.querySelector('#p').firstChild.data = 'changed'`,
    `document.querySelector('#button').setAttribute('style', 'color: red'); document.querySelector('#button').style.width = '90px'`,
    `document.querySelector('#p').before(Object.assign(document.createElement('b'), {textContent: 'new'})); document.querySelector('svg').remove()`,
    `document.styleSheets[0].insertRule('p { color: blue }', 0); document.styleSheets[0].cssRules[0].style.setProperty('margin', '1px')`,
    `document.styleSheets[0].deleteRule(0); document.styleSheets[0].insertRule('@media print { p { color: red } }', 0); document.styleSheets[0].cssRules[0].insertRule('b {}', 0)`,
    `const sheet = new CSSStyleSheet(); sheet.replaceSync('p { top: 1px }'); document.adoptedStyleSheets = [sheet]; sheet.insertRule('i {}', 0)`,
    `document.querySelector('#host').attachShadow({mode: 'open'}).innerHTML = '<style>p { left: 0 }</style><p id="deep">deep</p>'`,
    `document.querySelector('#host').shadowRoot.querySelector('#deep').textContent = 'deeper'`,
    `customElements.define('x-tag', class extends HTMLElement { connectedCallback() { this.textContent = 'tag' } }); document.body.prepend(document.createElement('x-tag'))`,
    `const context = document.querySelector('#canvas').getContext('2d'); context.fillRect(0, 0, 5, 5)`,
    `document.querySelector('#dialog').showModal()`,
    `document.querySelector('#dialog').close(); document.querySelector('#details').open = true`,
    `document.querySelector('#video').volume = 0.5`,
    `getSelection().selectAllChildren(document.querySelector('summary'))`,
    `document.querySelector('#scroller').scrollTop = 120`,
    `scrollTo(0, 500)`,
    `document.body.appendChild(document.createElement('iframe')).contentDocument.body.append('later')`,
    `document.querySelector('#frame').contentDocument.body.append('more')`,
    `document.querySelector('#name').value = 'by script'`,
    `window.recorder.startEpoch()`,
  ].map((code) => (page: Page) => page.evaluate(code)),
];

test('the cut recorder sends what the whole one sends', async ({ context }) => {
  const whole = await record(await context.newPage(), await bundle());
  const small = await record(await context.newPage(), await bundle(cutting));
  expect(whole.length).toBeGreaterThan(DEEDS.length);
  expect(small).toEqual(whole);
});

async function bundle(...plugins: Plugin[]): Promise<string> {
  const contents = `
    import { startRecorder } from './components/mirror/recorder.js';
    import { compilePolicy } from './components/mirror/privacy.js';
    import { BatchDecoder } from './components/mirror/decoder.js';
    window.events = [];
    window.errors = [];
    let epoch, decoder;
    const send = (frame) => {
      if (frame.kind !== 'events') return true;
      if (frame.epoch !== epoch) decoder = new BatchDecoder();
      epoch = frame.epoch;
      window.events.push(...(decoder.push(frame.payload, (frame.flags & 2) !== 0) ?? []));
      return true;
    };
    const mirror = { open: true, bufferedBytes: 0, send, onFrame: () => () => {}, onOpenChange: () => () => {} };
    const onError = (error) => window.errors.push(String(error.cause));
    window.recorder = startRecorder({ mirror, policy: compilePolicy({}), pageId: 'p', onError });`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    ...{ bundle: true, write: false, format: 'iife', target: 'es2022', plugins },
  });
  return outputFiles[0]!.text;
}

async function record(page: Page, code: string): Promise<unknown[]> {
  await page.setContent(PAGE);
  await expect(page.frameLocator('#frame').locator('#inner')).toBeVisible();
  await page.addScriptTag({ content: code });
  await settled(page);
  for (const deed of DEEDS) {
    await deed(page);
    await settled(page);
  }
  const { events, errors } = await page.evaluate<Probe>(`({ events, errors })`);
  await page.close();
  expect(errors).toEqual([]);
  return events.map(timeless);
}

/** Until nothing more comes for some frames. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { events } = window as unknown as Probe;
    for (let quiet = 0; quiet < 2; quiet++) {
      const before = events.length;
      for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
      if (events.length > before) quiet = -1;
    }
  });
}

function timeless(event: unknown): unknown {
  return JSON.parse(
    JSON.stringify(event, (key, value: unknown) => (/^(?:timestamp|timeOffset)$/.test(key) ? 0 : value)),
  );
}
