import type { PrivacyPolicy } from './privacy.js';

const LISTS = ['mask', 'block', 'unmask', 'ignore', 'noControl'] as const;

/** What holds on some pages only, beside what holds on all. */
export interface PrivacyRule extends Omit<PrivacyPolicy, 'rules' | 'keepSubmit' | 'url'> {
  /**
   * Address of the pages, as a path (`/cards/*`) or with the origin (`https://*.example.com/cards/*`). `*` is anything,
   * `:name` one part of the path. Query and fragment don't count.
   */
  url: string;
  /** Nothing of these pages is sent: an empty page is shown. */
  pause?: boolean;
}

/** What holds on one page. */
export type PagePolicy = Omit<PrivacyPolicy, 'rules'> & { pause?: boolean };

/** What holds at an address: lists add up; of `mode` and `classify` the last rule that names it counts. */
export function policyAt({ rules = [], ...policy }: PrivacyPolicy, address: string): PagePolicy {
  const found: PagePolicy = { ...policy };
  for (const rule of rules) if (matchesAddress(rule.url, address)) add(found, rule);
  return found;
}

function add(found: PagePolicy, { mode, classify, pause, ...lists }: PrivacyRule): void {
  if (mode) found.mode = mode;
  if (classify) found.classify = classify;
  if (pause) found.pause = true;
  for (const name of LISTS) found[name] = [found[name] ?? [], lists[name] ?? []].flat();
}

/** A rule that can't be read holds everywhere: it was written to hide something. */
function matchesAddress(pattern: string, address: string): boolean {
  const { origin, pathname } = new URL(address);
  try {
    const isWhole = pattern.includes('://');
    return expression(pattern).test(isWhole ? origin + pathname : pathname);
  } catch {
    return true;
  }
}

function expression(pattern: string): RegExp {
  const source = pattern
    .replace(/[?#].*$/, '')
    .replace(/\/:\w+/g, '/\u0000')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('\u0000', '[^/]+');
  // with and without a slash at the end: they are the same page nearly everywhere
  return new RegExp(`^${source.replace(/\/$/, '')}/?$`, 'i');
}
