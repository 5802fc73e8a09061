import { reachableDocuments } from './dom.js';

/** On what the agent's pointer is over. */
const MARK = 'data-cobrowse-hover';
const TWIN = `:is(:hover,[${MARK}])`;
/** Not in the name of a class (`.md\\:hover\\:bold`). */
const HOVER = /(?<!\\):hover(?![\w-])/g;

/**
 * No script can make `:hover` match. So each rule that asks for it takes our mark for it too, for as long as control lasts.
 * Sheets of another origin can't be read and stay as they are.
 */
export class HoverStyles {
  readonly #top: Document;
  /** What the rules asked for before, and since. */
  readonly #changed = new Map<CSSStyleRule, readonly [before: string, since: string]>();
  /** How many rules a sheet had, and the last of them. */
  #seen = new WeakMap<CSSStyleSheet, readonly [length: number, last: CSSRule | undefined]>();
  #marked: readonly Element[] = [];
  #roots: (Document | ShadowRoot)[] = [];

  constructor(top: Document) {
    this.#top = top;
  }

  /** `path`: what the pointer is over, of all documents. */
  show(path: readonly Element[]): void {
    this.#look(path);
    if (this.#changed.size === 0 && this.#marked.length === 0) return;
    const next = new Set(path);
    for (const element of this.#marked) if (!next.has(element)) element.removeAttribute(MARK);
    const before = new Set(this.#marked);
    for (const element of path) if (!before.has(element)) element.setAttribute(MARK, '');
    this.#marked = path;
  }

  stop(): void {
    for (const element of this.#marked) element.removeAttribute(MARK);
    this.#marked = [];
    for (const [rule, [before, since]] of this.#changed) if (rule.selectorText === since) rule.selectorText = before;
    this.#changed.clear();
    this.#seen = new WeakMap();
    this.#roots = [];
  }

  /** New sheets come with the pages' parts: looked at where the pointer is, and only when they are not the ones of before. */
  #look(path: readonly Element[]): void {
    const roots = new Set<Document | ShadowRoot>([this.#top, ...this.#roots]);
    for (const element of path) roots.add(element.getRootNode() as Document | ShadowRoot);
    if (this.#roots.length === 0) for (const document of reachableDocuments(this.#top)) roots.add(document);
    this.#roots = [...roots].filter((root) => root.nodeType === Node.DOCUMENT_NODE);
    for (const root of roots) for (const sheet of sheetsOf(root)) this.#read(sheet);
  }

  #read(sheet: CSSStyleSheet): void {
    try {
      const { cssRules } = sheet;
      const { length } = cssRules;
      const seen = this.#seen.get(sheet);
      if (seen?.[0] === length && seen[1] === cssRules[length - 1]) return;
      this.#seen.set(sheet, [length, cssRules[length - 1]]);
      this.#readRules(cssRules);
    } catch {
      // of another origin
    }
  }

  #readRules(rules: CSSRuleList): void {
    for (const rule of rules) {
      const { cssRules, selectorText } = rule as CSSStyleRule & Partial<CSSGroupingRule>;
      if (selectorText?.includes(':hover')) this.#widen(rule as CSSStyleRule, selectorText);
      if (cssRules?.length) this.#readRules(cssRules);
      const imported = (rule as CSSImportRule).styleSheet;
      if (imported) this.#read(imported);
    }
  }

  // a selector that doesn't take it stays as it is
  #widen(rule: CSSStyleRule, before: string): void {
    if (this.#changed.get(rule)?.[1] === before) return;
    rule.selectorText = before.replace(HOVER, TWIN);
    if (rule.selectorText !== before) this.#changed.set(rule, [before, rule.selectorText]);
  }
}

function sheetsOf(root: Document | ShadowRoot): CSSStyleSheet[] {
  return [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])];
}
