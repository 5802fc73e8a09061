import { nodeResolve } from '@rollup/plugin-node-resolve';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rollup } from 'rollup';
import * as whole from 'yjs';
import { LIBRARIES, STAND_INS } from './build-cuts-list.mjs';
import { cut, cutLibraries } from './build-cuts.mjs';

/** What of yjs the project, its provider and the protocols call. */
const used = 'Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector';
type Yjs = Pick<typeof whole, 'Doc' | 'applyUpdate' | 'encodeStateAsUpdate' | 'encodeStateVector'>;
type Update = Uint8Array;
/** What one of the docs does next. */
type Step =
  | { do: 'set'; doc: number; key: string; value: unknown }
  | { do: 'delete'; doc: number; key: string }
  | { do: 'merge'; doc: number; from: number }
  /** Hands on one of the updates so far, whether or not those before it have come. */
  | { do: 'hand'; doc: number; update: number };

for (const library of LIBRARIES) {
  const code = readFileSync(`node_modules/${library.file}`, 'utf8');

  test(`cuts the installed ${library.file}`, () => {
    assert.ok(cut(code, library).length > 0);
  });

  test(`refuses another ${library.file}`, () => {
    assert.throws(() => cut(`${code} `, library), /has changed to [0-9a-f]{64}/);
  });

  test(`says which part of ${library.file} is gone`, () => {
    assert.throws(() => cut(code, { ...library, remove: ['Doc.unknown'] }), /has no Doc\.unknown/);
    assert.throws(() => cut(code, { ...library, edits: [['no such text', '']] }), /has 0 times "no such text"/);
  });
}

test('refuses a bundle in which a library is missing', async () => {
  await assert.rejects(bundle(`export { ${used} } from 'yjs'`, LIBRARIES), /its cuts did nothing/);
});

test('replaces modules that are there', () => {
  for (const file of Object.keys(STAND_INS)) assert.ok(readFileSync(`node_modules/${file}`, 'utf8').length > 0);
});

test('the cut yjs writes the same bytes and reads the same maps as the whole one', async () => {
  const code = await bundle(
    `export { ${used} } from 'yjs'`,
    LIBRARIES.filter(({ file }) => /^(?:yjs|lib0)\//.test(file)),
  );
  assert.doesNotMatch(code, /class YText|class UpdateEncoderV2/);
  const small = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Yjs;
  fc.assert(
    fc.property(fc.array(steps(), { maxLength: 60 }), (list) => {
      assert.deepEqual(play(small, list), play(whole, list));
    }),
    { numRuns: 300 },
  );
});

/** Without `__proto__`: read back it becomes the prototype, which `deepEqual` compares by identity. */
function json() {
  return fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
}

function steps(): fc.Arbitrary<Step> {
  const doc = fc.nat(2);
  const key = fc.constantFrom('a', 'b', 'c');
  return fc.oneof(
    fc.record({ do: fc.constant('set'), doc, key, value: json() }),
    fc.record({ do: fc.constant('delete'), doc, key }),
    fc.record({ do: fc.constant('merge'), doc, from: fc.nat(2) }),
    fc.record({ do: fc.constant('hand'), doc, update: fc.nat(60) }),
  );
}

/** Three docs: what each has told, holds (with what waits for something missing), and shows. */
function play(Y: Yjs, list: Step[]): unknown {
  const updates: Update[] = [];
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc();
    doc.clientID = clientID;
    doc.on('update', (update: Update) => updates.push(update));
    return doc;
  });
  for (const step of list) {
    const doc = docs[step.doc]!;
    const map = doc.getMap('requests');
    if (step.do === 'set') map.set(step.key, step.value);
    else if (step.do === 'delete') map.delete(step.key);
    else if (step.do === 'merge') {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[step.from]!, Y.encodeStateVector(doc)));
    } else if (updates.length > 0) Y.applyUpdate(doc, updates[step.update % updates.length]!);
  }
  const held = docs.map((doc) => [...Y.encodeStateAsUpdate(doc)]);
  for (const update of [...updates]) for (const doc of docs) Y.applyUpdate(doc, update);
  return {
    updates: updates.map((update) => [...update]),
    held,
    shown: docs.map(shown),
  };
}

function shown(doc: whole.Doc): unknown {
  const map = doc.getMap('requests');
  return { size: map.size, values: [...map.keys()].map((key) => [key, map.has(key), map.get(key)]) };
}

async function bundle(entry: string, libraries: typeof LIBRARIES): Promise<string> {
  const build = await rollup({
    input: 'entry',
    plugins: [
      { name: 'entry', resolveId: (id) => (id === 'entry' ? id : null), load: (id) => (id === 'entry' ? entry : null) },
      nodeResolve({ browser: true, exportConditions: ['production', 'browser'] }),
      cutLibraries(libraries),
    ],
  });
  const { output } = await build.generate({ format: 'es' });
  return output[0].code;
}
