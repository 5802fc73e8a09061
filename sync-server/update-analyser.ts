import type { DocIndex } from './doc-index.js';
import { differsFromKnown, withoutKnown } from './known-structs.js';
import { UpdateRefusal } from './update-refusal.js';
import type { DecodedUpdate, Id, Place, Range, Section, Struct } from './update-types.js';

/** What an update does to one key. */
export interface Change extends Place {
  kind: 'set' | 'delete';
  /** Where `kind` is `set`, and its size in the update. */
  value?: unknown;
  bytes?: number;
  /** Yjs id of the item. */
  client: number;
}

/** How the structs of one Yjs client are taken. `leave`: those that are new here are left out, without a fuss. */
export type Treatment = 'take' | 'leave';

export interface AnalysisRules {
  /** @throws {UpdateRefusal} when the sender may not bring structs of that client at all. */
  treat(section: Section): Treatment;
  /** What depends on something that isn't here is left out instead of refused. */
  patient: boolean;
  /** Whether the sender may delete what lives here; asked for each item. False: it's left out. @throws {UpdateRefusal} */
  mayDelete(change: Change): boolean;
}

/** What an update would do, found out without applying it. */
export interface Analysis {
  /** New to the doc, each after what it refers to. */
  structs: Struct[];
  /** Of items that are in the doc, or in `structs`, and live. */
  deletes: Range[];
  changes: Change[];
  /** Something was left out that may fit later, when others have brought what it depends on. */
  incomplete: boolean;
  /** Whole sections were left out because of whose they are. */
  left: boolean;
}

/**
 * Decides what an update touches. An item belongs to the key of the item that it was put after (`origin`), else before
 * (`rightOrigin`), else to the one it states: Yjs resolves it in this order, and so do we, in the doc or in the update itself.
 *
 * @throws {UpdateRefusal}
 */
export function analyseUpdate(update: DecodedUpdate, index: DocIndex, rules: AnalysisRules): Analysis {
  return new Analyser(index, rules).run(update);
}

interface Placed {
  struct: Struct;
  place: Place;
}

interface Queue {
  section: Section;
  next: number;
}

class Analyser {
  readonly #index: DocIndex;
  readonly #rules: AnalysisRules;
  /** Structs taken so far, by client, in the order of their clocks; with their places. */
  readonly #taken = new Map<number, Placed[]>();
  /** Sections that wait for a client's next clocks. */
  readonly #waiting = new Map<number, Queue[]>();
  readonly #analysis: Analysis = { structs: [], deletes: [], changes: [], incomplete: false, left: false };

  constructor(index: DocIndex, rules: AnalysisRules) {
    this.#index = index;
    this.#rules = rules;
  }

