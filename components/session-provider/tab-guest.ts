import { entryKey } from '../../protocol/index.js';
import { nextNumber } from '../session/doc-access.js';
import { setInternals, type SessionInternals } from '../session/internals.js';
import { DORMANT } from '../session/initial-state.js';
import { keepRawMemory } from '../session/tab-memory.js';
import type { Action, DispatchResult, SessionState, SessionStore } from '../session/types.js';
import { FrameListeners } from '../transport/frame-listeners.js';
import type { MirrorChannel } from '../transport/types.js';
import { guestLock, holdLock, homeLock, whenFree } from './tab-locks.js';
import {
  openTabs,
  presence,
  tabId,
  watchPresence,
  type HomeMessage,
  type TabChannel,
  type TabMessage,
} from './tabs.js';

/** A home that is loading its next page is back in this time; else it has been closed. */
const HOME_MILLISECONDS = 3000;

export interface TabGuestOptions {
  server: string;
  /** The home is in another mode, has ended, or is gone. @param session to go on with here, or null. */
  onOver(session: string | null): void;
}

type InkListener = Parameters<SessionInternals['onInk']>[0];

/** The session of another tab, in full device, as this page shows it: the person's word goes there, and the picture of this page. */
export class TabGuest implements SessionStore {
  readonly #options: TabGuestOptions;
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #frames = new FrameListeners();
  readonly #inkListeners = new Set<InkListener>();
  readonly #epochListeners = new Set<() => void>();
  readonly #channel: TabChannel;
  readonly #release: (() => void)[];
  #home: HomeMessage;
  #state: SessionState;
  #isLive = false;
  #isLocked = false;
  #homeTimer: ReturnType<typeof setTimeout> | undefined;
  #stopWaiting: () => void = () => undefined;

  constructor(options: TabGuestOptions, home: HomeMessage) {
    this.#options = options;
    this.#home = home;
    this.#state = Object.freeze(home.state ?? DORMANT);
    this.#channel = openTabs(options.server, (message) => this.#receive(message));
    const onHide = () => this.#channel.post({ type: 'gone', from: tabId });
    addEventListener('pagehide', onHide);
    this.#release = [
      holdLock(guestLock(options.server, tabId), () => {
        this.#isLocked = true;
        this.#sayHere();
      }),
      watchPresence(() => this.#sayHere()),
      () => removeEventListener('pagehide', onHide),
    ];
    this.#waitForHome();
    this.#sayHere();
    this.#follow(home);
  }

  get session(): string {
    return this.#home.session;
  }

  getState(): SessionState {
    return this.#state;
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispatch(action: Action): DispatchResult {
    if (action.type === 'connect' && action.session === this.session) return { ok: true };
    this.#channel.post({ type: 'act', from: tabId, action });
    return { ok: true };
  }

  destroy(): void {
    clearTimeout(this.#homeTimer);
    this.#stopWaiting();
    for (const release of this.#release) release();
    setInternals(this, null);
    this.#channel.close();
    this.#listeners.clear();
  }

  #sayHere(): void {
    this.#channel.post(presence(this.#isLocked));
  }

  #receive(message: TabMessage): void {
    if (message.type === 'home') this.#follow(message);
    if (message.from !== this.#home.from) return;
    if (message.type === 'over') this.#options.onOver(null);
    else if (message.type === 'epoch') for (const listener of [...this.#epochListeners]) listener();
    else if (message.type === 'ink' && message.author !== undefined)
      for (const listener of [...this.#inkListeners]) listener(message.author, message.message);
  }

  #follow(home: HomeMessage): void {
    const { isOpen: wasOpen, from } = this.#home;
    clearTimeout(this.#homeTimer);
    this.#home = home;
    if (home.from !== from) this.#onNewHome();
    if (home.asks) this.#sayHere();
    if (!home.state) return this.#options.onOver(null);
    this.#setLive(home.live === tabId);
    if (wasOpen !== home.isOpen) this.#frames.emitOpen(home.isOpen);
    this.#state = Object.freeze(home.state);
    for (const listener of [...this.#listeners]) listener(this.#state);
  }

  /** A page that isn't in front is not recorded. */
  #setLive(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    setInternals(this, isLive ? this.#createInternals() : null);
  }

  /** The next page of the tab that has the session: it knows nothing of what was sent. */
  #onNewHome(): void {
    this.#setLive(false);
    this.#stopWaiting();
    this.#waitForHome();
  }

  #waitForHome(): void {
    this.#stopWaiting = whenFree(homeLock(this.#options.server), () => {
      this.#homeTimer = setTimeout(() => this.#goOn(), HOME_MILLISECONDS);
    });
  }

  /** The tab that had the session was closed: this one goes on with it, if the person is here. */
  #goOn(): void {
    const { memory, session } = this.#home;
    if (document.visibilityState !== 'visible' || !memory) return this.#options.onOver(null);
    keepRawMemory(this.#options.server, memory);
    this.#options.onOver(session);
  }

  #createInternals(): SessionInternals {
    const post = (message: TabMessage) => this.#channel.post(message);
    const nothing = () => undefined;
    const state = () => this.#state;
    return {
      mirror: this.#createMirror(),
      setPage: (page) => post({ type: 'page', from: tabId, page }),
      startPage: (pageId) => post({ type: 'start-page', from: tabId, pageId }),
      onInk: (listener) => listen(this.#inkListeners, listener),
      sendInk: (message) => {
        post({ type: 'ink', from: tabId, message });
        return true;
      },
      onEpochRequest: (listener) => listen(this.#epochListeners, listener),
      nextStrokeId: () => entryKey(state().me?.id ?? '', nextNumber()),
      get annotations() {
        return state().annotations;
      },
      setLeaving: nothing,
      setViewPhase: nothing,
      requestEpoch: nothing,
      refresh: nothing,
      controlGrant: () => null,
      setPerforming: nothing,
      setCapture: nothing,
      screenWanted: false,
      onScreenWanted: () => nothing,
    };
  }

  #createMirror(): MirrorChannel {
    const isOpen = () => this.#home.isOpen;
    return {
      get open() {
        return isOpen();
      },
      bufferedBytes: 0,
      send: (frame) => {
        if (isOpen()) this.#channel.post({ type: 'frame', from: tabId, frame });
        return isOpen();
      },
      onFrame: (kind, listener) => this.#frames.onFrame(kind, listener),
      onOpenChange: (listener) => this.#frames.onOpenChange(listener),
    };
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
