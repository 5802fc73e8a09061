import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { SUBPROTOCOL, type CloseName } from '../protocol/index.js';
import { createLog, silentLog, type Log } from './log.js';
import { Metrics } from './metrics.js';
import { resolveOptions, type Configuration, type SyncServerOptions } from './options.js';
import { createOriginCheck, type OriginCheck } from './origins.js';
import { closeSocket, Peer } from './peer.js';
import { SessionRoom } from './session-room.js';
import { createVerifier, TokenError, type Person, type Verify } from './token-verifier.js';

type Channel = 'sync' | 'mirror';
const drainMilliseconds = 3000;

/** The sync server. Made by `createSyncServer`. */
export class SyncServer {
  readonly #configuration: Configuration;
  readonly #http: Server;
  readonly #ownsHttp: boolean;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 2 ** 21,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  readonly #rooms = new Map<string, SessionRoom>();
  readonly #addresses = new Map<string, number>();
  readonly #open = new Set<WebSocket>();
  readonly #verify: Verify;
  readonly #originCheck: OriginCheck;
  readonly #log: Log;
  readonly #metrics: Metrics;
  #beat: ReturnType<typeof setInterval> | undefined;
  #draining = false;

  constructor(options: SyncServerOptions) {
    this.#configuration = resolveOptions(options);
    this.#log = options.logger === false ? silentLog : (options.logger ?? createLog());
    this.#verify = createVerifier(this.#configuration);
    this.#originCheck = createOriginCheck(options.allowedOrigins);
    this.#metrics = new Metrics({ sessions: () => this.#rooms.size, connections: () => this.#open.size });
    this.#ownsHttp = !options.server;
    this.#http = options.server ?? createServer((request, response) => void this.handleRequest(request, response));
    this.#http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.handleUpgrade(request, socket, head),
    );
    this.#beat = setInterval(() => this.#keepAlive(), this.#configuration.pingMilliseconds / 2);
    this.#beat.unref();
  }

  /** Sessions that are held, for tests and embedding. */
  get sessions(): ReadonlyMap<string, { readonly peers: ReadonlySet<Peer> }> {
    return this.#rooms;
  }

  get metrics(): Metrics {
    return this.#metrics;
  }

  /** Listens; does nothing where an HTTP server of yours was given. */
  async listen(): Promise<{ port: number; url: string }> {
    const { host, port } = this.#configuration;
    if (this.#ownsHttp) {
      await new Promise<void>((resolve, reject) => {
        this.#http.once('error', reject);
        this.#http.listen(port, host, resolve);
      });
    }
    const address = this.#http.address() as AddressInfo;
    const name = host.includes(':') ? `[${host}]` : host;
    return { port: address.port, url: `http://${name}:${address.port}${this.#configuration.basePath}` };
  }

  /** Not ready first, then all sockets are told to move; bounded. */
  async close({ graceMs = drainMilliseconds }: { graceMs?: number } = {}): Promise<void> {
    this.#draining = true;
    clearInterval(this.#beat);
    for (const socket of this.#open) closeSocket(socket, 'server-draining');
    const deadline = Date.now() + graceMs;
    while (this.#open.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const socket of this.#open) socket.terminate();
    for (const room of this.#rooms.values()) room.destroy();
    this.#rooms.clear();
    if (!this.#ownsHttp) return;
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  /** `/healthz`, `/readyz`, `/metrics`; anything else is 404. */
  async handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { basePath, metricsToken } = this.#configuration;
    const path = (request.url ?? '/').split('?')[0]!;
    const reply = (status: number, text: string, type = 'text/plain') =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
    if (path === `${basePath}/healthz`) reply(200, 'ok');
    else if (path === `${basePath}/readyz`) reply(this.#draining ? 503 : 200, this.#draining ? 'draining' : 'ready');
    else if (path !== `${basePath}/metrics`) reply(404, 'not found');
    else if (metricsToken && request.headers.authorization !== `Bearer ${metricsToken}`) reply(401, 'unauthorized');
    else reply(200, await this.#metrics.registry.metrics(), this.#metrics.registry.contentType);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = readTarget(request.url ?? '', this.#configuration.basePath);
    if (!target) {
      if (this.#ownsHttp) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    const address = this.#addressOf(request);
    if (
      this.#open.size >= this.#configuration.limits.connections ||
      (this.#addresses.get(address) ?? 0) >= this.#configuration.limits.connectionsPerAddress
    ) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#track(webSocket, address);
      void this.#admit(webSocket, request, target);
    });
  }

  async #admit(socket: WebSocket, request: IncomingMessage, { channel, session }: Target): Promise<void> {
    // what comes before the token is checked waits in the socket, not here
    socket.pause();
    try {
      const person = await this.#authenticate(request, session);
      socket.resume();
      if (socket.readyState === 1) this.#join(socket, person, channel);
    } catch (error) {
      const name: CloseName = error instanceof TokenError ? error.code : 'server-error';
      socket.resume();
      this.#count(name, { session, reason: error instanceof Error ? error.message : 'unknown' });
      closeSocket(socket, name);
    }
  }

  async #authenticate({ headers }: IncomingMessage, session: string | undefined): Promise<Person> {
    if (this.#draining) throw new TokenError('server-draining', 'draining');
    if (!this.#originCheck(headers.origin, headers.host))
      throw new TokenError('origin-refused', `origin ${headers.origin ?? ''}`);
    if (session === undefined) throw new TokenError('bad-request', 'not a session id');
    const [protocol, token] = String(headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((part) => part.trim());
    if (protocol !== SUBPROTOCOL)
      throw new TokenError(protocol?.startsWith('cobrowse.') ? 'upgrade-required' : 'unauthorized', 'not the protocol');
    if (!token) throw new TokenError('unauthorized', 'no token');
    const person = await this.#verify(token);
    if (person.session !== session) throw new TokenError('forbidden', 'the token is for another session');
    return person;
  }

  #join(socket: WebSocket, person: Person, channel: Channel): void {
    const { limits } = this.#configuration;
    const room = this.#rooms.get(person.session) ?? this.#makeRoom(person.session);
    const full = !room
      ? 'server-full'
      : person.role === 'consumer' && room.hasOtherConsumer(person.sub)
        ? 'session-full'
        : room.participants >= limits.participantsPerSession
          ? 'session-full'
          : undefined;
    if (!room || full) {
      this.#count(full ?? 'server-full', { session: person.session, sub: person.sub, reason: 'full' });
      closeSocket(socket, full ?? 'server-full');
      return;
    }
    const peer = new Peer(socket, person, limits.peerBufferBytes);
    this.#listen(peer, room, channel);
  }

  #listen(peer: Peer, room: SessionRoom, channel: Channel): void {
    const { limits, roomGrace } = this.#configuration;
    const part = channel === 'sync' ? room.sync : room.mirror;
    const most = channel === 'sync' ? limits.syncMessageBytes : limits.mirrorFrameBytes + 512;
    const fields = { session: room.id, sub: peer.person.sub, role: peer.person.role, connection: peer.id, channel };
    room.add(peer);
    this.#metrics.joins.inc({ role: peer.person.role });
    this.#log.info(fields, 'joined');
    peer.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.#drop(peer, 'bad-request', 'a text message');
      else if (data.length > most) this.#drop(peer, 'message-too-big', `${data.length} bytes`);
      else this.#guard(peer, () => part.receive(peer, new Uint8Array(data)));
    });
    const expiry = setTimeout(
      () => this.#drop(peer, 'token-expired', 'the token has expired'),
      Math.min(2 ** 31 - 1, Math.max(0, (peer.person.exp + this.#configuration.leeway) * 1000 - Date.now())),
    );
    peer.socket.on('close', (code) => {
      clearTimeout(expiry);
      part.leave(peer);
      room.remove(peer, roomGrace * 1000, () => this.#forget(room));
      this.#log.info({ ...fields, code }, 'left');
    });
    this.#guard(peer, () => part.join(peer));
  }

  #makeRoom(id: string): SessionRoom | undefined {
    const { limits, settings } = this.#configuration;
    if (this.#rooms.size >= limits.sessions) return undefined;
    const room = new SessionRoom(
      id,
      {
        refused: (peer, name, reason) =>
          this.#count(name, { session: id, sub: peer.person.sub, role: peer.person.role, connection: peer.id, reason }),
        relayed: ({ kind }, bytes) => {
          this.#metrics.frames.inc({ kind });
          this.#metrics.bytes.inc({ kind }, bytes);
        },
      },
      limits,
      settings,
    );
    this.#rooms.set(id, room);
    return room;
  }

  #forget(room: SessionRoom): void {
    if (room.peers.size > 0 || this.#rooms.get(room.id) !== room) return;
    this.#rooms.delete(room.id);
    room.destroy();
  }

  #guard(peer: Peer, task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#log.error({ err: error, session: peer.person.session }, 'failed');
      this.#drop(peer, 'server-error', 'failed');
    }
  }

  #drop(peer: Peer, name: CloseName, reason: string): void {
    this.#count(name, { session: peer.person.session, sub: peer.person.sub, connection: peer.id, reason });
    peer.close(name);
  }

  #count(code: string, fields: object): void {
    this.#metrics.refusals.inc({ code });
    this.#log.warn({ code, ...fields }, 'refused');
  }

  #track(socket: WebSocket, address: string): void {
    this.#open.add(socket);
    this.#addresses.set(address, (this.#addresses.get(address) ?? 0) + 1);
    socket.on('error', (error: Error & { code?: string }) => {
      // ws closes by itself; an oversized message has a name of ours
      if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') this.#count('message-too-big', {});
    });
    socket.on('close', () => {
      this.#open.delete(socket);
      const left = (this.#addresses.get(address) ?? 1) - 1;
      if (left > 0) this.#addresses.set(address, left);
      else this.#addresses.delete(address);
    });
  }

  #keepAlive(): void {
    const now = Date.now();
    for (const room of this.#rooms.values()) {
      room.sync.keepAlive(now);
      for (const peer of room.peers) {
        if (!peer.isAlive && now - peer.pinged > this.#configuration.pingMilliseconds) peer.socket.terminate();
        else if (now - peer.pinged > this.#configuration.pingMilliseconds) peer.ping(now);
      }
    }
  }

  #addressOf(request: IncomingMessage): string {
    const hops = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
    const { trustProxy } = this.#configuration;
    return (trustProxy > 0 ? hops.at(-trustProxy) : undefined) ?? request.socket.remoteAddress ?? '';
  }
}

interface Target {
  channel: Channel;
  /** Undefined when it can't be a session's id. */
  session: string | undefined;
}

function readTarget(url: string, basePath: string): Target | undefined {
  const path = url.split('?')[0]!;
  const match = path.startsWith(`${basePath}/`) ? /^\/(sync|mirror)\/([^/]*)$/.exec(path.slice(basePath.length)) : null;
  return match ? { channel: match[1] as Channel, session: readSession(match[2]!) } : undefined;
}

function readSession(segment: string): string | undefined {
  try {
    const id = decodeURIComponent(segment);
    return /^[^\p{Cc}]{1,128}$/u.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
