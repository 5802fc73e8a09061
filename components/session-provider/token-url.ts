import { CobrowseError } from '../../protocol/errors.js';
import type { TokenContext } from '../session/types.js';

/**
 * Fetches a token from the page's own back end, with its cookies.
 * @throws {CobrowseError} `unauthorized` when there's no token in what comes back, `connection-lost` when nothing does
 */
export async function fetchToken(url: string, context: TokenContext): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(context),
  }).catch((cause: unknown) => {
    throw new CobrowseError('connection-lost', 'token-url does not answer', { cause });
  });
  if (!response.ok) throw new CobrowseError(codeOf(response.status), `token-url answered ${response.status}`);
  const body = (await response.json().catch(() => null)) as { token?: unknown } | null;
  if (typeof body?.token !== 'string') throw new CobrowseError('unauthorized', 'token-url gave no `token`');
  return body.token;
}

function codeOf(status: number): 'server-error' | 'session-not-found' | 'unauthorized' {
  if (status >= 500) return 'server-error';
  return status === 404 ? 'session-not-found' : 'unauthorized';
}
