import type { ErrorCode } from './errors.js';
import type { FrameKind } from './frames.js';
import type { ScreenCodec } from './screen-messages.js';
import type { Role } from './vocabulary.js';

/** What the server tells a browser when its mirror connection is open. */
export interface Hello {
  type: 'hello';
  /** Short id of this connection, the same in the server's log. */
  connection: string;
  role: Role;
  settings: ServerSettings;
}

/** Settings of the server that the browsers obey. Seconds. */
export interface ServerSettings {
  requestSeconds: number;
  viewSeconds: number;
  agentGraceSeconds: number;
  consumerGraceSeconds: number;
  pauseSeconds: number;
  sessionSeconds: number;
}

/** JSON payload of a frame of kind `control`. */
export type ControlMessage =
  | Hello
  /** Agent -> server -> consumer, or server -> consumer: start a new epoch. */
  | { type: 'resync'; reason: 'late' | 'gap' | 'slow' | 'agent' | 'failed' }
  /** Server -> agent: frames were left out; what comes next starts an epoch. */
  | { type: 'skip' }
  /** Server -> the consumer's older connection: another tab or page of this person records now. */
  | { type: 'superseded' }
  /** Server -> agent: nothing has been heard of the consumer's browser for two seconds, though its connection is open; or it is again. */
  | { type: 'consumer-silent'; silent: boolean }
  /** Server -> sender: a frame of this kind wasn't passed on. Of many at once not each is told. */
  | { type: 'refused'; code: ErrorCode; kind?: FrameKind }
  /** Agent -> server: the codecs of the captured screen that it can show, of `SCREEN_CODECS`. */
  | { type: 'decodes'; codecs: readonly ScreenCodec[] }
  /** Server -> who may send the screen: what all agents that have said so can show; empty while nobody has. */
  | { type: 'screen-codecs'; codecs: readonly ScreenCodec[] }
  /** Agent -> server -> who sends the screen: the next picture is to be a key picture. */
  | { type: 'screen-key' }
  /** Device -> server: whether the app is out of sight, so that the page can't say so any more. */
  | { type: 'minimised'; minimised: boolean }
  /** Server -> device: whether its pictures are passed on now. `over`: full device is not on, and the capture is to end. */
  | { type: 'screen-wanted'; wanted: boolean; over: boolean }
  /** Server -> agent: what the consumer's device sends can be seen, whatever becomes of the page; or not any more. */
  | { type: 'device'; shows: boolean }
  /** Round trip of this connection: the server sends `ping` back as `pong`, at once. */
  | { type: 'ping' | 'pong'; at: number };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeJson(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(value));
}

/** The value, or undefined when the bytes are not JSON. */
export function decodeJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

const types: readonly string[] = [
  'hello',
  'resync',
  'skip',
  'superseded',
  'consumer-silent',
  'refused',
  'decodes',
  'screen-codecs',
  'screen-key',
  'minimised',
  'screen-wanted',
  'device',
  'ping',
  'pong',
];

/** The message, or undefined when it isn't one. Fields beyond `type` are checked by the reader that uses them. */
export function decodeControl(bytes: Uint8Array): ControlMessage | undefined {
  const value = decodeJson(bytes) as { type?: unknown } | null | undefined;
  return typeof value === 'object' && value !== null && typeof value.type === 'string' && types.includes(value.type)
    ? (value as ControlMessage)
    : undefined;
}
