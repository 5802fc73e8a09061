import { accessSync, constants } from 'node:fs';

/** Flags that keep Debian's Chromium quiet and awake in tests: no look-ups outside, no throttling of the page behind. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];

/** The browser that tests drive: `CHROME_PATH`, or Debian's `chromium`. */
export function chromePath() {
  return process.env.CHROME_PATH || '/usr/bin/chromium';
}

/** Whether that browser can be run. */
export function hasBrowser() {
  try {
    accessSync(chromePath(), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
