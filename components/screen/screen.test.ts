import { expect, waitUntil } from '@open-wc/testing';
import { decodeControl, type ControlMessage, type Frame, type ScreenPicture } from '../../protocol/index.js';
import { FrameListeners } from '../transport/frame-listeners.js';
import type { MirrorChannel, OutgoingFrame } from '../transport/types.js';
import { CaptureClock } from './capture-clock.js';
import { codecString, decodableCodecs, firstEncoder, withColors } from './codecs.js';
import { PictureEncoder } from './picture-encoder.js';
import { PictureSender } from './picture-sender.js';
import { ScreenPlayer } from './screen-player.js';

/** A channel whose other end is the test. */
class Line implements MirrorChannel {
  readonly listeners = new FrameListeners();
  readonly sent: OutgoingFrame[] = [];
  open = true;
  bufferedBytes = 0;

  send(frame: OutgoingFrame): boolean {
    if (this.open) this.sent.push(frame);
    return this.open;
  }
  onFrame: MirrorChannel['onFrame'] = (kind, listener) => this.listeners.onFrame(kind, listener);
  onOpenChange: MirrorChannel['onOpenChange'] = (listener) => this.listeners.onOpenChange(listener);
  controls(): ControlMessage[] {
    return this.sent.filter(({ kind }) => kind === 'control').map(({ payload }) => decodeControl(payload)!);
  }
  pictures(): OutgoingFrame[] {
    return this.sent.filter(({ kind }) => kind === 'screen');
  }
  receive(frame: Partial<Frame> & Pick<Frame, 'kind' | 'payload'>): void {
    this.listeners.emitFrame({ flags: 0, epoch: 0, seq: 0, sender: 'consumer-1', ...frame });
  }
}

/** A picture of one color. */
function frameOf(color: string, timestamp: number, [width, height] = [320, 200]): VideoFrame {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return new VideoFrame(canvas, { timestamp });
}

/** Encodes frames until each has become a picture: the first ones only start the encoder. */
async function encodeAll(colors: readonly string[], keyAt: readonly number[] = []): Promise<ScreenPicture[]> {
  const pictures: ScreenPicture[] = [];
  const errors: unknown[] = [];
  const encoder = new PictureEncoder({
    onPicture: (picture) => pictures.push(picture),
    onError: (error) => errors.push(error),
  });
  for (const [index, color] of colors.entries()) {
    if (keyAt.includes(index)) encoder.requestKey();
    const timestamp = index * 66_000;
    await waitUntil(() => encoder.encode(frameOf(color, timestamp)), 'taken', { interval: 10, timeout: 5000 });
    await waitUntil(() => pictures.length > index, 'encoded', { interval: 5, timeout: 5000 });
  }
  encoder.close();
  expect(errors).to.deep.equal([]);
  return pictures;
}

/** The same through a sender, as frames of the channel. */
function framesOf(pictures: readonly ScreenPicture[], line = new Line()): OutgoingFrame[] {
  const sender = new PictureSender({
    mirror: line,
    isWanted: () => true,
    requestKey: () => {},
    scaleBitrate: () => {},
  });
  for (const picture of pictures) sender.send(picture, performance.now() - 100);
  sender.stop();
  return line.pictures();
}

