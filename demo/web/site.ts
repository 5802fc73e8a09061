import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Exchange, HttpError } from './exchange.js';
import { html } from './html.js';

export type Handler = (exchange: Exchange, ...parts: string[]) => void | Promise<void>;

/** Where a handler is used: `GET /product/:slug`, and `*` at the end for all that is below. */
export type Routes = Record<string, Handler>;

/** One web site of the demo on a port of its own. It has its address first and its pages then, as pages name other sites. */
export class Site {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /**
   * @param port 0 takes a free one
   * @throws when the port is taken (`EADDRINUSE`)
   */
  static async listen(port: number): Promise<Site> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new Site(server);
  }

  serve(routes: Routes): void {
    const table = Object.entries(routes).map(([pattern, handler]) => ({ ...compile(pattern), handler }));
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void answer(table, () => new Exchange(request, response), response);
    });
  }

  /** Ends every connection, streams too. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

type Route = ReturnType<typeof compile> & { handler: Handler };

function compile(pattern: string) {
  const [method, path] = pattern.split(' ') as [string, string];
  const source = path.replace(/[.]/g, '\\.').replace(/:\w+/g, '([^/]+)').replace(/\*$/, '(.*)');
  return { method, expression: new RegExp(`^${source}$`) };
}

async function answer(table: readonly Route[], open: () => Exchange, response: Exchange['response']): Promise<void> {
  try {
    const exchange = open();
    const method = exchange.request.method === 'HEAD' ? 'GET' : exchange.request.method;
    for (const { method: wanted, expression, handler } of table) {
      const match = wanted === method ? expression.exec(exchange.url.pathname) : null;
      if (!match) continue;
      await handler(exchange, ...match.slice(1));
      return;
    }
    throw new HttpError(404, 'Not found');
  } catch (error) {
    fail(response, error);
  }
}

function fail(response: Exchange['response'], error: unknown): void {
  const status = error instanceof HttpError ? error.status : 500;
  if (status === 500) console.error(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = error instanceof HttpError ? error.message : 'Something went wrong';
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' });
  response.end(
    html`<!doctype html><title>${status}</title>
      <h1>${message}</h1>
      <p><a href="/">Back to the start</a></p>`.text,
  );
}
