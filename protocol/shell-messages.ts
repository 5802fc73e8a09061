import { isOneOf } from './vocabulary.js';

/**
 * Between a page in a web view and the app around it, the shell. The shell puts a `Shell` at `window.cobrowseShell` before the page's
 * own scripts run, and tells the page by events:
 *
 *     window.dispatchEvent(new CustomEvent('cobrowse-shell', { detail: { type: 'minimised' } }))
 *
 * The page answers by `postMessage`, in JSON. The pictures themselves go from the shell to the server: see docs/mobile.md.
 */
export interface Shell {
  /** Whether the shell can show the whole screen. Default: no. */
  readonly capture?: boolean;
  /** Takes a `PageToShell` as JSON. */
  postMessage(message: string): void;
}

/** Name of the shell's events on `window`. */
export const SHELL_EVENT = 'cobrowse-shell';

export const CAPTURE_ENDS = ['refused', 'stopped', 'failed'] as const;
/** Why the screen isn't captured: the person said no to the system, has stopped it there, or it can't be had. */
export type CaptureEnd = (typeof CAPTURE_ENDS)[number];

/** Shell -> page. */
export type ShellMessage =
  /** The app goes out of sight. To be told before the page is stopped by the system. */
  | { type: 'minimised' }
  | { type: 'restored' }
  /** The person has allowed the system's question, and pictures can be sent. */
  | { type: 'capture-started' }
  | { type: 'capture-ended'; reason: CaptureEnd };

/** Page -> shell. */
export type PageToShell =
  /** The person has allowed full device: to be answered with `capture-started` or `capture-ended`. */
  | { type: 'capture-wanted'; session: string; server: string }
  /** Full device has ended. */
  | { type: 'capture-over' };

/** What an event's `detail` says; undefined for anything else. An end without a known reason has failed. */
export function readShellMessage(detail: unknown): ShellMessage | undefined {
  const { type, reason } = (typeof detail === 'object' && detail ? detail : {}) as { type?: unknown; reason?: unknown };
  switch (type) {
    case 'minimised':
    case 'restored':
    case 'capture-started':
      return { type };
    case 'capture-ended':
      return { type, reason: isOneOf(CAPTURE_ENDS, reason) ? reason : 'failed' };
    default:
      return undefined;
  }
}
