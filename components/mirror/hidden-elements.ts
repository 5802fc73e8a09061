import { isSecretField } from './fields.js';
import { isOwnElement } from './own-elements.js';
import type { CompiledPolicy } from './privacy.js';

/** More are not looked for: a page that hides so many has marked what is around them. */
const MOST = 1000;
/** Shorter words are found everywhere. */
const WORD = /[\p{L}\p{N}_@.+-]{4,}/gu;

/** All that hides something by itself and isn't in what is hidden already; and what is shown in the midst of it. */
export function findHidden(policy: CompiledPolicy): { hidden: Element[]; clear: Element[] } {
  const hidden = new Set<Element>();
  const clear: Element[] = [];
  if (policy.base !== 'clear') hidden.add(document.documentElement);
  for (const root of rootsOf(document)) {
    for (const element of root.querySelectorAll(policy.isAsked ? '*' : `${policy.stated},input,textarea,select`)) {
      if (hidden.size >= MOST) break;
      if (isOwnElement(element) || element.closest('[data-cobrowse-host]')) continue;
      const around = policy.outward(element);
      const outside = around ? policy.visibilityOf(around) : policy.base;
      const own = policy.visibilityIn(element, outside);
      if (own === 'clear' && outside === 'masked') clear.push(element);
      if (outside !== 'blocked' && own === 'clear' && isSecretField(element)) hidden.add(element);
      else if (own !== 'clear' && outside === 'clear') hidden.add(element);
    }
  }
  return { hidden: [...hidden], clear };
}

/**
 * Whether a text that a script of the page gives away has words that the agent can't see. A guess that errs on the side of
 * hiding: it can't know what was made of a word.
 * @param seen what the agent has selected, and sees
 */
export function tellsHidden(policy: CompiledPolicy, text: string, seen: string): boolean {
  const known = new Set(wordsOf(seen));
  if (policy.base !== 'clear') return wordsOf(text).some((word) => !known.has(word));
  const told = text.toLowerCase();
  return findHidden(policy).hidden.some((element) =>
    contentOf(element).some((content) => wordsOf(content).some((word) => !known.has(word) && told.includes(word))),
  );
}

function contentOf(element: Element): string[] {
  const fields = [element, ...element.querySelectorAll('*')];
  const values = fields.flatMap((field) => [(field as HTMLInputElement).value, field.getAttribute('title')]);
  return [element.textContent ?? '', ...values.filter((value) => typeof value === 'string')];
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** The document, and every open shadow root and frame of the origin in it. */
function* rootsOf(root: Document | ShadowRoot): Iterable<Document | ShadowRoot> {
  yield root;
  for (const element of root.querySelectorAll('*')) {
    if (isOwnElement(element) && element.localName !== 'cobrowse-session') continue;
    if (element.shadowRoot) yield* rootsOf(element.shadowRoot);
    if (element.localName === 'iframe') {
      const inner = innerOf(element as HTMLIFrameElement);
      if (inner) yield* rootsOf(inner);
    }
  }
}

function innerOf(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    return null;
  }
}
