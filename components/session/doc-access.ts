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

/** The session's doc, read with the schema: what does not fit is not seen. */
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

  /** Writes what differs, in one transaction. */
  setFields(fields: Partial<SessionFields>): void {
    this.doc.transact(() => {
      for (const [name, value] of Object.entries(fields)) {
        if (!isSame(this.session.get(name), value)) this.session.set(name, value);
      }
    });
  }

  request(id: string): RequestEntry | undefined {
    const value = this.requests.get(id);
    return isRequestEntry(id, value) ? value : undefined;
  }

  /** In the order they were made, by their authors' clocks; nobody's right depends on it. */
  allRequests(): RequestEntry[] {
    const list = [...this.requests.keys()].map((id) => this.request(id)).filter((entry) => entry !== undefined);
    return list.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  answer(id: string): AnswerEntry | undefined {
    const value = this.answers.get(id);
    return isAnswerEntry(value) ? value : undefined;
  }

  allStrokes(): Annotation[] {
    const list: Annotation[] = [];
    for (const [key, value] of this.annotations) {
      const author = authorOf(key);
      if (author !== undefined && isStroke(key, value)) list.push({ author, stroke: value });
    }
    return list.sort((a, b) => (order(a.stroke) < order(b.stroke) ? -1 : 1));
  }

  deleteStrokes(where: (author: string | undefined, stroke: Partial<Stroke>) => boolean): void {
    const keys = [...this.annotations]
      .filter(([key, value]) => where(authorOf(key), value as Partial<Stroke>))
      .map(([key]) => key);
    if (keys.length) this.doc.transact(() => keys.forEach((key) => this.annotations.delete(key)));
  }
}

/** The last part of a stroke's id grows with time. */
function order({ id }: Stroke): string {
  return id.slice(id.lastIndexOf(':') + 1);
}

/** Whether two JSON values are equal. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

let counter = 0;

/** The last part of a new key: unique over tabs and reloads, and growing. */
export function nextNumber(): string {
  counter = (counter + 1) % 1296;
  const random = Math.floor(Math.random() * 46_656)
    .toString(36)
    .padStart(3, '0');
  return `${Date.now().toString(36).padStart(9, '0')}${counter.toString(36).padStart(2, '0')}${random}`;
}
