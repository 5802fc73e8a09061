import type { CobrowseConsent } from '../consent/consent.js';
import { openDialog } from '../consent/top-layer.js';
import { isLeftToTags } from '../internal/asked.js';
import { composedContains, deepElementAt } from '../internal/deep-dom.js';
import { FAREWELL_MILLISECONDS, type OverlayHost, type OverlayHosts } from '../internal/overlay-hosts.js';
import type { SessionState, SessionStore } from '../session/types.js';
import { isReachable, topmostModal } from './page-modal.js';
import type { CobrowseSession } from './session.js';

/** How often the page is looked at for what no event tells: a dialog in a shadow root, a chat that was hidden. */
const LOOK_MILLISECONDS = 400;
/** Attributes and properties that our own tag takes over from the page's. */
const inherited = [
  'indicator',
  'placement',
  'company',
  'policyUrl',
  'stopShortcut',
  'withoutFrame',
  'withoutPause',
  'text',
] as const;

/**
 * Decides which tag carries indicator, frame and ink: the first one that is rendered, else one of our own at the end of
 * the body; while the page has a modal dialog open, one inside of it, as all else is inert.
 */
export class HostElection {
  readonly #element: CobrowseSession;
  readonly #store: SessionStore;
  readonly #hosts: OverlayHosts;
  #own: CobrowseConsent | undefined;
  /** The page's tag that was seen last: ours looks like it. */
  #model: OverlayHost | undefined;
  #listeners: AbortController | undefined;
  #observer: MutationObserver | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isScheduled = false;
  #isOut = false;
  /** Until when the end is told on the page. */
  #farewell = 0;
  #hasRaised = false;

  constructor(element: CobrowseSession, store: SessionStore, hosts: OverlayHosts) {
    this.#element = element;
    this.#store = store;
    this.#hosts = hosts;
    hosts.onMembers = () => this.#schedule();
    // a page of a vendor's own interface may have the session's tag only
    if (!customElements.get('cobrowse-consent'))
      void import('../cobrowse-consent.js').then(
        () => this.#schedule(),
        () => undefined,
      );
  }

  /** @param isOut this tab isn't the one that is shared */
  update(isOut: boolean): void {
    this.#isOut = isOut;
    this.#schedule();
  }

  destroy(): void {
    this.#isOut = true;
    this.#hosts.onMembers = undefined;
    this.#watch(false);
    this.#hosts.choose(null);
    this.#removeOwn();
  }

