import type { InkMessage } from '../../protocol/index.js';
import type { OverlayHosts } from '../internal/overlay-hosts.js';
import type { Recorder } from '../mirror/types.js';
import type { SessionInternals } from '../session/internals.js';
import type { SessionStore } from '../session/types.js';
import { drawsSomething } from './draws-something.js';
import type { PageInk } from './page-ink.js';

/** Messages that wait while what draws is loaded: seconds of several people's drawing. */
const EARLY_MESSAGES = 1000;

/** Waits for the first ink on this page: most pages that are shared never see any. */
export class InkDoor {
  readonly #store: SessionStore;
  readonly #hosts: OverlayHosts;
  readonly #pageId: string;
  readonly #release: () => void;
  #internals: SessionInternals | null = null;
  #recorder: Recorder | undefined;
  #stopInk: (() => void) | undefined;
  #ink: PageInk | undefined;
  #isLoading = false;
  #isDestroyed = false;
  #early: [author: string, message: InkMessage][] = [];

  constructor(store: SessionStore, hosts: OverlayHosts, pageId: string) {
    this.#store = store;
    this.#hosts = hosts;
    this.#pageId = pageId;
    this.#release = store.subscribe(() => this.#look());
  }

  setInternals(internals: SessionInternals | null): void {
    this.#stopInk?.();
    this.#stopInk = undefined;
    this.#internals = internals;
    this.#early = [];
    if (this.#ink) this.#ink.setInternals(internals);
    else this.#stopInk = internals?.onInk((author, message) => this.#receive(author, message));
  }

  setRecorder(recorder: Recorder | undefined): void {
    this.#recorder = recorder;
    this.#ink?.setRecorder(recorder);
    this.#look();
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#release();
    this.#stopInk?.();
    this.#ink?.destroy();
  }

  #receive(author: string, message: InkMessage): void {
    if (this.#early.length === 0 && !drawsSomething(message)) return;
    if (this.#early.push([author, message]) > EARLY_MESSAGES) this.#early.shift();
    void this.#load();
  }

  #look(): void {
    const { annotations, tool } = this.#store.getState();
    if (this.#recorder && (tool !== 'none' || annotations.length > 0)) void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#ink || this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { PageInk } = await import('./page-ink.js');
      if (this.#isDestroyed) return;
      this.#release();
      this.#stopInk?.();
      this.#ink = new PageInk(this.#store, this.#hosts, this.#pageId);
      this.#ink.setInternals(this.#internals);
      this.#ink.setRecorder(this.#recorder);
      // nobody takes away what somebody drew who has left meanwhile
      const present = this.#store.getState().participants.map(({ id }) => id);
      for (const [author, message] of this.#early) if (present.includes(author)) this.#ink.receive(author, message);
      this.#early = [];
    } catch {
      // without a network; the next ink tries again
    } finally {
      this.#isLoading = false;
    }
  }
}
