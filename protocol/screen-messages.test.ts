import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeFrame, FRAME_HEADER_BYTES } from './frames.js';
import { LIMITS } from './limits.js';
import {
  readScreenCodecs,
  readScreenPicture,
  screenCodecOf,
  ScreenPictureError,
  writeScreenPicture,
  type ScreenPicture,
} from './screen-messages.js';

const seed = Number(process.env['SEED'] ?? 20261123);
const property = { seed, numRuns: 1500 };

const codecs = ['vp09.00.40.08', 'vp09.00.10.08.00.01.01.01.00', 'av01.0.08M.08', 'avc1.64001F', 'avc3.42e01f', 'vp8'];
const bytesOf = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => new Uint8Array(bytes));
const config = fc.record(
  {
    codec: fc.constantFrom(...codecs),
    width: fc.integer({ min: 1, max: LIMITS.screenSide }),
    height: fc.integer({ min: 1, max: LIMITS.screenSide }),
    description: bytesOf(0, 64),
  },
  { noNullPrototype: true },
);
const picture: fc.Arbitrary<ScreenPicture> = fc.record(
  { timestamp: fc.maxSafeNat(), key: fc.option(config), data: bytesOf(1, 300) },
  { noNullPrototype: true },
);

/** Reads, and says when it was refused; any other error fails the test. */
function readOrRefuse(bytes: Uint8Array<ArrayBuffer>): ScreenPicture | 'refused' {
  try {
    return readScreenPicture(bytes);
  } catch (error) {
    assert.ok(error instanceof ScreenPictureError, String(error));
    return 'refused';
  }
}

test(`every picture comes back as it was (seed ${seed})`, () => {
  fc.assert(
    fc.property(picture, (one) => assert.deepEqual(readScreenPicture(writeScreenPicture(one)), one)),
    property,
  );
});

test(`also inside a larger buffer, as a frame hands it out (seed ${seed})`, () => {
  fc.assert(
    fc.property(picture, (one) => {
      const frame = encodeFrame({ kind: 'screen', payload: writeScreenPicture(one) });
      assert.deepEqual(readScreenPicture(frame.subarray(FRAME_HEADER_BYTES)), one);
    }),
    property,
  );
});

test(`any bytes are a picture or a ScreenPictureError (seed ${seed})`, () => {
  const head = fc.tuple(fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 60 }));
  fc.assert(
    fc.property(head, ([kind, fields, rest]) => {
      const read = readOrRefuse(Uint8Array.of(kind, ...fields, ...rest));
      // what is read can be written, so each field is within its bounds
      if (read !== 'refused') writeScreenPicture(read);
    }),
    property,
  );
});

test(`a picture that is cut off anywhere is refused, or has less data (seed ${seed})`, () => {
  fc.assert(
    fc.property(picture, fc.nat({ max: 400 }), (one, cut) => {
      const bytes = writeScreenPicture(one);
      const read = readOrRefuse(bytes.subarray(0, Math.max(0, bytes.length - 1 - cut)));
      if (read !== 'refused') assert.ok(read.data.length < one.data.length);
    }),
    property,
  );
});

test('what is out of its bounds is neither written nor read', () => {
  const key = { codec: 'vp8', width: 2, height: 2, description: new Uint8Array() };
  const good: ScreenPicture = { timestamp: 1, key, data: Uint8Array.of(1) };
  const bad: ScreenPicture[] = [
    { ...good, timestamp: -1 },
    { ...good, timestamp: 2 ** 53 },
    { ...good, timestamp: 0.5 },
    { ...good, data: new Uint8Array() },
    { ...good, data: new Uint8Array(LIMITS.screenPictureBytes) },
    { ...good, key: { ...key, codec: 'hev1.1.6.L93.B0' } },
    { ...good, key: { ...key, codec: 'vp8"><script>' } },
    { ...good, key: { ...key, width: 0 } },
    { ...good, key: { ...key, height: LIMITS.screenSide + 1 } },
    { ...good, key: { ...key, description: new Uint8Array(LIMITS.screenDescriptionBytes + 1) } },
  ];
  for (const one of bad) assert.throws(() => writeScreenPicture(one), ScreenPictureError);
  assert.throws(() => readScreenPicture(new Uint8Array(LIMITS.screenPictureBytes + 1)), ScreenPictureError);
});

test('the largest picture fits into a frame with the longest name', () => {
  const header = FRAME_HEADER_BYTES + 255;
  assert.ok(LIMITS.screenPictureBytes + header <= LIMITS.mirrorFrameBytes);
});

test('codecs are known by their families; of what a peer names only these count', () => {
  assert.deepEqual(codecs.map(screenCodecOf), ['vp9', 'vp9', 'av1', 'h264', 'h264', 'vp8']);
  assert.equal(screenCodecOf('mp4a.40.2'), undefined);
  assert.deepEqual(readScreenCodecs(['vp8', 'theora', 7, 'vp9', 'vp8']), ['vp9', 'vp8']);
  for (const odd of [undefined, null, 'vp9', { 0: 'vp9', length: 1 }]) assert.deepEqual(readScreenCodecs(odd), []);
});
