import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import * as Y from 'yjs';
import { decodeFrame, decodeJson, FRAME_FLAGS, type Frame } from '../../protocol/index.js';
import { BatchDecoder } from '../mirror/decoder.js';
import { describeSink } from './describe-sink.js';
import { NodeNames } from './node-names.js';
import { SecretFinder, type SecretForm } from './secret-forms.js';

/** A secret that has left the page, and by which way. */
export interface SecretLeak {
  /** The secret, or the name that the list gave it. */
  readonly secret: string;
  readonly form: SecretForm;
  /** What carried it: `mirror: mutation, attribute "title" of main > p#balance`, `doc: session.page.title`. */
  readonly sink: string;
  /** What was around it. */
  readonly excerpt: string;
}

const MESSAGE_SYNC = 0;
const MESSAGE_AWARENESS = 1;
const binary = new TextDecoder('utf-8');

/** Reads what a consumer's page sends, and notes every secret in it. */
export class SessionReader {
  readonly leaks: SecretLeak[] = [];
  /** Bytes that were looked at: none means that nothing was proved. */
  bytes = 0;
  /** Epochs of the mirror that were seen: each began with the whole page. */
  readonly epochs = new Set<number>();
  /** Messages that could not be read: what is in them is not known. */
  unread = 0;
  readonly #finder: SecretFinder;
  readonly #names = new NodeNames();
  readonly #decoders = new Map<number, BatchDecoder | null>();
  readonly #doc = new Y.Doc();
  readonly #told = new Set<string>();

  constructor(secrets: ConstructorParameters<typeof SecretFinder>[0]) {
    this.#finder = new SecretFinder(secrets);
  }

  /** A message of the mirror channel. */
  readMirror(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes += bytes.length;
    try {
      this.#readFrame(decodeFrame(bytes));
    } catch {
      this.unread += 1;
    }
    this.#look(binary.decode(bytes), () => 'mirror: bytes of a frame');
  }

  /** A message of the sync connection, as y-websocket writes it. */
  readSync(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    try {
      const decoder = createDecoder(bytes);
      const type = readVarUint(decoder);
      if (type === MESSAGE_SYNC && readVarUint(decoder) > 0) this.readUpdate(readVarUint8Array(decoder));
      else if (type === MESSAGE_AWARENESS) this.readPresence(readVarUint8Array(decoder));
    } catch {
      this.unread += 1;
    }
    this.#look(binary.decode(bytes), () => 'sync: bytes of a message');
  }

  /** An update of the session's doc: what it sets, and also what it brings that was overwritten since. */
  readUpdate(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update);
    for (const root of this.#doc.share.keys()) {
      const values = this.#doc.getMap(root).toJSON() as Record<string, unknown>;
      this.#lookInto(values, `doc: ${root}`);
    }
    this.#look(binary.decode(update), () => 'doc: an update, in what is not there any more');
  }

  /** @throws {Error} when what was read proves nothing. */
  expectRead(): void {
    if (this.epochs.size === 0) throw new Error('the page was never sent: nothing is proved');
    if (this.unread > 0) throw new Error(`${this.unread} messages of the page could not be read`);
  }

  /** An update of presence. */
  readPresence(update: Uint8Array): void {
    this.#look(binary.decode(update), () => 'presence: the state of this person');
  }

  #readFrame(frame: Frame): void {
    if (frame.kind === 'events') this.#readEvents(frame);
    else this.#lookInto(decodeJson(frame.payload), `${frame.kind} message`);
  }

  #readEvents({ epoch, seq, flags, payload }: Frame): void {
    if (seq === 0 && flags & FRAME_FLAGS.snapshot) {
      this.epochs.add(epoch);
      this.#decoders.set(epoch, new BatchDecoder());
    }
    const decoder = this.#decoders.get(epoch);
    const events = decoder?.push(payload, (flags & FRAME_FLAGS.more) !== 0) ?? [];
    for (const event of events) {
      this.#names.learn(event);
      const json = JSON.stringify(event);
      // one look at all of it: most have nothing
      if (this.#finder.find(json).length === 0) continue;
      this.#lookInto(event, 'mirror');
      this.#look(json, () => 'mirror: an event, across fields');
    }
  }

  #lookInto(value: unknown, where: string, path: readonly (string | number)[] = [], root: unknown = value): void {
    const sink = () => describeSink(where, root, path, this.#names);
    if (typeof value === 'string') this.#look(value, sink);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        const next = [...path, Array.isArray(value) ? Number(key) : key];
        this.#look(key, () => `${describeSink(where, root, next, this.#names)} (its name)`);
        this.#lookInto(child, where, next, root);
      }
    }
  }

  /** Each secret is told once by each way, and once more by a rough way only if no exact one is known. */
  #look(text: string, sink: () => string): void {
    for (const { name: secret, form, at, length } of this.#finder.find(text)) {
      const way = sink();
      const isRough = /: (?:bytes|an event|an update)/.test(way);
      if (this.#told.has(`${secret}\n${way}`) || (isRough && this.#told.has(secret))) continue;
      this.#told.add(secret).add(`${secret}\n${way}`);
      const excerpt = text.slice(Math.max(0, at - 30), at + length + 30);
      this.leaks.push({ secret, form, sink: way, excerpt });
    }
  }
}
