import { flatParent, reachableDocuments, realmOf } from './dom.js';

/** On what the agent's pointer is over. */
const MARK = 'data-cobrowse-hover';
const TWIN = `[${MARK}]`;

/**
 * No script can make `:hover` match. So each rule that asks for it gets a twin that asks for our mark instead, for as long as
 * control lasts. Sheets of another origin can't be read and stay as they are.
 */
export class HoverStyles {
  readonly #top: Document;
  readonly #changed = new Map<CSSStyleRule, string>();
  readonly #seen = new WeakMap<CSSStyleSheet, number>();
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
    for (const [rule, text] of this.#changed) {
      try {
        rule.selectorText = text;
      } catch {
        // its sheet is gone
      }
    }
    this.#changed.clear();
  }

  /** New sheets come with the pages' parts: looked at where the pointer is, and only when there are more than before. */
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
      if (this.#seen.get(sheet) === cssRules.length) return;
      this.#seen.set(sheet, cssRules.length);
      this.#readRules(cssRules);
    } catch {
      // of another origin
    }
  }

  #readRules(rules: CSSRuleList): void {
    for (const rule of rules) {
      const { cssRules, selectorText } = rule as CSSStyleRule & Partial<CSSGroupingRule>;
      if (selectorText?.includes(':hover') && !selectorText.includes(TWIN))
        this.#twin(rule as CSSStyleRule, selectorText);
      if (cssRules?.length) this.#readRules(cssRules);
      const imported = (rule as CSSImportRule).styleSheet;
      if (imported) this.#read(imported);
    }
  }

  #twin(rule: CSSStyleRule, text: string): void {
    try {
      rule.selectorText = `${text}, ${text.replaceAll(':hover', TWIN)}`;
      this.#changed.set(rule, text);
    } catch {
      // a selector that doesn't take it stays
    }
  }
}

function sheetsOf(root: Document | ShadowRoot): CSSStyleSheet[] {
  return [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])];
}

/** For tests: whether an element counts as hovered. */
export function isMarked(element: Element): boolean {
  for (let current: Element | null = element; current; current = flatParent(current)) {
    if (current.hasAttribute(MARK)) return realmOf(current) !== null;
  }
  return false;
}
