import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { openRaw, upgradeRequest, type RawSocket } from './testing/raw-socket.js';
import { join, open, secret, settled, stroke, until } from './testing/rig.js';
import { startServerProcess, type ServerProcess } from './testing/server-process.js';

const megabyte = 2 ** 20;
const wanted = 10_000;

/** As many as this machine lets one process open, where that is less. */
function mostSockets(): number {
  const soft = /Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return Math.min(wanted, Number(soft ?? 4096) - 500);
}

/** What one of many does that never shows a token: nothing at all, half of a request, or a request with nonsense. */
function pretend(raw: RawSocket, i: number): void {
  if (i % 3 === 1) raw.socket.write('GET /sync/s HTTP/1.1\r\nHost: x\r\nX-Long: ');
  if (i % 3 === 2) raw.socket.write(upgradeRequest('/sync/s', 'not.a.token'));
}

async function openMany(t: TestContext, server: ServerProcess, count: number): Promise<RawSocket[]> {
  const sockets: RawSocket[] = [];
  t.after(() => sockets.forEach(({ socket }) => socket.destroy()));
  for (let i = 0; i < count; i += 250) {
    // from a few addresses, as each may have a thousand only
    const localAddress = `127.0.1.${1 + Math.floor(i / 1000)}`;
    const part = Array.from({ length: Math.min(250, count - i) }, () =>
      openRaw({ after: () => undefined }, { ...server, localAddress }),
    );
    sockets.push(...(await Promise.all(part)));
  }
  sockets.forEach(pretend);
  return sockets;
}

test('10,000 sockets that never authenticate: others join meanwhile, all are gone soon, and so is what they held', async (t) => {
  const server = await startServerProcess(t, { secret, limits: { unauthenticatedMilliseconds: 3000 } });
  await join(t, server);
  const count = mostSockets();
  if (count < wanted) t.diagnostic(`${count} sockets: this machine allows no more`);
  const before = await server.memory();
  const sockets = await openMany(t, server, count);
  let closed = 0;
  for (const raw of sockets) void raw.closed.then(() => closed++);
  const during = await server.memory();
  const started = performance.now();
  await join(t, server, { role: 'agent' });
  assert.ok(performance.now() - started < 2000, 'an agent comes in');
  await until(() => closed === count, 'all closed', 10_000);
  const held = during.used - before.used;
  t.diagnostic(`${count} sockets, ${(held / count / 1024).toFixed(1)} kB each`);
  assert.ok(held / count / 1024 < 25, 'not much each');
  // the server's own end of each closes a little later
  let stayed = Infinity;
  for (const deadline = Date.now() + 10_000; stayed > held / 8;) {
    assert.ok(Date.now() < deadline, `${stayed} bytes stayed of ${held}`);
    stayed = (await server.memory()).used - before.used;
  }
  t.diagnostic(`${Math.round(stayed / 1024)} kB stayed of ${Math.round(held / 1024)}`);
  assert.equal((await server.memory()).connections, 2);
});

test('sessions come and go: nothing of them stays', async (t) => {
  const server = await startServerProcess(t, { secret, roomGrace: 0.2 });
  const sizes: number[] = [];
  for (let round = 0; round < 3; round++) {
    await haveSessions(t, server, 50);
    sizes.push((await server.memory()).used);
  }
  t.diagnostic(`after each 50 sessions: ${sizes.map((size) => Math.round(size / 1024)).join(', ')} kB`);
  // the first ones have loaded what is loaded once
  assert.ok(sizes[2]! - sizes[0]! < 2 * megabyte, 'less than 20 kB a session');
});

/** Sessions with a doc and a page's picture each, all at once; then all are left and forgotten. */
async function haveSessions(t: TestContext, server: ServerProcess, count: number): Promise<void> {
  const before = (await server.memory()).used;
  const ids = Array.from({ length: count }, (_, i) => `session-${i}`);
  const mirrors = await Promise.all(ids.map((session) => open(t, server, { session })));
  for (const mirror of mirrors) mirror.events(1, 0, new Uint8Array(100_000));
  const agents = await Promise.all(ids.map((session) => join(t, server, { session, role: 'agent' })));
  for (const { doc } of agents) doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
  await Promise.all(mirrors.map((mirror) => settled(mirror)));
  const { used, sessions } = await server.memory();
  assert.equal(sessions, count);
  assert.ok(used - before > count * 100_000, 'they hold something');
  for (const { socket } of mirrors) socket.close();
  for (const { provider } of agents) provider.destroy();
  for (const deadline = Date.now() + 5000; (await server.memory()).sessions > 0;) assert.ok(Date.now() < deadline);
}
