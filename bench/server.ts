import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeFrame, encodeJson, SUBPROTOCOL, type Role } from '../protocol/index.js';
import { stroke, tokenFor, until } from '../sync-server/testing/rig.js';
import { startServer, type ServerChild, type ServerKind } from './server-child.js';
import { round, spread, type Spread } from './statistics.js';

const joins = 100;
const idleRooms = 500;
const updateRooms = 100;
const updatesPerSecond = 20;
const sessions = 100;
const seconds = 8;
const mirrorBytes = 1500;
const [mirrorFramesPerSecond, inkFramesPerSecond] = [20, 30];
const [stuckUpdates, stuckBytes] = [2000, 16_000];

/** One server under load, in a process of its own; the clients are in ours. */
export interface ServerLoad {
  /** A participant's connection -> its doc is synced, milliseconds. */
  join: Spread;
  /** Of a room with one participant who does nothing, kilobytes. */
  idleRoom: number;
  /** Microseconds of a processor for each update of the doc, to one reader. */
  update: number;
  /** An update of one side -> the other side has it, milliseconds. */
  updateSeen: Spread;
  updatesPerSecond: number;
  /** What the server holds more after another peer hasn't read for 32 MB, megabytes. */
  stuck: number;
}

/** Sessions in use: each consumer sends 20 mirror frames a second of 1.5 kB, each agent 30 of its pointer. */
export interface SessionLoad {
  sessions: number;
  /** Share of one processor. */
  cpu: number;
  /** How many would take one processor. */
  perCore: number;
  /** With both sides connected on both channels, kilobytes. */
  activeRoom: number;
}

export async function measureServer(kind: ServerKind): Promise<ServerLoad> {
  const server = await startServer(kind);
  try {
    return {
      join: await measureJoins(server),
      idleRoom: await measureIdle(server),
      ...(await measureUpdates(server)),
      stuck: await measureStuck(server),
    };
  } finally {
    server.close();
  }
}

interface Side {
  doc: Y.Doc;
  provider: WebsocketProvider;
}

