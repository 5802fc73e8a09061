import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { CaptureReader } from './capture-reader.js';

/** A canvas that is captured as a screen is: what doesn't change gives no frames. */
function captured() {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 64];
  document.body.append(canvas);
  const context = canvas.getContext('2d')!;
  let count = 0;
  const paint = () => {
    context.fillStyle = `rgb(${count++ % 256}, 0, 0)`;
    context.fillRect(0, 0, 64, 64);
  };
  paint();
  const [track] = canvas.captureStream().getVideoTracks();
  return { track: track!, paint, remove: () => canvas.remove() };
}

describe('reading what is captured', () => {
  let source: ReturnType<typeof captured>;
  let reader: CaptureReader;
  let frames: { at: number; capturedAt: number }[];
  let isTaken: boolean;
  let painting: ReturnType<typeof setInterval> | undefined;

  beforeEach(() => {
    source = captured();
    frames = [];
    isTaken = true;
    reader = new CaptureReader({
      track: source.track,
      onFrame: (_frame, capturedAt) => {
        frames.push({ at: performance.now(), capturedAt });
        return isTaken;
      },
    });
  });
  afterEach(() => {
    clearInterval(painting);
    reader.stop();
    source.track.stop();
    source.remove();
  });

  const paintOn = () => (painting = setInterval(source.paint, 20));
  const given = (count: number) =>
    waitUntil(() => frames.length >= count, `${count} frames`, { interval: 5, timeout: 5000 });

  it('gives nothing that was captured before the page in view has gone', async () => {
    paintOn();
    await aTimeout(0);
    const since = performance.now();
    reader.start();
    await given(3);
    expect(frames[0]!.capturedAt - since).to.be.at.least(100);
    expect(frames[0]!.at - since, 'and waits for no more than that').to.be.below(900);
  });

  it('gives what stands still too, when it is old enough', async () => {
    const since = performance.now();
    reader.start();
    await given(1);
    expect(frames[0]!.at - since).to.be.at.least(1000);
  });

  it('makes up for a frame that was left out', async () => {
    isTaken = false;
    reader.start();
    await given(2);
    isTaken = true;
    const before = frames.length;
    await given(before + 1);
  });

  it('gives a frame when one is needed', async () => {
    reader.start();
    await given(1);
    reader.refresh();
    await given(2);
  });

  it('reads nothing after it was stopped, and leaves the track to others', async () => {
    paintOn();
    reader.start();
    await given(1);
    reader.stop();
    const count = frames.length;
    const other = new CaptureReader({ track: source.track, onFrame: () => (isTaken = false) });
    other.start();
    await waitUntil(() => !isTaken, 'another reader gets frames', { timeout: 5000 });
    other.stop();
    expect(frames.length).to.equal(count);
    expect(reader.isReading).to.equal(false);
    expect(source.track.readyState).to.equal('live');
  });
});
