import type { Shell } from '../../protocol/shell-messages.js';

/** The app around this page, if it can show the whole screen. */
export function capturingShell(): Shell | undefined {
  const { cobrowseShell: shell } = globalThis as { cobrowseShell?: Partial<Shell> };
  return shell?.capture === true && typeof shell.postMessage === 'function' ? (shell as Shell) : undefined;
}
