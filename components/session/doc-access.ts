import type * as Y from 'yjs';
import {
  authorOf,
  isAnswerEntry,
  isRequestEntry,
  isStroke,
  isValidEntry,
  type AnswerEntry,
  type RequestEntry,
  type SessionFields,
  type Stroke,
} from '../../protocol/index.js';
import type { Annotation } from './types.js';

/** The session's doc, read and written with the schema: what does not fit is neither seen nor written. */
export class DocAccess {
  readonly doc: Y.Doc;
  readonly session: Y.Map<unknown>;
  readonly requests: Y.Map<unknown>;
  readonly answers: Y.Map<unknown>;
  readonly annotations: Y.Map<unknown>;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.session = doc.getMap('session');
    this.requests = doc.getMap('requests');
    this.answers = doc.getMap('answers');
    this.annotations = doc.getMap('annotations');
  }

  field<K extends keyof SessionFields>(name: K): SessionFields[K] | undefined {
    const value = this.session.get(name);
    return isValidEntry('session', name, value) ? (value as SessionFields[K]) : undefined;
  }

  /** Writes what differs, in one transaction. @returns whether anything did. */
  setFields(fields: Partial<SessionFields>): boolean {
    const changed = Object.entries(fields).filter(
      ([name, value]) => isValidEntry('session', name, value) && !isSame(this.session.get(name), value),
    );
    if (changed.length === 0) return false;
    this.doc.transact(() => changed.forEach(([name, value]) => this.session.set(name, value)));
    return true;
  }

  request(id: string): RequestEntry | undefined {
    const value = this.requests.get(id);
    return isRequestEntry(id, value) ? value : undefined;
  }

  /** In the order they were made, by their authors' clocks; nobody's right depends on it. */
  allRequests(): RequestEntry[] {
    const list = [...this.requests.keys()].map((id) => this.request(id)).filter((entry) => entry !== undefined);
    return list.sort((a, b) => a.at - b.at || compare(a.id, b.id));
  }

  answer(id: string): AnswerEntry | undefined {
    const value = this.answers.get(id);
    return isAnswerEntry(value) ? value : undefined;
  }

  /** In the order they were drawn, by each person. */
  allStrokes(): Annotation[] {
    const list: Annotation[] = [];
    for (const [key, value] of this.annotations) {
      const author = authorOf(key);
      if (author !== undefined && isStroke(key, value)) list.push({ author, stroke: value });
    }
    return list.sort((a, b) => compare(lastPart(a.stroke.id), lastPart(b.stroke.id)));
  }

  deleteStrokes(where: (author: string | undefined, stroke: Partial<Stroke>) => boolean): void {
    const keys = [...this.annotations]
      .filter(([key, value]) => where(authorOf(key), (value ?? {}) as Partial<Stroke>))
      .map(([key]) => key);
    removeKeys(this.annotations, keys);
  }
}

/** Deletes keys of a root in one transaction; none costs nothing. */
export function removeKeys(map: Y.Map<unknown>, keys: readonly string[]): void {
  if (keys.length > 0) map.doc?.transact(() => keys.forEach((key) => map.delete(key)));
}

/** Whether two JSON values are equal. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1);
}

let counter = 0;
let last = 0;

/** The last part of a new key: unique over tabs and reloads, and growing in one page. */
export function nextNumber(): string {
  const now = Math.max(Date.now(), last);
  counter = now === last ? counter + 1 : 0;
  last = now;
  const random = Math.floor(Math.random() * 36 ** 4);
  return digits(now, 9) + digits(counter, 3) + digits(random, 4);
}

function digits(value: number, length: number): string {
  return value.toString(36).padStart(length, '0');
}
