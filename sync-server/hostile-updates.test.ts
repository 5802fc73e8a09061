import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeVarString, writeVarUint } from 'lib0/encoding';
import { LIMITS } from '../protocol/index.js';
import type { Arrival, Writer } from './doc-gate.js';
import { AGENT, CONSUMER, contents, gateRoom, live, writer } from './testing/gate-room.js';
import { request, stroke } from './testing/rig.js';
import { forge, type Forged, type ForgedDeletes } from './testing/updates.js';
import { UpdateRefusal, type RefusalReason } from './update-refusal.js';

function refuses(
  reason: RefusalReason,
  update: Uint8Array,
  { as = 'agent', arrival = live, limits = {} }: { as?: 'agent' | 'consumer'; arrival?: Arrival; limits?: object } = {},
) {
  const { gate, ...writers } = gateRoom(limits);
  const before = contents(gate.doc);
  const emitted: Uint8Array[] = [];
  gate.doc.on('update', (bytes: Uint8Array) => emitted.push(bytes));
  assert.throws(
    () => gate.accept(update, writers[as], arrival),
    (error) => {
      assert.ok(error instanceof UpdateRefusal, String(error));
      assert.equal(error.reason, reason, error.message);
      return true;
    },
  );
  assert.deepEqual(contents(gate.doc), before);
  assert.deepEqual(emitted, []);
  assert.equal(gate.doc.store.pendingStructs, null);
  assert.equal(gate.doc.store.pendingDs, null);
}

const byAgent = (structs: Forged['structs'], deletes?: ForgedDeletes) =>
  forge([{ client: AGENT, clock: 2, structs }], deletes);
const control = { root: 'session', key: 'mode', values: ['remote-control'] };

test('what a role may not write, stated outright', () => {
  refuses('rights', byAgent([control]));
  refuses('rights', byAgent([{ root: 'answers', key: 'agent-1:1', values: [{ decision: 'allow', at: 1 }] }]));
  refuses('rights', byAgent([{ root: 'annotations', key: 'agent-2:1', values: [stroke('agent-2:1')] }]));
  refuses('rights', byAgent([{ root: 'requests', key: 'agent-2:1', values: [request('agent-2:1')] }]));
  refuses('rights', byAgent([{ root: 'elsewhere', key: 'x', values: [1] }]));
  const asConsumer = { client: CONSUMER, clock: 2 };
  const asked = { root: 'requests', key: 'consumer-1:1', values: [request('consumer-1:1')] };
  refuses('rights', forge([{ ...asConsumer, structs: [asked] }]), { as: 'consumer' });
  const drawn = { root: 'annotations', key: 'agent-1:9', values: [stroke('agent-1:9')] };
  refuses('rights', forge([{ ...asConsumer, structs: [drawn] }]), { as: 'consumer' });
});

test('an item put after another’s takes the other’s key, whatever it says', () => {
  refuses('rights', byAgent([{ origin: [CONSUMER, 1], values: ['remote-control'] }]));
  refuses('rights', byAgent([{ right: [CONSUMER, 1], values: ['remote-control'] }]));
  refuses('rights', byAgent([{ origin: [CONSUMER, 1], right: [CONSUMER, 1], values: ['remote-control'] }]));
  refuses('form', byAgent([{ origin: [AGENT, 1], right: [CONSUMER, 1], values: [stroke('agent-1:1')] }]));
  refuses('rights', byAgent([{ origin: [CONSUMER, 1], deleted: 1 }]));
});

test('deletes of what is another’s', () => {
  refuses('rights', forge([], { [CONSUMER]: [[1, 1]] }));
  refuses('rights', forge([], { [CONSUMER]: [[0, 2]] }));
  refuses('rights', forge([], { [AGENT]: [[0, 1]] }), { as: 'consumer' });
});

test('a delete of what is still to come', () => {
  refuses('missing', forge([], { [CONSUMER]: [[2, 50]] }));
  refuses('missing', forge([], { [CONSUMER]: [[9, 1]] }));
  refuses('missing', forge([], { 999: [[0, 1]] }));
});

