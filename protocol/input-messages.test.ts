import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeJson, encodeJson } from './control-messages.js';
import { readInputBatch, readLiveMessage, type InputBatch, type Primitive } from './input-messages.js';
import { LIMITS } from './limits.js';

const seed = Number(process.env['SEED'] ?? 20261123);
const property = { seed, numRuns: 2000 };

const id = fc.integer({ min: 1, max: 1e6 });
const share = fc.integer({ min: -20_000, max: 20_000 });
const mods = fc.nat({ max: 15 });
const place = [id, share, share] as const;
const button = fc.constantFrom(0, 1, 2);
const key = [
  fc.constantFrom('a', 'Enter', 'ü'),
  fc.constantFrom('KeyA', ''),
  fc.nat({ max: 255 }),
  fc.nat({ max: 3 }),
] as const;
const repeat = fc.constantFrom<0 | 1>(0, 1);
const primitive = fc.oneof(
  fc.tuple(fc.constant(0), ...place, mods),
  fc.tuple(fc.constantFrom(1, 2), ...place, button, mods, fc.nat({ max: 3 })),
  fc.tuple(fc.constantFrom(1, 2), ...place, button, mods, fc.nat({ max: 3 }), id, fc.nat({ max: 500 })),
  fc.tuple(fc.constant(3), share, share, ...place, mods),
  fc.tuple(fc.constant(4), ...place, share, share, mods),
  fc.tuple(fc.constantFrom(5, 6), ...key, mods, repeat),
  fc.tuple(fc.constantFrom(5, 6), ...key, mods, repeat, fc.constantFrom('copy', 'undo')),
  fc.tuple(fc.constant(7), fc.string(), repeat),
  fc.tuple(fc.constant(8), fc.string()),
  fc.tuple(fc.constant(9), id, fc.array(id, { maxLength: 5 })),
  fc.tuple(fc.constant(10), id, fc.string({ maxLength: 40 })),
  fc.constant([11]),
  fc.constantFrom([12, 'back'], [12, 'go', '/cart']),
) as unknown as fc.Arbitrary<Primitive>;
const batch: fc.Arbitrary<InputBatch> = fc.record(
  {
    run: fc.string({ minLength: 1, maxLength: 20 }),
    seq: fc.nat(),
    grant: fc.string({ maxLength: 20 }),
    primitives: fc.array(primitive, { maxLength: 20 }),
  },
  { noNullPrototype: true },
);

test(`a batch of input comes back as it was (seed ${seed})`, () => {
  fc.assert(
    fc.property(batch, (one) => assert.deepEqual(readInputBatch(decodeJson(encodeJson(one))), one)),
    property,
  );
});

test(`what is no batch is undefined and never throws (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.anything(), (value) => assert.equal(readInputBatch(value), undefined)),
    property,
  );
  fc.assert(
    fc.property(fc.array(fc.anything(), { minLength: 1 }), (odd) => {
      const read = readInputBatch({ run: 'r', seq: 1, grant: 'g', primitives: [odd] });
      assert.ok(read === undefined || JSON.stringify(read.primitives[0]) === JSON.stringify(odd));
    }),
    property,
  );
});

test('a batch over its bounds is refused', () => {
  const read = (primitives: unknown) => readInputBatch({ run: 'r', seq: 1, grant: 'g', primitives });
  assert.ok(read([[7, 'x'.repeat(LIMITS.inputTextLength), 0]]));
  assert.equal(read([[7, 'x'.repeat(LIMITS.inputTextLength + 1), 0]]), undefined);
  assert.ok(read(Array.from({ length: LIMITS.primitivesPerBatch }, () => [11])));
  assert.equal(read(Array.from({ length: LIMITS.primitivesPerBatch + 1 }, () => [11])), undefined);
  assert.equal(read([[0, -1, 0, 0, 0]]), undefined);
  assert.equal(read([[1, 4, 0, 0, 5, 0, 1]]), undefined);
  assert.equal(read([[13]]), undefined);
  assert.equal(read([[12, 'go']]), undefined);
  assert.equal(read([[5, 'a', 'KeyA', 65, 0, 0, 0, 'format-disk']]), undefined);
});

test('a message to the agent is checked', () => {
  assert.ok(readLiveMessage({ type: 'refused', run: 'r', seq: 1, code: 'stale', node: 4 }));
  assert.ok(readLiveMessage({ type: 'refused', run: 'r', seq: 1, code: 'needs-consumer', what: 'file' }));
  assert.equal(readLiveMessage({ type: 'refused', run: 'r', seq: 1, code: '<b>' }), undefined);
  assert.equal(readLiveMessage({ type: 'copied', run: 'r', text: 'x'.repeat(LIMITS.inputTextLength + 1) }), undefined);
  assert.equal(readLiveMessage({ type: 'toString' }), undefined);
  assert.equal(readLiveMessage(null), undefined);
});
