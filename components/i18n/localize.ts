import { LocalizeController, registerTranslation as register, type Translation } from '@shoelace-style/localize';
import type { LitElement, ReactiveController } from 'lit';

/**
 * The texts of one side. Plain strings with `{placeholders}`, so that a translator needs no code; `$dir` is the direction
 * of the language.
 */
export type Texts<Key extends string = string> = Translation & Readonly<Record<Key, string>>;

/** What stands for a `{placeholder}`. */
export type Values = Readonly<Record<string, string | number>>;

/** A side's texts: English at once, the other shipped languages when a page asks for them. */
export interface Catalogue<Key extends string> {
  readonly english: Texts<Key>;
  /** By language subtag, `ar`. */
  readonly others: Readonly<Record<string, () => Promise<Texts<Key>>>>;
}

type Partials = Readonly<Record<string, string>>;
type Host = LitElement & { text?: Partials };

const overrides = new Map<string, Record<string, string>>();
const loading = new Map<string, Promise<void>>();

/** Adds complete translations, or replaces terms of one. What `setText` has set stays. */
export function registerTranslation(...translations: Translation[]): void {
  for (const translation of translations) {
    const code = translation.$code.toLowerCase();
    register({ ...translation, ...overrides.get(code) });
  }
}

/**
 * Replaces some texts of a language, for all tags on the page; also of a language that the kit doesn't ship.
 * @param locale a language tag, `ar` or `pt-br`
 * @param partial texts by their keys, with the same `{placeholders}`
 */
export function setText(locale: string, partial: Partials): void {
  const code = locale.toLowerCase();
  overrides.set(code, { ...overrides.get(code), ...partial });
  register({ $code: code, $name: locale, $dir: directionOf(code), ...overrides.get(code) });
}

/** The text with its placeholders filled. A value that isn't given leaves nothing. */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The same as pieces, so that a value can be put in an element of its own (`<bdi>`). */
export function pieces(text: string, values: Values = {}): { text: string; name?: string }[] {
  return text
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      return name === undefined ? { text: piece } : { text: String(values[name] ?? ''), name };
    });
}

/**
 * Gives an element its words: of its `text` property, else of the closest `lang` (also outside of shadow roots), else
 * English. Loads a shipped language when it is asked for, and updates the element when languages come or change.
 */
export class Localize<Key extends string> implements ReactiveController {
  readonly #host: Host;
  readonly #catalogue: Catalogue<Key>;
  readonly #base: ClosestLanguage;

  constructor(host: Host, catalogue: Catalogue<Key>) {
    this.#host = host;
    this.#catalogue = catalogue;
    this.#base = new ClosestLanguage(host);
    host.addController(this);
  }

  hostConnected(): void {
    watchLanguages(this.#host, true);
  }

  hostDisconnected(): void {
    watchLanguages(this.#host, false);
  }

  hostUpdate(): void {
    void loadLanguage(this.#catalogue, this.#base.lang());
  }

  /** The language of the words that are shown: what the page asks for, or `en`. */
  get lang(): string {
    const wanted = this.#base.lang();
    return wanted.split('-')[0] === 'en' || this.#has(this.#firstKey, wanted) ? wanted : 'en';
  }

  /** The direction of the words that are shown; the closest `dir` decides where it belongs to their language. */
  get dir(): 'ltr' | 'rtl' {
    const own = directionOf(this.lang);
    if (this.lang !== this.#base.lang()) return own;
    const asked = closest(this.#host, '[dir]')?.getAttribute('dir')?.toLowerCase();
    return asked === 'rtl' || asked === 'ltr' ? asked : own;
  }

  /** The text of a key, with its `{placeholders}` filled. */
  term(key: Key, values?: Values): string {
    return fill(this.raw(key), values);
  }

  /** The text of a key as it stands in the catalogue. */
  raw(key: Key): string {
    const own = this.#host.text?.[key];
    if (own !== undefined) return own;
    if (this.#has(key, this.#base.lang())) return this.#base.text(key);
    return overrides.get('en')?.[key] ?? this.#catalogue.english[key];
  }

  number(value: number, options?: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.lang, options).format(value);
  }

  date(value: Date | number, options?: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.lang, options).format(value);
  }

  /** "Ann, Bo and Cy". */
  list(values: readonly string[]): string {
    return new Intl.ListFormat(this.lang, { type: 'conjunction' }).format(values);
  }

  /** "1:05", in the language's digits. @param seconds rounded up, never below 0 */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.ceil(seconds));
    const two = { minimumIntegerDigits: 2, useGrouping: false };
    return `${this.number(Math.floor(whole / 60))}:${this.number(whole % 60, two)}`;
  }

  get #firstKey(): Key {
    return Object.keys(this.#catalogue.english).find((key) => !key.startsWith('$')) as Key;
  }

  #has(key: Key, lang: string): boolean {
    return this.#base.exists(key, { lang });
  }
}

/** Follows the closest `lang` instead of the document's only. */
class ClosestLanguage extends LocalizeController {
  text(key: string): string {
    return this.term(key);
  }

