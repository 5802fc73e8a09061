import {
  createEncoder,
  toUint8Array,
  writeAny,
  writeUint8,
  writeVarString,
  writeVarUint,
  type Encoder,
} from 'lib0/encoding';
import type { Range, Struct } from './update-types.js';

const HAS_ORIGIN = 128;
const HAS_RIGHT_ORIGIN = 64;
const HAS_KEY = 32;
const CONTENT_DELETED = 1;
const CONTENT_ANY = 8;

/**
 * An update (encoding V1) of exactly these structs and deletes. What was decided is what is applied: the bytes of a peer never
 * reach Yjs. The structs of one client must be in the order of their clocks, without a gap.
 */
export function encodeUpdate(structs: readonly Struct[], deletes: readonly Range[]): Uint8Array {
  const encoder = createEncoder();
  const sections = byClient(structs);
  writeVarUint(encoder, sections.size);
  for (const [client, own] of sections) {
    writeVarUint(encoder, own.length);
    writeVarUint(encoder, client);
    writeVarUint(encoder, own[0]!.clock);
    for (const struct of own) writeStruct(encoder, struct);
  }
  writeDeletes(encoder, deletes);
  return toUint8Array(encoder);
}

function byClient<T extends { client: number }>(list: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const entry of list) {
    const group = groups.get(entry.client);
    if (group) group.push(entry);
    else groups.set(entry.client, [entry]);
  }
  return groups;
}

function writeStruct(encoder: Encoder, { origin, rightOrigin, stated, content, length }: Struct): void {
  const kind = content.kind === 'value' ? CONTENT_ANY : CONTENT_DELETED;
  const flags = (origin ? HAS_ORIGIN : 0) | (rightOrigin ? HAS_RIGHT_ORIGIN : 0) | (stated ? HAS_KEY : 0);
  writeUint8(encoder, kind | flags);
  for (const id of [origin, rightOrigin]) {
    if (!id) continue;
    writeVarUint(encoder, id.client);
    writeVarUint(encoder, id.clock);
  }
  if (stated) {
    writeVarUint(encoder, 1);
    writeVarString(encoder, stated.root);
    writeVarString(encoder, stated.key);
  }
  writeVarUint(encoder, length);
  if (content.kind === 'value') writeAny(encoder, content.value as Parameters<typeof writeAny>[1]);
}

function writeDeletes(encoder: Encoder, deletes: readonly Range[]): void {
  const lists = byClient(deletes);
  writeVarUint(encoder, lists.size);
  for (const [client, ranges] of lists) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, ranges.length);
    for (const { clock, length } of ranges) {
      writeVarUint(encoder, clock);
      writeVarUint(encoder, length);
    }
  }
}
