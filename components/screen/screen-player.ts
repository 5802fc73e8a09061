import {
  CobrowseError,
  encodeJson,
  FRAME_FLAGS,
  readScreenPicture,
  screenCodecOf,
  type ControlMessage,
  type Frame,
  type ScreenCodec,
  type ScreenConfig,
  type ScreenPicture,
} from '../../protocol/index.js';
import type { MirrorChannel } from '../transport/types.js';
import { decodableCodecs, decoderConfig } from './codecs.js';

/** More that wait to be decoded than this: the machine is too slow, and goes on with the next key picture. */
const MAX_QUEUE = 6;
const KEY_EVERY = 500;

export interface ScreenPlayerOptions {
  /** Gets the size of the pictures. */
  canvas: HTMLCanvasElement;
  mirror: MirrorChannel;
  /** A picture was drawn, of this size in pixels. */
  onPicture(size: { width: number; height: number }): void;
  /** Nothing can be shown, or nothing of what comes. */
  onError(error: CobrowseError): void;
}

/** Draws the captured screen as it comes. Of what can't be followed it goes on with the next key picture. */
export class ScreenPlayer {
  readonly #options: ScreenPlayerOptions;
  readonly #release: (() => void)[];
  readonly #context: CanvasRenderingContext2D | null;
  #codecs: ScreenCodec[] = [];
  #decoder: VideoDecoder | undefined;
  /** What the decoder was set up with. */
  #told = '';
  #codec: ScreenCodec | undefined;
  /** What comes next in the stream; null: a key picture is waited for. */
  #next: { epoch: number; seq: number } | null = null;
  #askedAt = -Infinity;
  #hasFailed = false;
  #isDestroyed = false;

  constructor(options: ScreenPlayerOptions) {
    this.#options = options;
    this.#context = options.canvas.getContext('2d', { alpha: false });
    const { mirror } = options;
    this.#release = [
      mirror.onFrame('screen', (frame) => this.#receive(frame)),
      mirror.onOpenChange((open) => {
        this.#next = null;
        if (open) this.#sayCodecs();
      }),
    ];
    void this.#learnCodecs();
  }

  destroy(): void {
    this.#isDestroyed = true;
    for (const release of this.#release) release();
    this.#closeDecoder();
    // the last picture is not kept
    this.#options.canvas.width = this.#options.canvas.height = 0;
  }

  async #learnCodecs(): Promise<void> {
    this.#codecs = await decodableCodecs();
    if (this.#isDestroyed) return;
    if (this.#codecs.length === 0) this.#report('no decoder');
    this.#sayCodecs();
  }

  #sayCodecs(): void {
    if (this.#codecs.length > 0) this.#say({ type: 'decodes', codecs: this.#codecs });
  }

  #say(message: ControlMessage): void {
    this.#options.mirror.send({ kind: 'control', payload: encodeJson(message) });
  }

  #receive({ flags, epoch, seq, payload }: Frame): void {
    const isKey = (flags & FRAME_FLAGS.snapshot) !== 0;
    const isNext = this.#next?.epoch === epoch && this.#next.seq === seq;
    if (!isKey && !isNext) return this.#skip();
    let picture: ScreenPicture;
    try {
      picture = readScreenPicture(payload);
    } catch (cause) {
      this.#skip();
      return this.#reportOnce('mirror-failed', cause);
    }
    if (isKey !== (picture.key !== null)) return this.#skip();
    this.#next = { epoch, seq: seq + 1 };
    if (picture.key) this.#configure(picture.key);
    this.#decode(picture);
  }

  /** Waits for a key picture. */
  #skip(): void {
    this.#next = null;
    const now = performance.now();
    if (now - this.#askedAt < KEY_EVERY) return;
    this.#askedAt = now;
    this.#say({ type: 'screen-key' });
  }

  #configure(config: ScreenConfig): void {
    const { codec, width, height, description } = config;
    const told = `${codec} ${width} ${height} ${description.join()}`;
    if (told === this.#told && this.#decoder?.state === 'configured') return;
    this.#closeDecoder();
    this.#codec = screenCodecOf(codec);
    const decoder = new VideoDecoder({
      output: (frame) => this.#draw(frame, decoder),
      error: (error) => {
        if (decoder === this.#decoder) this.#onDecoderError(error);
      },
    });
    this.#decoder = decoder;
    this.#told = told;
    try {
      decoder.configure(decoderConfig(config));
    } catch (error) {
      this.#onDecoderError(error);
    }
  }

  #decode({ timestamp, key, data }: ScreenPicture): void {
    const decoder = this.#decoder;
    if (decoder?.state !== 'configured') return this.#skip();
    if (decoder.decodeQueueSize > MAX_QUEUE) {
      // what waits is outdated already
      if (!key) return this.#skip();
      this.#told = '';
      this.#configure(key);
    }
    try {
      this.#decoder!.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp, data }));
    } catch (error) {
      this.#onDecoderError(error);
    }
  }

  #draw(frame: VideoFrame, decoder: VideoDecoder): void {
    const { displayWidth: width, displayHeight: height } = frame;
    if (decoder === this.#decoder && this.#context && !this.#isDestroyed) {
      const { canvas } = this.#options;
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      this.#context.drawImage(frame, 0, 0);
      this.#hasFailed = false;
      this.#options.onPicture({ width, height });
    }
    frame.close();
  }

  /** The same codec may have had one bad picture; the second time without a picture between it is given up. */
  #onDecoderError(cause: unknown): void {
    const codec = this.#codec;
    this.#closeDecoder();
    if (this.#hasFailed && codec) {
      this.#codecs = this.#codecs.filter((one) => one !== codec);
      if (this.#codecs.length === 0) this.#report(String(cause), cause);
      else this.#sayCodecs();
    }
    this.#hasFailed = true;
    this.#skip();
  }

  #closeDecoder(): void {
    const decoder = this.#decoder;
    this.#decoder = undefined;
    this.#told = '';
    if (decoder && decoder.state !== 'closed') decoder.close();
  }

  #report(message: string, cause?: unknown): void {
    this.#options.onError(new CobrowseError('codec-unsupported', message, { cause }));
  }

  #reportOnce(code: 'mirror-failed', cause: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onError(new CobrowseError(code, String(cause), { cause }));
  }
}
