import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  CLOSE_CODES,
  closeName,
  CobrowseError,
  isFinalClose,
  SUBPROTOCOL,
  type CloseName,
} from '../../protocol/index.js';
import { longestPause } from './backoff.js';
import { endpointOf, type Endpoint } from './endpoint.js';
import { readIdentity } from './identity.js';
import { MirrorSocket, type MirrorSocketOptions } from './mirror-socket.js';
import type { Identity, MirrorChannel, Transport, TransportFactory, TransportRequest } from './types.js';

/** More refused docs than this in half a minute, and it isn't tried again. */
const mostRefusals = 2;
const refusalWindow = 30_000;
/** So often the mirror connection is opened again after the server has closed it for what we sent. */
const mostMirrorFaults = 3;

type WebSocketClass = typeof WebSocket;

/** Connects to a sync server. @throws {CobrowseError} (rejects) when there is no usable token or address. */
export const connectNetwork: TransportFactory = (request) => open(request);

/** The same with another WebSocket than the global one, such as that of `ws` in Node. */
export function networkTransport(options: { webSocket: WebSocketClass }): TransportFactory {
  return (request) => open(request, options.webSocket);
}

async function open(request: TransportRequest, webSocket?: WebSocketClass): Promise<Transport> {
  const endpoint = endpointOf(request.server, request.session);
  const token = await request.token('connect');
  return new NetworkTransport(request, endpoint, token, readIdentity(token, request.session), webSocket);
}

class NetworkTransport implements Transport {
  readonly identity: Identity;
  doc = new Y.Doc();
  awareness = new Awareness(this.doc);
  readonly #request: TransportRequest;
  readonly #endpoint: Endpoint;
  readonly #webSocket: WebSocketClass | undefined;
  readonly #mirror: MirrorSocket;
  #provider: WebsocketProvider;
  #token: string;
  /** The one that the doc's connection was opened with. */
  #docToken = '';
  /** Tokens that were refused: the same one again would be refused again. */
  readonly #refusedTokens = new Set<string>();
  #refreshing: Promise<boolean> | undefined;
  #refusals: number[] = [];
  #mirrorFaults = 0;
  /** Open, and nothing comes. */
  #isStalled = false;
  #closed = false;
  /** The doc's connection had come as far as to be in sync. */
  #wasIn = false;

