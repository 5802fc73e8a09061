import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeVarUint, type Encoder } from 'lib0/encoding';
import { AGENT, CONSUMER, contents, gateRoom, live } from './testing/gate-room.js';
import { NaiveServer, type NaiveCheck } from './testing/naive-server.js';
import { stroke } from './testing/rig.js';
import { forge, type ForgedStruct } from './testing/updates.js';
import { UpdateRefusal, type RefusalReason } from './update-refusal.js';

interface Attack {
  what: string;
  update: Uint8Array;
  /** What a server that knows less checks; it lets the attack through. */
  naive: NaiveCheck;
  /** The consumer goes on, honestly, after the attack. */
  then?: Uint8Array;
  harm?(server: NaiveServer): void;
  /** Yjs itself throws, in the middle of a transaction: this ends a server that doesn't expect it. */
  throws?: true;
  /** How ours refuses it. */
  reason: RefusalReason;
}

const drawn = (n: number): ForgedStruct => ({
  root: 'annotations',
  key: `agent-1:${n}`,
  values: [stroke(`agent-1:${n}`)],
});
const byAgent = (structs: ForgedStruct[]) => forge([{ client: AGENT, clock: 2, structs }]);
const number = (value: number) => (encoder: Encoder) => writeVarUint(encoder, value);
/** The consumer's next word, in the way that Yjs writes it: it pauses the mode. */
const consumersNext = forge([{ client: CONSUMER, clock: 2, structs: [{ origin: [CONSUMER, 1], values: [null] }] }], {
  [CONSUMER]: [[1, 1]],
});
const modeOf = ({ doc }: NaiveServer) => doc.getMap('session').get('mode');
const isControl = (server: NaiveServer) => assert.equal(modeOf(server), 'remote-control');

function nestedMaps(depth: number): Uint8Array {
  const map = (info: Partial<ForgedStruct>): ForgedStruct => ({ info: 7 | 32, raw: number(1), ...info });
  const inner = Array.from({ length: depth }, (_, i) => map({ parent: [AGENT, 2 + i], key: 'x' }));
  return byAgent([map({ root: 'annotations', key: 'agent-1:2' }), ...inner]);
}

const truncated = byAgent([drawn(2)]).slice(0, -1);
const remoteControl = { root: 'session', key: 'mode', values: ['remote-control'] };

