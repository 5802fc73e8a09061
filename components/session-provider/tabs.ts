import type { PageInfo } from '../../protocol/doc-schema.js';
import type { InkMessage } from '../../protocol/ink-messages.js';
import { memoryKey } from '../session/tab-memory.js';
import type { Action, SessionState } from '../session/types.js';
import type { OutgoingFrame } from '../transport/types.js';

/**
 * What the tabs of a site say to each other while one of them, the home, has a session. The others stay dormant; in full device
 * they become guests: the one in front records, and sends through the home.
 */
export type TabMessage =
  /** Of a dormant page or a guest: it is there. */
  | { type: 'here'; from: string; isSeen: boolean; activeAt: number; isLocked: boolean }
  | { type: 'gone'; from: string }
  /** Of the home: how things stand. */
  | HomeMessage
  | { type: 'over'; from: string }
  /** Of the guest in front, to the home. */
  | { type: 'frame'; from: string; frame: OutgoingFrame }
  | { type: 'page'; from: string; page: PageInfo & { visible: boolean } }
  | { type: 'start-page'; from: string; pageId: string }
  | { type: 'ink'; from: string; author?: string; message: InkMessage }
  | { type: 'act'; from: string; action: Action }
  /** Of the home, to the guest in front. */
  | { type: 'epoch'; from: string };

export interface HomeMessage {
  type: 'home';
  from: string;
  session: string;
  /** In full device only: what a guest shows. */
  state: SessionState | null;
  /** The guest that is to record. */
  live: string | null;
  /** Whether the mirror connection is open. */
  isOpen: boolean;
  /** What the home's tab remembers: for the guest that goes on when the home is gone. */
  memory: string | null;
  /** Everyone is to say `here`. */
  asks: boolean;
}

/** Of this document. */
export const tabId = Math.random().toString(36).slice(2);

/** When this page was last looked at, as far as it knows. */
let activeAt = Date.now();

/** @param isLocked whether this document holds its lock: who waits for it is told when the document is gone */
export function presence(isLocked = false): Extract<TabMessage, { type: 'here' }> {
  return { type: 'here', from: tabId, isSeen: document.visibilityState === 'visible', activeAt, isLocked };
}

/** Calls back when the person has come to this page, or left it. @returns the way to stop */
export function watchPresence(changed: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const onChange = () => {
    if (document.visibilityState === 'visible') activeAt = Date.now();
    changed();
  };
  document.addEventListener('visibilitychange', onChange, { signal });
  // of windows side by side, the one that is used
  for (const type of ['focus', 'pointerdown']) addEventListener(type, onChange, { signal, capture: true });
  return () => controller.abort();
}

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

/** The channel of the tabs that use this server; one that does nothing where the browser has none. */
export function openTabs(server: string, receive: (message: TabMessage) => void): TabChannel {
  let channel: BroadcastChannel | undefined;
  try {
    channel = new BroadcastChannel(memoryKey(server));
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data.from !== tabId) receive(data);
    };
  } catch {
    // a frame without storage of its own, or an old browser: each tab is for itself
  }
  return {
    post: (message) => channel?.postMessage(message),
    close: () => channel?.close(),
  };
}
