import { importJWK, importPKCS8, SignJWT } from 'jose';
import { AUDIENCE, type TokenClaims } from '../protocol/index.js';

/** An HS256 secret as text, or a private key as PEM (PKCS #8), JWK or key object. */
export type SigningKey = string | Parameters<typeof importJWK>[0] | CryptoKey;

/** Of a back end that uses the REST API. */
export interface ServiceClaims {
  sub: string;
  role: 'service';
  iat?: number;
  aud?: string;
  iss?: string;
}

export interface SignOptions {
  /** Life of the token: seconds, or words such as `15m`. Default `1h`. Ignored where the claims have `exp`. */
  expiresIn?: number | string;
  /** Default: HS256 for a secret, the key's own `alg` for a JWK, else ES256. */
  algorithm?: string;
  /** Name of the key, for a server that reads a JWKS. */
  keyId?: string;
}

/**
 * Signs a token that lets one person join one session, or with the role `service` a back end use the REST API. For back ends in Node; call it after you have checked who asks.
 *
 * @example
 *     const token = await signToken(
 *       { sub: 'agent-7', name: 'Ana', role: 'agent', session: 'chat-42' },
 *       process.env.COBROWSE_SECRET,
 *       { expiresIn: '15m' },
 *     );
 *
 * @throws {TypeError} when the key can't be read or a claim is missing.
 */
export async function signToken(
  claims: (Omit<TokenClaims, 'exp'> | ServiceClaims) & { exp?: number },
  key: SigningKey,
  options: SignOptions = {},
): Promise<string> {
  const needed = claims.role === 'service' ? ['sub'] : ['sub', 'role', 'session'];
  for (const name of needed) {
    const value = (claims as Record<string, unknown>)[name];
    if (typeof value !== 'string' || value === '') throw new TypeError(`the claim ${name} is missing`);
  }
  const { expiresIn = '1h', keyId } = options;
  const algorithm = options.algorithm ?? defaultAlgorithm(key);
  const token = new SignJWT({ aud: AUDIENCE, ...claims })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(keyId ? { kid: keyId } : {}) })
    .setIssuedAt(claims.iat);
  if (claims.exp === undefined)
    token.setExpirationTime(typeof expiresIn === 'number' ? Math.floor(Date.now() / 1000) + expiresIn : expiresIn);
  return token.sign(await importKey(key, algorithm));
}

function isPem(key: SigningKey): key is string {
  return typeof key === 'string' && key.includes('-----BEGIN');
}

function defaultAlgorithm(key: SigningKey): string {
  if (typeof key === 'string') return isPem(key) ? 'ES256' : 'HS256';
  return 'alg' in key && typeof key.alg === 'string' ? key.alg : 'ES256';
}

async function importKey(key: SigningKey, algorithm: string): Promise<CryptoKey | Uint8Array> {
  if (isPem(key)) return importPKCS8(key, algorithm);
  if (typeof key === 'string') return new TextEncoder().encode(key);
  return 'kty' in key ? importJWK(key, algorithm) : (key as CryptoKey);
}
