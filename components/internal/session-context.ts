import { createContext } from '@lit/context';
import type { SessionStore } from '../session/types.js';

/** What `<cobrowse-session>` gives to the tags inside it, and to those that name it. */
export interface SessionScope {
  /** The `<cobrowse-session>` element; its events are fired here. */
  readonly host: HTMLElement;
  readonly store: SessionStore;
  /** Words for `{company}` and `{site}` and the link of "How co-browsing works". */
  readonly company: string;
  readonly site: string;
  readonly policyUrl: string;
  /** Submit buttons are kept for the consumer: an agent in control can't press them. */
  readonly keepSubmit: boolean;
  /** `auto` follows the `color-scheme` of the page. */
  readonly theme: 'light' | 'dark' | 'auto';
}

export const sessionContext = createContext<SessionScope | undefined>(Symbol('cobrowse-session'));

/** Fired on `<cobrowse-session>` when what it provides has changed; not for integrators. */
export const SCOPE_CHANGE = 'cobrowse-internal-scope';

/** Implemented by `<cobrowse-session>`, for the tags that find it by id or property instead of the tree. */
export interface SessionProvider extends HTMLElement {
  readonly scope: SessionScope;
}

export function isSessionProvider(value: unknown): value is SessionProvider {
  return typeof value === 'object' && value !== null && 'scope' in value;
}
