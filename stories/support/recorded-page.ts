import type { SessionInternals } from '../../components/session/internals.js';
import recording from '../pages/basket.json' with { type: 'json' };

interface RecordedFrame {
  flags: number;
  seq: number;
  /** Base64. */
  payload: string;
}

let epoch = 0;

/** Sends the recorded page as the consumer's page would: an epoch for each that is asked for. */
export function playBasket({ mirror, onEpochRequest }: SessionInternals): void {
  const send = () => {
    epoch += 1;
    for (const { flags, seq, payload } of recording as RecordedFrame[]) {
      mirror.send({
        kind: 'events',
        flags,
        epoch,
        seq,
        payload: Uint8Array.from(atob(payload), (c) => c.charCodeAt(0)),
      });
    }
  };
  onEpochRequest(send);
  send();
}
