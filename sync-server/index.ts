import type { SyncServerOptions } from './options.js';
import { SyncServer } from './sync-server.js';

/**
 * A sync server: on a port of its own, or inside an HTTP server of yours.
 *
 * @throws {ConfigurationError} when the settings don't fit, such as no key.
 */
export function createSyncServer(options: SyncServerOptions = {}): SyncServer {
  return new SyncServer(options);
}

export type { SyncServer };
export { ConfigurationError, DEV_SECRET, type SyncServerOptions } from './options.js';
