/**
 * To compare a `style` attribute with what it was, rrweb sets the old one on an element of a document made for that. Such
 * a document has the page's content security policy, so on a page without inline styles each comparison is a violation
 * that is reported to the page's owner, and finds nothing. Here these elements take their style by script, which no
 * policy forbids. @returns the way to undo it.
 */
export function quietStyles(): () => void {
  const { implementation } = document;
  const create = implementation.createHTMLDocument;
  const own = Object.getOwnPropertyDescriptor(implementation, 'createHTMLDocument');
  const quiet = (...title: [string?]) => {
    const made = create.apply(implementation, title);
    // pages give a title, even if it is empty
    if (title.length === 0) takeStylesByScript(made);
    return made;
  };
  Object.defineProperty(implementation, 'createHTMLDocument', { configurable: true, writable: true, value: quiet });
  return () => {
    // somebody may have patched it after us
    if (implementation.createHTMLDocument !== quiet) return;
    Reflect.deleteProperty(implementation, 'createHTMLDocument');
    if (own) Object.defineProperty(implementation, 'createHTMLDocument', own);
  };
}

function takeStylesByScript(made: Document): void {
  const create: (name: string) => HTMLElement = Reflect.get(made, 'createElement');
  const createElement = (name: string): HTMLElement => {
    const element = create.call(made, name);
    const setAttribute = (attribute: string, value: string): void => {
      if (attribute === 'style') element.style.cssText = value;
      else Element.prototype.setAttribute.call(element, attribute, value);
    };
    return Object.assign(element, { setAttribute });
  };
  Object.assign(made, { createElement });
}
