import {
  authorOf,
  decodeControl,
  decodeJson,
  encodeJson,
  LIMITS,
  readInkMessage,
  type ControlMessage,
  type Frame,
  type InkMessage,
} from '../../protocol/index.js';
import type { SessionInternals } from './internals.js';
import type { LiveContext, Side } from './live-context.js';
import { nextStrokeId } from './strokes.js';

/** What our own elements need of a live session. */
export interface LiveInternals extends SessionInternals {
  close(): void;
}

export function createInternals(context: LiveContext, side: Side): LiveInternals {
  const { mirror, identity } = context.transport;
  const epochListeners = new Set<() => void>();
  const inkListeners = new Set<(author: string, message: InkMessage) => void>();
  const askForEpoch = () => notify(epochListeners);
  const stops = [
    mirror.onFrame('control', (frame) => {
      if (identity.role === 'consumer' && decodeControl(frame.payload)?.type === 'resync') askForEpoch();
    }),
    mirror.onFrame('ink', (frame) => {
      const message = readInk(context, frame);
      if (message) notify(inkListeners, frame.sender, message);
    }),
  ];
  const screenListeners = new Set<(isWanted: boolean) => void>();
  stops.push(side.onScreenWanted((isWanted) => notify(screenListeners, isWanted)));
  return {
    mirror,
    setPage: (page) => side.setPage(page),
    setLeaving: (isLeaving) => side.setLeaving(isLeaving),
    setViewPhase: (phase) => side.setViewPhase(phase),
    onInk: (listener) => listen(inkListeners, listener),
    sendInk: (message) => sendInk(context, message),
    requestEpoch(reason) {
      const message: ControlMessage = { type: 'resync', reason };
      if (identity.role === 'consumer') askForEpoch();
      else mirror.send({ kind: 'control', payload: encodeJson(message) });
    },
    onEpochRequest: (listener) => listen(epochListeners, listener),
    startPage: (pageId) => side.startPage(pageId),
    refresh: () => context.refresh(),
    controlGrant: () => side.controlGrant(),
    setPerforming: (isPerforming) => side.setPerforming(isPerforming),
    setCapture: (capture) => side.setCapture(capture),
    get screenWanted() {
      return side.screenWanted;
    },
    onScreenWanted: (listener) => listen(screenListeners, listener),
    nextStrokeId: () => nextStrokeId(context),
    get annotations() {
      return context.state().annotations;
    },
    close() {
      stops.forEach((stop) => stop());
      epochListeners.clear();
      inkListeners.clear();
      screenListeners.clear();
    },
  };
}

/** What a person draws is seen while the page is shared, and only under this person's own keys. */
function readInk({ state }: LiveContext, { payload, sender }: Frame): InkMessage | undefined {
  if (state().status !== 'active' || payload.length > LIMITS.inkFrameBytes) return undefined;
  const message = readInkMessage(decodeJson(payload));
  if (!message || message.type === 'laser') return message;
  return authorOf(message.id) === sender ? message : undefined;
}

function sendInk({ transport, state }: LiveContext, message: InkMessage): boolean {
  if (state().offers.tools.length === 0) return false;
  const payload = encodeJson(message);
  return payload.length <= LIMITS.inkFrameBytes && transport.mirror.send({ kind: 'ink', payload });
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify<A extends unknown[]>(listeners: Set<(...given: A) => void>, ...given: A): void {
  for (const listener of [...listeners]) {
    try {
      listener(...given);
    } catch (error) {
      console.error(error);
    }
  }
}
