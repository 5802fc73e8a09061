import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { authorOf, ROOTS } from '../protocol/index.js';
import { DocGate, type Writer } from './doc-gate.js';
import { resolveOptions } from './options.js';
import { request, stroke } from './testing/rig.js';
import { forge, type Forged, type ForgedDeletes, type ForgedStruct } from './testing/updates.js';
import { UpdateRefusal } from './update-refusal.js';

const seed = Number(process.env['SEED'] ?? 20261123);
const runs = Number(process.env['RUNS'] ?? 1000);
const configuration = resolveOptions({ secret: 'x' });

const CONSUMER = 100;
const AGENT = 200;
const OTHER = 300;
const strokeOf = (sub: string, n: number) => ({
  root: 'annotations',
  key: `${sub}:${n}`,
  value: stroke(`${sub}:${n}`),
});
const entries = [
  { root: 'session', key: 'mode', value: 'remote-control' },
  { root: 'session', key: 'status', value: 'active' },
  { root: 'answers', key: 'agent-1:1', value: { decision: 'allow', at: 1 } },
  { root: 'requests', key: 'agent-1:2', value: request('agent-1:2') },
  { root: 'requests', key: 'agent-2:2', value: request('agent-2:2') },
  ...[1, 2].flatMap((n) => [strokeOf('agent-1', n), strokeOf('agent-2', n), strokeOf('consumer-1', n)]),
];

function createSituation() {
  const writers = (['consumer', 'agent', 'agent'] as const).map((role, i): Writer => {
    const sub = ['consumer-1', 'agent-1', 'agent-2'][i]!;
    return {
      person: { sub, name: sub, role: role, session: 's', color: '#000000', exp: 0 },
      clientId: undefined,
    };
  });
  const holderOf = (clientId: number) => writers.find((writer) => writer.clientId === clientId);
  const gate = new DocGate(configuration, { holderOf, takeOver: (holder) => (holder.clientId = undefined) });
  const replica = new Y.Doc();
  gate.doc.on('update', (update: Uint8Array) => Y.applyUpdate(replica, update));
  [CONSUMER, AGENT, OTHER].forEach((client, i) => {
    const doc = new Y.Doc();
    doc.clientID = client;
    const sub = writers[i]!.person.sub;
    if (i === 0)
      for (const key of ['status', 'mode']) doc.getMap('session').set(key, key === 'mode' ? 'screen-share' : 'paused');
    else doc.getMap('requests').set(`${sub}:1`, request(`${sub}:1`));
    doc.getMap('annotations').set(`${sub}:1`, stroke(`${sub}:1`));
    doc.getMap('annotations').set(`${sub}:1`, { ...stroke(`${sub}:1`), width: 7 });
    gate.accept(Y.encodeStateAsUpdate(doc), writers[i]!, { solicited: false, patient: false });
  });
  return { gate, replica, attacker: writers[1]! };
}

/** All that agent-1 has no right to. */
function foreign(doc: Y.Doc): string {
  return JSON.stringify(
    ROOTS.map((root) =>
      Object.entries(doc.getMap(root).toJSON())
        .filter(([key]) => root === 'session' || root === 'answers' || authorOf(key) !== 'agent-1')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

function attack(bytes: Uint8Array, solicited: boolean): void {
  const { gate, replica, attacker } = createSituation();
  const before = foreign(gate.doc);
  try {
    gate.accept(bytes, attacker, { solicited, patient: solicited });
  } catch (error) {
    assert.ok(error instanceof UpdateRefusal, String(error));
  }
  assert.equal(foreign(gate.doc), before);
  assert.equal(gate.doc.store.pendingStructs, null);
  assert.equal(gate.doc.store.pendingDs, null);
  // what is sent on leaves every peer with what the server has
  assert.deepEqual(ROOTS.map((root) => replica.getMap(root).toJSON()), ROOTS.map((root) => gate.doc.getMap(root).toJSON())); // prettier-ignore
  assert.equal(replica.store.pendingStructs, null);
}

const client = fc.constantFrom(CONSUMER, AGENT, AGENT, AGENT, OTHER, 999);
const id = fc.tuple(client, fc.nat({ max: 6 }));
const entry = fc.constantFrom(...entries);
const struct: fc.Arbitrary<ForgedStruct> = fc
  .record({
    entry,
    origin: fc.option(id, { nil: undefined }),
    right: fc.option(id, { nil: undefined, freq: 3 }),
    deleted: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 3 }),
    twice: fc.boolean(),
  })
  .map(({ entry: { root, key, value }, origin, right, deleted, twice }) => ({
    root,
    key,
    ...(origin ? { origin } : {}),
    ...(right ? { right } : {}),
    ...(deleted === undefined ? { values: twice ? [value, value] : [value] } : { deleted }),
  }));
const section: fc.Arbitrary<Forged> = fc.record({
  client,
  clock: fc.nat({ max: 5 }),
  structs: fc.array(struct, { maxLength: 4 }),
});
const deletes: fc.Arbitrary<ForgedDeletes> = fc.dictionary(
  client.map(String),
  fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 3 })), { maxLength: 2 }),
  { maxKeys: 2 },
);

test(`forged structs and deletes change nothing of another’s (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 3 }), deletes, fc.boolean(), (sections, ranges, solicited) =>
      attack(forge(sections, ranges), solicited),
    ),
    { seed, numRuns: runs },
  );
});

test(`an honest update with bytes changed, cut or doubled (seed ${seed})`, () => {
  const doc = new Y.Doc();
  doc.clientID = AGENT;
  doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
  doc.getMap('annotations').set('agent-1:1', { ...stroke('agent-1:1'), width: 7 });
  for (const n of [2, 3, 4]) doc.getMap('annotations').set(`agent-1:${n}`, stroke(`agent-1:${n}`));
  doc.getMap('annotations').delete('agent-1:3');
  const honest = Y.encodeStateAsUpdate(doc);
  const change = fc.record({ at: fc.nat({ max: honest.length - 1 }), to: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(), fc.boolean(), (changes, cut, solicited) => {
      const bytes = honest.slice(0, cut % 3 === 0 ? cut % honest.length : honest.length);
      for (const { at, to } of changes) if (at < bytes.length) bytes[at] = to;
      attack(bytes, solicited);
    }),
    { seed, numRuns: runs },
  );
});

test(`random bytes (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, solicited) => attack(bytes, solicited)),
    { seed, numRuns: runs },
  );
});
