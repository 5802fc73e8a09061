import type { InkMessage, ScreenInfo } from '../../protocol/index.js';
import type { MirrorChannel } from '../transport/types.js';
import type { ControlGrant } from './control-grant.js';
import type { Annotation, SessionStore, ShownPage, ViewPhase } from './types.js';

/**
 * What our own elements need of a live session beside the public store. Not exported from the package: vendors use the
 * store. Null until the session is connected, and after `disconnect`.
 */
export interface SessionInternals {
  readonly mirror: MirrorChannel;
  /** Consumer: tells the agent about the page. Only what changed is written. */
  setPage(page: ShownPage): void;
  /** Consumer: the page is being left, for the next one or for good; or is back from the browser's cache. */
  setLeaving(isLeaving: boolean): void;
  /** Agent: the player says what can be seen; it becomes `state.view.phase` where the session's status doesn't say more. */
  setViewPhase(phase: Extract<ViewPhase, 'loading' | 'live' | 'frozen' | 'failed'>): void;
  /** Ink of others that moves: laser and drafts. The author is the one that the server stamped. */
  onInk(listener: (author: string, message: InkMessage) => void): () => void;
  sendInk(message: InkMessage): boolean;
  /** Agent: asks for a new epoch. Consumer: is told to start one. */
  requestEpoch(reason: 'gap' | 'agent' | 'failed'): void;
  onEpochRequest(listener: () => void): () => void;
  /** Consumer: the page's document was replaced or left; strokes drawn on it go. */
  startPage(pageId: string): void;
  /** Options that are read as they're needed (the page's ceiling) have changed. */
  refresh(): void;
  /**
   * Consumer: whose input may be performed now, from this page's own memory and never from the doc. Null without remote control, and
   * while it is suspended: a question waits for its answer, the time is over, the connection is lost, or the agent is away.
   */
  controlGrant(): ControlGrant | null;
  /** Consumer: says whether input of the agent is being performed at this moment; an answer that comes then is the agent's. */
  setPerforming(isPerforming: () => boolean): void;
  /** Consumer, full device: what this page captures. Forgotten with the mode. */
  setCapture(capture: Omit<ScreenInfo, 'source'>): void;
  /**
   * Consumer: whether frames of the captured screen may leave now: full device is on and not paused, and no page of ours can be
   * seen, which could show in them what the mirror masks.
   */
  readonly screenWanted: boolean;
  /** Called when `screenWanted` has changed. @returns the way to unsubscribe. */
  onScreenWanted(listener: (isWanted: boolean) => void): () => void;
  /** A key for a new stroke of this person. */
  nextStrokeId(): string;
  readonly annotations: readonly Annotation[];
}

const registry = new WeakMap<SessionStore, { current: SessionInternals | null; listeners: Set<() => void> }>();

function entryOf(store: SessionStore) {
  let entry = registry.get(store);
  if (!entry) registry.set(store, (entry = { current: null, listeners: new Set() }));
  return entry;
}

/** The internals of a store, or null while it is dormant. */
export function internalsOf(store: SessionStore): SessionInternals | null {
  return entryOf(store).current;
}

/** Called whenever `internalsOf` gives something else. */
export function onInternals(store: SessionStore, listener: () => void): () => void {
  const { listeners } = entryOf(store);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For the store itself. */
export function setInternals(store: SessionStore, internals: SessionInternals | null): void {
  const entry = entryOf(store);
  entry.current = internals;
  for (const listener of [...entry.listeners]) listener();
}
