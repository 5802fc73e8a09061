/**
 * A page with a secret in every place that a page can have one, each with a name and a secret of its own. What a mask
 * covers, and what is masked without one.
 */

export interface GoldenPage {
  readonly html: string;
  /** By name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What a person and scripts do on it, with more secrets, and what is new on it then. */
  act(root: Element): Promise<void>;
}

type Sink = (secret: string) => string;

/** Under a mask. */
const MARKUP: Record<string, Sink> = {
  text: (s) => `<p>${s}</p>`,
  'text in text': (s) => `<p>a <b>b <i>${s}</i></b></p>`,
  title: (s) => `<p title="${s}">x</p>`,
  'aria-label': (s) => `<p aria-label="${s}">x</p>`,
  'aria-description': (s) => `<p aria-description="${s}">x</p>`,
  'aria-valuetext': (s) => `<p role="slider" aria-valuetext="${s}">x</p>`,
  'aria-placeholder': (s) => `<p aria-placeholder="${s}">x</p>`,
  'aria-roledescription': (s) => `<p aria-roledescription="${s}">x</p>`,
  role: (s) => `<p role="${s}">x</p>`,
  lang: (s) => `<p lang="${s}">x</p>`,
  'data attribute': (s) => `<p data-x="${s}">x</p>`,
  'data-state': (s) => `<p data-state="${s}">x</p>`,
  'attribute name': (s) => `<p data-${s.toLowerCase()}="1">x</p>`,
  'unknown attribute': (s) => `<p whatever="${s}">x</p>`,
  'own attribute': (s) => `<p data-cobrowse-mask="${s}">x</p>`,
  'id of data': (s) => `<p id="${s}-4111111111">x</p>`,
  'class of data': (s) => `<p class="row ${s}@example.com">x</p>`,
  'event handler': (s) => `<p onclick="'${s}'">x</p>`,
  placeholder: (s) => `<input placeholder="${s}">`,
  'input value': (s) => `<input value="${s}">`,
  'number value': (s) => `<input type="search" value="${s}">`,
  'input name': (s) => `<input name="${s}">`,
  'input pattern': (s) => `<input pattern="${s}">`,
  'button value': (s) => `<input type="button" value="${s}">`,
  'checkbox value': (s) => `<input type="checkbox" value="${s}" checked>`,
  'radio value': (s) => `<input type="radio" value="${s}" checked>`,
  'image button': (s) => `<input type="image" alt="${s}" src="data:,x">`,
  'image button source': (s) => `<input type="image" alt="x" src="data:image/svg+xml,${s}">`,
  datalist: (s) => `<input list="l"><datalist id="l"><option value="${s}"></datalist>`,
  textarea: (s) => `<textarea>${s}</textarea>`,
  'textarea placeholder': (s) => `<textarea placeholder="${s}"></textarea>`,
  'button text': (s) => `<button>${s}</button>`,
  'button data': (s) => `<button value="${s}" name="b">x</button>`,
  'option text': (s) => `<select><option>${s}</option></select>`,
  'option value': (s) => `<select><option value="${s}" selected>x</option></select>`,
  'option label': (s) => `<select><option label="${s}">x</option></select>`,
  'optgroup label': (s) => `<select><optgroup label="${s}"><option>x</option></optgroup></select>`,
  label: (s) => `<label>${s}<input></label>`,
  legend: (s) => `<fieldset><legend>${s}</legend></fieldset>`,
  output: (s) => `<output>${s}</output>`,
  'meter text': (s) => `<meter value="0.4">${s}</meter>`,
  'meter title': (s) => `<meter value="0.4" title="${s}"></meter>`,
  'progress text': (s) => `<progress value="0.4">${s}</progress>`,
  details: (s) => `<details><summary>x</summary>${s}</details>`,
  summary: (s) => `<details open><summary>${s}</summary></details>`,
  dialog: (s) => `<dialog>${s}</dialog>`,
  popover: (s) => `<div popover>${s}</div>`,
  hidden: (s) => `<p hidden>${s}</p>`,
  caption: (s) => `<table><caption>${s}</caption></table>`,
  'cell abbreviation': (s) => `<table><tr><th abbr="${s}">x</th></tr></table>`,
  cell: (s) => `<table><tr><td>${s}</td></tr></table>`,
  abbreviation: (s) => `<abbr title="${s}">x</abbr>`,
  time: (s) => `<time datetime="${s}">x</time>`,
  'data value': (s) => `<data value="${s}">x</data>`,
  'list value': (s) => `<ol><li value="3">${s}</li></ol>`,
  ruby: (s) => `<ruby>x<rt>${s}</rt></ruby>`,
  cite: (s) => `<q cite="/${s}">x</q>`,
  microdata: (s) => `<p itemprop="x" content="${s}">x</p>`,
  'link address': (s) => `<a href="/${s}">x</a>`,
  'link query': (s) => `<a href="/x?id=${s}#${s}">x</a>`,
  'link download': (s) => `<a href="#" download="${s}">x</a>`,
  'link target': (s) => `<a href="#" target="${s}">x</a>`,
  'mail address': (s) => `<a href="mailto:${s}@example.com">x</a>`,
  'image alt': (s) => `<img alt="${s}">`,
  'image source': (s) => `<img src="data:image/svg+xml,${s}">`,
  'image srcset': (s) => `<img srcset="data:image/svg+xml,${s} 1x">`,
  'picture source': (s) => `<picture><source srcset="data:image/svg+xml,${s}"><img></picture>`,
  'video poster': (s) => `<video poster="data:image/svg+xml,${s}"></video>`,
  'video track': (s) => `<video><track label="${s}"></video>`,
  'audio fallback': (s) => `<audio>${s}</audio>`,
  'object data': (s) => `<object data="data:text/plain,${s}">x</object>`,
  'object fallback': (s) => `<object>${s}</object>`,
  'svg text': (s) => `<svg><text y="9">${s}</text></svg>`,
  'svg title': (s) => `<svg><title>${s}</title></svg>`,
  'svg description': (s) => `<svg><desc>${s}</desc></svg>`,
  'svg attribute': (s) => `<svg><g data-x="${s}" aria-label="x"/></svg>`,
  'svg link': (s) => `<svg><a href="/${s}"><text>x</text></a></svg>`,
  'svg foreign object': (s) => `<svg><foreignObject><p>${s}</p></foreignObject></svg>`,
  'math text': (s) => `<math><mtext>${s}</mtext></math>`,
  'math alttext': (s) => `<math alttext="${s}"><mn>1</mn></math>`,
  contenteditable: (s) => `<div contenteditable>${s}</div>`,
  'style background': (s) => `<p style="background-image: url('data:image/svg+xml,${s}')">x</p>`,
  'style shorthand': (s) => `<p style="background: no-repeat url(/${s}.png); color: red">x</p>`,
  'style property': (s) => `<p style="--name: '${s}'; --word: ${s}">x</p>`,
  'style content': (s) => `<p style="content: '${s}'">x</p>`,
  'sheet content': (s) => `<style>.golden-a::before { content: "${s}" }</style>`,
  'sheet background': (s) => `<style>.golden-b { background: url("data:image/svg+xml,${s}") }</style>`,
  'sheet property': (s) => `<style>.golden-c { --x: "${s}" }</style>`,
  'generated content': (s) =>
    `<style>.golden-d::after { content: attr(data-y) }</style><p class="golden-d" data-y="${s}"></p>`,
  frame: (s) => `<iframe srcdoc="<p>${s}</p>"></iframe>`,
  'frame title': (s) => `<iframe title="${s}"></iframe>`,
  'frame name': (s) => `<iframe name="${s}"></iframe>`,
  template: (s) => `<template><p>${s}</p></template>`,
  comment: (s) => `<!-- ${s} -->`,
  noscript: (s) => `<noscript>${s}</noscript>`,
  'script data': (s) => `<script type="application/json">"${s}"</script>`,
  meta: (s) => `<meta itemprop="x" content="${s}">`,
  form: (s) => `<form action="/${s}"></form>`,
  'custom element': (s) => `<x-golden label="${s}" value="${s}">${s}</x-golden>`,
};

