import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeControl, encodeJson } from './control-messages.js';
import {
  decodeFrame,
  encodeFrame,
  FRAME_FLAGS,
  FRAME_HEADER_BYTES,
  FRAME_KINDS,
  FrameError,
  type FrameKind,
} from './frames.js';

// printed by fast-check with the counterexample; fixed so that a run can be repeated
const seed = Number(process.env.SEED ?? 20261123);
const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const frame = fc.record({
  kind: fc.constantFrom(...(Object.keys(FRAME_KINDS) as FrameKind[])),
  flags: fc.constantFrom(0, FRAME_FLAGS.snapshot, FRAME_FLAGS.more, FRAME_FLAGS.snapshot | FRAME_FLAGS.more),
  epoch: fc.nat(0xffff_ffff),
  seq: fc.nat(0xffff_ffff),
  sender: fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .filter((text) => Buffer.byteLength(text) <= 255),
  payload: bytes(2000),
});

test('every frame comes back as it was', () => {
  fc.assert(
    fc.property(frame, (value) => {
      const decoded = decodeFrame(encodeFrame(value));
      assert.deepEqual({ ...decoded, payload: [...decoded.payload] }, { ...value, payload: [...value.payload] });
    }),
    { seed, numRuns: 2000 },
  );
});

test('random bytes give a frame or a FrameError, nothing else', () => {
  fc.assert(
    fc.property(bytes(64), (value) => {
      try {
        decodeFrame(value);
      } catch (error) {
        assert.ok(error instanceof FrameError);
      }
    }),
    { seed, numRuns: 20_000 },
  );
});

test('a damaged frame gives a frame or a FrameError, nothing else', () => {
  fc.assert(
    fc.property(frame, fc.nat(), fc.nat(255), fc.nat(), (value, place, byte, length) => {
      const encoded = encodeFrame(value);
      encoded[place % encoded.length] = byte;
      try {
        decodeFrame(encoded.subarray(0, length % (encoded.length + 1)));
      } catch (error) {
        assert.ok(error instanceof FrameError);
      }
    }),
    { seed, numRuns: 5000 },
  );
});

test('fields that do not fit are refused by the encoder', () => {
  assert.throws(() => encodeFrame({ kind: 'events', epoch: -1 }), FrameError);
  assert.throws(() => encodeFrame({ kind: 'events', seq: 2 ** 32 }), FrameError);
  assert.throws(() => encodeFrame({ kind: 'events', flags: 128 }), FrameError);
  assert.throws(() => encodeFrame({ kind: 'events', sender: 'x'.repeat(256) }), FrameError);
});

test('the header has the documented layout', () => {
  const encoded = encodeFrame({
    kind: 'ink',
    flags: 2,
    epoch: 0x01020304,
    seq: 0x05060708,
    sender: 'ab',
    payload: Uint8Array.of(9),
  });
  assert.equal(FRAME_HEADER_BYTES, 12);
  assert.deepEqual([...encoded], [1, 3, 2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 97, 98, 9]);
});

test('a control message is read back, and what is none is undefined', () => {
  assert.deepEqual(decodeControl(encodeJson({ type: 'resync', reason: 'gap' })), { type: 'resync', reason: 'gap' });
  for (const value of [null, 1, 'resync', [], {}, { type: 'other' }])
    assert.equal(decodeControl(encodeJson(value)), undefined);
  fc.assert(
    fc.property(bytes(100), (value) => {
      decodeControl(value);
    }),
    { seed, numRuns: 5000 },
  );
});
