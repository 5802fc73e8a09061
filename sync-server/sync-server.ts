import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket, WebSocketServer } from 'ws';
import type { CloseName } from '../protocol/index.js';
import { Admission } from './admission.js';
import { createFrontDoor } from './front-door.js';
import { createLog, silentLog, type Log } from './log.js';
import { Metrics } from './metrics.js';
import { closedAs, closeSocket } from './named-socket.js';
import { resolveOptions, type AuditRecord, type Configuration, type SyncServerOptions } from './options.js';
import { Peer } from './peer.js';
import { Records } from './records.js';
import { RestApi, type RestHost } from './rest-api.js';
import { answerHealth, readTarget, type Target } from './routes.js';
import { SessionRoom, type Channel } from './session-room.js';
import { createSockets, refuse } from './sockets.js';
import { TokenError, type Person } from './token-verifier.js';

const closeMilliseconds = 3000;
const strongSecretBytes = 32;
const mostEnded = 100_000;

export interface CloseOptions {
  graceMs?: number;
  drainMs?: number;
}

/** What can be seen of a session from outside. */
export interface SessionView {
  readonly connections: number;
  readonly participants: number;
}

/** The sync server. Made by `createSyncServer`. */
export class SyncServer {
  readonly metrics: Metrics;
  readonly #configuration: Configuration;
  readonly #http: Server;
  readonly #ownsHttp: boolean;
  readonly #sockets: Record<Channel, WebSocketServer>;
  readonly #rooms = new Map<string, SessionRoom>();
  readonly #open = new Set<WebSocket>();
  readonly #admission: Admission;
  readonly #log: Log;
  readonly #records: Records;
  readonly #rest: RestApi;
  /** Sessions that were ended from outside: their tokens may be good for a while. */
  readonly #ended = new Set<string>();
  readonly #beat: ReturnType<typeof setInterval>;
  #isReady = true;
  #draining = false;

