import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** A message of the y-websocket protocol. */
export type SyncMessage =
  | { type: 'step-1'; payload: Uint8Array }
  | { type: 'step-2'; payload: Uint8Array }
  | { type: 'update'; payload: Uint8Array }
  | { type: 'awareness'; payload: Uint8Array }
  | { type: 'query-awareness' };

/** The message, or undefined for bytes that are none. */
export function readSyncMessage(bytes: Uint8Array): SyncMessage | undefined {
  const decoder = createDecoder(bytes);
  try {
    switch (readVarUint(decoder)) {
      case SYNC: {
        const type = (['step-1', 'step-2', 'update'] as const)[readVarUint(decoder)];
        return type && { type, payload: readVarUint8Array(decoder) };
      }
      case AWARENESS:
        return { type: 'awareness', payload: readVarUint8Array(decoder) };
      case QUERY_AWARENESS:
        return { type: 'query-awareness' };
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

export const stepOne = (stateVector: Uint8Array): Uint8Array => write([SYNC, STEP_1], stateVector);
export const stepTwo = (update: Uint8Array): Uint8Array => write([SYNC, STEP_2], update);
export const updateMessage = (update: Uint8Array): Uint8Array => write([SYNC, UPDATE], update);
export const awarenessMessage = (payload: Uint8Array): Uint8Array => write([AWARENESS], payload);

/** Says nothing: the stock client leaves a server that says nothing for 30 s, and doesn't count pings. */
export const emptyAwareness = Uint8Array.of(AWARENESS, 1, 0);

function write(head: number[], payload: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  for (const value of head) writeVarUint(encoder, value);
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
}
