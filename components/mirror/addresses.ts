import type { CompiledPolicy } from './privacy.js';

/** Parameters whose name says that their value opens something. */
const SECRET_PARAMETERS =
  /([?&;#](?:amp;)?[\w.%-]*(?:token|secret|passw|session|auth|signature|credential|api-?_?key|jwt|otp|code|nonce|state|sig|key|sid|pin|ticket)[\w.%-]*=)[^&#\s"'`)<>\\]+/gi;
const LOGIN = /^([a-z][\w+.-]*:\/\/)[^/?#@\s]*@/i;
/** Parts of a path that are not words: an e-mail address, a long number, a key. */
const SECRET_PARTS =
  /\/(?:[^/]*(?:@|%40)[^/]*|[^/]*\d{7,}[^/]*|(?=[^/]*\d)(?=[^/]*[a-z])[^/]*[\w~=.-]{24,}[^/]*|[^/]*eyJ[\w-]{8,}[^/]*)(?=\/|$)/gi;

export type AddressDetail = CompiledPolicy['url'];

/** An address as the agent may read it. */
export function shownAddress(address: string, detail: AddressDetail): string {
  const scheme = /^([a-z][\w+.-]*:)(?!\/\/)/i.exec(address)?.[1];
  // who is written to or called is content; a script is code
  if (scheme) return scheme.toLowerCase() === 'javascript:' ? '#' : scheme;
  if (detail === 'full') return withoutSecrets(address);
  const [, origin = '', path = ''] = /^([a-z][\w+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(withoutLogin(address)) ?? [];
  return detail === 'origin' ? origin : origin + path.replace(SECRET_PARTS, '/…');
}

/** An address that is needed to load something: the same, without what opens other things. */
export function withoutSecrets(address: string): string {
  return /^(?:data|blob):/i.test(address) ? address : withoutLogin(address).replace(SECRET_PARAMETERS, '$1…');
}

function withoutLogin(address: string): string {
  return address.replace(LOGIN, '$1');
}

/**
 * Addresses in a style sheet. rrweb makes them absolute by the page's own, and takes a slash in its query for one of
 * its path.
 */
export function withoutSecretsInCss(css: string, page: string): string {
  const tail = /[?#].*\//s.exec(page)?.[0];
  const clean = tail ? css.replaceAll(tail, '') : css;
  return /[?&]/.test(clean) ? clean.replace(SECRET_PARAMETERS, '$1…') : clean;
}
