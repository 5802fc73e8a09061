import {
  openTabs,
  presence,
  tabId,
  watchPresence,
  type HomeMessage,
  type TabChannel,
  type TabMessage,
} from './tabs.js';

export interface TabDoorOptions {
  server: string;
  /** A session in another tab, of full device: this page may be the one in front. */
  onHome(message: HomeMessage): void;
}

/** What a page without a session of its own says to the tab that has one. A page that is left or asleep says nothing. */
export class TabDoor {
  readonly #options: TabDoorOptions;
  #channel: TabChannel | undefined;
  readonly #release: (() => void)[];

  constructor(options: TabDoorOptions) {
    this.#options = options;
    const onShow = () => this.#open();
    const onHide = () => this.#close();
    addEventListener('pageshow', onShow);
    addEventListener('pagehide', onHide);
    this.#release = [
      watchPresence(() => this.#channel?.post(presence())),
      () => removeEventListener('pageshow', onShow),
      () => removeEventListener('pagehide', onHide),
    ];
    this.#open();
  }

  stop(): void {
    for (const release of this.#release) release();
    this.#close();
  }

  #open(): void {
    if (this.#channel) return;
    this.#channel = openTabs(this.#options.server, (message) => this.#receive(message));
    this.#channel.post(presence());
  }

  /** An open channel would keep the page out of the browser's cache. */
  #close(): void {
    this.#channel?.post({ type: 'gone', from: tabId });
    this.#channel?.close();
    this.#channel = undefined;
  }

  #receive(message: TabMessage): void {
    if (message.type !== 'home') return;
    if (message.asks) this.#channel?.post(presence());
    if (message.state) this.#options.onHome(message);
  }
}
