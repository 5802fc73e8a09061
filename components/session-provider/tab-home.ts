import type { SessionInternals } from '../session/internals.js';
import type { Action, SessionState, SessionStore } from '../session/types.js';
import { rawMemory } from '../session/tab-memory.js';
import { guestLock, whenFree } from './tab-locks.js';
import { openTabs, presence, tabId, watchPresence, type TabChannel, type TabMessage } from './tabs.js';

interface Tab {
  readonly isSeen: boolean;
  readonly activeAt: number;
}

/** What the person may do from a guest's indicator. */
const guestActions: readonly Action['type'][] = [
  'step-down',
  'pause',
  'resume',
  'end',
  'set-tool',
  'annotate',
  'undo',
  'clear-annotations',
];

export interface TabHomeOptions {
  server: string;
  store: SessionStore;
  /** Another tab is in front, or this one again. */
  changed(): void;
  /** What was heard before this was loaded. */
  heard: readonly TabMessage[];
}

/** The tab that has the session: knows the others, and in full device lets the one in front record. */
export class TabHome {
  readonly #options: TabHomeOptions;
  readonly #tabs = new Map<string, Tab>();
  readonly #watched = new Map<string, () => void>();
  #channel: TabChannel | undefined;
  #internals: SessionInternals | null = null;
  #release: (() => void)[] = [];
  #live: string | null = null;
  #isElsewhere = false;

  constructor(options: TabHomeOptions) {
    this.#options = options;
  }

  /** The guest that records instead of this page, or null. */
  get live(): string | null {
    return this.#live;
  }

  /** Whether the person is on another tab of the site. */
  get isElsewhere(): boolean {
    return this.#isElsewhere;
  }

  /** @param internals null while nothing is shared. */
  update(internals: SessionInternals | null): void {
    if (internals !== this.#internals) {
      this.#leave();
      this.#internals = internals;
      if (internals) this.#enter(internals);
    }
    this.#look();
    this.#tell(false);
  }

  stop(): void {
    this.#leave();
    this.#internals = null;
  }

  #enter(internals: SessionInternals): void {
    const { server } = this.#options;
    this.#channel = openTabs(server, (message) => this.#receive(message));
    this.#release = [
      watchPresence(() => this.#onPresence()),
      internals.onEpochRequest(() => this.#live && this.#channel?.post({ type: 'epoch', from: tabId })),
      internals.onInk((author, message) => {
        if (this.#live) this.#channel?.post({ type: 'ink', from: tabId, author, message });
      }),
      internals.mirror.onOpenChange(() => this.#tell(false)),
    ];
    this.#tell(true);
    for (const message of this.#options.heard) this.#receive(message);
  }

  #leave(): void {
    if (!this.#channel) return;
    for (const release of this.#release) release();
    for (const stop of this.#watched.values()) stop();
    this.#channel.post({ type: 'over', from: tabId });
    this.#channel.close();
    this.#channel = undefined;
    this.#release = [];
    this.#watched.clear();
    this.#tabs.clear();
    this.#live = null;
    this.#isElsewhere = false;
  }

  #receive(message: TabMessage): void {
    const internals = this.#internals;
    if (!internals) return;
    const isLive = message.from === this.#live;
    switch (message.type) {
      case 'here':
        this.#tabs.set(message.from, message);
        if (message.isLocked) this.#watch(message.from);
        return this.#onPresence();
      case 'gone':
        return this.#forget(message.from);
      case 'frame':
        if (isLive && message.frame.kind === 'events') internals.mirror.send(message.frame);
        return;
      case 'page':
        if (isLive) internals.setPage(message.page);
        return;
      case 'start-page':
        if (isLive) internals.startPage(message.pageId);
        return;
      case 'ink':
        if (isLive) internals.sendInk(message.message);
        return;
      case 'act':
        if (this.#tabs.has(message.from) && guestActions.includes(message.action.type))
          this.#options.store.dispatch(message.action);
    }
  }

  /** A guest that crashes doesn't say so. */
  #watch(guest: string): void {
    if (this.#watched.has(guest)) return;
    this.#watched.set(
      guest,
      whenFree(guestLock(this.#options.server, guest), () => this.#forget(guest)),
    );
  }

  #forget(tab: string): void {
    this.#watched.get(tab)?.();
    this.#watched.delete(tab);
    if (this.#tabs.delete(tab)) this.#onPresence();
  }

  #onPresence(): void {
    const [live, isElsewhere] = [this.#live, this.#isElsewhere];
    this.#look();
    this.#tell(false);
    if (live !== this.#live || isElsewhere !== this.#isElsewhere) this.#options.changed();
  }

  /** Of the tabs that can be seen, the one that was come to last is in front. */
  #look(): void {
    const own = presence();
    const seen = [...this.#tabs].filter(([, { isSeen }]) => isSeen).sort(([, a], [, b]) => b.activeAt - a.activeAt);
    const [first] = seen;
    this.#isElsewhere = !own.isSeen && first !== undefined;
    const isInFront = first !== undefined && (!own.isSeen || first[1].activeAt > own.activeAt);
    const { mode } = this.#options.store.getState();
    this.#live = this.#internals && mode === 'full-device' && isInFront ? first[0] : null;
  }

  #tell(asks: boolean): void {
    const { store, server } = this.#options;
    const state = store.getState();
    if (!this.#channel || !state.session || (this.#tabs.size === 0 && !asks)) return;
    this.#channel.post({
      type: 'home',
      from: tabId,
      session: state.session,
      state: state.mode === 'full-device' ? forGuests(state) : null,
      live: this.#live,
      isOpen: this.#internals?.mirror.open ?? false,
      memory: state.mode === 'full-device' ? rawMemory(server) : null,
      asks,
    });
  }
}

/** Questions are asked in the home, and what to show is chosen there. */
function forGuests(state: SessionState): SessionState {
  const { screen } = state;
  const capture = screen && (screen.capture === 'on' ? screen : { ...screen, capture: 'unavailable' as const });
  return { ...state, request: null, lastOutcome: null, screen: capture };
}