  run({ sections, deletes }: DecodedUpdate): Analysis {
    const queues: Queue[] = [];
    for (const section of sections) {
      const fresh = this.#fresh(section);
      if (fresh.structs.length > 0) queues.push({ section: fresh, next: 0 });
    }
    for (let queue = queues.shift(); queue; queue = queues.shift()) queues.push(...this.#advance(queue));
    if (this.#waiting.size > 0) this.#missing('an item that it depends on is missing');
    for (const range of deletes) this.#delete(range);
    return this.#analysis;
  }

  /** The part of a section that is new here; what is known must be the same. */
  #fresh(section: Section): Section {
    const known = this.#index.next(section.client);
    const structs = withoutKnown(section.structs, known);
    const isNew = structs.length > 0;
    // what is known wholly has no effect, whatever it says
    if (!isNew) return { ...section, structs };
    if (this.#rules.treat(section) === 'leave') {
      this.#analysis.left = true;
      return { ...section, structs: [] };
    }
    if (differsFromKnown(section.structs, known, this.#index))
      throw new UpdateRefusal('contradiction', 'differs from what is here under the same ids');
    if (structs[0]!.clock > known) {
      this.#missing('earlier clocks are missing');
      return { ...section, structs: [] };
    }
    return { ...section, structs };
  }

  /** Takes structs until one depends on what isn't there yet. @returns the sections that waited for what was taken. */
  #advance(queue: Queue): Queue[] {
    const { client, structs } = queue.section;
    const start = queue.next;
    for (; queue.next < structs.length; queue.next++) {
      const struct = structs[queue.next]!;
      const lacking = [struct.origin, struct.rightOrigin].find((id) => id && id.clock >= this.#reached(id.client));
      if (lacking) {
        // an item of one's own client that is still to come will never be there before
        const waiting = this.#waiting.get(lacking.client);
        if (waiting) waiting.push(queue);
        else this.#waiting.set(lacking.client, [queue]);
        break;
      }
      this.#take(struct);
    }
    if (queue.next === start) return [];
    const woken = this.#waiting.get(client) ?? [];
    this.#waiting.delete(client);
    return woken;
  }

  #take(struct: Struct): void {
    const place = this.#placeOf(struct);
    const list = this.#taken.get(struct.client);
    if (list) list.push({ struct, place });
    else this.#taken.set(struct.client, [{ struct, place }]);
    this.#analysis.structs.push(struct);
    const { content, client } = struct;
    this.#analysis.changes.push(
      content.kind === 'value'
        ? { ...place, kind: 'set', value: content.value, bytes: content.bytes, client }
        : { ...place, kind: 'delete', client },
    );
  }

  #placeOf({ origin, rightOrigin, stated }: Struct): Place {
    const left = origin && this.#placeAt(origin);
    const right = rightOrigin && this.#placeAt(rightOrigin);
    if (left && right && (left.root !== right.root || left.key !== right.key))
      throw new UpdateRefusal('form', 'between items of different keys');
    return (left ?? right ?? stated)!;
  }

  #placeAt(id: Id): Place {
    const place = this.#takenAt(id)?.place ?? this.#index.placeOf(id);
    if (!place) throw new UpdateRefusal('form', 'beside an item that belongs nowhere');
    return place;
  }

  #takenAt({ client, clock }: Id): Placed | undefined {
    const list = this.#taken.get(client) ?? [];
    const found = list[firstAt(list, clock)];
    return found && found.struct.clock <= clock ? found : undefined;
  }

  /** The clock that would come next from this client, with what was taken. */
  #reached(client: number): number {
    const last = this.#taken.get(client)?.at(-1)?.struct;
    return last ? last.clock + last.length : this.#index.next(client);
  }

  #delete({ client, clock, length }: Range): void {
    const end = clock + length;
    if (end > this.#reached(client)) this.#missing('a delete of what is not here');
    for (const item of this.#index.live(client, clock, end)) {
      const place = this.#index.placeOfItem(item);
      if (place)
        this.#deleteOne(place, client, Math.max(clock, item.id.clock), Math.min(end, item.id.clock + item.length));
    }
    const list = this.#taken.get(client) ?? [];
    for (let i = firstAt(list, clock); i < list.length && list[i]!.struct.clock < end; i++) {
      const { struct, place } = list[i]!;
      if (struct.content.kind === 'value') this.#deleteOne(place, client, struct.clock, struct.clock + 1);
    }
  }

  #deleteOne(place: Place, client: number, from: number, to: number): void {
    const change: Change = { ...place, kind: 'delete', client };
    if (!this.#rules.mayDelete(change)) return;
    this.#analysis.changes.push(change);
    this.#analysis.deletes.push({ client, clock: from, length: to - from });
  }

  #missing(message: string): void {
    if (!this.#rules.patient) throw new UpdateRefusal('missing', message);
    this.#analysis.incomplete = true;
  }
}

/** Where in a list in the order of clocks the first struct is that ends after this clock. */
function firstAt(list: readonly Placed[], clock: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { struct } = list[middle]!;
    if (struct.clock + struct.length <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
