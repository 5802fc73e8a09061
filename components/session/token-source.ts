import { CobrowseError, type Role } from '../../protocol/index.js';
import type { SessionOptions, TokenContext } from './types.js';

/**
 * A token of the integrator: `getToken` first, else the one that was given.
 * @throws {CobrowseError} `unauthorized` when there is none, `connection-lost` when it could not be fetched.
 */
export async function askToken(
  { getToken, token }: SessionOptions,
  session: string,
  role: Role | null,
  reason: TokenContext['reason'],
): Promise<string> {
  const found: unknown = getToken ? await callGetToken(getToken, { session, role, reason }) : token;
  if (typeof found === 'string' && found !== '') return found;
  throw new CobrowseError('unauthorized', 'no token: set `token`, `getToken` or `token-url`');
}

async function callGetToken(getToken: NonNullable<SessionOptions['getToken']>, context: TokenContext): Promise<string> {
  try {
    return await getToken(context);
  } catch (cause) {
    if (cause instanceof CobrowseError) throw cause;
    // what `fetch` rejects with when the network is down
    const code = cause instanceof TypeError ? 'connection-lost' : 'unauthorized';
    throw new CobrowseError(code, 'getToken failed', { cause });
  }
}
