import { composedContains, deepElementAt, deepQuery } from '../internal/deep-dom.js';

/** The page's modal dialog on top, or null: all outside of it is inert. Our own dialogs don't count. */
export function topmostModal(): HTMLDialogElement | null {
  const open = deepQuery<HTMLDialogElement>('dialog:modal').filter((dialog) => !isOurs(dialog));
  if (open.length < 2) return open[0] ?? null;
  // its backdrop takes every point that it doesn't cover itself
  const hit = deepElementAt(1, 1);
  return open.find((dialog) => composedContains(dialog, hit)) ?? open.at(-1)!;
}

/** Whether what lies there can be clicked: not inert, not covered. */
export function isReachable(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return false;
  const hit = deepElementAt(left + width / 2, top + height / 2);
  return composedContains(element, hit);
}

function isOurs(element: Element): boolean {
  const root = element.getRootNode();
  return root instanceof ShadowRoot && root.host.localName.startsWith('cobrowse-');
}
