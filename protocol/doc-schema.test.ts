import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { authorOf, entryKey, isValidEntry, requestSpeaksFor, ROOTS, type RequestEntry } from './doc-schema.js';
import { readInkMessage } from './ink-messages.js';
import { DOC_RIGHTS, mayChange } from './rights.js';
import { ROLES } from './vocabulary.js';

const seed = Number(process.env.SEED ?? 20261123);
const request: RequestEntry = { id: 'a:1', mode: 'screen-share', agent: { id: 'a', name: 'Ada' }, at: 1 };
const stroke = {
  id: 'a:2',
  tool: 'pencil',
  color: '#d6336c',
  width: 4,
  page: 'p',
  anchor: { node: 3, x: 0.5, y: 0.5 },
  points: [0, 0, 0.5],
};

test('the author of a key is what stands before the last colon', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.nat(), (author, n) => {
      assert.equal(authorOf(entryKey(author, n)), author);
    }),
    { seed },
  );
  for (const key of ['', 'a', ':1', 'a:', 'a:b c']) assert.equal(authorOf(key), undefined);
});

test('entries of the documented shape are valid, others are not', () => {
  assert.ok(isValidEntry('requests', 'a:1', request));
  assert.ok(isValidEntry('requests', 'a:1', { ...request, mode: undefined, kind: 'view' }));
  assert.ok(
    isValidEntry('answers', 'a:1', {
      decision: 'allow',
      at: 1,
      shown: { id: 'screen-share', version: 1, locale: 'en', text: 'Show?' },
    }),
  );
  assert.ok(isValidEntry('annotations', 'a:2', stroke));
  assert.ok(isValidEntry('session', 'status', 'active'));
  assert.ok(isValidEntry('session', 'mode', null));
  const wrong: [(typeof ROOTS)[number], string, unknown][] = [
    ['requests', 'a:2', request],
    ['requests', 'a:1', { ...request, kind: 'view' }],
    ['requests', 'a:1', { ...request, mode: 'everything' }],
    ['answers', 'a:1', { decision: 'maybe', at: 1 }],
    ['annotations', 'a:2', { ...stroke, points: [0, 0] }],
    ['annotations', 'a:2', { ...stroke, color: 'red' }],
    ['annotations', 'a:2', { ...stroke, points: Array.from({ length: 30_000 }, () => 0) }],
    ['session', 'status', 'open'],
    ['session', '__proto__', {}],
    ['session', 'anything', 1],
  ];
  for (const [root, key, value] of wrong) assert.equal(isValidEntry(root, key, value), false, `${root} ${key}`);
});

test('no value makes the checks throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ROOTS), fc.string(), fc.anything(), (root, key, value) => {
      isValidEntry(root, key, value);
      readInkMessage(value);
    }),
    { seed, numRuns: 5000 },
  );
});

test('a request speaks for its author only', () => {
  const ada = { sub: 'a', name: 'Ada' };
  assert.ok(requestSpeaksFor(request, ada));
  assert.equal(requestSpeaksFor(request, { sub: 'b', name: 'Ada' }), false);
  assert.equal(requestSpeaksFor({ ...request, agent: { id: 'a', name: 'The bank' } }, ada), false);
});

test('the table of rights: each root has one side that writes it, observers none', () => {
  for (const root of ROOTS)
    for (const role of ROLES) assert.ok(['any', 'own', 'none'].includes(DOC_RIGHTS[root][role]));
  for (const root of ROOTS) assert.equal(mayChange('observer', 'o', root, 'o:1', 'set'), false);
  assert.ok(mayChange('consumer', 'c', 'session', 'status', 'set'));
  assert.equal(mayChange('agent', 'a', 'session', 'status', 'set'), false);
  assert.ok(mayChange('agent', 'a', 'requests', 'a:1', 'set'));
  assert.equal(mayChange('agent', 'a', 'requests', 'b:1', 'set'), false);
  assert.equal(mayChange('consumer', 'c', 'requests', 'c:1', 'set'), false);
  assert.equal(mayChange('agent', 'a', 'answers', 'a:1', 'set'), false);
  assert.ok(mayChange('consumer', 'c', 'annotations', 'a:1', 'delete'));
  assert.equal(mayChange('consumer', 'c', 'annotations', 'a:1', 'set'), false);
});
