import {
  createRemoteJWKSet,
  errors,
  importJWK,
  importSPKI,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';
import {
  AUDIENCE,
  cleanName,
  colorOf,
  isOneOf,
  MODES,
  ROLES,
  type CloseName,
  type Mode,
  type Role,
} from '../protocol/index.js';
import { ConfigurationError, type Configuration } from './options.js';

/** Who a connection speaks for: everything we believe about a person, read from the token. */
export interface Person {
  readonly sub: string;
  readonly name: string;
  readonly role: Role;
  readonly session: string;
  /** Not a page of the consumer, but the app around it. */
  readonly device?: true;
  /** `#rrggbb`. */
  readonly color: string;
  /** Absent: all. */
  readonly modes?: readonly Mode[];
  /** Seconds since 1970. */
  readonly exp: number;
  /** The integrator's id of the conversation. */
  readonly reference?: string;
}

/** The token was refused; `code` is the name of the close code. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly code: CloseName;

  constructor(code: CloseName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface Verifier {
  /** @throws {TokenError} (rejects) */
  person(token: string): Promise<Person>;
  /** A back end that may use the REST API. @returns its `sub`. @throws {TokenError} (rejects) */
  service(token: string): Promise<string>;
}
type VerifyOnce = (token: string, options: JWTVerifyOptions) => Promise<{ payload: JWTPayload }>;

const asymmetric = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** @throws {ConfigurationError} when a key can't be used. */
export function createVerifier(configuration: Configuration): Verifier {
  const verify = createVerifyOnce(configuration);
  const { audience, issuer, leeway, limits } = configuration;
  const checks: JWTVerifyOptions = {
    clockTolerance: leeway,
    requiredClaims: ['sub', 'exp'],
    ...(audience ? { audience } : {}),
    ...(issuer ? { issuer } : {}),
  };
  const claimsOf = async (token: string) => {
    if (token.length > limits.tokenBytes) throw new TokenError('unauthorized', 'the token is too long');
    const { payload } = await verify(token, checks).catch((error: unknown) => {
      throw named(error);
    });
    if (!audience && payload.aud !== undefined && ![payload.aud].flat().includes(AUDIENCE))
      throw new TokenError('unauthorized', 'the token is for another audience');
    return payload;
  };
  return {
    person: async (token) => readPerson(await claimsOf(token), limits.subLength, limits.nameLength),
    service: async (token) => {
      const { role, sub = '' } = await claimsOf(token);
      if (role !== 'service') throw new TokenError('forbidden', 'the token’s role is not service');
      return sub;
    },
  };
}

function createVerifyOnce({ secret, publicKey, jwksUrl, limits }: Configuration): VerifyOnce {
  if (jwksUrl) {
    const keys = createRemoteJWKSet(new URL(jwksUrl), {
      timeoutDuration: limits.unauthenticatedMilliseconds,
      // a key that has just been added is found soon, and names of keys that are made up cost little
      cooldownDuration: 1000,
    });
    return (token, options) => jwtVerify(token, keys, { ...options, algorithms: asymmetric });
  }
  if (publicKey) {
    const key = importPublic(publicKey);
    key.catch(() => undefined);
    return async (token, options) => jwtVerify(token, await key, { ...options, algorithms: asymmetric });
  }
  const secrets = [secret ?? []].flat().map((text) => new TextEncoder().encode(text));
  return (token, options) => verifyWithAny(token, secrets, { ...options, algorithms: ['HS256'] });
}

async function importPublic(text: string) {
  try {
    return text.trimStart().startsWith('{')
      ? await importJWK(JSON.parse(text) as Parameters<typeof importJWK>[0])
      : await importSPKI(text, /BEGIN RSA|rsaEncryption/.test(text) ? 'RS256' : await guessAlgorithm(text));
  } catch (cause) {
    throw new ConfigurationError('the public key can’t be read: PEM (SPKI) or JWK', { cause });
  }
}

/** A PEM doesn't name its algorithm, and WebCrypto wants it: the first that imports is the one. */
async function guessAlgorithm(pem: string): Promise<string> {
  for (const algorithm of ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256']) {
    try {
      await importSPKI(pem, algorithm);
      return algorithm;
    } catch {
      // another kind of key
    }
  }
  throw new ConfigurationError('unknown kind of public key');
}

/** Rotation: the token may be signed with any of them. What the last one says counts when none fits. */
async function verifyWithAny(token: string, secrets: readonly Uint8Array[], options: JWTVerifyOptions) {
  let last: unknown;
  for (const secret of secrets) {
    try {
      return await jwtVerify(token, secret, options);
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      last = error;
    }
  }
  throw last;
}

function named(error: unknown): TokenError {
  if (error instanceof errors.JWTExpired) return new TokenError('token-expired', 'the token has expired');
  if (error instanceof errors.JWKSTimeout) return new TokenError('server-error', 'the keys can’t be fetched');
  if (error instanceof ConfigurationError) return new TokenError('server-error', error.message);
  if (error instanceof errors.JWKSInvalid) return new TokenError('server-error', 'the keys can’t be read');
  const reason = error instanceof errors.JOSEError ? error.code : 'the token can’t be read';
  // the JWKS address answers, but not with keys
  if (reason === 'ERR_JOSE_GENERIC') return new TokenError('server-error', 'the keys can’t be fetched');
  // a JWKS that can't be had is our trouble, and passes
  if (error instanceof TypeError) return new TokenError('server-error', 'the keys can’t be fetched', { cause: error });
  return new TokenError('unauthorized', reason, { cause: error });
}

function readPerson(payload: JWTPayload, subLength: number, nameLength: number): Person {
  const { sub, name, role, session, color, modes, exp, device, reference } = payload;
  // in a frame its length is one byte
  if (typeof sub !== 'string' || sub === '' || sub.length > subLength || Buffer.byteLength(sub) > 255)
    throw new TokenError('unauthorized', 'the token’s sub is missing or too long');
  if (!isOneOf(ROLES, role)) throw new TokenError('forbidden', 'the token’s role is unknown');
  if (typeof session !== 'string' || session === '') throw new TokenError('forbidden', 'the token names no session');
  if (device === true && role !== 'consumer') throw new TokenError('forbidden', 'only a consumer has a device');
  return {
    sub,
    role,
    session,
    exp: exp!,
    name: (typeof name === 'string' && cleanName(name, nameLength)) || sub,
    color: typeof color === 'string' && /^#[\da-f]{6}$/i.test(color) ? color : colorOf(sub),
    ...(device === true ? { device } : {}),
    ...(typeof reference === 'string' && reference.length <= 128 ? { reference } : {}),
    ...(Array.isArray(modes) ? { modes: modes.filter((mode) => isOneOf(MODES, mode)) } : {}),
  };
}
