/** Says whether a page of this origin may connect. `host`: the `Host` header that it used to reach us. */
export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

const loopback = /^https?:\/\/(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Exact origins, and `https://*.example.com` for exactly one label. With an empty list: loopback origins, and the origin of
 * our own address. No `Origin` header means that it isn't a browser: then the token alone decides.
 */
export function createOriginCheck(allowed: readonly string[] = []): OriginCheck {
  if (allowed.length === 0)
    return (origin, host) => origin === undefined || loopback.test(origin) || isSameHost(origin, host);
  const checks = allowed.map(compile);
  return (origin) => origin === undefined || checks.some((check) => check(origin));
}

function compile(entry: string): (origin: string) => boolean {
  if (entry === '*') return () => true;
  const wanted = entry.replace(/\/$/, '').toLowerCase();
  const star = wanted.indexOf('*.');
  if (star < 0) return (origin) => origin.toLowerCase() === wanted;
  const [before, after] = [wanted.slice(0, star), wanted.slice(star + 1)];
  return (origin) => {
    const lower = origin.toLowerCase();
    if (!lower.startsWith(before) || !lower.endsWith(after)) return false;
    return /^[a-z0-9-]+$/.test(lower.slice(before.length, lower.length - after.length));
  };
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && /^https?:\/\//i.test(origin) && origin.replace(/^https?:\/\//i, '') === host;
}
