import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { authorOf, entryKey, ROOTS } from './doc-schema.js';
import { DOC_RIGHTS, FRAME_RIGHTS, mayChange } from './rights.js';
import { ROLES, type Role } from './vocabulary.js';

const seed = Number(process.env['SEED'] ?? 20261123);
const subs = fc.string({ minLength: 1, maxLength: 40 });
const numbers = fc.stringMatching(/^[\w-]{1,20}$/);

/** [role, root, key, set, delete] for a person named `me`. */
const table: [Role, (typeof ROOTS)[number], string, boolean, boolean][] = [
  ['consumer', 'session', 'mode', true, true],
  ['consumer', 'requests', 'me:1', false, false],
  ['consumer', 'requests', 'other:1', false, false],
  ['consumer', 'answers', 'other:1', true, true],
  ['consumer', 'annotations', 'me:1', true, true],
  ['consumer', 'annotations', 'other:1', false, true],
  ['agent', 'session', 'mode', false, false],
  ['agent', 'requests', 'me:1', true, true],
  ['agent', 'requests', 'other:1', false, false],
  ['agent', 'answers', 'me:1', false, false],
  ['agent', 'annotations', 'me:1', true, true],
  ['agent', 'annotations', 'other:1', false, false],
  ['observer', 'session', 'mode', false, false],
  ['observer', 'requests', 'me:1', false, false],
  ['observer', 'answers', 'me:1', false, false],
  ['observer', 'annotations', 'me:1', false, false],
];

test('the table, line by line', () => {
  for (const [role, root, key, set, remove] of table) {
    assert.equal(mayChange(role, 'me', root, key, 'set'), set, `${role} sets ${root}.${key}`);
    assert.equal(mayChange(role, 'me', root, key, 'delete'), remove, `${role} deletes ${root}.${key}`);
  }
});

test('every root and role has a right, and every kind of frame its senders', () => {
  for (const root of ROOTS) for (const role of ROLES) assert.ok(DOC_RIGHTS[root][role]);
  assert.deepEqual(
    ROLES.map((role) => Object.entries(FRAME_RIGHTS).flatMap(([kind, roles]) => (roles.includes(role) ? [kind] : []))),
    [['events', 'ink', 'screen', 'asset', 'control', 'live'], ['input', 'ink', 'control'], ['control']],
  );
});

test(`an own key is one’s own, and no one else’s, whatever the names (seed ${seed})`, () => {
  fc.assert(
    fc.property(subs, subs, numbers, (mine, other, n) => {
      const key = entryKey(mine, n);
      assert.equal(authorOf(key), mine);
      assert.equal(mayChange('agent', mine, 'annotations', key, 'set'), true);
      assert.equal(mayChange('agent', other, 'annotations', key, 'set'), other === mine);
    }),
    { seed, numRuns: 2000 },
  );
});

test(`nobody who is not the consumer changes session or answers, an observer nothing (seed ${seed})`, () => {
  const change = fc.constantFrom('set' as const, 'delete' as const);
  fc.assert(
    fc.property(subs, fc.string(), change, (sub, key, kind) => {
      for (const root of ROOTS) assert.equal(mayChange('observer', sub, root, key, kind), false);
      for (const root of ['session', 'answers'] as const) assert.equal(mayChange('agent', sub, root, key, kind), false);
    }),
    { seed, numRuns: 2000 },
  );
});
