import type { SessionInternals } from '../../components/session/internals.js';
import { EventReceiver } from '../../components/mirror/event-receiver.js';
import { EventSender } from '../../components/mirror/event-sender.js';
import { EVENT, SOURCE, type MirrorEvent, type PageSize } from '../../components/mirror/rrweb-events.js';
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
        payload: bytesOf(payload),
      });
    }
  };
  onEpochRequest(send);
  send();
}

/**
 * The same page on a phone.
 * @param fingers where the person touches it, CSS pixels of the page
 */
export function playPhone(
  { mirror, onEpochRequest }: SessionInternals,
  size: PageSize,
  fingers: [number, number][],
): void {
  const sender = new EventSender(mirror, () => undefined);
  const send = () => {
    sender.begin();
    for (const event of eventsOf(recording))
      sender.push(event.type === EVENT.meta ? { type: EVENT.meta, data: size } : event);
    for (const [finger, [x, y]] of fingers.entries()) {
      const positions = [{ x, y, id: 1 }];
      sender.push({ type: EVENT.incremental, data: { source: SOURCE.touchMove, positions, finger, phase: 'start' } });
    }
    sender.flush();
  };
  onEpochRequest(send);
  send();
}

function eventsOf(frames: readonly RecordedFrame[]): MirrorEvent[] {
  const receiver = new EventReceiver();
  return frames.flatMap(({ flags, seq, payload }) => {
    const received = receiver.receive({ kind: 'events', flags, epoch: 1, seq, sender: '', payload: bytesOf(payload) });
    return received.kind === 'batch' ? (received.events as MirrorEvent[]) : [];
  });
}

function bytesOf(payload: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
}
