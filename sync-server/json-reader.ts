import {
  readFloat32,
  readFloat64,
  readUint8,
  readVarInt,
  readVarString,
  readVarUint,
  type Decoder,
} from 'lib0/decoding';
import { UpdateRefusal } from './update-refusal.js';

const OBJECT = 118;
const ARRAY = 117;

/** lib0 itself reads on behind the end. @throws {UpdateRefusal} */
export function readByte(decoder: Decoder): number {
  if (decoder.pos >= decoder.arr.length) throw new UpdateRefusal('undecodable', 'cut off');
  return readUint8(decoder);
}

/** The scalars of lib0's `any` encoding that JSON has too; `undefined` stands for a field that is absent. */
const scalars: Record<number, (decoder: Decoder) => unknown> = {
  127: () => undefined,
  126: () => null,
  125: readVarInt,
  124: readFloat32,
  123: readFloat64,
  121: () => false,
  120: () => true,
  119: readVarString,
};

/**
 * A value in lib0's `any` encoding, read as lib0 reads it, but bounded in depth: lib0 itself overflows the stack of everyone
 * who receives a deep one. Big integers and bytes are no JSON.
 *
 * @throws {UpdateRefusal}
 */
export function readJson(decoder: Decoder, depth: number): unknown {
  const tag = readByte(decoder);
  const scalar = scalars[tag];
  if (scalar) return scalar(decoder);
  if (depth <= 0) throw new UpdateRefusal('limit', 'a value nested too deep');
  if (tag === ARRAY) return readArray(decoder, depth - 1);
  if (tag === OBJECT) return readObject(decoder, depth - 1);
  throw new UpdateRefusal('form', 'a value that is no JSON');
}

function readArray(decoder: Decoder, depth: number): unknown[] {
  const values: unknown[] = [];
  for (let left = readVarUint(decoder); left > 0; left--) values.push(readJson(decoder, depth));
  return values;
}

function readObject(decoder: Decoder, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let left = readVarUint(decoder); left > 0; left--) {
    const name = readVarString(decoder);
    // lib0 would set the prototype with it, and a check would see fields that are not there
    if (name === '__proto__') throw new UpdateRefusal('form', 'a field named __proto__');
    fields[name] = readJson(decoder, depth);
  }
  return fields;
}
