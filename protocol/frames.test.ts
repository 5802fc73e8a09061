import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decodeFrame,
  encodeFrame,
  FRAME_HEADER_BYTES,
  FRAME_KINDS,
  FRAME_VERSION,
  FrameError,
  type Frame,
  type FrameKind,
} from './frames.js';

const isWellFormed = (text: string) => !/\p{Cs}/u.test(text);
const seed = Number(process.env['SEED'] ?? 20261123);
const property = { seed, numRuns: 2000 };
const encoder = new TextEncoder();

const kinds = Object.keys(FRAME_KINDS) as FrameKind[];
const uint32 = fc.oneof(fc.nat({ max: 0xffff_ffff }), fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff));
const sender = fc
  .string({ unit: 'binary', maxLength: 128 })
  .filter((text) => isWellFormed(text) && encoder.encode(text).length <= 255);
const frame: fc.Arbitrary<Frame> = fc.record(
  {
    kind: fc.constantFrom(...kinds),
    flags: fc.nat({ max: 3 }),
    epoch: uint32,
    seq: uint32,
    sender: fc.oneof(sender, fc.constantFrom('', '\ufeffbom', 'ü'.repeat(127), 'a:b:c')),
    payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  },
  { noNullPrototype: true },
);

test(`every frame comes back as it was (seed ${seed})`, () => {
  fc.assert(
    fc.property(frame, (one) => assert.deepEqual(decodeFrame(encodeFrame(one)), one)),
    property,
  );
});

test(`also inside a larger buffer, as sockets hand it out (seed ${seed})`, () => {
  fc.assert(
    fc.property(frame, fc.nat({ max: 9 }), (one, before) => {
      const bytes = encodeFrame(one);
      const larger = new Uint8Array(before + bytes.length + 3);
      larger.set(bytes, before);
      assert.deepEqual(decodeFrame(larger.subarray(before, before + bytes.length)), one);
    }),
    property,
  );
});

test(`random bytes are a frame or a FrameError (seed ${seed})`, () => {
  const header = fc
    .tuple(fc.constant(FRAME_VERSION), fc.nat({ max: 9 }), fc.nat({ max: 7 }), fc.nat({ max: 40 }), fc.uint8Array())
    .map(([version, kind, flags, length, rest]) => Uint8Array.of(version, kind, flags, length, ...rest));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), header), (bytes) => {
      const input = new Uint8Array(bytes);
      let decoded: Frame;
      try {
        decoded = decodeFrame(input);
      } catch (error) {
        assert.ok(error instanceof FrameError, String(error));
        return;
      }
      assert.deepEqual(encodeFrame(decoded), input);
    }),
    property,
  );
});

test(`a frame with bytes changed or cut is a frame or a FrameError (seed ${seed})`, () => {
  fc.assert(
    fc.property(frame, fc.nat(), fc.nat(), fc.nat({ max: 255 }), (one, at, length, to) => {
      const bytes = encodeFrame(one);
      bytes[at % bytes.length] = to;
      try {
        decodeFrame(bytes.slice(0, length % (bytes.length + 1)));
      } catch (error) {
        assert.ok(error instanceof FrameError, String(error));
      }
    }),
    property,
  );
});

test('what doesn’t fit the layout is not encoded', () => {
  for (const wrong of [{ sender: 'x'.repeat(256) }, { epoch: -1 }, { seq: 2 ** 32 }, { epoch: 1.5 }, { flags: 4 }])
    assert.throws(() => encodeFrame({ kind: 'ink', ...wrong }), FrameError);
});

test('the layout is the documented one', () => {
  const bytes = encodeFrame({
    kind: 'ink',
    flags: 2,
    epoch: 0x01020304,
    seq: 0x05060708,
    sender: 'é',
    payload: Uint8Array.of(9),
  });
  assert.deepEqual([...bytes], [1, 3, 2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 0xc3, 0xa9, 9]);
  assert.equal(encodeFrame({ kind: 'events' }).length, FRAME_HEADER_BYTES);
});
