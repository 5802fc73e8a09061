/** Cursors that a browser has by itself: a picture of the page's is not taken. */
const KEYWORD = /^[a-z-]+$/;
const TEXT_FIELDS = /^(?:text|search|tel|url|email|number|password)$/;

/** The cursor that the consumer would have over an element of the mirror. */
export function cursorOver(element: Element): string {
  const cursor = element.ownerDocument.defaultView?.getComputedStyle(element).cursor ?? 'auto';
  const name = cursor.split(',').at(-1)!.trim();
  if (name === 'none' || !KEYWORD.test(name)) return 'default';
  return name === 'auto' ? (isTextField(element) ? 'text' : 'default') : name;
}

function isTextField(element: Element): boolean {
  if (element.localName === 'textarea' || (element as HTMLElement).isContentEditable) return true;
  return element.localName === 'input' && TEXT_FIELDS.test((element as HTMLInputElement).type);
}
