import assert from 'node:assert/strict';
import { it } from 'node:test';
import { constants, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { BatchDecoder } from './decoder.js';
import type { CobrowseError } from '../../protocol/index.js';
import { BatchEncoder, cut } from './encoder.js';

const event = fc.record({ type: fc.integer({ min: 0, max: 6 }), data: fc.dictionary(fc.string(), fc.jsonValue()) });
const batches = fc.array(fc.array(event, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 });
const seed = Date.now() & 0x7fffffff;

it('each batch can be read as soon as its bytes are there', () => {
  fc.assert(
    fc.property(batches, (list) => {
      const encoder = new BatchEncoder();
      const decoder = new BatchDecoder();
      for (const batch of list)
        assert.deepEqual(decoder.push(encoder.encode(batch), false), JSON.parse(JSON.stringify(batch)));
    }),
    { seed, numRuns: 100 },
  );
});

it('another inflater reads the same stream', () => {
  fc.assert(
    fc.property(batches, (list) => {
      const encoder = new BatchEncoder();
      const bytes = Buffer.concat(list.map((batch) => encoder.encode(batch)));
      const text = inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
      assert.equal(text, list.map((batch) => JSON.stringify(batch)).join(''));
    }),
    { seed, numRuns: 100 },
  );
});

it('batches cut anywhere come through whole, and nothing before the last piece', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(batches, sizes, (list, ways) => {
      const encoder = new BatchEncoder();
      const decoder = new BatchDecoder();
      for (const [i, batch] of list.entries()) {
        const pieces = cut(encoder.encode(batch), ways[i % ways.length]!);
        for (const piece of pieces.slice(0, -1)) assert.equal(decoder.push(piece, true), undefined);
        assert.deepEqual(decoder.push(pieces.at(-1)!, false), JSON.parse(JSON.stringify(batch)));
      }
    }),
    { seed, numRuns: 100 },
  );
});

it('what is no batch is refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      try {
        new BatchDecoder(10_000).push(bytes, false);
      } catch (error) {
        assert.equal((error as CobrowseError).code, 'mirror-failed');
      }
    }),
    { seed, numRuns: 300 },
  );
  const bomb = new BatchEncoder().encode(['x'.repeat(100_000)]);
  assert.throws(() => new BatchDecoder(10_000).push(bomb, false), { code: 'mirror-failed' });
});

it('large batches come through in pieces', () => {
  const encoder = new BatchEncoder();
  const decoder = new BatchDecoder();
  for (let size = 1; size < 40_000; size *= 3) {
    const batch = Array.from({ length: size }, (_, index) => ({ id: index, text: `node ${(index * 7919) % 1013}` }));
    const bytes = encoder.encode(batch);
    const half = bytes.length >> 1;
    assert.equal(decoder.push(bytes.subarray(0, half), true), undefined);
    assert.deepEqual(decoder.push(bytes.subarray(half), false), batch);
  }
});