  /** Once for all that happens in a task. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      try {
        this.#elect();
      } catch (error) {
        console.warn('cobrowse-kit:', error);
      }
    });
  }

  #elect(): void {
    const state = this.#store.getState();
    const isNeeded = !this.#isOut && (isRunning(state) || this.#isFarewell(state));
    if (isNeeded && !customElements.get('cobrowse-consent')) return;
    this.#watch(isNeeded);
    if (state.status !== 'ended') this.#farewell = 0;
    if (!isNeeded) {
      this.#hosts.choose(null);
      this.#removeOwn();
      return;
    }
    const modal = topmostModal();
    this.#hosts.choose(modal ? this.#hostInside(modal) : this.#hostOnPage());
    this.#decideDialog(state, modal);
  }

  #isFarewell({ status }: SessionState): boolean {
    if (status !== 'ended' || !this.#hosts.current) return false;
    if (!this.#farewell) {
      this.#farewell = performance.now() + FAREWELL_MILLISECONDS;
      setTimeout(() => this.#schedule(), FAREWELL_MILLISECONDS + 50);
    }
    return performance.now() < this.#farewell;
  }

  #hostInside(modal: HTMLDialogElement): OverlayHost {
    const inside = this.#rendered().find((member) => composedContains(modal, member));
    if (!inside) return this.#putOwn(modal);
    this.#removeOwn();
    return inside;
  }

  #hostOnPage(): OverlayHost {
    const rendered = this.#rendered()[0];
    if (!rendered) return this.#putOwn(document.body);
    this.#removeOwn();
    return rendered;
  }

  #rendered(): OverlayHost[] {
    return this.#pageMembers().filter(
      (member) =>
        member.isConnected && !member.closest('[inert]') && member.checkVisibility({ contentVisibilityAuto: true }),
    );
  }

  #pageMembers(): OverlayHost[] {
    const members = [...this.#hosts.members].filter((member) => member !== this.#own);
    this.#model = members[0] ?? this.#model;
    return members;
  }

  #putOwn(place: HTMLElement): OverlayHost {
    const own = (this.#own ??= this.#makeOwn());
    if (own.parentNode !== place) place.append(own);
    return own;
  }

  #makeOwn(): CobrowseConsent {
    const own = document.createElement('cobrowse-consent');
    own.toggleAttribute('data-cobrowse-host', true);
    own.presentation = 'none';
    own.session = this.#element;
    const model = this.#model;
    if (!model) return own;
    Object.assign(own, Object.fromEntries(inherited.map((name) => [name, model[name]])));
    for (const child of model.children) if (child.slot) own.append(child.cloneNode(true));
    return own;
  }

  #removeOwn(): void {
    this.#own?.remove();
    this.#own = undefined;
  }

  /** A question that can't be answered where it stands is asked in a dialog of our own, on top of all others. */
  #decideDialog({ request }: SessionState, modal: HTMLDialogElement | null): void {
    const asking = this.#pageMembers().filter(({ presentation }) => presentation !== 'none');
    const usable = this.#rendered().filter((member) =>
      member.presentation === 'dialog' ? true : !modal || composedContains(modal, member),
    );
    const isStuck =
      asking.some(({ presentation }) => presentation === 'dialog') || modal
        ? !asking.some((member) => usable.includes(member))
        : false;
    const asksInDialog = Boolean(request && isLeftToTags(this.#store, request.id)) && asking.length > 0 && isStuck;
    if (asksInDialog === this.#hosts.asksInDialog) return;
    this.#hosts.asksInDialog = asksInDialog;
    for (const member of this.#hosts.members) member.requestUpdate();
  }

  #watch(on: boolean): void {
    if (!on) {
      this.#listeners?.abort();
      this.#listeners = undefined;
      this.#observer?.disconnect();
      clearInterval(this.#timer);
      return;
    }
    if (this.#listeners) return;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const options = { signal, capture: true, passive: true };
    document.addEventListener('toggle', (event) => this.#onToggle(event), options);
    for (const type of ['focusin', 'close', 'fullscreenchange', 'pointerdown'])
      document.addEventListener(type, () => this.#look(), options);
    this.#observer = new MutationObserver(() => this.#look());
    this.#observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['open', 'inert', 'hidden'] });
    this.#timer = setInterval(() => whenIdle(() => this.#look()), LOOK_MILLISECONDS);
  }

  /** Something of the page has come into the top layer, above our ink. */
  #onToggle(event: Event): void {
    const target = event.target as Element | null;
    const isOurs = event.composedPath().some((one) => this.#hosts.members.has(one as OverlayHost));
    if (isOurs || !target?.matches?.('[popover], dialog')) return;
    if ((event as ToggleEvent).newState === 'open') this.#hosts.raise?.(true);
    this.#look();
  }

  /** Cheap while all is well: one hit test. */
  #look(): void {
    if (!this.#listeners) return;
    const { indicator, dialog } = this.#hosts;
    if (dialog?.open) {
      if (isBelow(dialog)) openDialog(dialog, true);
      return;
    }
    const canReach = indicator !== null && isReachable(indicator);
    if (canReach) this.#hasRaised = false;
    if (canReach && this.#isInPlace() && !this.#store.getState().request) return;
    if (indicator && !canReach && !this.#hasRaised) {
      this.#hasRaised = true;
      this.#hosts.raise?.(true);
    }
    this.#schedule();
  }

  /** Our own tag is there only as long as none of the page's can do it. */
  #isInPlace(): boolean {
    const own = this.#own;
    if (!own) return true;
    return own.parentNode === document.body ? this.#rendered().length === 0 : own.matches(':modal cobrowse-consent');
  }
}

/** Just after a frame the layout is known: a hit test amid the page's changes would have it made once more. */
function whenIdle(look: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(look, { timeout: LOOK_MILLISECONDS });
  else look();
}

function isRunning({ request, status }: SessionState): boolean {
  return Boolean(request) || status === 'allowed' || status === 'active' || status === 'paused';
}

/** A modal dialog of the page was opened later and takes the clicks, also beside it. */
function isBelow(dialog: HTMLDialogElement): boolean {
  const modal = topmostModal();
  return (
    modal !== null && composedContains(modal, deepElementAt(1, 1)) && !composedContains(dialog, deepElementAt(1, 1))
  );
}
