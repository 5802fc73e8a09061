import type { BrowserCommand } from '../../../protocol/index.js';

interface BrowserNavigation {
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}

/**
 * Goes back, forward, to another page of this site, or loads the page again.
 * @returns false for what leads off the site: that is the consumer's to do.
 */
export function runCommand(command: BrowserCommand, address?: string): boolean {
  const { navigation } = window as { navigation?: BrowserNavigation };
  switch (command) {
    case 'reload':
      location.reload();
      return true;
    case 'back':
      // where the browser doesn't tell what lies there
      if (navigation?.canGoBack === false) return false;
      history.back();
      return true;
    case 'forward':
      if (navigation?.canGoForward === false) return false;
      history.forward();
      return true;
    case 'go':
      return go(address ?? '');
  }
}

function go(address: string): boolean {
  const url = resolve(address);
  if (!url || url.origin !== location.origin || !/^https?:$/.test(url.protocol)) return false;
  location.assign(url);
  return true;
}

/** An address without a scheme is one of this site. */
export function resolve(address: string): URL | null {
  try {
    return new URL(address, location.href);
  } catch {
    return null;
  }
}
