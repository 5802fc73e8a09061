import { CobrowseErrorEvent } from '../events/error.js';
import { overlayHostsOf } from '../internal/overlay-hosts.js';
import { internalsOf, onInternals, type SessionInternals } from '../session/internals.js';
import type { SessionState, SessionStore } from '../session/types.js';
import { HostElection } from './host-election.js';
import { PageControl } from './page-control.js';
import { InkDoor } from './ink-door.js';
import { newPageId, readPageInfo, watchPageInfo } from './page-info.js';
import { PageShell } from './page-shell.js';
import { Recording } from './recording.js';
import { TabDesk } from './tab-desk.js';
import type { Privacy } from './privacy.js';
import type { CobrowseSession } from './session.js';

/** The consumer's page from the first question on: recorder, what the agent may know of the page, ink, and our overlay. */
export interface ConsumerPage {
  /** What may leave the page is another thing now. */
  updatePrivacy(): void;
  /** What an agent in control has done, and what was refused: how often, by name. */
  readonly controlCounts: Readonly<Record<string, number>>;
  stop(): void;
}

export function startConsumerPage(element: CobrowseSession, store: SessionStore): ConsumerPage {
  return new Page(element, store);
}

/** One id for each document, whatever the tags on it do. */
const pageId = newPageId();

class Page implements ConsumerPage {
  readonly #element: CobrowseSession;
  readonly #store: SessionStore;
  readonly #hosts;
  readonly #election: HostElection;
  readonly #ink: InkDoor;
  readonly #control: PageControl;
  /** Nothing where the session is another tab's, or without a server. */
  readonly #tabs: TabDesk | undefined;
  readonly #release: (() => void)[];
  #internals: SessionInternals | null = null;
  #recording: Recording | undefined;
  readonly #shell = new PageShell(() => this.#tellPage());
  #stopWatching: (() => void) | undefined;
  #startedPage: SessionInternals | undefined;
  #superseded = false;

  constructor(element: CobrowseSession, store: SessionStore) {
    this.#element = element;
    this.#store = store;
    this.#hosts = overlayHostsOf(store);
    this.#election = new HostElection(element, store, this.#hosts);
    this.#ink = new InkDoor(store, this.#hosts, pageId);
    this.#control = new PageControl(this.#hosts);
    const { server, isGuest } = element;
    if (server && !isGuest) this.#tabs = new TabDesk({ server, store, changed: () => this.#update() });
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && this.#internals?.setLeaving(false);
    const onHide = () => this.#internals?.setLeaving(true);
    addEventListener('pageshow', onShow);
    addEventListener('pagehide', onHide);
    this.#release = [
      store.subscribe(() => this.#update()),
      onInternals(store, () => this.#update()),
      () => removeEventListener('pageshow', onShow),
      () => removeEventListener('pagehide', onHide),
    ];
    this.#update();
  }

  updatePrivacy(): void {
    this.#recording?.setPrivacy(this.#privacy);
    this.#tellPage();
  }

  get controlCounts(): Readonly<Record<string, number>> {
    return this.#control.counts;
  }

  stop(): void {
    for (const release of this.#release) release();
    this.#shell.stop();
    this.#stopSharing();
    this.#tabs?.stop();
    this.#control.setInternals(null);
    this.#ink.destroy();
    this.#election.destroy();
  }

  #update(): void {
    const internals = internalsOf(this.#store);
    if (internals !== this.#internals) this.#setInternals(internals);
    const state = this.#store.getState();
    const isSharing = internals !== null && (state.status === 'active' || state.status === 'paused');
    const isShared = isSharing && !this.#superseded;
    this.#tabs?.update(isShared ? internals : null);
    if (isShared) this.#share(internals, state);
    else this.#stopSharing();
    this.#control.update(this.#recording, state);
    this.#election.update(this.#superseded);
  }

  #setInternals(internals: SessionInternals | null): void {
    this.#stopSharing();
    this.#superseded = false;
    this.#internals = internals;
    this.#ink.setInternals(internals);
    this.#control.setInternals(internals);
  }

  #share(internals: SessionInternals, { status }: SessionState): void {
    const isInFront = !this.#tabs?.live;
    if (!isInFront) this.#startedPage = undefined;
    else if (this.#startedPage !== internals) {
      this.#startedPage = internals;
      internals.startPage(pageId);
    }
    this.#recording ??= this.#newRecording(internals);
    this.#recording.set(status === 'active' && isInFront ? 'on' : 'paused');
    this.#stopWatching ??= watchPageInfo(() => this.#tellPage());
    this.#tellPage();
  }

  /** While paused nothing new is told, not even a title. */
  #tellPage(): void {
    const state = this.#store.getState();
    this.#recording?.followAddress();
    if (this.#tabs?.live) return;
    const elsewhere = this.#tabs?.isElsewhere ?? false;
    const visible = this.#shell.isVisible;
    if (state.status === 'active')
      this.#internals?.setPage({ ...readPageInfo(pageId, this.#recording?.policy), visible, elsewhere });
    else if (state.status === 'paused' && state.page) this.#internals?.setPage({ ...state.page, visible, elsewhere });
  }

  #newRecording(internals: SessionInternals): Recording {
    return new Recording({
      internals,
      privacy: this.#privacy,
      pageId,
      onReady: () => this.#onRecorder(),
      onSuperseded: () => {
        this.#superseded = true;
        this.#update();
      },
      onError: ({ code, recoverable }) => {
        const docs = `docs/troubleshooting.md#${code}`;
        this.#element.dispatchEvent(new CobrowseErrorEvent({ code, recoverable, docs }));
      },
    });
  }

  get #privacy(): Privacy {
    return { ...this.#element.privacy, keepSubmit: this.#element.scope.keepSubmit };
  }

  #onRecorder(): void {
    // before there was a policy nothing of the page was told but its size
    this.#tellPage();
    this.#hosts.policy = this.#recording?.policy;
    this.#ink.setRecorder(this.#recording?.recorder);
    this.#control.update(this.#recording, this.#store.getState());
  }

  #stopRecording(): void {
    // before the recorder forgets the nodes
    this.#control.stop();
    this.#recording?.stop();
    this.#recording = undefined;
    this.#ink.setRecorder(undefined);
  }

  #stopSharing(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#stopRecording();
  }
}
