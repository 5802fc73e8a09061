import {
  CobrowseError,
  decodeControl,
  readScreenCodecs,
  type ErrorCode,
  type ScreenInfo,
} from '../../protocol/index.js';
import { internalsOf, type SessionInternals } from '../session/internals.js';
import type { SessionStore } from '../session/types.js';
import { CaptureReader } from './capture-reader.js';
import { PictureEncoder } from './picture-encoder.js';
import { PictureSender } from './picture-sender.js';

/** What every page of ours calls itself to one that captures it. */
export const CAPTURE_HANDLE = 'cobrowse-kit';

const surfaces: Record<string, ScreenInfo['surface']> = { browser: 'tab', window: 'window', monitor: 'screen' };

export interface ShareScreenOptions {
  store: SessionStore;
  /** What the browser's picker gives. */
  stream: Promise<MediaStream>;
  onError(error: CobrowseError): void;
}

const running = new WeakMap<SessionStore, ScreenShare>();

/**
 * Shows the agent what the person chooses in the browser's picker, while full device is on and no page of ours is in view. Ends with
 * the mode; ends the mode when the capture is stopped in the browser.
 */
export async function shareScreen({ store, stream, onError }: ShareScreenOptions): Promise<void> {
  const internals = internalsOf(store);
  const isOther = running.has(store);
  if (!isOther) internals?.setCapture({ capture: 'asking', surface: null });
  try {
    const captured = await stream;
    const track = captured.getVideoTracks()[0];
    // the question or the session may be over by now
    if (track && internals && isOn(store) && internals === internalsOf(store)) {
      running.get(store)?.stop();
      running.set(store, new ScreenShare(store, internals, track, onError));
    } else for (const one of captured.getTracks()) one.stop();
  } catch (cause) {
    const [capture, code] = whyNot(cause);
    // what was chosen before goes on
    if (isOn(store) && !running.has(store)) internals?.setCapture({ capture, surface: null });
    if (code) onError(new CobrowseError(code, String(cause), { cause }));
  }
}

function isOn(store: SessionStore): boolean {
  const { status, mode } = store.getState();
  return mode === 'full-device' && (status === 'active' || status === 'paused');
}

/** Without a click of this page's own that is recent enough the browser asks nobody: it can be tried again. */
function whyNot(cause: unknown): [ScreenInfo['capture'], ErrorCode | undefined] {
  const name = (cause as Error | undefined)?.name;
  if (name === 'InvalidStateError') return ['off', undefined];
  return name === 'NotAllowedError' ? ['refused', 'capture-refused'] : ['unavailable', 'capture-unsupported'];
}

class ScreenShare {
  readonly #store: SessionStore;
  readonly #internals: SessionInternals;
  readonly #track: MediaStreamTrack;
  readonly #onError: (error: CobrowseError) => void;
  readonly #encoder: PictureEncoder;
  readonly #sender: PictureSender;
  readonly #reader: CaptureReader;
  readonly #release: (() => void)[] = [];
  /** When the frames that are being encoded were captured, by their timestamps. */
  readonly #captured = new Map<number, number>();

  constructor(
    store: SessionStore,
    internals: SessionInternals,
    track: MediaStreamTrack,
    onError: (error: CobrowseError) => void,
  ) {
    this.#store = store;
    this.#internals = internals;
    this.#track = track;
    this.#onError = onError;
    this.#encoder = new PictureEncoder({
      onPicture: (picture) => {
        const capturedAt = this.#captured.get(picture.timestamp) ?? performance.now();
        this.#captured.delete(picture.timestamp);
        this.#sender.send(picture, capturedAt);
      },
      onError: (error) => {
        this.#onError(error);
        this.#end('unavailable');
      },
    });
    this.#sender = new PictureSender({
      mirror: internals.mirror,
      isWanted: () => this.#isWanted,
      requestKey: () => this.#needKey(),
      scaleBitrate: (factor) => this.#encoder.setBitrate(this.#encoder.bitrate * factor),
    });
    this.#reader = new CaptureReader({ track, onFrame: (frame, capturedAt) => this.#onFrame(frame, capturedAt) });
    track.contentHint = 'text';
    this.#listen();
    this.#tell();
    this.#follow();
  }

  #listen(): void {
    const { mirror } = this.#internals;
    const onEnded = () => this.#onEnded();
    const onChange = () => this.#tell();
    this.#track.addEventListener('ended', onEnded);
    this.#release.push(() => this.#track.removeEventListener('ended', onEnded));
    for (const type of ['mute', 'unmute', 'capturehandlechange']) {
      this.#track.addEventListener(type, onChange);
      this.#release.push(() => this.#track.removeEventListener(type, onChange));
    }
    this.#release.push(
      this.#store.subscribe(() => this.#onState()),
      this.#internals.onScreenWanted(() => this.#follow()),
      mirror.onFrame('control', ({ payload }) => this.#onControl(payload)),
    );
  }

  #onControl(payload: Uint8Array): void {
    const message = decodeControl(payload);
    if (message?.type === 'screen-key') this.#needKey();
    if (message?.type === 'screen-codecs') this.#encoder.setCodecs(readScreenCodecs(message.codecs));
  }

  /** A tab of this site is followed by its mirror, which masks, and never shown as it is. */
  get #isOwnTab(): boolean {
    const track = this.#track as MediaStreamTrack & { getCaptureHandle?(): { handle?: string } | null };
    return track.getCaptureHandle?.()?.handle === CAPTURE_HANDLE;
  }

  get #isWanted(): boolean {
    return this.#internals.screenWanted && !this.#isOwnTab;
  }

  #tell(): void {
    const { displaySurface, width = 0, height = 0 } = this.#track.getSettings();
    const surface = surfaces[displaySurface ?? ''] ?? 'screen';
    const capture = this.#track.muted ? 'muted' : 'on';
    this.#internals.setCapture(this.#isOwnTab ? { capture: 'off', surface: null } : { capture, surface });
    if (width > 1 && height > 1) this.#encoder.warmUp(width & ~1, height & ~1);
    this.#follow();
  }

  #onState(): void {
    if (!isOn(this.#store) || internalsOf(this.#store) !== this.#internals) this.stop();
  }

  /** Frames are read only while they are wanted. */
  #follow(): void {
    if (this.#isWanted === this.#reader.isReading) return;
    this.#sender.begin();
    if (this.#isWanted) this.#reader.start();
    else this.#reader.stop();
  }

  #needKey(): void {
    this.#encoder.requestKey();
    this.#reader.refresh();
  }

  #onFrame(frame: VideoFrame, capturedAt: number): boolean {
    this.#sender.flush();
    const { timestamp } = frame;
    const isTaken = this.#isWanted && this.#sender.isReady && this.#encoder.encode(frame);
    if (!isTaken) return false;
    if (this.#captured.size > 8) this.#captured.clear();
    this.#captured.set(timestamp, capturedAt);
    return true;
  }

  /** The person has stopped it in the browser, or what was captured is gone. */
  #onEnded(): void {
    this.stop();
    this.#store.dispatch({ type: 'step-down' });
  }

  #end(capture: 'unavailable'): void {
    this.stop();
    this.#internals.setCapture({ capture, surface: null });
  }

  stop(): void {
    running.delete(this.#store);
    for (const release of this.#release.splice(0)) release();
    this.#reader.stop();
    this.#encoder.close();
    this.#sender.stop();
    this.#track.stop();
  }
}
