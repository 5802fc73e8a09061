import { writeVarUint as lib0WriteVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { ROOTS, isOneOf, LIMITS, type Root } from '../protocol/index.js';

/**
 * What an update would do to the session's doc, found out without applying it. The doc's roots are flat maps of JSON values,
 * so whatever has another form is refused, which makes the analysis short: each item belongs to a root and a key, given outright or
 * by the item it follows.
 */
export interface Change {
  root: Root;
  key: string;
  kind: 'set' | 'delete';
  /** The new value, where `kind` is `set`. */
  value?: unknown;
  /** Yjs id of who wrote it. */
  client: number;
}

export interface Analysis {
  changes: Change[];
  /** Clients of the structs that the doc doesn't have yet. */
  newClients: Set<number>;
}

/** Why an update can't be accepted. `missing`: it depends on what isn't here yet; it may fit later. */
export class UpdateRefusal extends Error {
  override readonly name = 'UpdateRefusal';
  readonly reason: 'undecodable' | 'form' | 'missing' | 'too-big';

  constructor(reason: UpdateRefusal['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

interface Place {
  root: Root;
  key: string;
}

/** Structs and deletes of an update. @throws {UpdateRefusal} `undecodable` when it isn't one. */
export function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    const decoded = Y.decodeUpdate(update);
    if (decoded.structs.length > LIMITS.structsPerUpdate) throw new UpdateRefusal('too-big', 'too many structs');
    return decoded;
  } catch (error) {
    if (error instanceof UpdateRefusal) throw error;
    throw new UpdateRefusal('undecodable', String(error));
  }
}

/** @throws {UpdateRefusal} when the update can't be decided, or must not be applied whoever sends it. */
export function analyse(doc: Y.Doc, { structs, ds }: ReturnType<typeof Y.decodeUpdate>): Analysis {
  const places = new Map<string, Place>();
  const changes: Change[] = [];
  const newClients = new Set<number>();
  for (const struct of inOrder(doc, structs)) {
    newClients.add(struct.id.client);
    const place = placeOf(doc, places, struct);
    for (let i = 0; i < struct.length; i++) places.set(idKey(struct.id.client, struct.id.clock + i), place);
    changes.push({ ...place, client: struct.id.client, ...valueOf(struct) });
  }
  changes.push(...deletes(doc, places, ds));
  return { changes, newClients };
}

/** The structs that are new to the doc, one run of clocks a client, each after what it refers to. */
function inOrder(doc: Y.Doc, structs: (Y.Item | Y.GC | Y.Skip)[]): Y.Item[] {
  const runs = new Map<number, Y.Item[]>();
  let last: { client: number; end: number } | undefined;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (last?.client !== client && runs.has(client)) throw new UpdateRefusal('form', 'two sections for one client');
    if (last?.client === client && last.end !== clock) throw new UpdateRefusal('form', 'clocks are not contiguous');
    last = { client, end: clock + struct.length };
    const run = runs.get(client) ?? [];
    runs.set(client, run);
    const known = Y.getState(doc.store, client);
    if (clock + struct.length <= known) continue;
    if (struct instanceof Y.Skip || (run.length === 0 && clock > known))
      throw new UpdateRefusal('missing', 'earlier clocks are missing');
    if (!(struct instanceof Y.Item)) throw new UpdateRefusal('form', 'a struct that is no item');
    if (clock < known) throw new UpdateRefusal('form', 'a struct that is known in part');
    run.push(struct);
  }
  return merge(doc, runs);
}

/** Items of several clients may follow each other: takes those whose references are there, until none is left. */
function merge(doc: Y.Doc, runs: Map<number, Y.Item[]>): Y.Item[] {
  const result: Y.Item[] = [];
  const taken = new Map<number, number>([...runs.keys()].map((client) => [client, Y.getState(doc.store, client)]));
  const isThere = (id: Y.ID | null) =>
    id === null || id.clock < (taken.get(id.client) ?? Y.getState(doc.store, id.client));
  const next = new Map<Y.Item[], number>();
  for (let progress = true; progress;) {
    progress = false;
    for (const [client, run] of runs) {
      let index = next.get(run) ?? 0;
      for (; index < run.length && isThere(run[index]!.origin) && isThere(run[index]!.rightOrigin); index++) {
        const item = run[index]!;
        result.push(item);
        taken.set(client, item.id.clock + item.length);
        progress = true;
      }
      next.set(run, index);
    }
  }
  if ([...runs.values()].some((run) => (next.get(run) ?? 0) < run.length))
    throw new UpdateRefusal('missing', 'an origin is missing');
  return result;
}

/** Where an item belongs: to the key of its left neighbour, else of its right one, else where it says. */
function placeOf(doc: Y.Doc, places: Map<string, Place>, item: Y.Item): Place {
  const left = item.origin && findPlace(doc, places, item.origin);
  const right = item.rightOrigin && findPlace(doc, places, item.rightOrigin);
  if (left && right && (left.root !== right.root || left.key !== right.key))
    throw new UpdateRefusal('form', 'neighbours under different keys');
  return left ?? right ?? statedPlace(item);
}

function statedPlace(item: Y.Item): Place {
  // a parent that is not a root's name is a nested type, which the schema does not have
  const { parent, parentSub } = item as unknown as { parent: unknown; parentSub: unknown };
  if (!isOneOf(ROOTS, parent)) throw new UpdateRefusal('form', 'a parent that is not one of the roots');
  if (typeof parentSub !== 'string' || parentSub.length > 256) throw new UpdateRefusal('form', 'an item without a key');
  return { root: parent, key: parentSub };
}

function findPlace(doc: Y.Doc, places: Map<string, Place>, id: Y.ID): Place {
  const place = places.get(idKey(id.client, id.clock)) ?? storedPlace(doc, id);
  if (!place) throw new UpdateRefusal('form', 'a neighbour that belongs nowhere');
  return place;
}

function storedPlace(doc: Y.Doc, { client, clock }: Y.ID): Place | undefined {
  const structs = doc.store.clients.get(client);
  if (!structs || clock >= Y.getState(doc.store, client)) return undefined;
  const item = structs[Y.findIndexSS(structs, clock)];
  if (!(item instanceof Y.Item) || item.parentSub === null) return undefined;
  const root = ROOTS.find((name) => doc.share.get(name) === item.parent);
  return root && { root, key: item.parentSub };
}

function valueOf(item: Y.Item): Pick<Change, 'kind' | 'value'> {
  const { content } = item;
  if (content instanceof Y.ContentDeleted) return { kind: 'delete' };
  if ((content instanceof Y.ContentAny || content instanceof Y.ContentJSON) && item.length === 1)
    return { kind: 'set', value: (content.arr as unknown[])[0] };
  throw new UpdateRefusal('form', 'content that is not a JSON value');
}

/** A delete belongs to the key of the item it hits; what is deleted already is no change. */
function deletes(doc: Y.Doc, places: Map<string, Place>, ds: ReturnType<typeof Y.decodeUpdate>['ds']): Change[] {
  const found = new Map<string, Change>();
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (len < 1) throw new UpdateRefusal('form', 'an empty delete');
      if (len > LIMITS.structsPerUpdate * 10) throw new UpdateRefusal('too-big', 'a delete of too many items');
      for (let at = clock; at < clock + len; at++) {
        if (isDeleted(doc, client, at)) continue;
        const place = places.get(idKey(client, at)) ?? storedPlace(doc, { client, clock: at } as Y.ID);
        if (!place) throw new UpdateRefusal('missing', 'a delete of what is not here');
        found.set(`${place.root} ${place.key}`, { ...place, kind: 'delete', client });
      }
    }
  }
  return [...found.values()];
}

