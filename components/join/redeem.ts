import { CobrowseError, type ErrorCode } from '../../protocol/errors.js';

/** What a code opens: a session, and this person's token for it. */
export interface Redeemed {
  session: string;
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** Zeros of the digits that keyboards write: Latin, Arabic, Persian, Devanagari, Bengali. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6];

/** The digits of what was typed, whatever their script and what stands between them. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/./gsu, (character) => {
    const point = character.codePointAt(0)!;
    const zero = zeros.find((one) => point >= one && point < one + 10);
    return zero === undefined ? '' : String(point - zero);
  });
}

/** The code behind `#cobrowse=` in an address. */
export function codeIn(hash: string): string | undefined {
  return /^#cobrowse=(\d{4,12})$/.exec(hash)?.[1];
}

/**
 * Exchanges a code at the server; it is used up then.
 * @param server `wss://host[/base]`
 * @throws {CobrowseError} `session-not-found` for a code that opens nothing, `rate-limited` after too many tries, `connection-lost`
 */
export async function redeem(server: string, code: string): Promise<Redeemed> {
  const address = `${server.replace(/^ws/, 'http').replace(/\/$/, '')}/v1/codes/${code}/redeem`;
  const response = await fetch(address, { method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(
    (cause: unknown) => {
      throw new CobrowseError('connection-lost', 'the server does not answer', { cause });
    },
  );
  if (!response.ok) throw new CobrowseError(errorOf(response.status), `the server answered ${response.status}`);
  const body = (await response.json().catch(() => null)) as Partial<Redeemed> | null;
  if (typeof body?.session !== 'string' || typeof body.token !== 'string')
    throw new CobrowseError('server-error', 'the server gave no token');
  return { session: body.session, token: body.token, expiresAt: String(body.expiresAt) };
}

function errorOf(status: number): ErrorCode {
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'server-error' : 'session-not-found';
}
