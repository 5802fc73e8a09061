import type { Server } from 'node:http';
import { LIMITS, MODES, type LimitName, type Mode, type ServerSettings } from '../protocol/index.js';
import type { Log } from './log.js';

export type Limits = Record<LimitName, number>;

/** How the server checks tokens: exactly one of these three. */
export interface KeyOptions {
  /** HS256. Several: the first that fits counts, so that a secret can be rotated. 32 bytes or more each. */
  secret?: string | readonly string[];
  /** A public key as PEM (SPKI) or JWK (JSON): RS256, PS256, ES256, EdDSA... */
  publicKey?: string;
  /** Address of a JWKS; fetched when needed and kept for some minutes. */
  jwksUrl?: string;
}

export interface SyncServerOptions extends KeyOptions {
  /** An HTTP server of yours to live in: we take the upgrades of our routes only. Absent: one of our own. */
  server?: Server;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 8787; 0 takes a free one. */
  port?: number;
  /**
   * Origins of the pages (or frames) with the tags: exact, or `https://*.example.com` for one label; `null` and other
   * schemes are possible. `*` allows all. Default: loopback origins, and the origin of the server's own address.
   * A request without an `Origin` header (not a browser) is always let through: it needs a token anyway.
   */
  allowedOrigins?: readonly string[];
  /** Signs and checks with a well-known secret, on loopback only. Never in production. */
  insecureDev?: boolean;
  /** Bounds that differ from `LIMITS`. */
  limits?: Partial<Limits>;
  /** Path before our routes, such as `/cobrowse`. Default: none. */
  basePath?: string;
  /** Expected `aud`. Default `cobrowse`, checked only when the token has one; given, the token must have it. */
  audience?: string;
  /** Expected `iss`. Default: any. */
  issuer?: string;
  /** Seconds that clocks may differ. Default 30. */
  leeway?: number;
  /** Modes that this server allows; an agent's request for another one is refused. Default: all. */
  modes?: readonly Mode[];
  /** Time-outs that the browsers obey, seconds. Defaults: see `LIMITS`. */
  settings?: Partial<ServerSettings>;
  /** Seconds that an empty session is kept for a reload or a reconnect. Default 30. */
  roomGrace?: number;
  /** Milliseconds between pings; a peer that has not answered the last one is dropped. Default 10 000. */
  pingMilliseconds?: number;
  /** Milliseconds that a peer may leave its buffer over the bound before it is dropped. Default 30 000. */
  stuckMilliseconds?: number;
  /** How many proxies in front of us to believe in `X-Forwarded-For`. Default 0. */
  trustProxy?: number;
  /** `/metrics` asks for this bearer token. Default: open. */
  metricsToken?: string;
  /** Default: a pino logger to standard output at level `info`. `false`: none. */
  logger?: Log | false;
  /** Called with each audit record: who joined, asked, answered, had control, ended, was refused. No page content. */
  onAudit?: (record: AuditRecord) => void;
  /** Address of your back end that is told what happens, signed with `webhookSecret`. */
  webhookUrl?: string;
  webhookSecret?: string;
  /** Milliseconds before each further try. Default: eleven tries in 24 hours. */
  webhookPauses?: readonly number[];
  /** Private key that signs receipts, as PEM (PKCS #8) or JWK: Ed25519, P-256 or RSA. Default: one that lives as long as the process. */
  receiptKey?: string;
  /** Seconds that a join code is good for. Default 600. */
  codeSeconds?: number;
  /** Page of yours where a join code can be used: it is put behind its `#`. */
  joinUrl?: string;
}

/**
 * `open`: the session is held here from now on. `status`: a step of the session that isn't its end. `mode`: a mode that was allowed;
 * `step-down`: back to screen share. `control`: who has it now, or nobody.
 */
export type AuditEvent =
  'open' | 'join' | 'leave' | 'request' | 'answer' | 'status' | 'mode' | 'step-down' | 'control' | 'end' | 'refused';

export interface AuditRecord {
  /** ISO 8601. */
  at: string;
  event: AuditEvent;
  session: string;
  sub?: string;
  role?: string;
  name?: string;
  recording?: string;
  [detail: string]: unknown;
}

export interface Configuration extends SyncServerOptions {
  host: string;
  port: number;
  basePath: string;
  leeway: number;
  roomGrace: number;
  pingMilliseconds: number;
  stuckMilliseconds: number;
  trustProxy: number;
  codeSeconds: number;
  modes: readonly Mode[];
  limits: Limits;
  settings: ServerSettings;
}

/** The server can't start with these settings. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** The secret of `insecureDev`: well known, on purpose. */
export const DEV_SECRET = 'cobrowse-insecure-dev-secret-not-for-production';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];

/** @throws {ConfigurationError} */
export function resolveOptions(options: SyncServerOptions): Configuration {
  const keys = [options.secret?.length ? options.secret : undefined, options.publicKey, options.jwksUrl].filter(
    Boolean,
  );
  const host = options.host ?? '127.0.0.1';
  if (options.insecureDev && !loopbackHosts.includes(host))
    throw new ConfigurationError('insecure-dev listens on loopback only: leave the host out, or give a key');
  if (keys.length === 0 && !options.insecureDev)
    throw new ConfigurationError('no key: set COBROWSE_SECRET, COBROWSE_PUBLIC_KEY or COBROWSE_JWKS_URL');
  if (keys.length > 1) throw new ConfigurationError('several kinds of key: give a secret, a public key or a JWKS');
  return {
    ...options,
    ...(keys.length === 0 ? { secret: DEV_SECRET } : {}),
    host,
    port: options.port ?? 8787,
    basePath: cleanBasePath(options.basePath ?? ''),
    leeway: options.leeway ?? 30,
    roomGrace: options.roomGrace ?? 30,
    pingMilliseconds: options.pingMilliseconds ?? 10_000,
    stuckMilliseconds: options.stuckMilliseconds ?? 30_000,
    trustProxy: options.trustProxy ?? 0,
    codeSeconds: options.codeSeconds ?? 600,
    modes: options.modes ?? MODES,
    limits: { ...LIMITS, ...definedOnly(options.limits ?? {}) },
    settings: resolveSettings(options.settings ?? {}),
  };
}

function resolveSettings(settings: Partial<ServerSettings>): ServerSettings {
  return {
    requestSeconds: LIMITS.requestSeconds,
    viewSeconds: LIMITS.viewSeconds,
    agentGraceSeconds: LIMITS.agentGraceSeconds,
    consumerGraceSeconds: LIMITS.consumerGraceSeconds,
    pauseSeconds: LIMITS.pauseSeconds,
    sessionSeconds: LIMITS.sessionSeconds,
    ...definedOnly(settings),
  };
}

function definedOnly<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

function cleanBasePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}
