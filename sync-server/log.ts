import { pino } from 'pino';

type Write = (fields: object, message: string) => void;

/** What we need of a logger; pino's fits. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
}

/** Never in a log, whoever writes it: tokens and what a page shows. */
const redact = { paths: ['token', '*.token', 'authorization', '*.authorization'], censor: '[hidden]' };

export function createLog(level = 'info'): Log {
  return pino({ name: 'cobrowse-sync-server', level, redact });
}

const ignore = () => undefined;
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