test('structs with the Yjs id of another', () => {
  const forged = { root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] };
  refuses('identity', forge([{ client: CONSUMER, clock: 2, structs: [forged] }]));
  refuses('identity', forge([{ client: 999, clock: 0, structs: [forged] }]));
});

test('an overlap with the last struct of another, with a false parent', () => {
  const overlap = { root: 'annotations', key: 'agent-1:2', values: ['x', 'remote-control'] };
  refuses('identity', forge([{ client: CONSUMER, clock: 1, structs: [overlap] }]));
});

test('an overlap with one’s own last struct, with a false parent', () => {
  const overlap = { root: 'requests', key: 'agent-1:1', values: [stroke('agent-1:1'), request('agent-1:1')] };
  refuses('contradiction', forge([{ client: AGENT, clock: 1, structs: [overlap] }]));
});

test('one id written twice, in two ways', () => {
  const again = { root: 'annotations', key: 'agent-1:1', values: [{ ...stroke('agent-1:1'), width: 9 }] };
  const next = { root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] };
  refuses('contradiction', forge([{ client: AGENT, clock: 1, structs: [again, next] }]));
});

test('an item whose neighbour comes later', () => {
  refuses('missing', byAgent([{ origin: [CONSUMER, 2], values: [stroke('agent-1:1')] }]));
  refuses('missing', byAgent([{ right: [CONSUMER, 7], values: [stroke('agent-1:1')] }]));
});

test('an item that refers to itself or to what follows it', () => {
  refuses('missing', byAgent([{ origin: [AGENT, 2], values: [stroke('agent-1:1')] }]));
  const next = { root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] };
  refuses('missing', byAgent([{ origin: [AGENT, 3], values: [stroke('agent-1:2')] }, next]));
});

test('a gap in the clocks', () => {
  const later = { root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] };
  refuses('missing', forge([{ client: AGENT, clock: 5, structs: [later] }]));
});

test('a garbage-collected run, a skip, and kinds of content that a flat doc does not have', () => {
  const number = (value: number) => (encoder: Parameters<typeof writeVarUint>[0]) => writeVarUint(encoder, value);
  refuses('form', forge([{ client: CONSUMER, clock: 2, structs: [{ info: 0, raw: number(1000) }] }]));
  refuses('form', byAgent([{ info: 10, raw: number(5) }]));
  for (const kind of [2, 3, 4, 5, 6, 7, 9])
    refuses('form', byAgent([{ info: kind | 32, root: 'annotations', key: 'agent-1:2', raw: number(1) }]));
});

test('nested types and lists', () => {
  refuses('form', byAgent([{ parent: [AGENT, 1], key: 'x', values: [1] }]));
  refuses('form', byAgent([{ root: 'annotations', values: [stroke('agent-1:2')] }]));
});

test('two sections for one client', () => {
  const one = { root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] };
  const section = { client: AGENT, clock: 2, structs: [one] };
  refuses('form', forge([section, { ...section, clock: 3 }]));
});

test('truncated at every byte, and with bytes after the end', () => {
  const whole = byAgent([{ root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] }]);
  for (let length = 0; length < whole.length; length++) refuses('undecodable', whole.slice(0, length));
  refuses('form', Uint8Array.from([...whole, 0]));
});

test('empty deletes, deletes out of order', () => {
  refuses('form', forge([], { [AGENT]: [[0, 0]] }));
  refuses('form', forge([], { [AGENT]: [[1, 1], [0, 1]] })); // prettier-ignore
  refuses('form', forge([], { [AGENT]: [[0, 2], [1, 1]] })); // prettier-ignore
});

test('a header of 7 bytes that claims 30 million structs', () => {
  refuses('limit', forge([{ client: AGENT, clock: 2, claimed: 30_000_000, structs: [] }]));
});

test('clocks without end', () => {
  refuses('limit', byAgent([{ root: 'annotations', key: 'agent-1:2', deleted: 2 ** 50 }]));
  refuses('limit', forge([], { [AGENT]: [[2, 2 ** 50]] }));
});

