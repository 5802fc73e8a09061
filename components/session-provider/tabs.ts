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
  | { type: 'here'; from: string; isSeen: boolean; activeAt: number; isGuest: boolean }
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

export function presence(isGuest: boolean): Extract<TabMessage, { type: 'here' }> {
  return { type: 'here', from: tabId, isSeen: document.visibilityState === 'visible', activeAt, isGuest };
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
  addEventListener('focus', onChange, { signal });
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

/** Held by the home's document while it has a session. */
export const homeLock = (server: string): string => `${memoryKey(server)}:home`;
/** Held by a guest's document. */
export const guestLock = (server: string, guest: string): string => `${memoryKey(server)}:${guest}`;

/** Holds a lock until it is let go, or the document is gone. Nothing where the browser has none. */
export function holdLock(name: string): () => void {
  let release: (() => void) | undefined;
  const controller = new AbortController();
  const held = () => new Promise<void>((resolve) => (release = resolve));
  navigator.locks?.request(name, { signal: controller.signal }, held).catch(() => undefined);
  return () => {
    controller.abort();
    release?.();
  };
}

/** Calls back when nobody holds the lock any more. @returns the way to stop */
export function whenFree(name: string, free: () => void): () => void {
  const controller = new AbortController();
  navigator.locks?.request(name, { signal: controller.signal }, free).catch(() => undefined);
  return () => controller.abort();
}
