import type * as Y from 'yjs';
import {
  authorOf,
  isValidEntry,
  mayChange,
  requestSpeaksFor,
  type Mode,
  type RequestEntry,
  type Root,
} from '../protocol/index.js';
import type { Configuration } from './options.js';
import type { Person } from './token-verifier.js';
import type { Change } from './update-analyser.js';
import { UpdateRefusal } from './update-refusal.js';

/** Bytes of one value, where it has no limit of its own. */
const valueBytes = 16 * 1024;

/** The author that an entry's key names, for the roots whose keys do. */
export function authorIn({ root, key }: { root: Root; key: string }): string | undefined {
  return root === 'requests' || root === 'annotations' ? authorOf(key) : undefined;
}

/** Says whether a change may be made: rights of the role, schema of the value, and how much there may be. */
export class ChangeJudge {
  readonly #doc: Y.Doc;
  readonly #configuration: Pick<Configuration, 'limits' | 'modes'>;

  constructor(doc: Y.Doc, configuration: Pick<Configuration, 'limits' | 'modes'>) {
    this.#doc = doc;
    this.#configuration = configuration;
  }

  mayChange({ root, key, kind }: Change, { role, sub }: Person): boolean {
    return mayChange(role, sub, root, key, kind);
  }

  /** @throws {UpdateRefusal} */
  check(change: Change, person: Person): void {
    if (!this.mayChange(change, person)) throw new UpdateRefusal('rights', `not yours to write: ${change.root}`);
    if (change.kind === 'delete') return;
    this.#checkValue(change);
    if (change.root === 'requests') this.#checkRequest(change.value as RequestEntry, person);
    if (change.root === 'session' && change.key === 'mode' && change.value !== null)
      this.#checkMode(change.value as Mode, person);
  }

  /** What a seed brings of others: they are not here to be asked, but the values must be possible. @throws {UpdateRefusal} */
  checkSeed(change: Change): void {
    if (change.kind === 'delete') return;
    this.#checkValue(change);
    if (change.root !== 'requests') return;
    const { agent } = change.value as { agent: unknown };
    const id = typeof agent === 'string' ? agent : (agent as { id: string }).id;
    if (id !== authorOf(change.key)) throw new UpdateRefusal('schema', 'a request that speaks for another');
  }

  /** @throws {UpdateRefusal} when there would be too many entries. */
  checkCounts(changes: readonly Change[]): void {
    const { requestsPerSession, strokesPerSession } = this.#configuration.limits;
    this.#checkCount(changes, 'requests', requestsPerSession);
    this.#checkCount(changes, 'answers', requestsPerSession * 2);
    this.#checkCount(changes, 'annotations', strokesPerSession);
  }

  #checkCount(changes: readonly Change[], root: Root, most: number): void {
    const map = this.#doc.getMap(root);
    const added = new Set<string>();
    for (const change of changes) {
      if (change.root !== root) continue;
      if (change.kind === 'delete') added.delete(change.key);
      else if (!map.has(change.key)) added.add(change.key);
    }
    if (added.size > 0 && map.size + added.size > most) throw new UpdateRefusal('limit', `too many ${root}`);
  }

  #checkValue({ root, key, value, bytes = 0 }: Change): void {
    const most = root === 'annotations' ? this.#configuration.limits.strokeBytes : valueBytes;
    if (bytes > most) throw new UpdateRefusal('limit', `a value of ${bytes} bytes in ${root}`);
    if (!isValidEntry(root, key, value)) throw new UpdateRefusal('schema', `not a value for ${root}`);
  }

  #checkRequest(entry: RequestEntry, person: Person): void {
    if (!requestSpeaksFor(entry, person)) throw new UpdateRefusal('rights', 'a request that speaks for another');
    if (entry.mode) this.#checkMode(entry.mode, person);
  }

  #checkMode(mode: Mode, { modes }: Person): void {
    if (!this.#configuration.modes.includes(mode) || (modes && !modes.includes(mode)))
      throw new UpdateRefusal('rights', `the mode ${mode} is not allowed`);
  }
}
