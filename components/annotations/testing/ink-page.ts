import type { InkMessage, Stroke } from '../../../protocol/index.js';
import { createInkLayer, type InkLayer } from '../ink-layer.js';
import type { InkSpace } from '../ink-space.js';
import { createPageSpace } from '../page-space.js';

/** The real page as an ink space: ids are handed out to the elements that a test names, or to all that are asked for. */
export interface InkPage {
  space: InkSpace;
  /** Gives an element an id. */
  know(element: Node): number;
  forget(element: Node): void;
}

export function inkPage({ knowsAll = false, skip }: { knowsAll?: boolean; skip?: (element: Element) => boolean } = {}) {
  const ids = new Map<Node, number>();
  const nodes = new Map<number, Node>();
  let next = 1;
  const know = (node: Node): number => {
    let id = ids.get(node);
    if (id === undefined) {
      ids.set(node, (id = next++));
      nodes.set(id, node);
    }
    return id;
  };
  const forget = (node: Node) => {
    nodes.delete(ids.get(node) ?? -1);
    ids.delete(node);
  };
  const idOf = (node: Node) => (knowsAll ? know(node) : (ids.get(node) ?? -1));
  const space = createPageSpace({ nodeOf: (id) => nodes.get(id) ?? null, idOf, skip });
  return { space, know, forget } satisfies InkPage;
}

export const PEOPLE: Record<string, { name: string; color: string }> = {
  anna: { name: 'Anna', color: '#e5173f' },
  omar: { name: 'عمر', color: '#2b7de9' },
};

/** A layer over the whole viewport, as the consumer's overlay is. */
export function overlay(space: InkSpace, page = { id: 'p1' }): { layer: InkLayer; root: HTMLElement; remove(): void } {
  const root = document.createElement('div');
  Object.assign(root.style, { position: 'fixed', inset: '0', pointerEvents: 'none', zIndex: '9' });
  document.body.append(root);
  const layer = createInkLayer({ container: root, space, personOf: (id) => PEOPLE[id], pageId: () => page.id });
  return {
    layer,
    root,
    remove() {
      layer.destroy();
      root.remove();
    },
  };
}

export function stroke(id: string, node: number, points: number[], rest: Partial<Stroke> = {}): Stroke {
  return {
    id,
    tool: 'pencil',
    color: '#e5173f',
    width: 4,
    page: 'p1',
    anchor: { node, x: 0.5, y: 0.5 },
    points,
    ...rest,
  };
}

export function draft(id: string, node: number, points: number[]): InkMessage {
  return { ...stroke(id, node, points), type: 'draft' };
}

export function laser(node: number, x = 0.5, y = 0.5, color = '#e5173f'): InkMessage {
  return { type: 'laser', color, points: [{ node, x, y }] };
}

/** The boxes of the ink that can be seen, in the viewport. */
export function inkBoxes(root: ParentNode): DOMRect[] {
  return [...root.querySelectorAll('path[part=ink]')]
    .filter((path) => !path.closest('[display=none]'))
    .map((path) => path.getBoundingClientRect());
}

export const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Looks in each frame until it is so. */
export async function until(check: () => boolean, what: string, milliseconds = 3000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!check()) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await frame();
  }
}

export const isNear = (a: number, b: number, by = 1): boolean => Math.abs(a - b) <= by;
