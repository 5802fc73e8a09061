import {
  CobrowseError,
  SCREEN_CODECS,
  type ErrorCode,
  type ScreenCodec,
  type ScreenConfig,
  type ScreenPicture,
} from '../../protocol/index.js';
import { firstEncoder, withColors } from './codecs.js';
import { FRAME_RATE } from './capture-rate.js';

/** More that wait to be encoded than this: the machine is too slow, and a frame is left out. */
const MAX_QUEUE = 2;
/** Bits a second of one picture of 1920 x 1080 at 15 a second. */
export const MAX_BITRATE = 1_800_000;
export const MIN_BITRATE = 150_000;

export interface PictureEncoderOptions {
  onPicture(picture: ScreenPicture): void;
  /** It can't go on; it is closed. */
  onError(error: CobrowseError): void;
}

/** Makes pictures of frames, with the first codec that all can show and this browser can make. */
export class PictureEncoder {
  readonly #options: PictureEncoderOptions;
  #encoder: VideoEncoder | undefined;
  #config: VideoEncoderConfig | undefined;
  #allowed: readonly ScreenCodec[] = SCREEN_CODECS;
  /** Codecs whose encoder has failed. */
  readonly #broken = new Set<ScreenCodec>();
  #codec: ScreenCodec | undefined;
  #bitrate = MAX_BITRATE;
  /** Being looked for: for which size. */
  #choosing = '';
  #needsKey = true;
  #isClosed = false;
  /** What the decoder is told with the next key picture. */
  #told: ScreenConfig | undefined;

  constructor(options: PictureEncoderOptions) {
    this.#options = options;
  }

  /** @param codecs that may be used; empty: nobody has said anything. */
  setCodecs(codecs: readonly ScreenCodec[]): void {
    this.#allowed = codecs.length > 0 ? SCREEN_CODECS.filter((codec) => codecs.includes(codec)) : SCREEN_CODECS;
    if (this.#codec && !this.#allowed.includes(this.#codec)) this.#reset();
  }

  /** @param bitrate bits a second; kept within its bounds. */
  setBitrate(bitrate: number): void {
    const wanted = Math.round(Math.min(MAX_BITRATE, Math.max(MIN_BITRATE, bitrate)));
    if (wanted === this.#bitrate) return;
    this.#bitrate = wanted;
    if (!this.#encoder || !this.#config) return;
    this.#config = { ...this.#config, bitrate: wanted };
    this.#encoder.configure(this.#config);
  }

  get bitrate(): number {
    return this.#bitrate;
  }

  /** The next picture can be shown without those before it. */
  requestKey(): void {
    this.#needsKey = true;
  }

  /** Loads and starts what will encode, so that the first picture need not wait for it. */
  warmUp(width: number, height: number): void {
    if (!this.#encoder) void this.#choose(width, height);
  }

  /** Takes the frame and closes it. @returns whether it will be a picture. */
  encode(frame: VideoFrame): boolean {
    const fitted = evenSized(frame);
    try {
      return this.#encode(fitted);
    } catch (cause) {
      this.#fail(cause);
      return false;
    } finally {
      fitted.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#reset();
  }

  #encode(frame: VideoFrame): boolean {
    const { displayWidth: width, displayHeight: height } = frame;
    const fits = this.#config?.width === width && this.#config.height === height;
    if (!fits || this.#encoder?.state !== 'configured') {
      void this.#choose(width, height);
      return false;
    }
    if (this.#encoder.encodeQueueSize > MAX_QUEUE) return false;
    this.#encoder.encode(frame, { keyFrame: this.#needsKey });
    this.#needsKey = false;
    return true;
  }

  async #choose(width: number, height: number): Promise<void> {
    const wanted = `${width} ${height}`;
    if (this.#choosing === wanted || this.#isClosed) return;
    this.#choosing = wanted;
    const usable = this.#allowed.filter((codec) => !this.#broken.has(codec));
    const config = await firstEncoder(usable, { width, height, bitrate: this.#bitrate, framerate: FRAME_RATE });
    if (this.#choosing !== wanted) return;
    this.#reset();
    if (this.#isClosed) return;
    if (config) this.#start(usable, config);
    else this.#giveUp('codec-unsupported', `no codec of ${usable.join(', ')} at ${wanted}`);
  }

  #start(usable: readonly ScreenCodec[], config: VideoEncoderConfig): void {
    const codec = usable.find((one) => config.codec.startsWith(prefixes[one]))!;
    const encoder = new VideoEncoder({
      output: (chunk, metadata) => {
        if (this.#encoder === encoder) this.#output(chunk, metadata);
      },
      error: (error) => {
        if (this.#encoder === encoder) this.#fail(error);
      },
    });
    this.#encoder = encoder;
    this.#codec = codec;
    this.#config = config;
    try {
      encoder.configure(config);
    } catch (error) {
      this.#fail(error);
    }
  }

  #output(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata | undefined): void {
    const { decoderConfig } = metadata ?? {};
    const { width, height } = this.#config!;
    if (decoderConfig) {
      const { codec, colorSpace, description } = decoderConfig;
      this.#told = { codec: withColors(codec, colorSpace), width, height, description: bytesOf(description) };
    }
    const isKey = chunk.type === 'key';
    if (isKey && !this.#told) this.#told = { codec: this.#config!.codec, width, height, description: bytesOf() };
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.#options.onPicture({ timestamp: Math.max(0, chunk.timestamp), key: isKey ? this.#told! : null, data });
  }

  /** The next frame tries another codec. */
  #fail(cause: unknown): void {
    if (this.#codec) this.#broken.add(this.#codec);
    this.#reset();
    if (this.#allowed.every((codec) => this.#broken.has(codec)))
      this.#giveUp('codec-unsupported', 'every encoder has failed', cause);
  }

  #giveUp(code: ErrorCode, message: string, cause?: unknown): void {
    if (this.#isClosed) return;
    this.close();
    this.#options.onError(new CobrowseError(code, message, { cause }));
  }

  #reset(): void {
    const encoder = this.#encoder;
    this.#encoder = undefined;
    this.#config = undefined;
    this.#codec = undefined;
    this.#told = undefined;
    this.#choosing = '';
    this.#needsKey = true;
    if (encoder && encoder.state !== 'closed') encoder.close();
  }
}

const prefixes: Record<ScreenCodec, string> = { vp9: 'vp09', av1: 'av01', h264: 'avc', vp8: 'vp8' };

/** The codecs know even sizes only. The last row or column is left out: scaling would blur all of the text. */
function evenSized(frame: VideoFrame): VideoFrame {
  const { displayWidth, displayHeight, visibleRect } = frame;
  const width = displayWidth & ~1;
  const height = displayHeight & ~1;
  if ((width === displayWidth && height === displayHeight) || !visibleRect || width < 2 || height < 2) return frame;
  const { x, y } = visibleRect;
  const cut = new VideoFrame(frame, {
    visibleRect: { x, y, width: visibleRect.width & ~1, height: visibleRect.height & ~1 },
    displayWidth: width,
    displayHeight: height,
  });
  frame.close();
  return cut;
}

function bytesOf(source?: AllowSharedBufferSource): Uint8Array<ArrayBuffer> {
  if (!source) return new Uint8Array();
  const view = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  return new Uint8Array(view);
}
