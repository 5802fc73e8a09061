import { Inflate } from 'fflate';
import { CobrowseError, LIMITS } from '../../protocol/index.js';

/** What is inflated before the size is looked at again: at most about a thousand times as much comes out. */
const SLICE_BYTES = 4 * 1024;

/** The reading end of an epoch. */
export class BatchDecoder {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  readonly #inflate = new Inflate((chunk) => {
    if (chunk.length > 0) this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  });

  /** @param limit Inflated bytes that one batch may have. */
  constructor(limit: number = LIMITS.inflatedFrameBytes) {
    this.#limit = limit;
  }

  /**
   * Takes the payload of the next frame.
   * @returns the batch, or undefined when `more` of it is to come.
   * @throws {CobrowseError} `mirror-failed` for anything but a batch within the limit; the epoch is lost then.
   */
  push(payload: Uint8Array, more: boolean): unknown[] | undefined {
    try {
      for (let at = 0; at < payload.length; at += SLICE_BYTES) {
        this.#inflate.push(payload.subarray(at, at + SLICE_BYTES));
        if (this.#bytes > this.#limit) throw new Error('batch too large');
      }
      return more ? undefined : this.#take();
    } catch (cause) {
      throw new CobrowseError('mirror-failed', 'not a batch of events', { cause });
    }
  }

  #take(): unknown[] {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let json = '';
    for (const chunk of this.#chunks) json += decoder.decode(chunk, { stream: true });
    json += decoder.decode();
    this.#chunks = [];
    this.#bytes = 0;
    const batch = JSON.parse(json) as unknown;
    if (!Array.isArray(batch)) throw new Error('not a list');
    return batch;
  }
}