describe('the captured screen', () => {
  describe('from frames to pictures to a canvas', () => {
    let line: Line;
    let canvas: HTMLCanvasElement;
    let errors: string[];
    let drawn: number;
    let player: ScreenPlayer;

    beforeEach(() => {
      line = new Line();
      canvas = document.createElement('canvas');
      errors = [];
      drawn = 0;
      player = new ScreenPlayer({
        canvas,
        mirror: line,
        onPicture: () => drawn++,
        onError: ({ code }) => errors.push(code),
      });
    });
    afterEach(() => player.destroy());

    const isLike = (wanted: readonly number[]) => {
      const [...color] = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return wanted.every((value, index) => Math.abs(value - color[index]!) < 16);
    };
    const give = (frames: readonly OutgoingFrame[]) => frames.forEach((frame) => line.receive(frame));
    const keysAsked = () => line.controls().filter(({ type }) => type === 'screen-key').length;

    it('shows what was captured, in its colors and size', async () => {
      give(framesOf(await encodeAll(['rgb(200, 30, 30)', 'rgb(20, 160, 60)'])));
      await waitUntil(() => drawn === 2, 'both drawn', { timeout: 5000 });
      expect([canvas.width, canvas.height]).to.deep.equal([320, 200]);
      expect(isLike([20, 160, 60])).to.equal(true);
      expect(errors).to.deep.equal([]);
    });

    it('says which codecs it can show', async () => {
      await waitUntil(() => line.controls().length > 0);
      expect(line.controls()[0]).to.deep.equal({ type: 'decodes', codecs: await decodableCodecs() });
    });

    it('asks for a key picture after a gap, and goes on with it', async () => {
      const frames = framesOf(await encodeAll(['red', 'green', 'blue', 'rgb(0, 0, 200)'], [3]));
      give([frames[0]!, frames[2]!]);
      expect(keysAsked()).to.equal(1);
      give([frames[3]!]);
      await waitUntil(() => drawn === 2, 'the key picture', { timeout: 5000 });
      expect(isLike([0, 0, 200])).to.equal(true);
    });

    it('waits for a key picture at first', async () => {
      const frames = framesOf(await encodeAll(['red', 'green']));
      give([frames[1]!]);
      expect(keysAsked()).to.equal(1);
      give(frames);
      await waitUntil(() => drawn === 2, 'both drawn', { timeout: 5000 });
    });

    it('names what is no picture, once, and goes on', async () => {
      for (let seq = 0; seq < 3; seq++)
        line.receive({ kind: 'screen', flags: 1, seq, payload: new Uint8Array([9, 9, 9]) });
      expect(errors).to.deep.equal(['mirror-failed']);
      give(framesOf(await encodeAll(['red'])));
      await waitUntil(() => drawn === 1, 'drawn', { timeout: 5000 });
    });

    it('survives a stream that no decoder understands', async () => {
      const [picture] = await encodeAll(['red']);
      const noise = crypto.getRandomValues(new Uint8Array(2000));
      give(
        framesOf([
          { ...picture!, data: noise },
          { ...picture!, key: null, data: noise },
        ]),
      );
      await waitUntil(() => keysAsked() > 0, 'asks for another', { timeout: 5000 });
      give(framesOf(await encodeAll(['rgb(20, 160, 60)'])));
      await waitUntil(() => drawn > 0 && isLike([20, 160, 60]), 'the next one', { timeout: 5000 });
    });

    it('forgets the last picture when it is over', async () => {
      give(framesOf(await encodeAll(['red'])));
      await waitUntil(() => drawn === 1, 'drawn', { timeout: 5000 });
      player.destroy();
      expect([canvas.width, canvas.height]).to.deep.equal([0, 0]);
    });
  });

  describe('sending', () => {
    let line: Line;
    let isWanted: boolean;
    let keys: number;
    let factors: number[];
    let sender: PictureSender;
    const key: ScreenPicture = {
      timestamp: 1,
      key: { codec: 'vp8', width: 2, height: 2, description: new Uint8Array() },
      data: new Uint8Array([1]),
    };
    const delta: ScreenPicture = { ...key, key: null };

    beforeEach(() => {
      line = new Line();
      isWanted = true;
      keys = 0;
      factors = [];
      sender = new PictureSender({
        mirror: line,
        isWanted: () => isWanted,
        requestKey: () => keys++,
        scaleBitrate: (factor) => factors.push(factor),
      });
    });
    afterEach(() => sender.stop());

    it('holds a picture for a moment, in which a page of ours may come into view', async () => {
      sender.send(key, performance.now());
      expect(line.pictures()).to.have.length(0);
      await waitUntil(() => line.pictures().length === 1);
      sender.send(delta, performance.now());
      isWanted = false;
      sender.flush();
      isWanted = true;
      sender.flush();
      expect(line.pictures(), 'forgotten, not late').to.have.length(1);
    });

    it('begins a stream with a key picture, and counts', () => {
      const old = performance.now() - 100;
      sender.send(delta, old);
      expect(line.pictures()).to.have.length(0);
      for (const picture of [key, delta, delta]) sender.send(picture, old);
      expect(line.pictures().map(({ seq, flags }) => [seq, flags])).to.deep.equal([
        [0, 1],
        [1, 0],
        [2, 0],
      ]);
    });

    it('begins another one when the network took no more', () => {
      const old = performance.now() - 100;
      sender.send(key, old);
      line.open = false;
      const before = keys;
      sender.send(delta, old);
      expect(keys).to.be.above(before);
      line.open = true;
      sender.send(delta, old);
      sender.send(key, old);
      const [first, second] = line.pictures();
      expect(line.pictures()).to.have.length(2);
      expect(second!.seq).to.equal(0);
      expect(second!.epoch).to.be.above(first!.epoch!);
    });

    it('encodes nothing more while bytes wait, and with fewer bits then', () => {
      expect(sender.isReady).to.equal(true);
      line.bufferedBytes = 200 * 1024;
      expect(sender.isReady).to.equal(false);
      expect(factors[0]).to.be.below(1);
      line.bufferedBytes = 0;
      expect(sender.isReady).to.equal(true);
    });
  });

  describe('codecs', () => {
    it('takes the level that the size needs', () => {
      expect(codecString('vp9', 1920, 1080)).to.equal('vp09.00.40.08');
      expect(codecString('vp9', 3840, 2160)).to.equal('vp09.00.50.08');
      expect(codecString('h264', 1920, 1080)).to.equal('avc1.640028');
      expect(codecString('av1', 8192, 8192)).to.equal('av01.0.16M.08');
    });

    it('says the colors of VP9, and leaves others alone', () => {
      const color = { primaries: 'bt709', transfer: 'iec61966-2-1', matrix: 'bt709', fullRange: true } as const;
      expect(withColors('vp09.00.40.08', color)).to.equal('vp09.00.40.08.01.01.13.01.01');
      expect(withColors('vp8', color)).to.equal('vp8');
      expect(withColors('vp09.00.40.08', undefined)).to.equal('vp09.00.40.08');
    });

    it('has no encoder for a size that nothing can be', async () => {
      const size = { width: 0, height: 0, bitrate: 1, framerate: 15 };
      expect(await firstEncoder(['vp9', 'vp8'], size)).to.equal(undefined);
    });

    it('takes the first frame when it was told the size before', async () => {
      const pictures: ScreenPicture[] = [];
      const encoder = new PictureEncoder({ onPicture: (picture) => pictures.push(picture), onError: () => {} });
      encoder.warmUp(320, 200);
      // the first ones only start it, where it was not warmed up
      expect(encoder.encode(frameOf('red', 0)), 'not at once').to.equal(false);
      let taken = 0;
      await waitUntil(() => encoder.encode(frameOf('red', ++taken)), 'taken', { interval: 10, timeout: 5000 });
      await waitUntil(() => pictures.length > 0, 'encoded', { interval: 5, timeout: 5000 });
      expect(pictures[0]!.key).to.include({ width: 320, height: 200 });
      encoder.close();
    });

    it('names it when nothing can encode', async () => {
      const errors: string[] = [];
      const encoder = new PictureEncoder({ onPicture: () => {}, onError: ({ code }) => errors.push(code) });
      encoder.setCodecs(['h264']);
      const supports = await firstEncoder(['h264'], { width: 320, height: 200, bitrate: 1e6, framerate: 15 });
      encoder.encode(frameOf('red', 0));
      if (supports) return encoder.close();
      await waitUntil(() => errors.length > 0);
      expect(errors).to.deep.equal(['codec-unsupported']);
    });
  });

  it('tells when a frame was captured by the one that came the fastest', () => {
    const clock = new CaptureClock();
    expect(clock.timeOf(1_000_000, 5010)).to.equal(5010);
    expect(clock.timeOf(1_066_000, 5070)).to.equal(5070);
    expect(clock.timeOf(1_132_000, 5200), 'it waited').to.equal(5136);
    expect(clock.timeOf(1_198_000, 65_000), 'the clock was stopped meanwhile').to.equal(65_000);
  });
});