function isDeleted(doc: Y.Doc, client: number, clock: number): boolean {
  const structs = doc.store.clients.get(client);
  return (
    structs !== undefined && clock < Y.getState(doc.store, client) && structs[Y.findIndexSS(structs, clock)]!.deleted
  );
}

function idKey(client: number, clock: number): string {
  return `${client}.${clock}`;
}

/**
 * The part of an update that one client wrote, encoded anew: what an agent may bring into a room that has lost its doc. Deletes of
 * what is not in it, nor in the doc, are left out.
 */
export function onlyOf(
  doc: Y.Doc,
  client: number | undefined,
  { structs, ds }: ReturnType<typeof Y.decodeUpdate>,
): Uint8Array {
  const own = structs.filter((struct) => struct.id.client === client && !(struct instanceof Y.Skip));
  const end = (id: number) =>
    id === client && own.length > 0 ? own.at(-1)!.id.clock + own.at(-1)!.length : Y.getState(doc.store, id);
  const ranges: { client: number; clock: number; len: number }[] = [];
  for (const [id, list] of ds.clients) {
    for (const { clock, len } of list) if (len > 0 && clock + len <= end(id)) ranges.push({ client: id, clock, len });
  }
  return encode(own, ranges);
}

function encode(own: (Y.Item | Y.GC | Y.Skip)[], ranges: { client: number; clock: number; len: number }[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const write = (value: number) => writeVarUint(encoder, value);
  write(own.length > 0 ? 1 : 0);
  if (own.length > 0) {
    write(own.length);
    encoder.writeClient(own[0]!.id.client);
    write(own[0]!.id.clock);
    for (const struct of own) struct.write(encoder, 0);
  }
  write(ranges.length);
  for (const { client, clock, len } of ranges) {
    encoder.resetDsCurVal();
    for (const value of [client, 1]) write(value);
    encoder.writeDsClock(clock);
    encoder.writeDsLen(len);
  }
  return encoder.toUint8Array();
}

function writeVarUint(encoder: Y.UpdateEncoderV1, value: number): void {
  lib0WriteVarUint(encoder.restEncoder, value);
}
