import { cleanName, CobrowseError, colorOf, isOneOf, ROLES } from '../../protocol/index.js';
import type { Identity } from './types.js';

/**
 * Who a token says we are, for display: the server alone decides whether it is true.
 *
 * @throws {CobrowseError} `unauthorized` when it isn't a token, `forbidden` when it is for another session.
 */
export function readIdentity(token: string, session: string): Identity {
  const claims = decodeClaims(token);
  const { sub, name, role, color, modes } = claims;
  if (typeof sub !== 'string' || sub === '' || !isOneOf(ROLES, role))
    throw new CobrowseError('unauthorized', 'the token names no person or role');
  if (claims.session !== session) throw new CobrowseError('forbidden', 'the token is for another session');
  return {
    sub,
    role,
    session,
    name: (typeof name === 'string' && cleanName(name)) || sub,
    color: typeof color === 'string' && /^#[\da-f]{6}$/i.test(color) ? color : colorOf(sub),
    ...(Array.isArray(modes) ? { modes: modes.filter((mode) => typeof mode === 'string') } : {}),
  };
}

function decodeClaims(token: string): Record<string, unknown> {
  // it travels as a WebSocket subprotocol, which can't be just any text
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw new CobrowseError('unauthorized', 'this is not a token');
  try {
    const part = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.codePointAt(0)!);
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown> | null;
    if (claims) return claims;
    throw new TypeError('no claims');
  } catch (cause) {
    throw new CobrowseError('unauthorized', 'this is not a token', { cause });
  }
}
