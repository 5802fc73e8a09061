import { NODE, type MutationData } from './rrweb-events.js';

type Add = MutationData['adds'][number];

/**
 * Added nodes in an order in which each finds its parent and its next sibling, without those that never would. Left to
 * itself rrweb's replayer tries again and again for half a second.
 * @param tagOf Tag name of a node that the mirror has, undefined for one that it hasn't.
 */
export function orderAdds(adds: readonly Add[], tagOf: (id: number) => string | undefined): Add[] {
  const coming = new Map<number, string>();
  for (const { node } of adds) visit(node, (id, tag) => coming.set(id, tag));
  const placed = new Set<number>();
  const waiting = new Map<number, Add[]>();
  const ordered: Add[] = [];
  const missing = ({ parentId, nextId }: Add): number | undefined =>
    [parentId, nextId].find((id) => id !== null && coming.has(id) && !placed.has(id)) ?? undefined;

  const ready: Add[] = [];
  const settle = (add: Add): void => {
    const absent = missing(add);
    if (absent === undefined) ready.push(add);
    else waiting.set(absent, [...(waiting.get(absent) ?? []), add]);
  };
  const place = (add: Add): void => {
    ordered.push(add);
    visit(add.node, (id) => {
      placed.add(id);
      const next = waiting.get(id);
      waiting.delete(id);
      next?.forEach(settle);
    });
  };
  for (const add of adds) {
    settle(known(add, coming, tagOf));
    for (let next = ready.shift(); next; next = ready.shift()) if (fits(next, coming, tagOf)) place(next);
  }
  return ordered;
}

/** A next sibling that is nowhere means the end. */
function known(add: Add, coming: Map<number, string>, tagOf: (id: number) => string | undefined): Add {
  const { nextId } = add;
  const isKnown = nextId === null || coming.has(nextId) || tagOf(nextId) !== undefined;
  return isKnown ? add : { ...add, nextId: null };
}

function fits(
  { parentId, node }: Add,
  coming: Map<number, string>,
  tagOf: (id: number) => string | undefined,
): boolean {
  const tag = coming.get(parentId) ?? tagOf(parentId);
  return tag !== undefined && (node.type !== NODE.document || tag.toLowerCase() === 'iframe');
}

function visit(node: Add['node'], each: (id: number, tag: string) => void): void {
  each(node.id, node.tagName ?? '');
  for (const child of node.childNodes ?? []) visit(child, each);
}
