import type { SessionInternals } from '../session/internals.js';
import type { SessionStore } from '../session/types.js';
import type { TabHome } from './tab-home.js';
import { holdLock, homeLock } from './tab-locks.js';
import { openTabs, type TabChannel, type TabMessage } from './tabs.js';

export interface TabDeskOptions {
  server: string;
  store: SessionStore;
  /** Another tab is in front, or this one again. */
  changed(): void;
}

/** Where the other tabs of the site are heard of, while this one has a session. What deals with them comes with the first of them. */
export class TabDesk {
  readonly #options: TabDeskOptions;
  readonly #heard: TabMessage[] = [];
  #internals: SessionInternals | null = null;
  #channel: TabChannel | undefined;
  #letGo: (() => void) | undefined;
  #home: TabHome | undefined;
  #isLoading = false;

  constructor(options: TabDeskOptions) {
    this.#options = options;
  }

  /** The guest that records instead of this page, or null. */
  get live(): string | null {
    return this.#home?.live ?? null;
  }

  /** Whether the person is on another tab of the site. */
  get isElsewhere(): boolean {
    return this.#home?.isElsewhere ?? false;
  }

  /** @param internals null while nothing is shared. */
  update(internals: SessionInternals | null): void {
    this.#internals = internals;
    if (internals) this.#open();
    else this.#close();
    this.#home?.update(internals);
  }

  stop(): void {
    this.#internals = null;
    this.#close();
    this.#home?.stop();
  }

  #open(): void {
    const { server } = this.#options;
    this.#letGo ??= holdLock(homeLock(server));
    if (this.#home) return;
    this.#channel ??= openTabs(server, (message) => {
      this.#heard.push(message);
      if (message.type === 'here') void this.#load();
    });
  }

  #close(): void {
    this.#letGo?.();
    this.#letGo = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#heard.length = 0;
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { TabHome } = await import('./tab-home.js');
      const heard = [...this.#heard];
      this.#channel?.close();
      this.#channel = undefined;
      this.#home = new TabHome({ ...this.#options, heard });
      this.#home.update(this.#internals);
      this.#options.changed();
    } catch {
      // without a network; the next tab that comes tries again
      this.#isLoading = false;
    }
  }
}