/** Anywhere: masked without a word. */
const ALWAYS: Record<string, Sink> = {
  password: (s) => `<input type="password" value="${s}">`,
  'password data': (s) => `<input type="password" data-initial="${s}" title="${s}" aria-label="${s}">`,
  'hidden field': (s) => `<input type="hidden" value="${s}">`,
  'card number': (s) => `<input autocomplete="section-a cc-number" value="${s}">`,
  'card holder': (s) => `<textarea autocomplete="cc-name">${s}</textarea>`,
  'card month': (s) => `<select autocomplete="cc-exp-month"><option value="${s}" selected>${s}</option></select>`,
  'one-time code': (s) => `<input autocomplete="one-time-code" value="${s}">`,
  'field by name': (s) => `<input name="cvc" value="${s}">`,
  'dotted field': (s) => `<input style="-webkit-text-security: disc" value="${s}">`,
  'custom password': (s) => `<x-golden type="password" value="${s}"></x-golden>`,
  'blocked text': (s) => `<p data-cobrowse-block title="${s}">${s}</p>`,
  'ignored text': (s) => `<p data-cobrowse-ignore title="${s}">${s}</p>`,
  'mask in unmask': (s) => `<div data-cobrowse-unmask><p data-cobrowse-mask>${s}</p></div>`,
  'password in unmask': (s) => `<div data-cobrowse-unmask><input type="password" value="${s}"></div>`,
  'password in frame': (s) => `<iframe srcdoc="<input type=password value=${s}>"></iframe>`,
  'secret in link': (s) => `<a href="/x?reset=${s}#${s}">x</a>`,
  'secret in picture': (s) => `<img src="/none.png?access_token=${s}" alt="">`,
  'login in address': (s) => `<img src="http://ada:${s}@localhost:1/x.png" alt="">`,
  'file name': (s) => `<input type="file" data-cobrowse-mask title="${s}">`,
  'frame document': (s) => `<iframe srcdoc="<p>x</p>" src="/?${s}" name="${s}"></iframe>`,
  'csrf token': (s) => `<meta name="csrf-token" content="${s}">`,
  'page script': (s) => `<script type="application/json">${s}</script><!-- ${s} --><noscript>${s}</noscript>`,
};