test('values nested deep, too large, not JSON, or with a prototype', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 5000; i++) deep = [deep];
  const drawn = (value: unknown) => byAgent([{ root: 'annotations', key: 'agent-1:2', values: [value] }]);
  refuses('limit', drawn({ ...stroke('agent-1:2'), deep }));
  refuses('limit', drawn({ ...stroke('agent-1:2'), much: 'x'.repeat(LIMITS.strokeBytes) }));
  refuses('form', drawn({ ...stroke('agent-1:2'), bytes: new Uint8Array(3) }));
  refuses('form', drawn({ ...stroke('agent-1:2'), big: 10n }));
  const disguised = (encoder: Parameters<typeof writeVarUint>[0]) => {
    for (const value of [1, 118, 1]) writeVarUint(encoder, value);
    writeVarString(encoder, '__proto__');
    writeVarUint(encoder, 126);
  };
  refuses('form', byAgent([{ info: 8 | 32, root: 'annotations', key: 'agent-1:2', raw: disguised }]));
});

test('values that the schema does not have', () => {
  refuses('schema', byAgent([{ root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:3')] }]));
  refuses('schema', byAgent([{ root: 'requests', key: 'agent-1:2', values: ['please'] }]));
  const consumers = (structs: Forged['structs']) => forge([{ client: CONSUMER, clock: 2, structs }]);
  refuses('schema', consumers([{ root: 'session', key: 'mode', values: ['god'] }]), { as: 'consumer' });
  refuses('schema', consumers([{ root: 'session', key: 'own', values: [1] }]), { as: 'consumer' });
});

test('a request in the name of another', () => {
  const forged = request('agent-1:2', { agent: { id: 'agent-2', name: 'agent-2' } });
  refuses('rights', byAgent([{ root: 'requests', key: 'agent-1:2', values: [forged] }]));
  const renamed = request('agent-1:2', { agent: { id: 'agent-1', name: 'The Bank' } });
  refuses('rights', byAgent([{ root: 'requests', key: 'agent-1:2', values: [renamed] }]));
});

test('too much: strokes, requests, the doc', () => {
  const one = byAgent([{ root: 'annotations', key: 'agent-1:2', values: [stroke('agent-1:2')] }]);
  refuses('limit', one, { limits: { strokesPerSession: 1 } });
  const large = { ...stroke('agent-1:2'), note: 'x'.repeat(4000) };
  const heavy = byAgent([{ root: 'annotations', key: 'agent-1:2', values: [large] }]);
  refuses('limit', heavy, { limits: { docBytes: 3000 } });
  const asked = byAgent([{ root: 'requests', key: 'agent-1:2', values: [request('agent-1:2')] }]);
  refuses('limit', asked, { limits: { requestsPerSession: 1 } });
});

test('attacks inside the answer to a sync step', () => {
  const arrival = { solicited: true, patient: true };
  refuses('rights', byAgent([control]), { arrival });
  refuses('rights', byAgent([{ origin: [CONSUMER, 1], values: ['remote-control'] }]), { arrival });
  const { gate, agent } = gateRoom();
  const before = contents(gate.doc);
  // what is another's is left out without a fuss: an honest agent's copy has it too
  const foreign = forge([{ client: CONSUMER, clock: 2, structs: [control] }], { [CONSUMER]: [[0, 2]] });
  assert.deepEqual(gate.accept(foreign, agent, arrival).changed, false);
  assert.deepEqual(contents(gate.doc), before);
});

test('a Yjs id that was another’s is not to be had', () => {
  const { gate, writers } = gateRoom();
  const other: Writer = { ...writer('agent'), person: { ...writer('agent').person, sub: 'agent-2', name: 'agent-2' } };
  writers.push(other);
  assert.equal(gate.bind(other, AGENT), false);
  writers[1]!.clientId = undefined;
  assert.equal(gate.bind(other, AGENT), false, 'not even when its owner has left');
  assert.equal(gate.bind(other, 300), true);
  assert.equal(gate.bind(other, 301), false, 'one id a connection');
});

test('honest: `origin === rightOrigin` as the UndoManager writes it', () => {
  const { gate, agent } = gateRoom();
  const again = { ...stroke('agent-1:1'), width: 7 };
  const update = byAgent([{ origin: [AGENT, 1], right: [AGENT, 1], values: [again] }]);
  assert.equal(gate.accept(update, agent, live).changed, true);
});