  constructor(
    request: TransportRequest,
    endpoint: Endpoint,
    token: string,
    identity: Identity,
    webSocket: WebSocketClass | undefined,
  ) {
    this.#request = request;
    this.#endpoint = endpoint;
    this.#token = token;
    this.identity = identity;
    this.#webSocket = webSocket;
    this.#mirror = new MirrorSocket({
      url: endpoint.mirror,
      token: () => this.#token,
      ...(webSocket ? { webSocket } : {}),
      onHello: ({ settings }) => request.events.settings(settings),
      onLatency: (milliseconds) => request.events.latency(milliseconds),
      onStalled: (isStalled) => {
        this.#isStalled = isStalled;
        this.#tell(this.#provider);
      },
      onClosed: (reason) => void this.#mirrorClosed(reason),
    });
    this.#provider = this.#connectDoc();
    globalThis.addEventListener?.('online', this.#hurry);
    globalThis.addEventListener?.('offline', this.#onOffline);
  }

  get mirror(): MirrorChannel {
    return this.#mirror;
  }

  openMirror(): void {
    if (!this.#closed) this.#mirror.connect();
  }

  close(): void {
    this.#stop();
    this.#dropDoc();
  }

  /** The browser says that the network is back. */
  readonly #hurry = (): void => {
    const wasStalled = this.#isStalled;
    this.#mirror.hurry();
    if (this.#closed || (this.#provider.wsconnected && !wasStalled)) return;
    this.#provider.disconnect();
    this.#provider.connect();
  };

  readonly #onOffline = (): void => this.#mirror.stall();

  #connectDoc(): WebsocketProvider {
    const provider = new WebsocketProvider(this.#endpoint.sync, this.#endpoint.room, this.doc, {
      connect: false,
      awareness: this.awareness,
      protocols: [SUBPROTOCOL, this.#token],
      // tabs would exchange updates behind the server's back
      disableBc: true,
      ...(this.#webSocket ? { WebSocketPolyfill: this.#webSocket } : {}),
    });
    provider.on('status', ({ status }) => {
      if (status === 'connecting') this.#docToken = this.#token;
      // presence is made anew, or the others would take it for what they know already
      if (status === 'connected') this.awareness.setLocalState(this.awareness.getLocalState() ?? {});
      this.#tell(provider);
    });
    provider.on('sync', (synced) => {
      if (synced) this.#wasIn = true;
      this.#tell(provider);
    });
    provider.on('connection-close', (event) => {
      provider.maxBackoffTime = longestPause(provider.wsUnsuccessfulReconnects);
      this.#docClosed(event?.code ?? 1006);
    });
    provider.on('closed', ({ code }) => void this.#docRefused(code, provider));
    try {
      provider.connect();
    } catch (cause) {
      provider.destroy();
      throw new CobrowseError('bad-request', 'the browser refuses this server address', { cause });
    }
    return provider;
  }

  #tell(provider: WebsocketProvider): void {
    // events of the first attempt come before the constructor is done
    if (this.#closed || (this.#provider && provider !== this.#provider)) return;
    const connected = provider.wsconnected && !this.#isStalled;
    this.#request.events.status({ connected, synced: connected && provider.synced });
  }

  /** A final close is told when it is known whether it can be mended. */
  #docClosed(code: number): void {
    const name = closeName(code);
    // a server that goes lets all move to the next one: no trouble, unless that one sends them away too
    const moves = name === 'server-draining' && this.#wasIn;
    this.#wasIn = false;
    if (!this.#closed && name && !isFinalClose(code) && !moves)
      this.#request.events.closed({ code, name, final: false });
  }

  async #docRefused(code: number, provider: WebsocketProvider): Promise<void> {
    if (this.#closed || provider !== this.#provider) return;
    const name = closeName(code);
    if (name === 'update-refused' && this.#mayTryAgain()) this.#startAfresh();
    else if (isTokenTrouble(name) && (await this.#refreshToken(this.#docToken))) this.#provider.connect();
    else this.#final(code, name);
  }

  #mayTryAgain(): boolean {
    const now = Date.now();
    this.#refusals = [...this.#refusals.filter((at) => now - at < refusalWindow), now];
    return this.#refusals.length <= mostRefusals;
  }

  /** The refused update is in our doc and would be sent again: a new doc, filled by the server. */
  #startAfresh(): void {
    this.#dropDoc();
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.#provider = this.#connectDoc();
    const { events } = this.#request;
    events.status({ connected: false, synced: false });
    events.closed({ code: CLOSE_CODES['update-refused'], name: 'update-refused', final: false });
    events.replaced();
  }

  /** @param refused the token that was not accepted. @returns whether there is another one to try. */
  async #refreshToken(refused: string): Promise<boolean> {
    this.#refusedTokens.add(refused);
    // the other connection has fetched one meanwhile
    if (refused !== this.#token) return !this.#closed;
    this.#refreshing ??= this.#fetchToken().finally(() => (this.#refreshing = undefined));
    return (await this.#refreshing) && !this.#closed;
  }

  async #fetchToken(): Promise<boolean> {
    try {
      const token = await this.#request.token('refresh');
      const { sub, role } = readIdentity(token, this.#request.session);
      const isOther = sub !== this.identity.sub || role !== this.identity.role;
      if (isOther || this.#refusedTokens.has(token)) return false;
      this.#token = token;
      this.#provider.protocols = [SUBPROTOCOL, token];
      return true;
    } catch (error) {
      if (!(error instanceof CobrowseError)) console.warn('cobrowse-kit: no new token', error);
      return false;
    }
  }

  async #mirrorClosed({ code, name, final, token }: Parameters<MirrorSocketOptions['onClosed']>[0]): Promise<void> {
    if (this.#closed || !name) return;
    // of a server that goes the doc's connection tells
    if (name === 'server-draining') return;
    if (!final) this.#request.events.closed({ code, name, final });
    else if (isTokenTrouble(name)) {
      if (await this.#refreshToken(token)) this.#mirror.connect();
      else if (!this.#closed) this.#final(code, name);
    } else if (this.#mirrorFaults++ < mostMirrorFaults) {
      this.#request.events.closed({ code, name, final: false });
      this.#mirror.connect();
    } else this.#final(code, name);
  }

  #final(code: number, name: CloseName | undefined): void {
    if (this.#closed) return;
    this.#stop();
    this.#request.events.closed({ code, name, final: true });
  }

  /** No connection is tried any more; the doc stays readable. */
  #stop(): void {
    this.#closed = true;
    globalThis.removeEventListener?.('online', this.#hurry);
    globalThis.removeEventListener?.('offline', this.#onOffline);
    this.#mirror.close();
    this.#provider.disconnect();
  }

  #dropDoc(): void {
    this.#provider.destroy();
    this.awareness.destroy();
    this.doc.destroy();
  }
}

function isTokenTrouble(name: CloseName | undefined): boolean {
  return name === 'token-expired' || name === 'unauthorized';
}
