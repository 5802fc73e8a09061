import { CaptureClock } from './capture-clock.js';
import { readFrames } from './frame-source.js';

/** A page that is no longer in view may be on the screen for so long. Frames that are older are not shown. */
const SETTLE_MILLISECONDS = 100;
/**
 * The first frame that a new reader gets may be the last one that was captured, with a new time: so long after a page of ours went
 * out of view it can't hold that page any more.
 */
const TRUST_MILLISECONDS = 1000;
/** What stands still gives no frames; one that is missing is asked for after so long. */
const OWED_MILLISECONDS = 200;

export interface CaptureReaderOptions {
  track: MediaStreamTrack;
  /**
   * Gets a frame, closes it, and says whether it will be a picture. One that is left out is made up for: by the next, or, where nothing
   * changes, by the same again.
   */
  onFrame(frame: VideoFrame, capturedAt: number): boolean;
}

/** Reads a captured track while it is wanted, and nothing that could show what was in view before. */
export class CaptureReader {
  readonly #options: CaptureReaderOptions;
  readonly #clock = new CaptureClock();
  #stopFrames: (() => void) | undefined;
  #since = 0;
  /** The next frame is the first one of a reading. */
  #isFirst = false;
  #owed: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CaptureReaderOptions) {
    this.#options = options;
  }

  get isReading(): boolean {
    return this.#stopFrames !== undefined;
  }

  start(): void {
    if (this.isReading) return;
    this.#since = performance.now();
    this.#read();
    this.#owe();
  }

  stop(): void {
    clearTimeout(this.#owed);
    this.#stopFrames?.();
    this.#stopFrames = undefined;
  }

  /** A frame is needed, also if nothing changes. */
  refresh(): void {
    if (this.isReading) this.#owe();
  }

  /** When the first frame may be shown. A tab that was chosen never shows the one that was in view. */
  get #trustedAt(): number {
    const isTab = this.#options.track.getSettings().displaySurface === 'browser';
    return this.#since + (isTab ? SETTLE_MILLISECONDS : TRUST_MILLISECONDS);
  }

  #read(): void {
    const copy = this.#options.track.clone();
    const stopReading = readFrames(copy, (frame) => this.#onFrame(frame));
    this.#isFirst = true;
    this.#stopFrames = () => {
      stopReading();
      copy.stop();
    };
  }

  /** Who begins to read gets a frame. */
  #owe(): void {
    clearTimeout(this.#owed);
    const wait = Math.max(OWED_MILLISECONDS, this.#trustedAt - performance.now());
    this.#owed = setTimeout(() => {
      if (!this.isReading) return;
      this.stop();
      this.#read();
      this.#owe();
    }, wait);
  }

  #onFrame(frame: VideoFrame): void {
    const now = performance.now();
    const capturedAt = this.#clock.timeOf(frame.timestamp, now);
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    const isTrusted = isFirst ? now >= this.#trustedAt : capturedAt >= this.#since + SETTLE_MILLISECONDS;
    const isTaken = isTrusted && this.#options.onFrame(frame, capturedAt);
    frame.close();
    clearTimeout(this.#owed);
    if (!isTaken) this.#owe();
  }
}