  override lang(): string {
    const own = closest(this.host, '[lang]')?.getAttribute('lang');
    return own && isLanguage(own) ? own.toLowerCase().replace(/_/g, '-') : super.lang();
  }
}

/**
 * The texts for a language, with what `setText` has changed.
 * @param shipped what there is; the first one stands in for a language that isn't there
 */
export function textsOf<Key extends string>(shipped: readonly Texts<Key>[], locale: string): Texts<Key> {
  const code = locale.toLowerCase();
  const base = shipped.find(({ $code }) => $code === code.split('-')[0]) ?? shipped[0]!;
  const own = overrides.get(code);
  const name = own ? { $code: code, $dir: directionOf(code) } : {};
  return { ...base, ...overrides.get(base.$code), ...own, ...name };
}

function shippedTexts<Key extends string>(
  { others }: Catalogue<Key>,
  code: string,
): Promise<Texts<Key> | undefined> | undefined {
  const language = code.split('-')[0]!;
  return Object.hasOwn(others, language) ? others[language]!().catch(() => undefined) : undefined;
}

const loadedOf = new WeakMap<object, Set<string>>();

/** Registers a shipped language once; a failed load is tried again with the next update. */
function loadLanguage<Key extends string>(catalogue: Catalogue<Key>, code: string): Promise<void> | undefined {
  const language = code.split('-')[0]!;
  let loaded = loadedOf.get(catalogue);
  if (!loaded) loadedOf.set(catalogue, (loaded = new Set()));
  if (loaded.has(language)) return undefined;
  loaded.add(language);
  const load = shippedTexts(catalogue, language)?.then((texts) => {
    if (texts) registerTranslation(texts);
    else loaded.delete(language);
  });
  if (load) loading.set(language, load);
  return load;
}

/** When the languages that are being loaded are there; for tests and stories. */
export async function languagesLoaded(): Promise<void> {
  await Promise.all(loading.values());
}

/** The closest element that matches, also outside of the shadow roots that the node is in. */
function closest(element: Element, selector: string): Element | null {
  for (let node: Element | null = element; node;) {
    const found = node.closest(selector);
    if (found) return found;
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

function isLanguage(tag: string): boolean {
  try {
    return Boolean(new Intl.Locale(tag.replace(/_/g, '-')));
  } catch {
    return false;
  }
}

const rightToLeft = /^(ar|arc|ckb|dv|fa|ha-arab|he|ks|ku-arab|ps|sd|ug|ur|yi)(-|$)/;

export function directionOf(code: string): 'ltr' | 'rtl' {
  return rightToLeft.test(code.toLowerCase()) ? 'rtl' : 'ltr';
}

const watching = new Set<LitElement>();
let observer: MutationObserver | undefined;

/** One observer for all tags: a page may change `lang` or `dir` anywhere above them. */
function watchLanguages(host: LitElement, on: boolean): void {
  if (on) watching.add(host);
  else watching.delete(host);
  if (watching.size === 0) {
    observer?.disconnect();
    observer = undefined;
  } else if (!observer) {
    observer = new MutationObserver(() => watching.forEach((element) => element.requestUpdate()));
    observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] });
  }
}
