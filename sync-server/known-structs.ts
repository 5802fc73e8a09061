import type * as Y from 'yjs';
import type { DocIndex } from './doc-index.js';
import type { Id, Struct } from './update-types.js';

/**
 * Structs of one client without the clocks below `known`. One that is known in part keeps its rest, put after its own
 * first part, which leaves no room for a false parent.
 */
export function withoutKnown(structs: readonly Struct[], known: number): Struct[] {
  const fresh: Struct[] = [];
  for (const struct of structs) {
    if (struct.clock >= known) fresh.push(struct);
    else if (struct.clock + struct.length > known) fresh.push(restOf(struct, known));
  }
  return fresh;
}

function restOf(struct: Struct, from: number): Struct {
  const { client, clock, length } = struct;
  return { ...struct, clock: from, length: length - (from - clock), origin: { client, clock: from - 1 }, stated: null };
}

/** Whether a struct that the doc has already says something else than the doc: nobody honest writes one id twice. */
export function differsFromKnown(structs: readonly Struct[], known: number, index: DocIndex): boolean {
  return structs.some((struct) => struct.clock < known && differs(struct, index));
}

function differs(struct: Struct, index: DocIndex): boolean {
  const item = index.find(struct);
  if (!item) return true;
  const inside = struct.clock > item.id.clock;
  const origin = inside ? { client: struct.client, clock: struct.clock - 1 } : item.origin;
  if (!sameId(struct.origin, origin) || !sameId(struct.rightOrigin, item.rightOrigin)) return true;
  const place = index.placeOfItem(item);
  const { stated } = struct;
  if (stated && (stated.root !== place?.root || stated.key !== place.key)) return true;
  return differsInValue(struct, item);
}

/** Values can be compared as long as neither side has dropped them. */
function differsInValue({ content, clock }: Struct, item: Y.Item): boolean {
  const values = (item.content as { arr?: unknown[] }).arr;
  if (content.kind !== 'value' || !values) return false;
  return JSON.stringify(content.value) !== JSON.stringify(values[clock - item.id.clock]);
}

function sameId(a: Id | null, b: Id | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);
}
