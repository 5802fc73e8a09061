import type { Mode, Role } from './vocabulary.js';

/** First entry of the WebSocket subprotocol list; the token is the second. The server answers with this one only. */
export const SUBPROTOCOL = 'cobrowse.v1';
/** Default `aud` of a token. */
export const AUDIENCE = 'cobrowse';

/** What a participant's token says. Signed by the integrator's back end; the server trusts nothing else about a person. */
export interface TokenClaims {
  /** The person's id, stable over connections. */
  sub: string;
  /** Shown to the other side. Defaults to `sub`. */
  name?: string;
  role: Role;
  /** The one session that this token opens. */
  session: string;
  /** Expiry, seconds since 1970. */
  exp: number;
  iat?: number;
  aud?: string;
  iss?: string;
  jti?: string;
  /**
   * True: this is not a page of the person but the app around it. It may send the screen, in full device, and nothing else, and joins
   * `/mirror` only. With the role `consumer` and that person's `sub`.
   */
  device?: boolean;
  /** Modes this person may take part in. Absent: all. */
  modes?: Mode[];
  /** Preferred ink colour, `#rrggbb`. */
  color?: string;
  locale?: string;
  /** The integrator's own id of the conversation: comes back in receipts, webhooks and lists. At most 128 characters. */
  reference?: string;
}

/** A name fit to be shown inside a question: bounded, without control and bidi characters. */
export function cleanName(name: string, limit = 64): string {
  const clean = name
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/ +/g, ' ')
    .trim();
  // not through the middle of a character
  return clean
    .slice(0, limit)
    .replace(/\p{Cs}$/u, '')
    .trim();
}
