import type { TestContext } from 'node:test';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
  decodeControl,
  decodeFrame,
  encodeFrame,
  encodeJson,
  FRAME_FLAGS,
  SUBPROTOCOL,
  type ControlMessage,
  type Frame,
  type RequestEntry,
  type Stroke,
  type TokenClaims,
} from '../../protocol/index.js';
import { createSyncServer, type SyncServer, type SyncServerOptions } from '../index.js';
import { signToken } from '../token.js';

export const secret = 'a secret of the tests that is long enough';

export interface Rig {
  server: SyncServer;
  port: number;
  /** `ws://...` with the base path. */
  url: string;
  /** Records of the log: message and fields. */
  logged: { message: string; fields: Record<string, unknown> }[];
  token(claims?: Partial<TokenClaims>): Promise<string>;
}

/** A real server on a free port; closed after the test. */
export async function startServer(test: TestContext, options: SyncServerOptions = {}): Promise<Rig> {
  const logged: Rig['logged'] = [];
  const write = (fields: object, message: string) =>
    void logged.push({ message, fields: fields as Record<string, unknown> });
  const logger = { debug: write, info: write, warn: write, error: write };
  const hasKey = options.publicKey ?? options.jwksUrl ?? options.insecureDev;
  const server = createSyncServer({ port: 0, logger, ...(hasKey ? {} : { secret }), ...options });
  const { port, url } = await server.listen();
  test.after(() => server.close({ graceMs: 200 }));
  return { server, port, url: url.replace('http', 'ws'), logged, token: (claims = {}) => tokenFor(claims) };
}

export function tokenFor({ role = 'consumer', ...claims }: Partial<TokenClaims> = {}): Promise<string> {
  return signToken({ sub: `${role}-1`, role, session: 's', ...claims }, secret);
}

/** A participant with the stock provider. */
export interface Side {
  doc: Y.Doc;
  provider: WebsocketProvider;
  awareness: Awareness;
  /** Code and reason of the close that ended it, or undefined. */
  closed(): { code: number; reason: string } | undefined;
}

export interface SideOptions extends Partial<TokenClaims> {
  doc?: Y.Doc;
  /** Default: waits until it has synced. */
  without?: 'waiting';
}

export async function join(test: TestContext, rig: Pick<Rig, 'url'>, options: SideOptions = {}): Promise<Side> {
  const { doc = new Y.Doc(), without, session = 's', ...claims } = options;
  const awareness = new Awareness(doc);
  const token = await tokenFor({ session, ...claims });
  let closed: { code: number; reason: string } | undefined;
  const provider = new WebsocketProvider(`${rig.url}/sync`, session, doc, {
    awareness,
    protocols: [SUBPROTOCOL, token],
    disableBc: true,
    maxBackoffTime: 100,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  provider.on('connection-close', (event) => (closed = event ? { code: event.code, reason: event.reason } : undefined));
  test.after(() => {
    provider.destroy();
    awareness.destroy();
    doc.destroy();
  });
  if (!without) await until(() => provider.synced, 'synced');
  return { doc, provider, awareness, closed: () => closed };
}

/** A socket without any library of the kit. */
export interface RawSide {
  socket: WebSocket;
  frames: Frame[];
  messages: Uint8Array[];
  controls(): ControlMessage[];
  of(kind: Frame['kind']): Frame[];
  send(bytes: Uint8Array | string): void;
  frame(frame: Partial<Frame> & Pick<Frame, 'kind'>): void;
  control(message: ControlMessage): void;
  /** An `events` frame with this text. */
  events(epoch: number, seq: number, text?: string | Uint8Array): void;
  closed: Promise<{ code: number; reason: string }>;
}

export interface RawOptions extends Partial<TokenClaims> {
  channel?: 'sync' | 'mirror';
  /** The session in the address, as it is. Default: as in the token. */
  path?: string;
  protocols?: string[];
  origin?: string;
  headers?: Record<string, string>;
  without?: 'waiting';
}

export async function open(test: TestContext, rig: Pick<Rig, 'url'>, options: RawOptions = {}): Promise<RawSide> {
  const { channel = 'mirror', session = 's', path = encodeURIComponent(session), without, ...rest } = options;
  const { protocols, origin, headers, ...claims } = rest;
  const token = protocols ? '' : await tokenFor({ session, ...claims });
  const socket = new WebSocket(`${rig.url}/${channel}/${path}`, protocols ?? [SUBPROTOCOL, token], {
    ...(origin === undefined ? {} : { origin }),
    ...(headers ? { headers } : {}),
  });
  const side = listen(socket, channel);
  test.after(() => socket.terminate());
  if (!without) await opened(socket, side, channel);
  return side;
}

function listen(socket: WebSocket, channel: 'sync' | 'mirror'): RawSide {
  const frames: Frame[] = [];
  const messages: Uint8Array[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const bytes = new Uint8Array(data);
    if (channel === 'mirror') frames.push(decodeFrame(bytes));
    else messages.push(bytes);
  });
  const send = (bytes: Uint8Array | string) => socket.send(bytes);
  const frame: RawSide['frame'] = (fields) => send(encodeFrame(fields));
  return {
    socket,
    frames,
    messages,
    send,
    frame,
    controls: () => frames.filter(({ kind }) => kind === 'control').map(({ payload }) => decodeControl(payload)!),
    of: (kind) => frames.filter((one) => one.kind === kind),
    control: (message) => frame({ kind: 'control', payload: encodeJson(message) }),
    events: (epoch, seq, text = `${epoch}/${seq}`) =>
      frame({
        kind: 'events',
        epoch,
        seq,
        flags: seq === 0 ? FRAME_FLAGS.snapshot : 0,
        payload: typeof text === 'string' ? new TextEncoder().encode(text) : text,
      } as Frame),
    closed: new Promise((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }))),
  };
}

async function opened(socket: WebSocket, side: RawSide, channel: 'sync' | 'mirror'): Promise<void> {
  await until(() => socket.readyState === 1, 'open');
  if (channel === 'mirror') await until(() => side.controls().some(({ type }) => type === 'hello'), 'hello');
  else await until(() => side.messages.length > 0, 'the first message');
}

/** Polls until it is so. @throws when it never is. */
export async function until(check: () => unknown, what: string, milliseconds = 4000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!check()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Round trip: whatever was sent before has been dealt with. */
export async function settled(side: RawSide): Promise<void> {
  const at = Math.random();
  side.control({ type: 'ping', at });
  await until(() => side.controls().some((message) => message.type === 'pong' && message.at === at), 'pong');
}

export const text = (frame: Frame): string => new TextDecoder().decode(frame.payload);

export function request(id: string, more: Partial<RequestEntry> = {}): RequestEntry {
  const sub = id.slice(0, id.lastIndexOf(':'));
  return { id, mode: 'screen-share', agent: { id: sub, name: sub }, at: 1, ...more };
}

export function stroke(id: string): Stroke {
  return {
    id,
    tool: 'pencil',
    color: '#112233',
    width: 4,
    page: 'p',
    anchor: { node: 1, x: 0.5, y: 0.5 },
    points: [0, 0, 0.5],
  };
}