async function join({ url }: ServerChild, session: string, role: Role): Promise<Side> {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url}/sync`, session, doc, {
    awareness: new Awareness(doc),
    protocols: [SUBPROTOCOL, await tokenFor({ session, role })],
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  return { doc, provider };
}

function leave(sides: readonly Side[]): void {
  for (const { doc, provider } of sides) {
    provider.awareness.destroy();
    provider.destroy();
    doc.destroy();
  }
}

async function measureJoins(server: ServerChild): Promise<Spread> {
  const times: number[] = [];
  const sides: Side[] = [];
  for (let i = 0; i < joins; i++) {
    const began = performance.now();
    sides.push(await join(server, `join-${i}`, 'consumer'));
    times.push(performance.now() - began);
  }
  leave(sides);
  return spread(times.slice(10));
}

async function measureIdle(server: ServerChild): Promise<number> {
  const before = await server.read();
  const sides = await inParts(idleRooms, (i) => join(server, `idle-${i}`, 'consumer'));
  const after = await server.read();
  leave(sides);
  return round((after.bytes - before.bytes) / idleRooms / 1024);
}

/** Fifty at a time. */
async function inParts<Result>(count: number, make: (index: number) => Promise<Result>): Promise<Result[]> {
  const all: Result[] = [];
  for (let i = 0; i < count; i += 50)
    all.push(...(await Promise.all(Array.from({ length: Math.min(50, count - i) }, (_, j) => make(i + j)))));
  return all;
}

/** Agents draw: each update is a whole stroke. */
async function measureUpdates(
  server: ServerChild,
): Promise<Pick<ServerLoad, 'update' | 'updateSeen' | 'updatesPerSecond'>> {
  const readers = await inParts(updateRooms, (i) => join(server, `draw-${i}`, 'consumer'));
  const writers = await inParts(updateRooms, (i) => join(server, `draw-${i}`, 'agent'));
  const points = Array.from({ length: 120 }, (_, i) => round(Math.sin(i) * 100, 2));
  const written = new Map<string, number>();
  const delays: number[] = [];
  readers.forEach(({ doc }, room) =>
    doc.getMap('annotations').observe(({ keysChanged }) => {
      for (const key of keysChanged) delays.push(performance.now() - written.get(`${room} ${String(key)}`)!);
    }),
  );
  const before = await server.read();
  const began = performance.now();
  let count = 0;
  await steadily(updatesPerSecond, seconds, (i) =>
    writers.forEach(({ doc }, room) => {
      const id = `agent-1:${i % 40}`;
      written.set(`${room} ${id}`, performance.now());
      doc.getMap('annotations').set(id, { ...stroke(id), points });
      count++;
    }),
  );
  await until(() => delays.length === count, 'each update was seen', 10_000);
  const took = (performance.now() - began) / 1000;
  const after = await server.read();
  leave([...readers, ...writers]);
  return {
    update: round(((after.cpu.before - before.cpu.after) * 1e6) / count),
    updateSeen: spread(delays),
    updatesPerSecond: Math.round(count / took),
  };
}

/** By the clock: what was late is made up for. */
async function steadily(perSecond: number, forSeconds: number, run: (index: number) => void): Promise<void> {
  const began = performance.now();
  for (let i = 0; i < perSecond * forSeconds; i++) {
    const wait = began + (i * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    run(i);
  }
}

/** One side doesn't read what the other one writes. */
async function measureStuck(server: ServerChild): Promise<number> {
  const [writer, stuck] = [await join(server, 'stuck', 'agent'), await join(server, 'stuck', 'consumer')];
  const before = await server.read();
  (stuck.provider.ws as unknown as WebSocket).pause();
  const map = writer.doc.getMap('annotations');
  const points = Array.from({ length: Math.floor(stuckBytes / 27) * 3 }, (_, i) => i + 0.5);
  for (let i = 0; i < stuckUpdates; i++) {
    const id = 'agent-1:0';
    map.set(id, { ...stroke(id), points });
    if (i % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 16));
  }
  await until(() => (writer.provider.ws as unknown as WebSocket).bufferedAmount === 0, 'all was taken', 20_000);
  // the last of it has been dealt with when somebody new has been
  leave([await join(server, 'stuck', 'agent')]);
  const after = await server.read();
  leave([writer, stuck]);
  return round((after.bytes - before.bytes) / 1024 / 1024);
}

export async function measureSessions(): Promise<SessionLoad> {
  const server = await startServer('ours');
  try {
    const before = await server.read();
    const docs = await inParts(sessions * 2, (i) => join(server, `busy-${i >> 1}`, i % 2 ? 'agent' : 'consumer'));
    const mirrors = await inParts(sessions * 2, (i) => mirror(server, `busy-${i >> 1}`, i % 2 ? 'agent' : 'consumer'));
    const start = await server.read();
    const payload = crypto.getRandomValues(new Uint8Array(mirrorBytes));
    const consumers = mirrors.filter((_, i) => i % 2 === 0);
    const agents = mirrors.filter((_, i) => i % 2 === 1);
    let received = 0;
    mirrors.forEach((socket) => socket.on('message', (data: Buffer) => (received += data.length > 100 ? 1 : 0)));
    const began = performance.now();
    await Promise.all([
      steadily(mirrorFramesPerSecond, seconds, (seq) =>
        consumers.forEach((socket) =>
          socket.send(encodeFrame({ kind: 'events', epoch: 1, seq, flags: seq === 0 ? 1 : 0, payload })),
        ),
      ),
      steadily(inkFramesPerSecond, seconds, (i) =>
        agents.forEach((socket) => socket.send(encodeFrame({ kind: 'ink', payload: laser(i) }))),
      ),
    ]);
    const took = (performance.now() - began) / 1000;
    const wanted = sessions * seconds * (mirrorFramesPerSecond + inkFramesPerSecond);
    await until(() => received >= wanted, `${wanted} frames came`, 10_000).catch(() => {
      throw new Error(`${received} of ${wanted} frames came`);
    });
    const end = await server.read();
    mirrors.forEach((socket) => socket.terminate());
    leave(docs);
    const cpu = (end.cpu.before - start.cpu.after) / took;
    return {
      sessions,
      cpu: round(cpu, 2),
      perCore: Math.round(sessions / cpu),
      activeRoom: round((start.bytes - before.bytes) / sessions / 1024),
    };
  } finally {
    server.close();
  }
}

function laser(i: number): Uint8Array {
  const points = Array.from({ length: 3 }, (_, j) => ({ node: 100 + i, x: i / 300, y: j / 3 }));
  return encodeJson({ type: 'laser', color: '#e01b4c', points });
}

async function mirror({ url }: ServerChild, session: string, role: Role): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/mirror/${session}`, [SUBPROTOCOL, await tokenFor({ session, role })]);
  await new Promise<void>((resolve, reject) => socket.once('message', () => resolve()).once('error', reject));
  return socket;
}
