import {
  homeLock,
  openTabs,
  presence,
  tabId,
  watchPresence,
  type HomeMessage,
  type TabChannel,
  type TabMessage,
} from './tabs.js';

/** A home that holds its lock and doesn't answer in this time is busy, but there. */
const ANSWER_MILLISECONDS = 1000;

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
      watchPresence(() => this.#channel?.post(presence(false))),
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
    this.#channel.post(presence(false));
  }

  /** An open channel would keep the page out of the browser's cache. */
  #close(): void {
    this.#channel?.post({ type: 'gone', from: tabId });
    this.#channel?.close();
    this.#channel = undefined;
  }

  #receive(message: TabMessage): void {
    if (message.type !== 'home') return;
    if (message.asks) this.#channel?.post(presence(false));
    if (message.state) this.#options.onHome(message);
  }
}

/** Whether the session that this tab remembers goes on in another tab, of which this one is a copy. */
export async function isSharedElsewhere(server: string, session: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return false;
  const name = homeLock(server);
  try {
    const isHeld = await locks.request(name, { ifAvailable: true }, (lock) => !lock);
    return isHeld && (await isAnswered(locks, name, server, session));
  } catch {
    return false;
  }
}

/** Held by the page that is just being left for this one, or by another tab, which answers. */
function isAnswered(locks: LockManager, name: string, server: string, session: string): Promise<boolean> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const timer = setTimeout(() => settle(true), ANSWER_MILLISECONDS);
    const channel = openTabs(server, (message) => {
      if (message.type === 'home' && message.session === session) settle(true);
    });
    const settle = (isShared: boolean) => {
      clearTimeout(timer);
      controller.abort();
      channel.close();
      resolve(isShared);
    };
    channel.post(presence(false));
    locks.request(name, { signal: controller.signal }, () => settle(false)).catch(() => undefined);
  });
}
