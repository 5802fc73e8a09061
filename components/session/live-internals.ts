import { decodeControl, decodeJson, encodeJson, readInkMessage, type PageInfo } from '../../protocol/index.js';
import { AgentSide } from './agent-side.js';
import type { AnnotationBook } from './annotation-book.js';
import { isSame } from './doc-access.js';
import type { SessionInternals } from './internals.js';
import type { LiveContext, Side } from './live-context.js';

/** What our elements need of the live session. */
export function createInternals(context: LiveContext, side: Side, book: AnnotationBook): SessionInternals {
  const { mirror } = context.transport;
  return {
    mirror,
    get annotations() {
      return book.list;
    },
    setPage: ({ visible, ...page }) => {
      const shown = { ...page, visible };
      if (!isSame(shown, context.state().page)) context.update({ page: shown });
      context.access.setFields({ page: clipped(page), visible });
    },
    startPage: (pageId) => book.keepOnly(pageId),
    nextStrokeId: () => book.nextId(),
    setViewPhase: (phase) => {
      if (side instanceof AgentSide) side.setPlayerPhase(phase);
    },
    onInk: (listener) =>
      mirror.onFrame('ink', ({ sender, payload }) => {
        const message = readInkMessage(decodeJson(payload));
        if (message) listener(sender, message);
      }),
    sendInk: (message) => mirror.send({ kind: 'ink', payload: encodeJson(message) }),
    requestEpoch: (reason) => {
      mirror.send({ kind: 'control', payload: encodeJson({ type: 'resync', reason }) });
    },
    onEpochRequest: (listener) =>
      mirror.onFrame('control', ({ payload }) => {
        if (decodeControl(payload)?.type === 'resync') listener();
      }),
  };
}

function clipped(page: PageInfo): PageInfo {
  return { ...page, title: page.title.slice(0, 256), url: page.url.slice(0, 1024) };
}
