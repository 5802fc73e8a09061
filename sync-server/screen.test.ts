import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FRAME_FLAGS, type ScreenInfo } from '../protocol/index.js';
import { join, open, settled, startServer, text, until, type RawSide, type Rig } from './testing/rig.js';

const screen: ScreenInfo = { source: 'screen', capture: 'on', surface: 'screen' };

/** A session in full device; `show` says where the picture comes from. */
async function fullDevice(t: TestContext, rig: Rig) {
  const side = await join(t, rig);
  const session = side.doc.getMap('session');
  const set = async (fields: Record<string, unknown>) => {
    side.doc.transact(() => Object.entries(fields).forEach(([key, value]) => session.set(key, value)));
    // a newcomer sees what the server has
    const probe = await join(t, rig, { role: 'observer', sub: `probe-${Math.random()}` });
    const has = () =>
      Object.entries(fields).every(
        ([key, value]) => JSON.stringify(probe.doc.getMap('session').get(key)) === JSON.stringify(value),
      );
    await until(has, 'the doc at the server');
    probe.provider.destroy();
  };
  await set({ status: 'active', mode: 'full-device', screen });
  return { set, show: (source: ScreenInfo['source']) => set({ screen: { ...screen, source } }) };
}

const bytes = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : (content as Uint8Array<ArrayBuffer>);

/** A picture; the first of a sequence is a key picture. */
function picture(side: RawSide, epoch: number, seq: number, key = seq === 0, content?: string | Uint8Array): void {
  const payload = bytes(content ?? `${epoch}/${seq}${key ? ' key' : ''}`);
  side.frame({ kind: 'screen', epoch, seq, flags: key ? FRAME_FLAGS.snapshot : 0, payload });
}

const seen = (side: RawSide) => side.of('screen').map(text);
const asked = (side: RawSide) => side.controls().filter(({ type }) => type === 'screen-key').length;
const refused = (side: RawSide) =>
  side.controls().flatMap((message) => (message.type === 'refused' ? [message.code] : []));

test('pictures are passed on in full device only, while no page of ours is seen', async (t) => {
  const rig = await startServer(t);
  const { set, show } = await fullDevice(t, rig);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  picture(consumer, 1, 0);
  await until(() => seen(agent).length === 1, 'a picture');
  await show('mirror');
  picture(consumer, 1, 1);
  await settled(consumer);
  await show('none');
  picture(consumer, 1, 2);
  await settled(consumer);
  await set({ mode: 'screen-share', screen: null });
  picture(consumer, 1, 3);
  await settled(consumer);
  await settled(agent);
  assert.deepEqual(seen(agent), ['1/0 key']);
  assert.deepEqual(refused(consumer), ['wrong-status', 'wrong-status', 'wrong-status']);
});

test('who comes late gets the running sequence; what is over is not kept', async (t) => {
  const rig = await startServer(t);
  const { show } = await fullDevice(t, rig);
  const consumer = await open(t, rig);
  for (let seq = 0; seq < 3; seq++) picture(consumer, 1, seq);
  picture(consumer, 1, 3, true);
  picture(consumer, 1, 4);
  await settled(consumer);
  const late = await open(t, rig, { role: 'agent', sub: 'late' });
  await until(() => seen(late).length === 2, 'the sequence');
  assert.deepEqual(seen(late), ['1/3 key', '1/4']);
  picture(consumer, 1, 5);
  await until(() => seen(late).length === 3, 'what follows');
  await show('mirror');
  const later = await open(t, rig, { role: 'agent', sub: 'later' });
  await settled(later);
  assert.deepEqual(seen(later), []);
});

test('after a gap nothing is passed on until a key picture, which is asked for once', async (t) => {
  const rig = await startServer(t);
  await fullDevice(t, rig);
  const consumer = await open(t, rig);
  const agent = await open(t, rig, { role: 'agent' });
  picture(consumer, 1, 0);
  for (const seq of [2, 3, 4, 5]) picture(consumer, 1, seq);
  await until(() => asked(consumer) > 0, 'a key picture asked for');
  picture(consumer, 1, 6, true);
  picture(consumer, 1, 7);
  await until(() => seen(agent).length === 3, 'the new sequence');
  assert.deepEqual(seen(agent), ['1/0 key', '1/6 key', '1/7']);
  assert.equal(asked(consumer), 1);
});

test('a slow agent drops to the next key picture; the others get every one', async (t) => {
  const rig = await startServer(t, { limits: { screenBufferBytes: 256 * 1024, screenFramesPerSecond: 10_000 } });
  await fullDevice(t, rig);
  const consumer = await open(t, rig);
  const slow = await open(t, rig, { role: 'agent', sub: 'slow' });
  const fast = await open(t, rig, { role: 'agent', sub: 'fast' });
  picture(consumer, 1, 0);
  await until(() => seen(slow).length === 1, 'the first');
  slow.socket.pause();
  const large = Uint8Array.from({ length: 64 * 1024 }, (_, index) => index % 251);
  for (let seq = 1; seq <= 300; seq++) {
    picture(consumer, 1, seq, false, large);
    if (seq % 20 === 0) await settled(consumer);
  }
  await until(() => fast.of('screen').length === 301, 'all at the fast one');
  assert.equal(asked(consumer), 0, 'not while it does not read');
  slow.socket.resume();
  await until(() => asked(consumer) === 1, 'a key picture asked for');
  picture(consumer, 1, 301, true);
  picture(consumer, 1, 302);
  await until(() => slow.of('screen').at(-1)?.seq === 302, 'the new sequence');
  const numbers = slow.of('screen').map(({ seq }) => seq);
  const gap = numbers.findIndex((seq, index) => seq !== index);
  assert.ok(gap > 0 && gap < 301, 'it lost some');
  assert.deepEqual(numbers.slice(gap), [301, 302]);
});

test('codecs: the sender is told what all agents can show', async (t) => {
  const rig = await startServer(t);
  const consumer = await open(t, rig);
  const last = () => consumer.controls().filter((message) => message.type === 'screen-codecs').at(-1); // prettier-ignore
  const codecs = () => {
    const message = last();
    return message?.type === 'screen-codecs' ? message.codecs : undefined;
  };
  const ana = await open(t, rig, { role: 'agent', sub: 'ana' });
  ana.control({ type: 'decodes', codecs: ['vp8', 'vp9', 'h264'] });
  await until(() => codecs()?.length === 3, 'those of one');
  const bob = await open(t, rig, { role: 'agent', sub: 'bob' });
  bob.control({ type: 'decodes', codecs: ['vp8', 'av1', 'mpeg2' as never] });
  await until(() => codecs()?.length === 1, 'what both have');
  assert.deepEqual(codecs(), ['vp8']);
  ana.socket.terminate();
  await until(() => codecs()?.length === 2, 'those of the other');
  assert.deepEqual(codecs(), ['av1', 'vp8']);
});

test('too large a picture and too many of them are refused by name', async (t) => {
  const rig = await startServer(t, { limits: { screenPictureBytes: 1000, screenFramesPerSecond: 5 } });
  await fullDevice(t, rig);
  const consumer = await open(t, rig);
  picture(consumer, 1, 0, true, new Uint8Array(1001));
  for (let seq = 0; seq < 12; seq++) picture(consumer, 1, seq);
  await settled(consumer);
  const codes = new Set(refused(consumer));
  assert.deepEqual([...codes], ['message-too-big', 'rate-limited']);
  assert.equal(consumer.socket.readyState, 1);
});
