import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzHonest } from './testing/fuzz-honest.js';
import { fuzzHostile } from './testing/fuzz-hostile.js';

const seed = Number(process.env['SEED'] ?? 20261123);
const updates = 20_000;

test(`honest: ${updates} updates in any order, none refused, the fields exactly those that Yjs changes (seed ${seed})`, () => {
  const result = fuzzHonest(seed, updates);
  assert.ok(result.updates >= updates);
  assert.ok(result.fields >= updates, 'updates that change something');
});

test(`hostile: ${updates} updates, nothing of another's is ever changed (seed ${seed})`, () => {
  const { updates: sent, accepted, refused } = fuzzHostile(seed, updates);
  assert.ok(sent >= updates);
  // close enough to what is right to get past the first check, and every check has something to do
  assert.ok(accepted > updates / 20, `${accepted} accepted`);
  for (const reason of ['undecodable', 'form', 'missing', 'identity', 'rights', 'schema', 'limit', 'contradiction'])
    assert.ok((refused[reason] ?? 0) > 20, `${reason}: ${refused[reason]}`);
});
