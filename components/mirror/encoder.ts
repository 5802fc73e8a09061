import { Deflate } from 'fflate';

/** What is put into the compressor at once. */
const SLICE_BYTES = 64 * 1024;
const text = new TextEncoder();

/** The writing end of an epoch: one deflate stream, byte-aligned after each batch. */
export class BatchEncoder {
  #chunks: Uint8Array[] = [];
  readonly #deflate = new Deflate({ level: 6 }, (chunk) => {
    if (chunk.length > 0) this.#chunks.push(chunk);
  });

  /** The bytes of a batch of events: with all before it, they inflate to the whole batch. */
  encode(events: readonly unknown[]): Uint8Array<ArrayBuffer> {
    const bytes = text.encode(stringify(events));
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) this.#deflate.push(bytes.subarray(at, at + SLICE_BYTES));
    this.#deflate.flush();
    this.#chunks.push(alignToByte(this.#deflate));
    const chunks = this.#chunks;
    this.#chunks = [];
    return concat(chunks);
  }
}

/**
 * An empty stored block, which ends on a byte boundary. `flush(true)` of fflate 0.8.3 should write it, but it begins at the
 * wrong bit, so that every second batch can't be inflated: it takes its remainder (`s.r`: three bits that say how many
 * bits are left over, above them these bits) for a position.
 */
function alignToByte(deflate: Deflate): Uint8Array {
  const { s: state } = deflate as unknown as { s: { r?: number } };
  const remainder = state.r ?? 0;
  state.r = 0;
  // three more bits, all zero, say that it is a stored block and not the last one
  const head = (remainder & 7) + 3 > 8 ? [remainder >> 3, 0] : [remainder >> 3];
  return Uint8Array.of(...head, 0, 0, 0xff, 0xff);
}

/** Cuts a batch into payloads of frames; at least one. */
export function cut(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer>[] {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

function concat(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const PATCHABLE = [Object.prototype, Array.prototype, String.prototype, Number.prototype, Boolean.prototype];

/** `JSON.stringify` on a page whose old library gave its own `toJSON` to everything. */
function stringify(value: unknown): string {
  const patched = PATCHABLE.map(
    (prototype) => [prototype, Object.getOwnPropertyDescriptor(prototype, 'toJSON')] as const,
  );
  const removed = patched.filter(
    ([prototype, descriptor]) => descriptor && Reflect.deleteProperty(prototype, 'toJSON'),
  );
  try {
    return JSON.stringify(value);
  } finally {
    for (const [prototype, descriptor] of removed) Object.defineProperty(prototype, 'toJSON', descriptor!);
  }
}
