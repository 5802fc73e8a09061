import type { Exchange } from './exchange.js';

/**
 * A strict Content-Security-Policy that a browser can be switched to: `/strict` switches it on for this site until
 * the browser is closed, `/strict/off` off. It is how a bank's page looks to the tags: nothing inline, Trusted Types.
 */
export class StrictPolicy {
  readonly #cookie: string;
  readonly #header: string;

  /** @param site a short name, as cookies know no ports. @param extra more directives. */
  constructor(site: string, sync: string, extra: readonly string[] = []) {
    this.#cookie = `${site}-csp`;
    this.#header = [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      `connect-src 'self' ${sync}`,
      "object-src 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html cobrowse-kit',
      ...extra,
    ].join('; ');
  }

  isOn(exchange: Exchange): boolean {
    return exchange.cookies.get(this.#cookie) === 'strict';
  }

  /** Puts the header on a page when this browser has asked for it. */
  apply(exchange: Exchange): void {
    if (this.isOn(exchange)) exchange.response.setHeader('Content-Security-Policy', this.#header);
  }

  /** `/strict` and `/strict/off`: the way to the start page, with the query kept. */
  switch(exchange: Exchange, on: boolean): void {
    exchange.setCookie(this.#cookie, on ? 'strict' : 'off');
    exchange.redirect(`/${exchange.url.search}`);
  }
}
