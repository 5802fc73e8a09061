import type { Field } from './types.js';

/** What masked text consists of. */
const BLOCK = '█';
const PICKED = /^(?:date|time|datetime-local|month|week|color)$/;

/** How its picker looks; null for a field that has none. */
export function pickerKind(node: Node | null): 'list' | 'value' | 'suggest' | null {
  // elements of the mirror are of another window: no `instanceof`
  const field = node as Field | null;
  if (field?.nodeType !== Node.ELEMENT_NODE || field.disabled || field.hasAttribute('data-cobrowse-block')) return null;
  if (field.localName === 'select') return 'list';
  if (field.localName !== 'input') return null;
  if (PICKED.test(field.type)) return (field as HTMLInputElement).readOnly ? null : 'value';
  return (field as HTMLInputElement).list && !(field as HTMLInputElement).readOnly ? 'suggest' : null;
}

/** Whether what could be chosen is hidden from the agent. */
export function isMasked(field: Field): boolean {
  if (field.value.includes(BLOCK)) return true;
  return (
    field.localName === 'select' && [...(field as HTMLSelectElement).options].some(({ text }) => text.includes(BLOCK))
  );
}

/** The field's name as the page shows it, or `otherwise`. */
export function nameOf(field: Field, otherwise: string): string {
  const label = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? field.getAttribute('title') ?? '';
  const name = label.replace(/\s+/g, ' ').trim();
  return name === '' || name.includes(BLOCK) ? otherwise : name.slice(0, 80);
}

/** The popover of a picker. */
export function createPopover(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'picker menu';
  element.setAttribute('part', 'picker');
  element.popover = 'manual';
  return element;
}

/** The words in it are the page's: their language and direction go with them. */
export function speakAs(element: HTMLElement, field: Field): void {
  const language = field.closest('[lang]')?.getAttribute('lang');
  if (language) element.lang = language;
  element.dir = field.ownerDocument.defaultView?.getComputedStyle(field).direction ?? 'ltr';
}
