import type { WarningName } from './warnings.js';

const told = new WeakMap<Element, Set<WarningName>>();

/** A programmer's mistake: said once per element. The words are loaded only then. */
export function warnOnce(element: Element, name: WarningName): void {
  const names = told.get(element) ?? new Set();
  if (names.has(name)) return;
  told.set(element, names.add(name));
  void import('./warnings.js').then(
    ({ WARNINGS }) => console.warn(`cobrowse-kit: <${element.localName}>: ${WARNINGS[name]}`, element),
    () => undefined,
  );
}
