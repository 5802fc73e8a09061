import type { PerformerUi } from '../control/performer/types.js';
import type { CompiledPolicy } from '../mirror/privacy.js';
import type { SessionStore } from '../session/types.js';

/** How long the end is told on the page. */
export const FAREWELL_MILLISECONDS = 8000;

/** A tag that can carry what lies over the page: indicator, frame and ink. */
export interface OverlayHost extends HTMLElement {
  presentation: 'inline' | 'dialog' | 'none';
  indicator: string;
  placement: string;
  company: string;
  policyUrl: string;
  stopShortcut: string;
  withoutFrame: boolean;
  withoutPause: boolean;
  text: Readonly<Record<string, string>> | undefined;
  requestUpdate(): void;
}

/** The tags of one session that can carry the overlay, and the one that does. */
export class OverlayHosts {
  /** In the order in which they came. */
  readonly members = new Set<OverlayHost>();
  current: OverlayHost | null = null;
  /** Where ink is drawn, when the current host has rendered it. */
  ink: HTMLElement | null = null;
  /** The bar or pill, when the current host has rendered it. */
  indicator: Element | null = null;
  /** The agent's cursor and what the consumer is asked to do, when the current host shows them. */
  control: PerformerUi | null = null;
  /** What may leave the page, while it is recorded. */
  policy: CompiledPolicy | undefined;
  /** Lifts the overlay above what the page has put into the top layer since. */
  raise: ((force?: boolean) => void) | undefined;
  /** No tag can ask where it stands: the current host does, in a dialog of its own. */
  asksInDialog = false;
  /** The tag that has its dialog open, and the dialog. */
  dialogOf: OverlayHost | null = null;
  dialog: HTMLDialogElement | null = null;
  /** A tag has come or gone; set by who decides. */
  onMembers: (() => void) | undefined;
  /** `ink` is another one; set by who draws. */
  onInk: (() => void) | undefined;

  join(host: OverlayHost): void {
    this.members.add(host);
    this.onMembers?.();
  }

  leave(host: OverlayHost): void {
    this.members.delete(host);
    if (this.current === host) this.choose(null);
    this.onMembers?.();
  }

  choose(host: OverlayHost | null): void {
    if (host === this.current) return;
    const last = this.current;
    this.current = host;
    this.indicator = null;
    this.control = null;
    this.raise = undefined;
    this.setInk(null);
    last?.requestUpdate();
    host?.requestUpdate();
  }

  setInk(container: HTMLElement | null): void {
    if (container === this.ink) return;
    this.ink = container;
    this.onInk?.();
  }

  setDialog(host: OverlayHost | null, dialog: HTMLDialogElement | null): void {
    this.dialogOf = host;
    this.dialog = dialog;
  }
}

const registry = new WeakMap<SessionStore, OverlayHosts>();

export function overlayHostsOf(store: SessionStore): OverlayHosts {
  let hosts = registry.get(store);
  if (!hosts) registry.set(store, (hosts = new OverlayHosts()));
  return hosts;
}
