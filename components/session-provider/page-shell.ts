import { readShellMessage, SHELL_EVENT } from '../../protocol/shell-messages.js';

/** The app around this page, where there is one: a web view is not told by every system that its app is out of sight. */
export class PageShell {
  #isMinimised = false;
  readonly #controller = new AbortController();

  constructor(changed: () => void) {
    const onEvent = (event: Event) => {
      const type = readShellMessage((event as CustomEvent<unknown>).detail)?.type;
      if (type !== 'minimised' && type !== 'restored') return;
      this.#isMinimised = type === 'minimised';
      changed();
    };
    addEventListener(SHELL_EVENT, onEvent, { signal: this.#controller.signal });
  }

  /** Whether the person can see this page. */
  get isVisible(): boolean {
    return document.visibilityState === 'visible' && !this.#isMinimised;
  }

  stop(): void {
    this.#controller.abort();
  }
}
