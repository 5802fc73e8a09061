import { randomBytes } from 'node:crypto';
import { createSyncServer, type SyncServer, type SyncServerOptions } from '../sync-server/index.js';
import { Conversations } from './chat/conversations.js';
import { deskRoutes } from './desk/site.js';
import { shopRoutes } from './shop/site.js';
import { Site } from './web/site.js';

export interface DemoOptions {
  /** Port of the consumer's site; 0 takes a free one. Default 0. */
  readonly shopPort?: number;
  /** Port of the agent's site. Default 0. */
  readonly deskPort?: number;
  /** Port of the sync server. Default 0. */
  readonly syncPort?: number;
  /** More settings for the sync server, such as shorter time-outs in a test. */
  readonly sync?: Pick<SyncServerOptions, 'settings' | 'limits' | 'logger' | 'roomGrace'>;
}

export interface Demo {
  /** `http://` addresses without a slash at the end, `ws://` for the sync server. */
  readonly shopUrl: string;
  readonly deskUrl: string;
  readonly syncUrl: string;
  /** What tokens are signed with. */
  readonly secret: string;
  /** Kills the sync server and starts it again on the same port, with nothing remembered. */
  restartSync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The shop, the desk and the sync server in this process, on loopback. The secret is a new one each time.
 * @throws when a port is taken (`EADDRINUSE`); nothing is left running then
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const secret = randomBytes(32).toString('base64url');
  const sites: Site[] = [];
  let server: SyncServer | undefined;
  const close = async () => {
    await Promise.all(sites.map((site) => site.close()));
    await server?.close({ graceMs: 0 });
  };
  const listen = async (port = 0): Promise<Site> => {
    const site = await Site.listen(port);
    sites.push(site);
    return site;
  };

  try {
    const shop = await listen(options.shopPort);
    const desk = await listen(options.deskPort);
    const allowedOrigins = sites.flatMap(({ url }) => [url, url.replace('127.0.0.1', 'localhost')]);
    const startSync = async (port: number): Promise<number> => {
      server = createSyncServer({ logger: false, ...options.sync, port, secret, allowedOrigins });
      return (await server.listen()).port;
    };
    const syncPort = await startSync(options.syncPort ?? 0);

    const sync = `ws://127.0.0.1:${syncPort}`;
    const conversations = new Conversations();
    shop.serve(shopRoutes({ sync, secret, conversations }));
    desk.serve(deskRoutes({ sync, secret, conversations, shopUrl: shop.url }));
    const restartSync = async () => {
      await server?.close({ graceMs: 0 });
      await startSync(syncPort);
    };
    return { shopUrl: shop.url, deskUrl: desk.url, syncUrl: sync, secret, restartSync, close };
  } catch (error) {
    await close();
    throw error;
  }
}
