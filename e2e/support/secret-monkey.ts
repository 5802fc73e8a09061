/** Runs inside of the page: a monkey that hides things and puts secrets into what is hidden. It needs nothing from outside. */
export interface MonkeyOptions {
  seed: number;
  secrets: string[];
  /** Nothing needs to be marked: the whole page is masked. */
  isStrict: boolean;
}

/** @returns how many secrets it has put where. */
export async function runMonkey({ seed, secrets, isStrict }: MonkeyOptions): Promise<number> {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const isOurs = (element: Element) =>
    element.closest('cobrowse-session, cobrowse-consent, [data-cobrowse-host]') !== null ||
    element.querySelector('cobrowse-session, cobrowse-consent') !== null;
  // an editor writes its lines anew, with their text and without a mark that it doesn't know
  const isOfEditor = (element: Element) => Boolean(element.parentElement?.closest('[contenteditable]'));
  const wait = () => new Promise((resolve) => setTimeout(resolve, random() * 30));
  const type = (field: Element, value: string) => {
    (field as HTMLInputElement).value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const add = (to: Element, html: string) => {
    to.insertAdjacentHTML('beforeend', html);
    return to.lastElementChild!;
  };

  /** Into something that is masked, or blocked. */
  const hidden: ((element: Element, s: string) => void)[] = [
    (element, s) => element.append(s),
    (element, s) => element.setAttribute(pick(['title', 'aria-label', 'alt', 'data-note', 'placeholder', 'href']), s),
    (element, s) => void (add(element, '<p>x</p>').firstChild!.nodeValue = s),
    (element, s) => add(element, `<p title="${s}" class="row">${s}</p>`),
    (element, s) => type(add(element, '<input>'), s),
    (element, s) => type(add(element, '<textarea></textarea>'), s),
    (element, s) => add(element, `<select><option value="${s}">${s}</option></select>`),
    (element, s) => add(element, `<button value="${s}">${s}</button>`),
    (element, s) => add(element, `<img alt="${s}" src="data:image/svg+xml,${s}">`),
    (element, s) => add(element, `<svg><text y="9">${s}</text></svg>`),
    (element, s) => add(element, `<a href="/${s}?${s}#${s}">x</a>`),
    (element, s) => add(element, `<iframe srcdoc="<p>${s}</p>"></iframe>`),
    (element, s) => add(element, `<style>.monkey::before { content: "${s}" }</style>`),
    (element, s) => add(element, `<p style="--x: '${s}'; background: url(/${s})">x</p>`),
    (element, s) => void (add(element, '<div contenteditable>x</div>').textContent = s),
    (element, s) => {
      const root = add(element, '<div></div>').attachShadow({ mode: 'open' });
      root.innerHTML = `<p>${s}</p>`;
    },
    (element, s) => {
      const canvas = add(element, '<canvas></canvas>') as HTMLCanvasElement;
      canvas.getContext('2d')!.fillText(s, 1, 9);
    },
    (element, s) => {
      // elsewhere first, but masked there too
      const paragraph = document.createElement('p');
      paragraph.toggleAttribute('data-cobrowse-mask');
      paragraph.textContent = s;
      document.body.append(paragraph);
      element.append(paragraph);
    },
    (element, s) => {
      element.append(s);
      getSelection()?.selectAllChildren(element);
    },
  ];
  /** Anywhere. */
  const always: ((element: Element, s: string) => void)[] = [
    (element, s) => type(add(element, '<input type="password">'), s),
    (element, s) => {
      const field = add(element, '<input type="password">');
      type(field, s);
      (field as HTMLInputElement).type = 'text';
      type(field, `${s}!`);
    },
    (element, s) => type(add(element, '<input autocomplete="cc-number">'), s),
    (element, s) => add(element, `<input type="hidden" value="${s}">`),
    (element, s) => add(element, `<!-- ${s} --><template>${s}</template><script type="text/x">${s}</script>`),
    (element, s) => element.setAttribute('onclick', `"${s}"`),
    (_element, s) => history.replaceState(history.state, '', `${location.pathname}?monkey=${s}#/${s}/`),
    (element, s) => add(element, `<a href="#${s}">x</a>`),
  ];
  const mild: (() => void)[] = [
    () => scrollTo(0, random() * document.documentElement.scrollHeight),
    () => pick([...document.querySelectorAll<HTMLElement>('main button, main summary')].slice(0, 20))?.focus(),
    () => void document.body.classList.toggle('monkey'),
    () => {
      const one = pick([...document.querySelectorAll('main *')]);
      if (one && !isOurs(one) && one.parentElement) one.parentElement.append(one);
    },
  ];

  let placed = 0;
  for (const secret of secrets) {
    const spots = [...document.querySelectorAll('main div, main section, main p, main li, main td, body > div')].filter(
      (element) =>
        !isOurs(element) && !isOfEditor(element) && !element.closest('svg, select, iframe, [data-cobrowse-unmask]'),
    );
    const element = pick(spots);
    if (!element) break;
    if (random() < 0.3) pick(always)(element, secret);
    else {
      if (!isStrict)
        element.toggleAttribute(`data-cobrowse-${pick(['mask', 'mask', 'mask', 'block', 'ignore'])}`, true);
      pick(hidden)(element, secret);
    }
    placed += 1;
    if (random() < 0.5) pick(mild)();
    await wait();
  }
  return placed;
}
