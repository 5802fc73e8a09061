import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FRAME_FLAGS, readShellMessage, type ControlMessage, type ScreenInfo } from '../protocol/index.js';
import { join, open, settled, startServer, text, until, type RawSide, type Rig } from './testing/rig.js';

const screen: ScreenInfo = { source: 'screen', capture: 'on', surface: 'screen' };
const device = { device: true } as const;

/** The consumer's page by its doc. */
async function page(t: TestContext, rig: Rig) {
  const side = await join(t, rig);
  const session = side.doc.getMap('session');
  const set = (fields: Record<string, unknown>) =>
    side.doc.transact(() => Object.entries(fields).forEach(([key, value]) => session.set(key, value)));
  const show = (source: ScreenInfo['source']) =>
    set({ status: 'active', mode: 'full-device', screen: { ...screen, source } });
  return { set, show };
}

type Said<T extends ControlMessage['type']> = Extract<ControlMessage, { type: T }>;
const last = <T extends ControlMessage['type']>(side: RawSide, type: T): Said<T> | undefined =>
  side.controls().findLast((message): message is Said<T> => message.type === type);
const isWanted = (side: RawSide, wanted: boolean, over = false) =>
  until(() => {
    const said = last(side, 'screen-wanted');
    return said?.wanted === wanted && said.over === over;
  }, `wanted: ${wanted}, over: ${over}`);
const shows = (side: RawSide, wanted: boolean) =>
  until(() => last(side, 'device')?.shows === wanted, `shows: ${wanted}`);

function picture(side: RawSide, epoch: number, seq: number): void {
  const payload = new TextEncoder().encode(`${epoch}/${seq}`);
  side.frame({ kind: 'screen', epoch, seq, flags: seq === 0 ? FRAME_FLAGS.snapshot : 0, payload });
}
const seen = (side: RawSide) => side.of('screen').map(text);
const refused = (side: RawSide) =>
  side.controls().flatMap((message) => (message.type === 'refused' ? [`${message.kind} ${message.code}`] : []));

test('a device shows the screen while the page says that it is out of sight', async (t) => {
  const rig = await startServer(t);
  const { set, show } = await page(t, rig);
  await open(t, rig);
  const app = await open(t, rig, device);
  const agent = await open(t, rig, { role: 'agent' });
  await isWanted(app, false, true);
  picture(app, 1, 0);
  show('mirror');
  await isWanted(app, false);
  picture(app, 2, 0);
  await settled(app);
  show('screen');
  await isWanted(app, true);
  await shows(agent, true);
  picture(app, 3, 0);
  await until(() => seen(agent).length === 1, 'a picture');
  show('mirror');
  await isWanted(app, false);
  await shows(agent, false);
  picture(app, 3, 1);
  set({ mode: 'screen-share', screen: null });
  await isWanted(app, false, true);
  await settled(agent);
  assert.deepEqual(seen(agent), ['3/0']);
  assert.deepEqual(refused(app), ['screen wrong-status', 'screen wrong-status', 'screen wrong-status']);
});

test('where the page can’t be heard any more, the device says that the app is out of sight', async (t) => {
  const rig = await startServer(t);
  const { show } = await page(t, rig);
  const consumer = await open(t, rig);
  const app = await open(t, rig, device);
  const agent = await open(t, rig, { role: 'agent' });
  show('mirror');
  await isWanted(app, false);
  app.control({ type: 'minimised', minimised: true });
  await settled(app);
  // the page is there, and knows better
  assert.equal(last(app, 'screen-wanted')?.wanted, false);
  consumer.socket.terminate();
  await isWanted(app, true);
  await shows(agent, true);
  picture(app, 1, 0);
  await until(() => seen(agent).length === 1, 'a picture');
  const back = await open(t, rig);
  await isWanted(app, false);
  await shows(agent, false);
  back.socket.terminate();
  await isWanted(app, true);
  app.control({ type: 'minimised', minimised: false });
  await isWanted(app, false);
  // a reload in front of the person is not a reason to show what no mask has been over
  picture(app, 2, 0);
  await settled(app);
  assert.deepEqual(seen(agent), ['1/0']);
});

test('a late agent is told of the device, and learns that it has gone', async (t) => {
  const rig = await startServer(t);
  const { show } = await page(t, rig);
  const app = await open(t, rig, device);
  show('screen');
  await isWanted(app, true);
  picture(app, 1, 0);
  await settled(app);
  const agent = await open(t, rig, { role: 'agent' });
  await shows(agent, true);
  await until(() => seen(agent).length === 1, 'what was kept');
  app.socket.terminate();
  await shows(agent, false);
});

test('a device may nothing else', async (t) => {
  const rig = await startServer(t);
  const { show } = await page(t, rig);
  const consumer = await open(t, rig);
  const app = await open(t, rig, device);
  const agent = await open(t, rig, { role: 'agent' });
  show('screen');
  await isWanted(app, true);
  consumer.events(1, 0, 'page');
  for (const kind of ['events', 'ink', 'live', 'asset', 'input'] as const)
    app.frame({ kind, epoch: 2, seq: 0, flags: FRAME_FLAGS.snapshot, payload: new Uint8Array(2) });
  app.control({ type: 'resync', reason: 'agent' });
  agent.frame({ kind: 'ink', payload: new Uint8Array(2) });
  await until(() => agent.of('events').length === 1, 'the page');
  await Promise.all([settled(app), settled(agent)]);
  assert.equal(agent.of('ink').length, 0);
  assert.deepEqual(agent.of('events').map(text), ['page']);
  const expected = ['events', 'ink', 'live', 'asset', 'input'].map((kind) => `${kind} forbidden`);
  assert.deepEqual(refused(app), [...expected, 'control bad-request']);
  // what goes to the page or the agents is not for the app
  assert.deepEqual([...app.of('events'), ...app.of('ink')], []);
  assert.equal(consumer.of('ink').length, 1);
});

test('a device has no doc, and is a consumer’s only', async (t) => {
  const rig = await startServer(t);
  const sync = await open(t, rig, { ...device, channel: 'sync', without: 'waiting' });
  assert.equal((await sync.closed).reason, 'forbidden');
  const agents = await open(t, rig, { ...device, role: 'agent', without: 'waiting' });
  assert.equal((await agents.closed).reason, 'forbidden');
  await open(t, rig);
  const stranger = await open(t, rig, { ...device, sub: 'somebody-else', without: 'waiting' });
  assert.equal((await stranger.closed).reason, 'session-full');
});

test('what a shell tells is read, and anything else is nothing', () => {
  assert.deepEqual(readShellMessage({ type: 'minimised', more: 1 }), { type: 'minimised' });
  assert.deepEqual(readShellMessage({ type: 'capture-ended', reason: 'stopped' }), {
    type: 'capture-ended',
    reason: 'stopped',
  });
  assert.deepEqual(readShellMessage({ type: 'capture-ended', reason: 7 }), { type: 'capture-ended', reason: 'failed' });
  for (const other of [null, 'minimised', { type: 'else' }, [], undefined])
    assert.equal(readShellMessage(other), undefined);
});
