import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeName, CobrowseError, isFinalClose, SUBPROTOCOL } from '../../protocol/index.js';
import { readIdentity } from './identity.js';
import { MirrorSocket } from './mirror-socket.js';
import type { Identity, MirrorChannel, Transport, TransportRequest } from './types.js';

/** After so many refused docs in a row it isn't tried again. */
const mostRefusals = 3;

/** Connects to a sync server. @throws {CobrowseError} when there is no usable token. */
export async function connectNetwork(request: TransportRequest & { webSocket?: typeof WebSocket }): Promise<Transport> {
  const token = await request.token('connect');
  return new NetworkTransport(request, token, readIdentity(token, request.session));
}

class NetworkTransport implements Transport {
  readonly identity: Identity;
  readonly #request: TransportRequest & { webSocket?: typeof WebSocket };
  readonly #mirror: MirrorSocket;
  doc = new Y.Doc();
  awareness = new Awareness(this.doc);
  #provider: WebsocketProvider;
  #token: string;
  #refusals = 0;
  /** A token that was refused right after it was fetched is not fetched again. */
  #freshToken = true;
  #closed = false;

  constructor(request: TransportRequest & { webSocket?: typeof WebSocket }, token: string, identity: Identity) {
    this.identity = identity;
    this.#request = request;
    this.#token = token;
    this.#provider = this.#connectDoc();
    this.#mirror = new MirrorSocket({
      url: `${base(request.server)}/mirror/${encodeURIComponent(request.session)}`,
      token: () => this.#token,
      ...(request.webSocket ? { webSocket: request.webSocket } : {}),
      onHello: ({ settings }) => request.events.settings(settings),
      onLatency: (milliseconds) => request.events.latency(milliseconds),
      onClosed: (reason) => this.#mirrorClosed(reason),
    });
    globalThis.addEventListener?.('online', this.#hurry);
  }

  get mirror(): MirrorChannel {
    return this.#mirror;
  }

  openMirror(): void {
    if (!this.#closed) this.#mirror.connect();
  }

  close(): void {
    this.#closed = true;
    globalThis.removeEventListener?.('online', this.#hurry);
    this.#mirror.close();
    this.#dropDoc();
  }

  readonly #hurry = (): void => {
    this.#mirror.hurry();
    if (!this.#closed && !this.#provider.wsconnected) {
      this.#provider.disconnect();
      this.#provider.connect();
    }
  };

  #connectDoc(): WebsocketProvider {
    const { server, session, webSocket } = this.#request;
    const provider = new WebsocketProvider(`${base(server)}/sync`, encodeURIComponent(session), this.doc, {
      awareness: this.awareness,
      protocols: [SUBPROTOCOL, this.#token],
      // tabs would exchange updates behind the server's back
      disableBc: true,
      maxBackoffTime: 1000,
      ...(webSocket ? { WebSocketPolyfill: webSocket } : {}),
    });
    provider.on('status', ({ status }) => this.#tell(status === 'connected' && provider.synced));
    provider.on('sync', (synced: boolean) => {
      if (synced) this.#freshToken = false;
      this.#tell(provider.wsconnected);
    });
    provider.on('connection-close', (event) => this.#docClosed(event?.code ?? 1006));
    provider.on('closed', ({ code }) => void this.#docRefused(code));
    return provider;
  }

  #tell(connected: boolean): void {
    if (!this.#closed) this.#request.events.status({ connected, synced: this.#provider.synced });
  }

  #docClosed(code: number): void {
    this.#tell(false);
    const name = closeName(code);
    // a final one is told when it's known whether it can be mended
    if (!this.#closed && name && !isFinalClose(code)) this.#request.events.closed({ code, name, final: false });
  }

  async #docRefused(code: number): Promise<void> {
    if (this.#closed) return;
    const name = closeName(code);
    if (name === 'update-refused' && ++this.#refusals <= mostRefusals) this.#startAfresh();
    else if ((name === 'token-expired' || name === 'unauthorized') && !this.#freshToken && (await this.#refreshToken()))
      this.#provider.connect();
    else this.#request.events.closed({ code, name, final: true });
  }

  /** The refused update is in our doc and would be sent again: a new doc, filled by the server. */
  #startAfresh(): void {
    this.#dropDoc();
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.#provider = this.#connectDoc();
    this.#request.events.closed({ code: 4422, name: 'update-refused', final: false });
    this.#request.events.replaced();
  }

  #dropDoc(): void {
    this.#provider.destroy();
    this.awareness.destroy();
    this.doc.destroy();
  }

  async #refreshToken(): Promise<boolean> {
    try {
      const token = await this.#request.token('refresh');
      // the same one again would be refused again
      if (token === this.#token || readIdentity(token, this.#request.session).sub !== this.identity.sub) return false;
      this.#token = token;
      this.#freshToken = true;
      this.#provider.protocols = [SUBPROTOCOL, token];
      return !this.#closed;
    } catch (error) {
      if (!(error instanceof CobrowseError)) console.warn('cobrowse-kit: no new token', error);
      return false;
    }
  }

  #mirrorClosed(reason: Parameters<TransportRequest['events']['closed']>[0]): void {
    const { name } = reason;
    if (this.#closed || !name) return;
    if (name === 'token-expired' || name === 'unauthorized') {
      // the doc's connection fetches the token; this one follows
      void this.#refreshToken().then((fresh) => (fresh ? this.#mirror.connect() : this.#request.events.closed(reason)));
    } else {
      this.#request.events.closed({ ...reason, final: false });
      if (reason.final && name === 'malformed-frame') this.#mirror.connect();
    }
  }
}

function base(server: string): string {
  return server.replace(/^http/, 'ws').replace(/\/+$/, '');
}