  /** @throws {ConfigurationError} */
  constructor(options: SyncServerOptions) {
    this.#configuration = resolveOptions(options);
    this.#log = options.logger === false ? silentLog : (options.logger ?? createLog());
    this.#admission = new Admission(this.#configuration);
    this.metrics = new Metrics({
      sessions: () => this.#rooms.size,
      connections: () => this.#open.size,
      keptBytes: () => [...this.#rooms.values()].reduce((sum, { mirror }) => sum + mirror.keptBytes, 0),
    });
    this.#records = new Records(this.#configuration, this.#log, this.metrics);
    this.#rest = this.#createRest();
    this.#records.referenceOf = (id) => this.#rooms.get(id)?.summary.reference ?? this.#rest.known(id)?.reference;
    const { limits, pingMilliseconds } = this.#configuration;
    this.#sockets = {
      sync: createSockets(limits.syncMessageBytes),
      mirror: createSockets(limits.mirrorFrameBytes),
    };
    this.#ownsHttp = !options.server;
    this.#http =
      options.server ?? createFrontDoor(this.#configuration, (request, response) => this.#answer(request, response));
    this.#http.on('upgrade', this.handleUpgrade);
    this.#beat = setInterval(() => this.#keepAlive(), Math.min(pingMilliseconds, limits.keepAliveMilliseconds) / 4);
    this.#beat.unref();
    this.#warn(options);
  }

  /** The sessions that are held, by id: for tests and status pages. */
  get sessions(): ReadonlyMap<string, SessionView> {
    return this.#rooms;
  }

  /**
   * Listens, unless the HTTP server given does already.
   *
   * @returns the port and the address of the server, with the base path; browsers take it as `server`.
   */
  async listen(): Promise<{ port: number; url: string }> {
    const { host, port, basePath } = this.#configuration;
    if (!this.#http.listening) {
      await new Promise<void>((resolve, reject) => {
        this.#http.once('error', reject);
        this.#http.listen(port, host, () => {
          this.#http.off('error', reject);
          resolve();
        });
      });
    }
    const address = this.#http.address() as AddressInfo;
    const name = host.includes(':') ? `[${host}]` : host;
    this.#log.info({ port: address.port, host }, 'listening');
    return { port: address.port, url: `http://${name}:${address.port}${basePath}` };
  }

  /**
   * Stops: not ready first, then every socket is told to move (4503), then it's over, however long a peer takes.
   *
   * @param options `drainMs`: milliseconds between not being ready and telling anyone, in which all goes on, so that whoever deals
   *   out connections notices; default 0. `graceMs`: milliseconds that peers have to say goodbye; default 3000.
   */
  async close({ graceMs = closeMilliseconds, drainMs = 0 }: CloseOptions = {}): Promise<void> {
    this.#isReady = false;
    if (drainMs > 0) await delay(drainMs);
    this.#draining = true;
    clearInterval(this.#beat);
    const gone = [...this.#open].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    const late = new AbortController();
    await Promise.race([this.#tellToMove().then(() => Promise.all(gone)), delay(graceMs, undefined, late)]);
    late.abort();
    for (const socket of this.#open) socket.terminate();
    for (const room of this.#rooms.values()) room.destroy();
    this.#rooms.clear();
    await this.#records.close(graceMs);
    this.#http.off('upgrade', this.handleUpgrade);
    if (!this.#ownsHttp) return;
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  /** Some at a time: they all come back somewhere else. */
  async #tellToMove(): Promise<void> {
    const sockets = [...this.#open];
    const some = Math.max(50, Math.ceil(sockets.length / 100));
    for (let i = 0; i < sockets.length; i += some) {
      if (i > 0) await delay(10);
      for (const socket of sockets.slice(i, i + some)) closeSocket(socket, 'server-draining');
    }
  }

  /** For an HTTP server of yours: `/healthz`, `/readyz`, `/metrics`, `/v1/...`. @returns false when the address isn't ours. */
  readonly handleRequest = (request: IncomingMessage, response: ServerResponse): boolean =>
    this.#rest.handle(request, response) ||
    answerHealth(request, response, {
      basePath: this.#configuration.basePath,
      metricsToken: this.#configuration.metricsToken,
      registry: this.metrics.registry,
      receiptKeys: this.#records.receipts.keys,
      isReady: () => this.#isReady,
    });

  /**
   * Takes `/sync/<session>` and `/mirror/<session>`. Attached by itself to the `server` option; call it where you deal out
   * upgrades on your own. What isn't ours is left alone, unless nobody else would answer it.
   */
  readonly handleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const target = readTarget(request.url ?? '', this.#configuration.basePath);
    if (!target) {
      if (this.#http.listenerCount('upgrade') <= 1) refuse(socket, '404 Not Found');
      return;
    }
    const address = this.#admission.addressOf(request);
    if (!this.#admission.enter(address)) {
      this.#count('server-full', { reason: 'too many connections' });
      refuse(socket, '503 Service Unavailable');
      return;
    }
    socket.once('close', () => this.#admission.exit(address));
    this.#sockets[target.channel].handleUpgrade(request, socket, head, (webSocket) => {
      this.#track(webSocket);
      void this.#admit(webSocket, request, target);
    });
  };

  #createRest(): RestApi {
    const [admission, { receipts }] = [this.#admission, this.#records];
    const host: RestHost = {
      authenticate: (token) => admission.authenticateService(token),
      addressOf: (request) => admission.addressOf(request),
      isOriginAllowed: admission.isOriginAllowed,
      sessions: () => [...this.#rooms.values()].map(({ summary }) => summary),
      session: (id) => this.#rooms.get(id)?.summary,
      end: (id, by) => this.#end(id, by),
      receiptsOf: (session) => receipts.ofSession(session),
      receipt: (id) => receipts.find(id),
    };
    return new RestApi(host, this.#configuration);
  }

  #end(id: string, by: string): void {
    if (this.#ended.size >= mostEnded) this.#ended.delete(this.#ended.values().next().value!);
    this.#ended.add(id);
    const room = this.#rooms.get(id);
    if (room) room.end({ reason: 'service', by });
    else this.#audit('end', { session: id, reason: 'service', by });
  }

  #warn({ insecureDev, secret = [] }: SyncServerOptions): void {
    if (insecureDev) this.#log.warn({}, 'insecure-dev: anybody can sign tokens. Never in production.');
    else if ([secret].flat().some((text) => Buffer.byteLength(text) < strongSecretBytes))
      this.#log.warn({}, `a secret shorter than ${strongSecretBytes} bytes can be guessed`);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (!this.handleRequest(request, response))
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('not found\n');
  }

  /** The upgrade is accepted whoever asks: a refused one reaches a page without a reason. */
  async #admit(socket: WebSocket, request: IncomingMessage, { channel, session }: Target): Promise<void> {
    // what comes before the token is checked waits in the network
    socket.pause();
    try {
      if (this.#draining) throw new TokenError('server-draining', 'the server is stopping');
      const person = await this.#admission.authenticate(request, session);
      if (this.#draining) throw new TokenError('server-draining', 'the server is stopping');
      if (socket.readyState === 1)
        this.#join(new Peer(socket, person, this.#configuration.limits.peerBufferBytes), channel);
    } catch (error) {
      const known = error instanceof TokenError;
      const name: CloseName = known ? error.code : 'server-error';
      this.#count(name, {
        session,
        origin: request.headers.origin,
        ...(known ? { reason: error.message } : { err: error }),
      });
      this.#audit('refused', { session: session ?? '', code: name });
      closeSocket(socket, name);
    } finally {
      socket.resume();
    }
  }

  #join(peer: Peer, channel: Channel): void {
    const { person } = peer;
    const room = person.device && channel === 'sync' ? 'forbidden' : this.#roomOf(person);
    if (typeof room === 'string') {
      this.#drop(peer, room, 'no place');
      return;
    }
    const fields = { ...whoIs(peer), channel };
    const expiry = this.#expireLater(peer);
    peer.socket.on('message', (data: Buffer, isBinary) => {
      // what was on its way when we closed
      if (peer.socket.readyState !== 1) return;
      if (isBinary) this.#guard(room, peer, () => room.receive(peer, new Uint8Array(data)));
      else this.#drop(peer, 'bad-request', 'a text message');
    });
    peer.socket.on('ping', (data: Buffer) => {
      if (!peer.answerPing(data)) this.#drop(peer, 'rate-limited', 'too many pings');
    });
    peer.socket.on('close', (code) => {
      clearTimeout(expiry);
      room.leave(peer);
      this.#log.info({ ...fields, code }, 'left');
      this.#audit('leave', fields);
    });
    this.metrics.joins.inc({ role: person.role, channel });
    this.#log.info(fields, 'joined');
    this.#audit('join', fields);
    this.#guard(room, peer, () => room.join(peer, channel));
  }

  #roomOf(person: Person): SessionRoom | CloseName {
    if (this.#ended.has(person.session)) return 'session-ended';
    const known = this.#rooms.get(person.session);
    if (known) return known.whyFull(person) ?? known;
    if (this.#rooms.size >= this.#configuration.limits.sessions && !this.#forgetOneEmpty()) return 'server-full';
    const room = this.#makeRoom(person);
    this.#rooms.set(person.session, room);
    this.#audit('open', { session: person.session });
    return room;
  }

  #makeRoom(person: Person): SessionRoom {
    const { metrics } = this;
    const room: SessionRoom = new SessionRoom(
      person,
      {
        refused: (peer, code, reason, why) => {
          if (why) metrics.updateRefusals.inc({ reason: why });
          this.#count(code, { ...whoIs(peer), reason });
          this.#audit('refused', { ...whoIs(peer), code });
        },
        refusedAgain: (code) => metrics.refusals.inc({ code }),
        relayed: ({ kind }, bytes) => {
          metrics.frames.inc({ kind });
          metrics.bytes.inc({ kind }, bytes);
        },
        leftOut: ({ kind }) => metrics.leftOut.inc({ kind }),
        decided: (milliseconds) => {
          metrics.updates.inc();
          metrics.deciding.observe(milliseconds / 1000);
        },
        epochBegan: (peer, epoch) => this.#log.debug({ ...whoIs(peer), epoch }, 'epoch began'),
        audit: (peer, event, details) =>
          this.#audit(event, {
            ...(peer ? { ...whoIs(peer), name: peer.person.name } : { session: room.id }),
            ...details,
          }),
        over: () => this.#forget(room),
      },
      this.#configuration,
    );
    return room;
  }

  /** Makes place by giving up the kept state of a session that everyone has left. */
  #forgetOneEmpty(): boolean {
    for (const room of this.#rooms.values()) {
      if (room.connections > 0) continue;
      this.#forget(room);
      return true;
    }
    return false;
  }

  #forget(room: SessionRoom): void {
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
    room.destroy();
  }

  /** A mistake of ours costs one session's state, which its browsers have; never the process. */
  #guard(room: SessionRoom, peer: Peer, task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#log.error({ ...whoIs(peer), err: error }, 'a session failed');
      room.closeAll('server-error');
      this.#forget(room);
    }
  }

  #drop(peer: Peer, code: CloseName, reason: string): void {
    this.#count(code, { ...whoIs(peer), reason });
    this.#audit('refused', { ...whoIs(peer), code });
    peer.close(code);
  }

  #expireLater(peer: Peer): ReturnType<typeof setTimeout> {
    const left = (peer.person.exp + this.#configuration.leeway) * 1000 - Date.now();
    const expire = () => this.#drop(peer, 'token-expired', 'the token has expired');
    return setTimeout(expire, Math.min(2 ** 31 - 1, Math.max(0, left)));
  }

  #count(code: string, fields: object): void {
    this.metrics.refusals.inc({ code });
    this.#log.warn({ ...fields, code }, 'refused');
  }

  #audit(event: AuditRecord['event'], details: { session: string } & Record<string, unknown>): void {
    this.#records.add(event, details);
  }

  #track(socket: WebSocket): void {
    this.#open.add(socket);
    socket.on('error', () => {
      // ws has closed it, in a name of ours where the peer broke a rule
      const name = closedAs(socket);
      if (name) this.#count(name, { reason: 'a message that can’t be taken' });
    });
    socket.on('close', () => this.#open.delete(socket));
  }

  #keepAlive(): void {
    const now = Date.now();
    const { pingMilliseconds, limits } = this.#configuration;
    for (const room of this.#rooms.values()) {
      room.sync.keepAlive(now, limits.keepAliveMilliseconds);
      for (const peer of room.peers) if (!peer.beat(now, pingMilliseconds)) peer.socket.terminate();
    }
    this.#admission.forgetIdle();
  }
}

/** The fields of every record of a connection. */
function whoIs({ id, person: { session, sub, role } }: Peer) {
  return { session, sub, role, connection: id };
}
