import { readFileSync } from 'node:fs';
import { LIMITS, MODES, type LimitName, type Mode, type ServerSettings } from '../protocol/index.js';
import { ConfigurationError, type SyncServerOptions } from './options.js';

interface Values {
  text: string;
  list: readonly string[];
  integer: number;
  seconds: number;
  switch: boolean;
}

/** One setting: an environment variable, and the flag of the same name. */
export type Setting<Kind extends keyof Values = keyof Values> = {
  [K in Kind]: {
    /** `COBROWSE_REQUEST_TIMEOUT`; its flag is `--request-timeout`. */
    env: string;
    kind: K;
    help: string;
    default?: string | number;
    /** Not shown by `--print-config`, and readable from the file that `<env>_FILE` names. */
    secret?: true;
    /** @throws {ConfigurationError} */
    apply(options: CommandOptions, value: Values[K]): void;
  };
}[Kind];

export interface CommandOptions extends SyncServerOptions {
  logLevel?: string;
  auditLog?: string;
  /** Seconds. */
  drainDelay?: number;
}

const limit = (name: LimitName, help: string): Setting => ({
  env: `COBROWSE_MAX_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
  kind: 'integer',
  help,
  default: LIMITS[name],
  apply: (options, value) => (options.limits = { ...options.limits, [name]: value }),
});

const timeout = (env: string, name: keyof ServerSettings, help: string): Setting => ({
  env,
  kind: 'seconds',
  help,
  default: LIMITS[name],
  apply: (options, value) => (options.settings = { ...options.settings, [name]: value }),
});

const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** All settings of `cobrowse-sync-server`, in the order of `--help`. */
export const SETTINGS: readonly Setting[] = [
  {
    env: 'PORT',
    kind: 'integer',
    help: 'Port; 0 takes a free one',
    default: 8787,
    apply: (options, value) => (options.port = value),
  },
  {
    env: 'HOST',
    kind: 'text',
    help: 'Address to listen on',
    default: '127.0.0.1',
    apply: (options, value) => (options.host = value),
  },
  {
    env: 'COBROWSE_SECRET',
    kind: 'list',
    secret: true,
    help: 'HS256 secret of the tokens; several, comma separated, to rotate them',
    apply: (options, value) => (options.secret = value),
  },
  {
    env: 'COBROWSE_PUBLIC_KEY',
    kind: 'text',
    secret: true,
    help: 'Public key of the tokens instead: PEM or JWK',
    apply: (options, value) => (options.publicKey = value),
  },
  {
    env: 'COBROWSE_JWKS_URL',
    kind: 'text',
    help: 'Address of the public keys instead',
    apply: (options, value) => (options.jwksUrl = readUrl('COBROWSE_JWKS_URL', value)),
  },
  {
    env: 'COBROWSE_ALLOWED_ORIGINS',
    kind: 'list',
    help: 'Origins of the pages with the tags, comma separated: exact, https://*.example.com, null, or *. Without: loopback and same host',
    apply: (options, value) => (options.allowedOrigins = value),
  },
  {
    env: 'COBROWSE_TOKEN_AUDIENCE',
    kind: 'text',
    help: 'Audience that a token must have; without, cobrowse where it has one',
    apply: (options, value) => (options.audience = value),
  },
  {
    env: 'COBROWSE_TOKEN_ISSUER',
    kind: 'text',
    help: 'Issuer that a token must have',
    apply: (options, value) => (options.issuer = value),
  },
  {
    env: 'COBROWSE_TOKEN_LEEWAY',
    kind: 'seconds',
    help: 'How far clocks may differ',
    default: 30,
    apply: (options, value) => (options.leeway = value),
  },
  {
    env: 'COBROWSE_MODES',
    kind: 'list',
    help: 'Modes that this server allows',
    default: MODES.join(','),
    apply: (options, value) => (options.modes = readModes(value)),
  },
  timeout('COBROWSE_REQUEST_TIMEOUT', 'requestSeconds', 'How long a question waits for an answer'),
  timeout('COBROWSE_VIEW_TIMEOUT', 'viewSeconds', 'How long an Allow waits for the agent’s View'),
  timeout('COBROWSE_AGENT_GRACE', 'agentGraceSeconds', 'How long an agent may be away'),
  timeout('COBROWSE_CONSUMER_GRACE', 'consumerGraceSeconds', 'How long the consumer may be away'),
  timeout('COBROWSE_PAUSE_TIMEOUT', 'pauseSeconds', 'How long a session may be paused'),
  timeout('COBROWSE_SESSION_MAX', 'sessionSeconds', 'How long a session may last'),
  {
    env: 'COBROWSE_ROOM_GRACE',
    kind: 'seconds',
    help: 'How long an empty session is kept for a reload',
    default: 30,
    apply: (options, value) => (options.roomGrace = value),
  },
  {
    env: 'COBROWSE_DRAIN_DELAY',
    kind: 'seconds',
    help: 'How long to go on after a SIGTERM while /readyz says no',
    default: 3,
    apply: (options, value) => (options.drainDelay = value),
  },
  {
    env: 'COBROWSE_TRUST_PROXY',
    kind: 'text',
    help: 'How many proxies in front to believe in X-Forwarded-For; true is 1',
    default: 0,
    apply: (options, value) => (options.trustProxy = readHops(value)),
  },
  {
    env: 'COBROWSE_BASE_PATH',
    kind: 'text',
    help: 'Path before the routes, such as /cobrowse',
    apply: (options, value) => (options.basePath = value),
  },
  {
    env: 'COBROWSE_METRICS_TOKEN',
    kind: 'text',
    secret: true,
    help: 'Bearer token that /metrics asks for',
    apply: (options, value) => (options.metricsToken = value),
  },
  {
    env: 'COBROWSE_AUDIT_LOG',
    kind: 'text',
    help: 'File for who joined, asked, answered, had control, was refused: JSON lines; - is standard output',
    apply: (options, value) => (options.auditLog = value),
  },
  {
    env: 'COBROWSE_WEBHOOK_URL',
    kind: 'text',
    help: 'Address of your back end that is told what happens',
    apply: (options, value) => (options.webhookUrl = readUrl('COBROWSE_WEBHOOK_URL', value)),
  },
  {
    env: 'COBROWSE_WEBHOOK_SECRET',
    kind: 'text',
    secret: true,
    help: 'Signs what is sent there',
    apply: (options, value) => (options.webhookSecret = value),
  },
  {
    env: 'COBROWSE_RECEIPT_KEY',
    kind: 'text',
    secret: true,
    help: 'Private key that signs receipts: PEM (PKCS #8) or JWK; Ed25519, P-256 or RSA',
    apply: (options, value) => (options.receiptKey = value),
  },
  {
    env: 'COBROWSE_CODE_TTL',
    kind: 'seconds',
    help: 'How long a join code is good for',
    default: 600,
    apply: (options, value) => (options.codeSeconds = value),
  },
  {
    env: 'COBROWSE_JOIN_URL',
    kind: 'text',
    help: 'Page of yours where a join code can be used',
    apply: (options, value) => (options.joinUrl = readUrl('COBROWSE_JOIN_URL', value)),
  },
  {
    env: 'COBROWSE_INSECURE_DEV',
    kind: 'switch',
    help: 'Starts without a key, on loopback only: anybody can sign tokens',
    apply: (options, value) => (options.insecureDev = value),
  },
  {
    env: 'LOG_LEVEL',
    kind: 'text',
    help: levels.join(', '),
    default: 'info',
    apply: (options, value) => (options.logLevel = readLevel(value)),
  },
  limit('sessions', 'Sessions'),
  limit('connections', 'Connections'),
  limit('connectionsPerAddress', 'Connections from one address'),
  limit('attemptsPerSecond', 'Upgrades from one address in a second'),
  limit('participantsPerSession', 'People in one session'),
  limit('tokenBytes', 'Length of a token'),
  limit('docBytes', 'Size of one session’s doc'),
  limit('syncMessageBytes', 'Size of a message on /sync'),
  limit('syncMessagesPerSecond', 'Messages on /sync in a second'),
  limit('structsPerUpdate', 'Items in one update of the doc'),
  limit('awarenessBytes', 'Size of one presence'),
  limit('awarenessPerSecond', 'Presences in a second'),
  limit('requestsPerSession', 'Requests in one session'),
  limit('strokesPerSession', 'Strokes in one session'),
  limit('strokeBytes', 'Size of one stroke'),
  limit('mirrorFrameBytes', 'Size of a frame on /mirror'),
  limit('mirrorFramesPerSecond', 'Frames in a second'),
  limit('inkFrameBytes', 'Size of an ink frame'),
  limit('inputFrameBytes', 'Size of an input frame'),
  limit('inputFramesPerSecond', 'Input frames in a second'),
  limit('epochBytes', 'Bytes of the running epoch kept for a late agent'),
  limit('epochFrames', 'Frames of the running epoch kept for a late agent'),
  limit('peerBufferBytes', 'Bytes queued towards one peer'),
  limit('unauthenticatedMilliseconds', 'Milliseconds that the check of a token may take'),
];

/** Known names of later versions: to ignore them would be to promise what isn't kept. */
export const LATER = [
  'COBROWSE_REDIS_URL',
  'COBROWSE_METRICS_PORT',
  'COBROWSE_RECORDING',
  'COBROWSE_RECORDING_DIR',
  'COBROWSE_RECORDING_RETENTION_DAYS',
  'COBROWSE_AUDIT_RETENTION_DAYS',
  'COBROWSE_AUDIT_IP',
  'COBROWSE_OBSERVER_CONSENT',
];

/** `COBROWSE_REQUEST_TIMEOUT` -> `request-timeout`. */
export function flagOf({ env }: Pick<Setting, 'env'>): string {
  return env
    .replace(/^COBROWSE_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

const readers: { [K in keyof Values]: (env: string, text: string) => Values[K] } = {
  text: (_env, text) => text,
  list: (_env, text) =>
    text
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter(Boolean),
  switch: (env, text) => {
    if (!/^(true|false|1|0|)$/i.test(text)) throw new ConfigurationError(`${env} is true or false, not "${text}"`);
    return /^(true|1|)$/i.test(text);
  },
  integer: (env, text) => readNumber(env, text, 'a whole number'),
  seconds: (env, text) => readNumber(env, text, 'a whole number of seconds'),
};

/** Puts a value, given as text, into the options. @returns the value. @throws {ConfigurationError} */
export function applySetting<K extends keyof Values>(
  options: CommandOptions,
  setting: Setting<K>,
  text: string,
): Values[K] {
  const value = readers[setting.kind](setting.env, text);
  setting.apply(options, value);
  return value;
}

function readNumber(env: string, text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text.trim())) throw new ConfigurationError(`${env} is ${what}, not "${text}"`);
  return Number(text);
}

/** @throws {ConfigurationError} */
export function readSecretFile(env: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new ConfigurationError(`${env}: the file ${path} can’t be read`, { cause });
  }
}

function readUrl(env: string, text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new ConfigurationError(`${env} is an http(s) address, not "${text}"`);
  return text;
}

function readModes(names: readonly string[]): Mode[] {
  return names.map((name) => {
    const mode = MODES.find((known) => known === name);
    if (!mode) throw new ConfigurationError(`COBROWSE_MODES: there is no mode "${name}"`);
    return mode;
  });
}

function readHops(text: string): number {
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  if (!/^\d{1,2}$/.test(text))
    throw new ConfigurationError('COBROWSE_TRUST_PROXY is true, false or a number of proxies');
  return Number(text);
}

function readLevel(text: string): string {
  if (!levels.includes(text)) throw new ConfigurationError(`LOG_LEVEL is one of ${levels.join(', ')}, not "${text}"`);
  return text;
}
