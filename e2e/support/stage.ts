import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { TokenClaims } from '../../protocol/index.js';
import { createSyncServer, type SyncServer, type SyncServerOptions } from '../../sync-server/index.js';
import { signToken } from '../../sync-server/token.js';

const root = new URL('../..', import.meta.url).pathname;
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
};
export const secret = 'secret-of-the-journeys-0123456789abcdef';

export interface PageOptions {
  /** Inside `<head>`. */
  head?: string;
  /** Before the tag. */
  body?: string;
  /** Served as `page.js` beside it: pages under a strict policy have no inline script. */
  script?: string;
  style?: string;
  csp?: string;
  /** Attributes of `<cobrowse-session>` beside server, session and token. */
  attributes?: string;
  session?: string;
  /** The tag knows the session by the tab's memory only, or not at all. */
  isDormant?: boolean;
  claims?: Partial<TokenClaims>;
  /** Another way to the sync server than the straight one. */
  server?: string;
  /** Instead of a token signed for this page. */
  token?: string | null;
}

/** Pages of a test's own, the built kit, and a sync server that can be killed and started again. */
export interface Stage {
  readonly syncUrl: string;
  readonly origin: string;
  readonly server: SyncServer;
  consumerPage(options?: PageOptions): Promise<string>;
  agentPage(options?: PageOptions & { view?: string }): Promise<string>;
  token(claims: Partial<TokenClaims>): Promise<string>;
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

export async function createStage(options: Partial<SyncServerOptions> = {}): Promise<Stage> {
  const pages = new Map<string, { text: string; type: string; csp?: string }>();
  const web = createServer((request, response) => answer(pages, request.url ?? '/', response));
  const origin = await listen(web);
  const makeServer = (port: number) =>
    createSyncServer({ port, secret, allowedOrigins: [origin], logger: false, ...options });
  let server = makeServer(0);
  const { port, url } = await server.listen();
  const token = (claims: Partial<TokenClaims>) =>
    signToken({ sub: 'consumer-1', role: 'consumer', session: 'stage', ...claims }, secret);
  let count = 0;

  const publish = async (kind: 'consumer' | 'agent', inside: string, page: PageOptions) => {
    const {
      head = '',
      body = '',
      script = '',
      style = '',
      csp,
      attributes = '',
      session = 'stage',
      claims = {},
    } = page;
    const base =
      kind === 'agent'
        ? { sub: 'agent-1', name: 'Ada', role: 'agent' as const }
        : { sub: 'consumer-1', name: 'Chris', role: 'consumer' as const };
    const signed = page.token === undefined ? await token({ ...base, session, ...claims }) : page.token;
    const path = `/pages/${++count}`;
    const tag = `<cobrowse-session server="${page.server ?? url}" ${page.isDormant ? '' : `session="${escape(session)}"`} ${signed === null ? '' : `token="${signed}"`} company="Example" ${attributes}>${inside}</cobrowse-session>`;
    const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stage ${count}</title><link rel="stylesheet" href="${path}/page.css"><script src="${path}/page.js"></script><script type="module" src="/cdn/${kind}.js"></script>${head}</head><body>${body}${tag}</body></html>`;
    pages.set(path, {
      text,
      type: types['.html']!,
      ...(csp ? { csp: csp.replaceAll('{sync}', url.replace(/^http/, 'ws')) } : {}),
    });
    pages.set(`${path}/page.js`, { text: script, type: types['.js']! });
    pages.set(`${path}/page.css`, { text: style, type: types['.css']! });
    return `${origin}${path}`;
  };

  return {
    syncUrl: url,
    origin,
    get server() {
      return server;
    },
    token,
    consumerPage: (page = {}) => publish('consumer', '<cobrowse-consent></cobrowse-consent>', page),
    agentPage: (page = {}) =>
      publish(
        'agent',
        page.view ?? '<cobrowse-toolbar></cobrowse-toolbar><cobrowse-agent-view></cobrowse-agent-view>',
        { style: agentStyle, ...page },
      ),
    stopServer: () => server.close({ graceMs: 0 }),
    startServer: async () => {
      server = makeServer(port);
      await server.listen();
    },
    close: async () => {
      await server.close({ graceMs: 0 });
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
    },
  };
}

const agentStyle =
  'body { margin: 0 } cobrowse-session { display: flex !important; flex-direction: column; height: 100vh } cobrowse-agent-view { flex: 1; min-height: 0 }';

function answer(
  pages: Map<string, { text: string; type: string; csp?: string }>,
  url: string,
  response: ServerResponse,
): void {
  const path = url.split('?')[0]!;
  const page = pages.get(path);
  if (page) {
    response
      .writeHead(200, { 'content-type': page.type, ...(page.csp ? { 'content-security-policy': page.csp } : {}) })
      .end(page.text);
    return;
  }
  const file = join(root, 'dist', normalize(path));
  if (!existsSync(file) || !extname(file)) response.writeHead(404).end();
  else
    createReadStream(file).pipe(
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }),
    );
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)!};`);
}
