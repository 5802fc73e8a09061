const SVG = 'http://www.w3.org/2000/svg';

/** Attributes only, no `style` and no markup in text: a strict CSP and Trusted Types have nothing to refuse. */
export type Attributes = Record<string, string | number>;

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Element[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Writes only what differs, so that resting ink costs no painting. @returns whether something did. */
export function setAttributes(element: Element, attributes: Attributes): boolean {
  let changed = false;
  for (const [key, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(key) === text) continue;
    element.setAttribute(key, text);
    changed = true;
  }
  return changed;
}

/** Shows or hides. @returns whether that was a change. */
export function setShown(element: Element, shown: boolean): boolean {
  if (element.hasAttribute('display') !== shown) return false;
  if (shown) element.removeAttribute('display');
  else element.setAttribute('display', 'none');
  return true;
}
