import { html, nothing, type TemplateResult } from 'lit';
import type { CobrowseError } from '../../protocol/index.js';
import { CobrowseErrorEvent } from '../events/error.js';
import type { ConsumerKey } from '../i18n/consumer/en.js';
import type { Localize } from '../i18n/localize.js';
import type { SessionScope } from '../internal/session-context.js';
import { askForScreen, canCapture } from '../screen/ask-capture.js';
import { capturingShell } from '../screen/capturing-shell.js';
import { CAPTURE_HANDLE, shareScreen } from '../screen/share-screen.js';
import type { SessionState, SessionStore } from '../session/types.js';
import { icons } from './icons.js';

const desks = new WeakMap<SessionStore, ScreenDesk>();

/** One for each session of a page, however many tags show it. */
export function screenDeskOf(scope: SessionScope): ScreenDesk {
  let desk = desks.get(scope.store);
  if (!desk) desks.set(scope.store, (desk = new ScreenDesk(scope)));
  return desk;
}

/**
 * Full device on the consumer's side: lets the person choose what is shown beside the site's own tabs, in the very task of the click
 * that allowed it, whoever's button that was; later by a button of the indicator.
 */
export class ScreenDesk {
  readonly canCapture = canCapture();
  readonly #scope: SessionScope;
  #state: SessionState;

  constructor(scope: SessionScope) {
    this.#scope = scope;
    this.#state = scope.store.getState();
    nameThisPage();
    // the app goes on when its page is loaded again
    if (this.#state.mode === 'full-device' && capturingShell()) this.choose();
    scope.store.subscribe((state) => this.#onState(state));
  }

  /** To be called in the task of a click. */
  choose(): void {
    if (!this.canCapture) return;
    const { store, host } = this.#scope;
    const onError = ({ code, recoverable }: CobrowseError) => {
      const docs = `docs/troubleshooting.md#${code}`;
      host.dispatchEvent(new CobrowseErrorEvent({ code, recoverable, docs }));
    };
    if (capturingShell())
      void import('../screen/shell-capture.js').then(
        (module) => module.shareByShell({ store, host, onError }),
        console.warn,
      );
    else void shareScreen({ store, stream: askForScreen(), onError });
  }

  /** Buttons of the indicator. */
  buttons(localize: Localize<ConsumerKey>, state: SessionState, isPill: boolean): TemplateResult | typeof nothing {
    if (state.mode !== 'full-device' || isPill) return nothing;
    const capture = state.screen?.capture;
    const offersChoice = this.canCapture && (capture === 'off' || capture === 'refused') && state.status === 'active';
    return html`${offersChoice ? button('choose', localize.term('choose'), icons.screen, () => this.choose()) : nothing}
    ${button('back', localize.term('thisTabOnly'), icons.takeBack, () => this.#scope.store.dispatch({ type: 'step-down' }))}`;
  }

  #onState(now: SessionState): void {
    const before = this.#state;
    this.#state = now;
    const isAllowed = now.mode === 'full-device' && before.mode !== 'full-device';
    // another tab, or a page that goes on after a reload, has no question of its own
    if (!isAllowed || before.request?.mode !== 'full-device') return;
    if (navigator.userActivation?.isActive ?? true) this.choose();
  }
}

/** What is said of full device: what was chosen, or that other windows stay invisible. */
export function screenKey({ screen }: SessionState): ConsumerKey {
  // what is muted may be seen again at any moment
  if (screen?.capture !== 'on' && screen?.capture !== 'muted') return 'seesTabs';
  return screen.surface === 'window' ? 'seesWindow' : screen.surface === 'tab' ? 'seesOtherTab' : 'seesScreen';
}

function button(part: string, words: string, icon: unknown, press: () => void): TemplateResult {
  const onClick = (event: Event) => {
    if (event.isTrusted) press();
  };
  return html`<button part=${part} type="button" class="button" @click=${onClick}>
    ${icon}<span>${words}</span>
  </button>`;
}

/** A page of this site that is captured as a tab says so to the page that captures it, which then shows the mirror. */
function nameThisPage(): void {
  const devices = navigator.mediaDevices as
    (MediaDevices & { setCaptureHandleConfig?(config: object): void }) | undefined;
  try {
    devices?.setCaptureHandleConfig?.({ handle: CAPTURE_HANDLE, permittedOrigins: [location.origin] });
  } catch {
    // in a frame; only a top-level page can be captured as a tab
  }
}
