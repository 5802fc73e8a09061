import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { ConfigurationError, type AuditRecord } from './options.js';

/** How a person has answered one request: what the server received, signed. */
export interface Receipt {
  /** The same for the same answer, however often it is told. */
  id: string;
  session: string;
  /** The integrator's own id of the conversation, where the session was made with one. */
  reference?: string;
  request: string;
  mode?: string;
  decision: string;
  agent?: { sub: string; name: string };
  consumer: { sub: string; name: string };
  /** What the page says that was shown. */
  shown?: { id: string; version: number; locale: string; text: string; sha256: string };
  minutes?: number;
  recording: string;
  askedAt?: string;
  answeredAt: string;
}

export interface SignedReceipt {
  receipt: Receipt;
  /** JWS in compact form; its payload is the receipt. */
  jws: string;
}

const mostKept = 10_000;

interface Signing {
  key: KeyObject;
  alg: 'ES256' | 'EdDSA' | 'RS256';
}

/** Signs receipts, and keeps the last ones. */
export class ReceiptDesk {
  readonly #signing: Signing;
  readonly #kid: string;
  readonly #kept = new Map<string, SignedReceipt>();
  /** For whoever checks a receipt. */
  readonly keys: { keys: Record<string, unknown>[] };

  /**
   * @param key private key as PEM (PKCS #8) or JWK: Ed25519, P-256 or RSA. Absent: one that lives as long as the process.
   * @throws {ConfigurationError}
   */
  constructor(key: string | undefined) {
    this.#signing = key === undefined ? { key: generateKeyPairSync('ed25519').privateKey, alg: 'EdDSA' } : readKey(key);
    const jwk = createPublicKey(this.#signing.key).export({ format: 'jwk' }) as Record<string, string>;
    this.#kid = thumbprint(jwk);
    this.keys = { keys: [{ ...jwk, kid: this.#kid, alg: this.#signing.alg, use: 'sig' }] };
  }

  /** @returns undefined when the record isn't an answer of a person to a question about a mode. */
  issue(record: AuditRecord, reference: string | undefined): SignedReceipt | undefined {
    const { session, request, decision, kind, shown } = record;
    const isQuestion = record.event === 'answer' && (kind === 'mode' || shown !== undefined);
    if (!isQuestion || typeof request !== 'string' || typeof decision !== 'string') return undefined;
    const consumer = { sub: record.sub ?? '', name: record.name ?? record.sub ?? '' };
    const receipt = {
      id: createHash('sha256').update(JSON.stringify([session, request, consumer.sub, decision])).digest('base64url').slice(0, 22), // prettier-ignore
      session,
      ...(reference === undefined ? {} : { reference }),
      request,
      ...pick(record, ['mode', 'agent', 'shown', 'minutes', 'askedAt']),
      decision,
      consumer,
      recording: record.recording ?? 'off',
      answeredAt: record.at,
    } as Receipt;
    const known = this.#kept.get(receipt.id);
    if (known) return known;
    const signed = { receipt, jws: this.#sign(receipt) };
    this.#kept.set(receipt.id, signed);
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!);
    return signed;
  }

  find(id: string): SignedReceipt | undefined {
    return this.#kept.get(id);
  }

  ofSession(session: string): SignedReceipt[] {
    return [...this.#kept.values()].filter(({ receipt }) => receipt.session === session);
  }

  #sign(receipt: Receipt): string {
    const { key, alg } = this.#signing;
    const header = { alg, kid: this.#kid, typ: 'cobrowse-receipt+jwt' };
    const text = [header, receipt].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const bytes = Buffer.from(text);
    const signature =
      alg === 'EdDSA' ? sign(null, bytes, key) : sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }
}

function pick(record: AuditRecord, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]));
}

function readKey(text: string): Signing {
  const key = importKey(text);
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === 'ed25519') return { key, alg: 'EdDSA' };
  if (key.asymmetricKeyType === 'ec' && curve === 'prime256v1') return { key, alg: 'ES256' };
  if (key.asymmetricKeyType === 'rsa') return { key, alg: 'RS256' };
  throw new ConfigurationError('COBROWSE_RECEIPT_KEY: Ed25519, P-256 or RSA');
}

function importKey(text: string): KeyObject {
  try {
    return text.trimStart().startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text) as Record<string, string>, format: 'jwk' })
      : createPrivateKey(text);
  } catch (cause) {
    throw new ConfigurationError('COBROWSE_RECEIPT_KEY can’t be read: a private key as PEM (PKCS #8) or JWK', {
      cause,
    });
  }
}

/** RFC 7638: of the members that make the key, in the order of their names. */
function thumbprint(jwk: Record<string, string>): string {
  const members = ['crv', 'e', 'kty', 'n', 'x', 'y'].filter((name) => jwk[name] !== undefined);
  const text = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(text).digest('base64url');
}
