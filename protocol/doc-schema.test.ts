import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeControl, encodeJson } from './control-messages.js';
import { authorOf, isValidEntry, requestSpeaksFor, ROOTS, type RequestEntry, type Root } from './doc-schema.js';
import { readInkMessage } from './ink-messages.js';
import { LIMITS } from './limits.js';
import { cleanName } from './token-claims.js';

const isWellFormed = (text: string) => !/\p{Cs}/u.test(text);
const seed = Number(process.env['SEED'] ?? 20261123);
const property = { seed, numRuns: 2000 };

const page = { id: 'p', title: 't', url: '/', width: 1, height: 1, pixelRatio: 2, device: 'desktop' };
const request = { id: 'a:1', mode: 'screen-share', agent: { id: 'a', name: 'Ana' }, at: 1 };
const stroke = {
  id: 'a:1',
  tool: 'pencil',
  color: '#aabbcc',
  width: 3,
  page: 'p',
  anchor: { node: 1, x: 0, y: 1 },
  points: [0, 0, 0.5],
};
const answer = { decision: 'allow', at: 1 };

const valid: [Root, string, unknown][] = [
  ['session', 'status', 'active'],
  ['session', 'mode', null],
  ['session', 'mode', 'remote-control'],
  ['session', 'page', page],
  ['session', 'modes', ['screen-share']],
  ['session', 'controller', 'a'],
  ['session', 'visible', false],
  ['requests', 'a:1', request],
  ['requests', 'a:1', { ...request, agent: 'a' }],
  ['requests', 'a:1', { ...request, mode: undefined, kind: 'view' }],
  ['requests', 'a:1', { ...request, kind: 'mode', limits: { minutes: 5 } }],
  ['requests', 'a:1', { ...request, mode: 'remote-control', to: 'b' }],
  ['answers', 'a:1', answer],
  ['answers', 'a:1', { ...answer, shown: { id: 'screen-share', version: 1, locale: 'en', text: 'Show?' } }],
  ['annotations', 'a:1', stroke],
];

const invalid: [Root, string, unknown][] = [
  ['session', 'status', 'done'],
  ['session', 'constructor', 'x'],
  ['session', '__proto__', {}],
  ['session', 'visible', 1],
  ['session', 'page', { ...page, title: 'x'.repeat(LIMITS.titleLength + 1) }],
  ['session', 'page', { ...page, width: Number.NaN }],
  ['session', 'modes', ['screen-share', 'tv']],
  ['requests', 'a:2', request],
  ['requests', 'a:1', { ...request, mode: undefined }],
  ['requests', 'a:1', { ...request, kind: 'view' }],
  ['requests', 'a:1', { ...request, mode: 'tv' }],
  ['requests', 'a:1', { ...request, to: 'b' }],
  ['requests', 'a:1', { ...request, mode: undefined, kind: 'view', to: 'b' }],
  ['requests', 'a:1', { ...request, mode: 'remote-control', to: 7 }],
  ['requests', 'a:1', null],
  ['answers', 'a:1', { ...answer, decision: 'maybe' }],
  ['answers', 'x'.repeat(201), answer],
  ['answers', 'a:1', { ...answer, shown: { id: 'x' } }],
  ['annotations', 'a:1', { ...stroke, color: 'red' }],
  ['annotations', 'a:1', { ...stroke, points: [1, 2] }],
  ['annotations', 'a:1', { ...stroke, points: [] }],
  ['annotations', 'a:1', { ...stroke, points: Array(LIMITS.strokePoints * 3 + 3).fill(0) }],
  ['annotations', 'a:1', { ...stroke, points: [0, 0, Infinity] }],
  ['annotations', 'a:1', { ...stroke, width: 0 }],
  ['annotations', 'a:1', { ...stroke, anchor: null }],
  ['annotations', 'a:2', stroke],
];

test('values that may be there', () => {
  for (const [root, key, value] of valid) assert.ok(isValidEntry(root, key, value), JSON.stringify([root, key, value]));
});

test('values that may not', () => {
  for (const [root, key, value] of invalid)
    assert.equal(isValidEntry(root, key, value), false, JSON.stringify([root, key, value]));
});

test(`any value under any key is judged without a throw (seed ${seed})`, () => {
  const entry = fc.constantFrom(...valid.map(([, , value]) => value));
  const spoiled = fc
    .tuple(entry, fc.string(), fc.anything())
    .map(([value, name, other]) => (typeof value === 'object' && value !== null ? { ...value, [name]: other } : other));
  fc.assert(
    fc.property(fc.constantFrom(...ROOTS), fc.string(), fc.oneof(fc.anything(), spoiled), (root, key, value) => {
      assert.equal(typeof isValidEntry(root, key, value), 'boolean');
      assert.equal(typeof readInkMessage(value), readInkMessage(value) ? 'object' : 'undefined');
    }),
    property,
  );
});

test(`control messages: any bytes are one or are not (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      (bytes) => {
        const message = decodeControl(bytes);
        if (message) assert.equal(typeof message.type, 'string');
      },
    ),
    property,
  );
  for (const value of [null, 1, 'resync', [], {}, { type: 'other' }])
    assert.equal(decodeControl(encodeJson(value)), undefined);
  for (const type of ['ping', 'pong'] as const)
    assert.deepEqual(decodeControl(encodeJson({ type, at: 5 })), { type, at: 5 });
});

test('a request speaks for its author by id and by name', () => {
  const person = { sub: 'a', name: 'Ana' };
  assert.ok(requestSpeaksFor(request as RequestEntry, person));
  assert.ok(requestSpeaksFor({ ...request, agent: 'a' } as unknown as RequestEntry, person));
  for (const agent of [{ id: 'b', name: 'Ana' }, { id: 'a', name: 'The Bank' }, 'b'])
    assert.equal(requestSpeaksFor({ ...request, agent } as RequestEntry, person), false);
});

test('an author may have any name; the number may not', () => {
  assert.equal(authorOf('a:b:c:1'), 'a:b:c');
  assert.equal(authorOf('weird\nname:1'), 'weird\nname');
  for (const key of ['', ':1', 'a', 'a:', 'a:1 2', 'a:1:', `${'x'.repeat(129)}:1`])
    assert.equal(authorOf(key), undefined, key);
});

test(`names are fit to be shown in a question (seed ${seed})`, () => {
  assert.equal(cleanName(' A\u202e\u200bna\n\tB '), 'Ana B');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const clean = cleanName(name);
      assert.ok(clean.length <= 64);
      assert.doesNotMatch(clean, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.equal(cleanName(clean), clean);
      assert.ok(isWellFormed(clean));
    }),
    property,
  );
});