const attacks: Attack[] = [
  {
    what: 'an item put after another’s, which names no parent at all',
    update: byAgent([{ origin: [CONSUMER, 1], values: ['remote-control'] }]),
    naive: 'names',
    harm: isControl,
    reason: 'rights',
  },
  {
    what: 'an overlap with the consumer’s last struct, with a false parent',
    update: forge([
      { client: CONSUMER, clock: 1, structs: [{ ...drawn(2), values: ['known already', stroke('agent-1:2')] }] },
    ]),
    naive: 'stated',
    harm: (server) => assert.equal(modeOf(server), undefined, 'the mode is deleted'),
    reason: 'identity',
  },
  {
    what: 'a struct that is known in part, whose parent is another one than the real one',
    update: forge([{ client: AGENT, clock: 1, structs: [{ ...remoteControl, values: ['known', 'remote-control'] }] }]),
    naive: 'known',
    harm: isControl,
    reason: 'contradiction',
  },
  {
    what: 'a delete of structs that are still to come',
    update: forge([], { [CONSUMER]: [[2, 50]] }),
    naive: 'stated',
    then: consumersNext,
    harm: ({ doc }) => assert.ok(!doc.getMap('session').has('mode'), 'what the consumer wrote is gone'),
    reason: 'missing',
  },
  {
    what: 'an item whose origin comes later',
    update: byAgent([{ origin: [CONSUMER, 2], values: ['remote-control'] }]),
    naive: 'stated',
    then: consumersNext,
    harm: isControl,
    reason: 'missing',
  },
  {
    what: 'a garbage-collected run over the consumer’s future clocks',
    update: forge([{ client: CONSUMER, clock: 2, structs: [{ info: 0, raw: number(1000) }] }]),
    naive: 'stated',
    then: consumersNext,
    harm: ({ doc }) => assert.ok(!doc.getMap('session').has('mode'), 'what the consumer wrote never came'),
    reason: 'form',
  },
  {
    what: 'two sections for one client',
    update: forge([
      { client: AGENT, clock: 2, structs: [drawn(2)] },
      { client: AGENT, clock: 2, structs: [remoteControl] },
    ]),
    naive: 'first',
    harm: isControl,
    reason: 'form',
  },
  {
    what: 'a truncated update, which is applied and sent on before it fails',
    update: truncated,
    naive: 'none',
    throws: true,
    harm: (server) => {
      assert.ok(server.doc.getMap('annotations').has('agent-1:2'));
      assert.equal(server.broadcasts, 1);
    },
    reason: 'undecodable',
  },
  {
    what: 'an item that refers to one that follows it',
    update: byAgent([{ origin: [AGENT, 3], values: [stroke('agent-1:2')] }, drawn(2)]),
    naive: 'stated',
    throws: true,
    reason: 'missing',
  },
  {
    what: 'a delete of length zero',
    update: forge([], { [CONSUMER]: [[2, 0]] }),
    naive: 'stated',
    throws: true,
    reason: 'form',
  },
  {
    what: 'thousands of nested maps',
    update: nestedMaps(15_000),
    naive: 'stated',
    harm: ({ doc }) => assert.throws(() => doc.getMap('annotations').toJSON(), RangeError, 'the stack overflows'),
    reason: 'form',
  },
  {
    what: 'a struct with the consumer’s id',
    update: forge([{ client: CONSUMER, clock: 2, structs: [drawn(2)] }]),
    naive: 'stated',
    then: consumersNext,
    harm: (server) => assert.equal(modeOf(server), undefined, 'the consumer’s next word is taken for known'),
    reason: 'identity',
  },
];

for (const { what, update, naive, then, harm, throws, reason } of attacks) {
  test(`control: a naive server falls for ${what}`, () => {
    const server = new NaiveServer(naive);
    const attempt = () => assert.ok(server.receive(update), 'let through');
    if (throws) assert.throws(attempt);
    else attempt();
    if (then) server.apply(then);
    harm?.(server);
  });

  test(`refused: ${what}`, () => {
    const { gate, agent, consumer } = gateRoom();
    const before = contents(gate.doc);
    let emitted = 0;
    gate.doc.on('update', () => emitted++);
    assert.throws(
      () => gate.accept(update, agent, live),
      (error) => error instanceof UpdateRefusal && error.reason === reason,
    );
    assert.deepEqual([contents(gate.doc), emitted], [before, 0]);
    gate.accept(consumersNext, consumer, live);
    assert.equal(gate.doc.getMap('session').get('mode'), null, 'the consumer goes on');
  });
}

test('a header of 9 bytes that claims 30 million structs: a naive server takes 200 MB for it, ours nothing', () => {
  const update = forge([{ client: AGENT, clock: 2, claimed: 30_000_000, structs: [] }]);
  assert.equal(update.length, 9);
  assert.throws(() => gateAccepts(update), { name: 'UpdateRefusal', reason: 'limit' });
  const grown = (task: () => void) => {
    const before = process.memoryUsage().rss;
    task();
    return process.memoryUsage().rss - before;
  };
  assert.ok(grown(() => assert.throws(() => gateAccepts(update))) < 20e6);
  assert.ok(grown(() => assert.throws(() => new NaiveServer('none').receive(update))) > 100e6);
});

test('the control is fair: a naive server lets honest things through, and stops what is written openly', () => {
  for (const naive of ['names', 'stated', 'known', 'first'] as const) {
    assert.ok(new NaiveServer(naive).receive(byAgent([drawn(2)])));
    assert.equal(new NaiveServer(naive).receive(byAgent([remoteControl])), false);
    assert.equal(new NaiveServer(naive).receive(forge([], { [CONSUMER]: [[1, 1]] })), false);
  }
});

function gateAccepts(update: Uint8Array): void {
  const { gate, agent } = gateRoom();
  gate.accept(update, agent, live);
}
