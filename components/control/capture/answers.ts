import { decodeJson, readLiveMessage, type LiveMessage } from '../../../protocol/index.js';
import type { MirrorChannel } from '../../transport/types.js';

export interface AnswersOptions {
  mirror: MirrorChannel;
  /** Of this sitting. */
  run: string;
  on: { [T in LiveMessage['type']]?: (message: Extract<LiveMessage, { type: T }>) => void };
}

/** A batch that could not be read has no name: the answer to it is for whoever is in control. */
const NAMELESS = '-';

/** Listens to what the consumer's page says of this sitting's input. @returns the way to stop. */
export function listenToAnswers({ mirror, run, on }: AnswersOptions): () => void {
  return mirror.onFrame('live', ({ payload }) => {
    const message = readLiveMessage(decodeJson(payload));
    if (!message || ('run' in message && message.run !== run && message.run !== NAMELESS)) return;
    (on[message.type] as ((message: LiveMessage) => void) | undefined)?.(message);
  });
}
