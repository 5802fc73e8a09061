import {
  createEncoder,
  toUint8Array,
  writeAny,
  writeUint8,
  writeVarString,
  writeVarUint,
  type Encoder,
} from 'lib0/encoding';
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';

/** Writes updates by hand, byte by byte, also such as Yjs would never write. */
export interface Forged {
  client: number;
  clock: number;
  /** How many structs the header claims. Default: as many as there are. */
  claimed?: number;
  structs: ForgedStruct[];
}

export interface ForgedStruct {
  /** The info byte; default: by what is given. */
  info?: number;
  origin?: [number, number];
  right?: [number, number];
  root?: string;
  /** Id of a parent item, instead of a root. */
  parent?: [number, number];
  key?: string;
  /** Written as `any`; several: one struct with several values. */
  values?: unknown[];
  /** A deleted run of that length. */
  deleted?: number;
  /** Whatever else follows, instead of content. */
  raw?: (encoder: Encoder) => void;
}

export type ForgedDeletes = Record<number, [number, number][]>;

export function forge(sections: Forged[], deletes: ForgedDeletes = {}): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, sections.length);
  for (const { client, clock, structs, claimed = structs.length } of sections) {
    for (const value of [claimed, client, clock]) writeVarUint(encoder, value);
    for (const struct of structs) writeStruct(encoder, struct);
  }
  const lists = Object.entries(deletes);
  writeVarUint(encoder, lists.length);
  for (const [client, ranges] of lists) {
    for (const value of [Number(client), ranges.length, ...ranges.flat()]) writeVarUint(encoder, value);
  }
  return toUint8Array(encoder);
}

function writeStruct(encoder: Encoder, struct: ForgedStruct): void {
  const { origin, right, root, parent, key, values, deleted, raw } = struct;
  const content = values ? 8 : 1;
  const info = struct.info ?? content | (origin ? 128 : 0) | (right ? 64 : 0) | (key === undefined ? 0 : 32);
  writeUint8(encoder, info);
  for (const id of [origin, right]) if (id) for (const part of id) writeVarUint(encoder, part);
  if (!origin && !right && (root !== undefined || parent)) {
    writeVarUint(encoder, root === undefined ? 0 : 1);
    if (root !== undefined) writeVarString(encoder, root);
    else for (const part of parent!) writeVarUint(encoder, part);
    if (key !== undefined) writeVarString(encoder, key);
  }
  if (raw) raw(encoder);
  else if (values) {
    writeVarUint(encoder, values.length);
    for (const value of values) writeAny(encoder, value as Parameters<typeof writeAny>[1]);
  } else if (deleted !== undefined) writeVarUint(encoder, deleted);
}

/** A sync message: 0 step 1, 1 step 2, 2 update. */
export function syncMessage(type: 0 | 1 | 2, payload: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  writeVarUint(encoder, type);
  writeVarUint(encoder, payload.length);
  const head = toUint8Array(encoder);
  return Uint8Array.from([...head, ...payload]);
}

/** An awareness message with one state. */
export function presenceMessage(client: number, clock: number, state: unknown): Uint8Array {
  const inner = createEncoder();
  for (const value of [1, client, clock]) writeVarUint(inner, value);
  writeVarString(inner, typeof state === 'string' ? state : JSON.stringify(state));
  const bytes = toUint8Array(inner);
  const encoder = createEncoder();
  writeVarUint(encoder, 1);
  writeVarUint(encoder, bytes.length);
  return Uint8Array.from([...toUint8Array(encoder), ...bytes]);
}

/** The update inside a message of type step 2 or update, or undefined. */
export function updateIn(message: Uint8Array): Uint8Array | undefined {
  const decoder = createDecoder(message);
  if (readVarUint(decoder) !== 0 || readVarUint(decoder) === 0) return undefined;
  return readVarUint8Array(decoder);
}
