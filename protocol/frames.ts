/**
 * Frames of the mirror channel.
 *
 *     byte 0      version (1)
 *     byte 1      kind, see FRAME_KINDS
 *     byte 2      flags, see FRAME_FLAGS
 *     byte 3      length n of the sender's id in bytes (0 from a browser; the server stamps it)
 *     byte 4..7   epoch, unsigned, big endian
 *     byte 8..11  sequence number inside the epoch, unsigned, big endian
 *     n bytes     sender's id (`sub` of its token), UTF-8
 *     the rest    payload, which the server doesn't look at
 */
export const FRAME_VERSION = 1;
export const FRAME_HEADER_BYTES = 12;

export const FRAME_KINDS = {
  /** Consumer -> agents: a piece of the epoch's deflate stream of rrweb events. */
  events: 1,
  /** Agent -> consumer: primitives of remote control. Gated by mode and role. */
  input: 2,
  /** Anyone who may draw -> all others: laser and strokes being drawn. Never kept. */
  ink: 3,
  /** Consumer -> agents: an encoded piece of the captured screen. */
  screen: 4,
  /** Consumer -> agents: an image, font or stylesheet. */
  asset: 5,
  /** Server <-> peers: JSON, see control-messages. */
  control: 6,
  /** Consumer -> agents: pointer, and results of performed input. Never kept. */
  live: 7,
} as const;
export type FrameKind = keyof typeof FRAME_KINDS;

export const FRAME_FLAGS = {
  /** First frame of an epoch: what follows starts with a full snapshot and a new deflate stream. */
  snapshot: 1,
  /** More pieces of the same batch follow (a batch larger than one frame). */
  more: 2,
} as const;

export interface Frame {
  kind: FrameKind;
  flags: number;
  epoch: number;
  seq: number;
  sender: string;
  payload: Uint8Array<ArrayBuffer>;
}

/** The only thing that `decodeFrame` throws. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

const kindNames = new Map<number, FrameKind>(
  Object.entries(FRAME_KINDS).map(([name, code]) => [code, name as FrameKind]),
);
const knownFlags = FRAME_FLAGS.snapshot | FRAME_FLAGS.more;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type FrameInput = Pick<Frame, 'kind'> & Partial<Omit<Frame, 'payload'>> & { payload?: Uint8Array };

/** @throws {FrameError} when a field doesn't fit the layout. */
export function encodeFrame({
  kind,
  flags = 0,
  epoch = 0,
  seq = 0,
  sender = '',
  payload = new Uint8Array(),
}: FrameInput): Uint8Array<ArrayBuffer> {
  const name = encoder.encode(sender);
  if (name.length > 255) throw new FrameError('sender too long');
  if (!isUint32(epoch) || !isUint32(seq)) throw new FrameError('epoch or seq out of range');
  if ((flags & ~knownFlags) !== 0) throw new FrameError('unknown flag');
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + name.length + payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set([FRAME_VERSION, FRAME_KINDS[kind], flags, name.length]);
  view.setUint32(4, epoch);
  view.setUint32(8, seq);
  bytes.set(name, FRAME_HEADER_BYTES);
  bytes.set(payload, FRAME_HEADER_BYTES + name.length);
  return bytes;
}

/** The payload is a view into `bytes`. @throws {FrameError} for anything that isn't a frame. */
export function decodeFrame(bytes: Uint8Array<ArrayBuffer>): Frame {
  if (bytes.length < FRAME_HEADER_BYTES) throw new FrameError('frame too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== FRAME_VERSION) throw new FrameError('unknown frame version');
  const kind = kindNames.get(view.getUint8(1));
  if (!kind) throw new FrameError('unknown frame kind');
  const flags = view.getUint8(2);
  if ((flags & ~knownFlags) !== 0) throw new FrameError('unknown flag');
  const start = FRAME_HEADER_BYTES + view.getUint8(3);
  if (bytes.length < start) throw new FrameError('frame shorter than its sender');
  return {
    kind,
    flags,
    epoch: view.getUint32(4),
    seq: view.getUint32(8),
    sender: decodeName(bytes.subarray(FRAME_HEADER_BYTES, start)),
    payload: bytes.subarray(start),
  };
}

function decodeName(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new FrameError('sender is not UTF-8', { cause });
  }
}

function isUint32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}
