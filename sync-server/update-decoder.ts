import { createDecoder, hasContent, readVarString, readVarUint, type Decoder } from 'lib0/decoding';
import { isOneOf, ROOTS } from '../protocol/index.js';
import { readByte, readJson } from './json-reader.js';
import { UpdateRefusal } from './update-refusal.js';
import type { DecodedUpdate, Id, Place, Range, Section, Struct } from './update-types.js';

export interface DecoderLimits {
  structsPerUpdate: number;
  nestingDepth: number;
}

const HAS_ORIGIN = 128;
const HAS_RIGHT_ORIGIN = 64;
const HAS_KEY = 32;
const CONTENT = 31;
const CONTENT_DELETED = 1;
const CONTENT_ANY = 8;

const longestKey = 256;
/** Who ever wrote in a session: a few for each of its people. */
const mostSections = 1000;
/** Far over what a session can reach; leaves room for sums. */
const highestClock = 2 ** 40;

/**
 * Reads a Yjs update (encoding V1) of a doc of ours, without Yjs: nothing is believed before it is read, and only what such a doc
 * can hold is known. Garbage-collected parents, skips, nested types, texts and subdocs are refused by their form.
 *
 * @throws {UpdateRefusal} for anything that isn't wholly such an update.
 */
export function decodeUpdate(bytes: Uint8Array, limits: DecoderLimits): DecodedUpdate {
  try {
    const decoder = createDecoder(bytes);
    const sections = readSections(decoder, limits);
    const deletes = readDeletes(decoder);
    if (hasContent(decoder)) throw new UpdateRefusal('form', 'bytes after the end');
    return { sections, deletes };
  } catch (error) {
    if (error instanceof UpdateRefusal) throw error;
    // lib0 throws plain errors at the end of the bytes and for broken UTF-8
    throw new UpdateRefusal('undecodable', 'not an update');
  }
}

function readSections(decoder: Decoder, limits: DecoderLimits): Section[] {
  const sections = new Map<number, Section>();
  let left = limits.structsPerUpdate;
  let count = readVarUint(decoder);
  if (count > mostSections) throw new UpdateRefusal('limit', 'too many writers');
  for (; count > 0; count--) {
    const structs = readVarUint(decoder);
    // the number is a claim: nothing is allocated for it
    if ((left -= structs) < 0) throw new UpdateRefusal('limit', 'too many structs');
    const client = readVarUint(decoder);
    if (sections.has(client)) throw new UpdateRefusal('form', 'two sections for one client');
    sections.set(client, { client, structs: readStructs(decoder, client, structs, limits) });
  }
  return [...sections.values()];
}

function readStructs(decoder: Decoder, client: number, count: number, limits: DecoderLimits): Struct[] {
  const structs: Struct[] = [];
  let clock = readVarUint(decoder);
  for (; count > 0; count--) {
    for (const struct of readItem(decoder, { client, clock }, limits)) {
      structs.push(struct);
      clock += struct.length;
    }
    if (clock > highestClock) throw new UpdateRefusal('limit', 'a clock too high');
    if (structs.length > limits.structsPerUpdate) throw new UpdateRefusal('limit', 'too many structs');
  }
  return structs;
}

function readItem(decoder: Decoder, id: Id, { nestingDepth }: DecoderLimits): Struct[] {
  const info = readByte(decoder);
  const kind = info & CONTENT;
  if (kind !== CONTENT_ANY && kind !== CONTENT_DELETED)
    throw new UpdateRefusal('form', `a struct of kind ${kind}, which a flat doc does not have`);
  const origin = info & HAS_ORIGIN ? readId(decoder) : null;
  const rightOrigin = info & HAS_RIGHT_ORIGIN ? readId(decoder) : null;
  const stated = origin || rightOrigin ? null : readPlace(decoder, (info & HAS_KEY) !== 0);
  const item = { ...id, origin, rightOrigin, stated };
  const length = readVarUint(decoder);
  if (length < 1) throw new UpdateRefusal('form', 'an empty struct');
  if (kind === CONTENT_DELETED) return [{ ...item, length, content: { kind: 'deleted' } }];
  return readValues(decoder, item, length, nestingDepth);
}

/** Several values in one item are the same as one item each, every one put after the last: so each has a clock of its own. */
function readValues(
  decoder: Decoder,
  item: Omit<Struct, 'length' | 'content'>,
  count: number,
  depth: number,
): Struct[] {
  const structs: Struct[] = [];
  for (let i = 0; i < count; i++) {
    const start = decoder.pos;
    const value = readJson(decoder, depth);
    const follows = { clock: item.clock + i, origin: { client: item.client, clock: item.clock + i - 1 }, stated: null };
    const content = { kind: 'value' as const, value, bytes: decoder.pos - start };
    structs.push({ ...item, ...(i > 0 ? follows : {}), length: 1, content });
  }
  return structs;
}

function readId(decoder: Decoder): Id {
  return { client: readVarUint(decoder), clock: readVarUint(decoder) };
}

function readPlace(decoder: Decoder, hasKey: boolean): Place {
  if (readVarUint(decoder) !== 1) throw new UpdateRefusal('form', 'a nested type');
  const root = readVarString(decoder);
  if (!isOneOf(ROOTS, root)) throw new UpdateRefusal('rights', 'a root that the doc does not have');
  if (!hasKey) throw new UpdateRefusal('form', 'an item of a list');
  const key = readVarString(decoder);
  if (key.length > longestKey) throw new UpdateRefusal('limit', 'a key too long');
  return { root, key };
}

function readDeletes(decoder: Decoder): Range[] {
  const ranges: Range[] = [];
  const clients = new Set<number>();
  for (let count = readVarUint(decoder); count > 0; count--) {
    const client = readVarUint(decoder);
    if (clients.has(client)) throw new UpdateRefusal('form', 'two lists of deletes for one client');
    clients.add(client);
    let end = 0;
    for (let left = readVarUint(decoder); left > 0; left--) {
      const [clock, length] = [readVarUint(decoder), readVarUint(decoder)];
      if (length < 1) throw new UpdateRefusal('form', 'an empty delete');
      // in order, each item is looked at once: else few bytes would cost much time
      if (clock < end) throw new UpdateRefusal('form', 'deletes out of order');
      if ((end = clock + length) > highestClock) throw new UpdateRefusal('limit', 'a clock too high');
      ranges.push({ client, clock, length });
    }
  }
  return ranges;
}
