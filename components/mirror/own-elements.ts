/** Our own elements on the consumer's page: overlays leave nothing in the mirror, inline ones an empty box. */

/** Those of them that a selector can name. */
export const OWN_BLOCKED = 'cobrowse-consent,cobrowse-toolbar,cobrowse-agent-view';

export function isOwnElement(element: Element): boolean {
  return element.localName.startsWith('cobrowse-');
}

/** An overlay of ours: it takes no part in the page's layout. */
export function isOwnHost(element: Element): boolean {
  return isOwnElement(element) && element.hasAttribute('data-cobrowse-host');
}
