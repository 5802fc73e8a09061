import {
  CobrowseError,
  readShellMessage,
  SHELL_EVENT,
  type CaptureEnd,
  type PageToShell,
} from '../../protocol/index.js';
import { capturingShell } from './capturing-shell.js';
import { internalsOf } from '../session/internals.js';
import type { SessionStore } from '../session/types.js';

export interface ShellCaptureOptions {
  store: SessionStore;
  /** The `<cobrowse-session>`. */
  host: HTMLElement & { server?: string };
  onError(error: CobrowseError): void;
}

const running = new WeakMap<SessionStore, ShellCapture>();

/** Asks the shell to show the screen; ends with the mode, and ends the mode when the person stops it by the system. */
export function shareByShell(options: ShellCaptureOptions): void {
  const before = running.get(options.store);
  if (before) before.ask();
  else running.set(options.store, new ShellCapture(options));
}

class ShellCapture {
  readonly #options: ShellCaptureOptions;
  readonly #release: (() => void)[];

  constructor(options: ShellCaptureOptions) {
    this.#options = options;
    const onEvent = (event: Event) => this.#onEvent((event as CustomEvent<unknown>).detail);
    addEventListener(SHELL_EVENT, onEvent);
    this.#release = [
      () => removeEventListener(SHELL_EVENT, onEvent),
      options.store.subscribe(({ mode }) => {
        if (mode !== 'full-device') this.#stop();
      }),
    ];
    this.ask();
  }

  ask(): void {
    const { store, host } = this.#options;
    this.#internals?.setCapture({ capture: 'asking', surface: null });
    this.#post({ type: 'capture-wanted', session: store.getState().session ?? '', server: host.server ?? '' });
  }

  get #internals() {
    return internalsOf(this.#options.store);
  }

  #onEvent(detail: unknown): void {
    const message = readShellMessage(detail);
    if (message?.type === 'capture-started') this.#internals?.setCapture({ capture: 'on', surface: 'screen' });
    if (message?.type === 'capture-ended') this.#onEnded(message.reason);
  }

  #onEnded(reason: CaptureEnd): void {
    const { store, onError } = this.#options;
    // as when a browser's own button has stopped it
    if (reason === 'stopped') return void store.dispatch({ type: 'step-down' });
    const [capture, code] =
      reason === 'refused'
        ? (['refused', 'capture-refused'] as const)
        : (['unavailable', 'capture-unsupported'] as const);
    this.#internals?.setCapture({ capture, surface: null });
    onError(new CobrowseError(code, `the app: ${reason}`));
  }

  #stop(): void {
    running.delete(this.#options.store);
    for (const release of this.#release) release();
    this.#post({ type: 'capture-over' });
  }

  #post(message: PageToShell): void {
    try {
      capturingShell()?.postMessage(JSON.stringify(message));
    } catch (error) {
      console.warn('cobrowse-kit: the app around this page does not answer', error);
    }
  }
}