/** Names of the secrets that leave in no mode. */
export const ALWAYS_HIDDEN = Object.keys(ALWAYS);

/** Of each secret the same part at the front, so that nothing else is found, and none is part of another. */
function secretsFor(names: readonly string[], group: string): Record<string, string> {
  return Object.fromEntries(names.map((name, at) => [name, `Zq${group}${String(at).padStart(3, '0')}wren`]));
}

/**
 * @param around puts the masked part into what masks it
 * @param isStrict all of the page is masked
 */
export function goldenPage(around: (html: string) => string, isStrict = false): GoldenPage {
  const masked = secretsFor(Object.keys(MARKUP), 'a');
  const always = secretsFor(Object.keys(ALWAYS), 'b');
  const later = secretsFor(
    Object.keys(MARKUP).map((name) => `later: ${name}`),
    'c',
  );
  const done = secretsFor([...Object.keys(ACTS), ...(isStrict ? Object.keys(STRICT_ACTS) : [])], 'd');
  const write = (list: Record<string, Sink>, secrets: Record<string, string>, prefix = '') =>
    Object.entries(list)
      .map(([name, sink]) => sink(secrets[prefix + name]!))
      .join('\n');
  const html = `${write(ALWAYS, always)}${around(`<div class="golden">${write(MARKUP, masked)}<div class="added"></div>${STAGE}</div>`)}`;
  return {
    html,
    secrets: { ...masked, ...always, ...later, ...done },
    async act(root) {
      const golden = root.querySelector('.golden')!;
      golden.querySelector('.added')!.innerHTML = write(MARKUP, later, 'later: ');
      for (const [name, run] of Object.entries({ ...ACTS, ...(isStrict ? STRICT_ACTS : {}) })) {
        await run(golden, done[name]!);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
  };
}

const STAGE = `<p class="p">x</p><input class="i"><textarea class="t"></textarea><select class="s"><option>x</option></select>
  <div class="h"></div><div class="e" contenteditable>x</div><canvas class="c" width="80" height="20"></canvas>
  <iframe class="f" srcdoc="<p>x</p>"></iframe><style class="y">.q { color: red }</style><input class="w" type="checkbox">`;

type Act = (golden: Element, secret: string) => Promise<void> | void;
const element = (golden: Element, selector: string) => golden.querySelector<HTMLElement>(selector)!;
const type = (field: Element, value: string) => {
  (field as HTMLInputElement).value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

const ACTS: Record<string, Act> = {
  'changed text': (golden, s) => void (element(golden, '.p').firstChild!.nodeValue = s),
  'new text': (golden, s) => element(golden, '.p').append(s),
  'set title': (golden, s) => element(golden, '.p').setAttribute('title', s),
  'set label': (golden, s) => element(golden, '.p').setAttribute('aria-label', s),
  'set data': (golden, s) => void (element(golden, '.p').dataset.x = s),
  'set and removed': (golden, s) => {
    element(golden, '.p').setAttribute(`data-${s.toLowerCase()}`, '');
    element(golden, '.p').removeAttribute(`data-${s.toLowerCase()}`);
  },
  'set class': (golden, s) => element(golden, '.p').classList.add(`${s}@x`),
  'set style': (golden, s) => element(golden, '.p').style.setProperty('--x', `"${s}"`),
  'set background': (golden, s) =>
    void (element(golden, '.p').style.backgroundImage = `url("data:image/svg+xml,${s}")`),
  'set style text': (golden, s) => element(golden, '.p').setAttribute('style', `color: red; --y: ${s}`),
  typed: (golden, s) => type(element(golden, '.i'), s),
  'set value': (golden, s) => element(golden, '.i').setAttribute('value', s),
  'set placeholder': (golden, s) => element(golden, '.i').setAttribute('placeholder', s),
  'typed in area': (golden, s) => type(element(golden, '.t'), s),
  'chosen option': (golden, s) => {
    element(golden, '.s').append(new Option(s, s));
    (element(golden, '.s') as HTMLSelectElement).selectedIndex = 1;
    element(golden, '.s').dispatchEvent(new Event('change', { bubbles: true }));
  },
  ticked: (golden, s) => {
    (element(golden, '.w') as HTMLInputElement).value = s;
    element(golden, '.w').click();
  },
  'typed in text': (golden, s) => void (element(golden, '.e').textContent = s),
  selected: (golden, s) => {
    element(golden, '.e').append(s);
    getSelection()!.selectAllChildren(element(golden, '.e'));
  },
  'shadow root': (golden, s) => {
    const root = element(golden, '.h').attachShadow({ mode: 'open' });
    root.innerHTML = `<style>p::before { content: "${s}" }</style><p title="${s}">${s}</p>`;
  },
  'in shadow root': (golden, s) => element(golden, '.h').shadowRoot!.querySelector('p')!.append(s),
  'adopted sheet': (golden, s) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`p::after { content: "${s}" }`);
    element(golden, '.h').shadowRoot!.adoptedStyleSheets = [sheet];
  },
  'inserted rule': (golden, s) => {
    const { sheet } = element(golden, '.y') as HTMLStyleElement;
    sheet!.insertRule(`.q::after { content: "${s}" }`);
    (sheet!.cssRules[1] as CSSStyleRule).style.setProperty('--z', `"${s}"`);
  },
  'sheet text': (golden, s) => void (element(golden, '.y').textContent = `.q::before { content: "${s}" }`),
  'in frame': (golden, s) => {
    const inner = (element(golden, '.f') as HTMLIFrameElement).contentDocument;
    inner!.body.append(s);
    inner!.title = s;
  },
  canvas: (golden, s) => {
    const canvas = element(golden, '.c') as HTMLCanvasElement;
    canvas.getContext('2d')!.fillText(s, 2, 12);
    canvas.title = s;
  },
  moved: (golden, s) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = s;
    golden.prepend(paragraph);
    golden.append(paragraph);
  },
  'query of the page': (_golden, s) => history.replaceState(null, '', `?${s}/x#/${s}/`),
  'sheet after that': (golden, s) => {
    // its addresses are made absolute by the page's, which has the secret of before in it
    element(golden, '.y').textContent = `.q { background: url(x.png) } .r::before { content: "${s}" }`;
  },
  'path of the page': (_golden, s) => history.replaceState(null, '', `/reset/${s}-0123456789abcdef`),
};

const STRICT_ACTS: Record<string, Act> = {
  'title of the page': (_golden, s) => void (document.title = s),
  'data of the body': (_golden, s) => void (document.body.dataset.name = s),
  'sheet of the page': (_golden, s) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.golden::after { content: "${s}" }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },
};
