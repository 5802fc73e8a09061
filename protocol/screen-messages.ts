import { LIMITS } from './limits.js';
import { isOneOf } from './vocabulary.js';

/**
 * Payload of a frame of kind `screen`: one encoded picture of the captured screen. One picture is one frame.
 *
 *     byte 0      1: a key picture, with its configuration; 2: a picture that needs those before it
 *     byte 1..8   when it was captured, microseconds on the sender's clock, unsigned, big endian
 *   and in a key picture only
 *     byte 9..10  width, pixels, big endian
 *     byte 11..12 height, pixels, big endian
 *     byte 13     length n of the codec string in bytes
 *     byte 14..15 length m of the codec's description in bytes, big endian
 *     n bytes     codec string of WebCodecs, ASCII: `vp09.00.40.08`, `av01.0.08M.08`, `avc1.64001F`, `vp8`
 *     m bytes     description as `VideoDecoderConfig` has it; none for VP8, VP9, AV1 and H.264 in Annex B form
 *   then
 *     the rest    what the encoder made
 *
 * In the header of the frame `epoch` is the number of the stream: one sender's pictures from a beginning on, another one for each
 * capture. `seq` counts its pictures from 0. The flag `snapshot` marks key pictures, so that the server need not read the payload; a
 * stream begins with one. After a gap, only a key picture can be shown.
 */
export interface ScreenPicture {
  /** Microseconds on the sender's clock; grows within a stream. */
  timestamp: number;
  /** In a key picture only: what a decoder is set up with. */
  key: ScreenConfig | null;
  /** Of one picture, as the encoder made it. */
  data: Uint8Array<ArrayBuffer>;
}

export interface ScreenConfig {
  /** Codec string of WebCodecs. */
  codec: string;
  /** Pixels. */
  width: number;
  height: number;
  /** Empty where the stream says everything itself. */
  description: Uint8Array<ArrayBuffer>;
}

/** Families of codecs in the order in which a sender prefers them. */
export const SCREEN_CODECS = ['vp9', 'av1', 'h264', 'vp8'] as const;
export type ScreenCodec = (typeof SCREEN_CODECS)[number];

/** The codecs that a message names, without what isn't one. */
export function readScreenCodecs(codecs: unknown): ScreenCodec[] {
  const named: readonly unknown[] = Array.isArray(codecs) ? codecs.slice(0, 16) : [];
  return SCREEN_CODECS.filter((codec) => named.some((one) => isOneOf([codec], one)));
}

/** The only thing that `readScreenPicture` and `writeScreenPicture` throw. */
export class ScreenPictureError extends Error {
  override readonly name = 'ScreenPictureError';
}

const KEY = 1;
const DELTA = 2;
const DELTA_HEADER = 9;
const KEY_HEADER = 16;
const families: readonly [RegExp, ScreenCodec][] = [
  [/^vp09\.[\d.]{1,32}$/, 'vp9'],
  [/^av01\.[\w.]{1,40}$/, 'av1'],
  [/^avc[13]\.[\da-f]{6}$/i, 'h264'],
  [/^vp8$/, 'vp8'],
];

/** The family of a codec string, or undefined for one that isn't spoken here. */
export function screenCodecOf(codec: string): ScreenCodec | undefined {
  return families.find(([pattern]) => pattern.test(codec))?.[1];
}

/** @throws {ScreenPictureError} when a field doesn't fit the layout. */
export function writeScreenPicture({ timestamp, key, data }: ScreenPicture): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) throw new ScreenPictureError('timestamp out of range');
  if (key) check(key);
  const description = key?.description ?? new Uint8Array();
  const header = key ? KEY_HEADER + key.codec.length + description.length : DELTA_HEADER;
  if (data.length === 0 || header + data.length > LIMITS.screenPictureBytes) throw new ScreenPictureError('bad size');
  const bytes = new Uint8Array(header + data.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = key ? KEY : DELTA;
  view.setBigUint64(1, BigInt(timestamp));
  if (key) {
    view.setUint16(9, key.width);
    view.setUint16(11, key.height);
    view.setUint8(13, key.codec.length);
    view.setUint16(14, description.length);
    bytes.set(new TextEncoder().encode(key.codec), KEY_HEADER);
    bytes.set(description, KEY_HEADER + key.codec.length);
  }
  bytes.set(data, header);
  return bytes;
}

/** What it holds are views into `bytes`. @throws {ScreenPictureError} for anything that isn't a picture. */
export function readScreenPicture(bytes: Uint8Array<ArrayBuffer>): ScreenPicture {
  if (bytes.length > LIMITS.screenPictureBytes) throw new ScreenPictureError('too large');
  if (bytes.length <= DELTA_HEADER) throw new ScreenPictureError('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const timestamp = Number(view.getBigUint64(1));
  if (!Number.isSafeInteger(timestamp)) throw new ScreenPictureError('timestamp out of range');
  if (bytes[0] === DELTA) return { timestamp, key: null, data: bytes.subarray(DELTA_HEADER) };
  if (bytes[0] !== KEY) throw new ScreenPictureError('unknown kind of picture');
  return { timestamp, ...readKey(bytes, view) };
}

function readKey(bytes: Uint8Array<ArrayBuffer>, view: DataView): Pick<ScreenPicture, 'key' | 'data'> {
  if (bytes.length <= KEY_HEADER) throw new ScreenPictureError('too short');
  const codecEnd = KEY_HEADER + view.getUint8(13);
  const end = codecEnd + view.getUint16(14);
  if (bytes.length <= end) throw new ScreenPictureError('shorter than it says');
  const key: ScreenConfig = {
    codec: String.fromCharCode(...bytes.subarray(KEY_HEADER, codecEnd)),
    width: view.getUint16(9),
    height: view.getUint16(11),
    description: bytes.subarray(codecEnd, end),
  };
  check(key);
  return { key, data: bytes.subarray(end) };
}

function check({ codec, width, height, description }: ScreenConfig): void {
  if (!screenCodecOf(codec)) throw new ScreenPictureError('unknown codec');
  const isSide = (pixels: number) => Number.isInteger(pixels) && pixels >= 1 && pixels <= LIMITS.screenSide;
  if (!isSide(width) || !isSide(height)) throw new ScreenPictureError('size out of range');
  if (description.length > LIMITS.screenDescriptionBytes) throw new ScreenPictureError('description too long');
}
