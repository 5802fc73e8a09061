import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as Y from 'yjs';
import { ROOTS, STATUSES } from '../protocol/index.js';
import { request, stroke } from './testing/rig.js';
import { Actor, createRoom } from './testing/simulation.js';

const seed = Number(process.env['SEED'] ?? 20261123);
const runs = Number(process.env['RUNS'] ?? 150);

type Step =
  | { do: 'edit'; who: number; what: number; n: number }
  | { do: 'up' | 'down'; who: number; times: number }
  | { do: 'disconnect' | 'connect' | 'reload'; who: number }
  | { do: 'flow' }
  | { do: 'restart'; order: number[] };

const who = fc.nat({ max: 3 });
const editing = fc.record({ do: fc.constant('edit' as const), who, what: fc.nat({ max: 9 }), n: fc.nat({ max: 2 }) });
const moving = fc.record({ do: fc.constantFrom('up' as const, 'down' as const), who, times: fc.nat({ max: 6 }) });
const leaving = fc.record({ do: fc.constantFrom('disconnect' as const, 'connect' as const), who });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: editing },
  { weight: 6, arbitrary: moving },
  { weight: 3, arbitrary: leaving },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reload' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('restart' as const), order: fc.shuffledSubarray([0, 1, 2, 3]) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('flow' as const) }) },
);

/** What an honest participant of that role may do, many ways. */
function edit({ doc, sub, role }: Actor, what: number, n: number): void {
  const [session, requests, answers, annotations] = ROOTS.map((root) => doc.getMap(root));
  const key = `${sub}:${n}`;
  if (what <= 2) annotations!.set(key, { ...stroke(key), width: what + 1 });
  else if (what === 3) annotations!.delete(key);
  else if (what === 4)
    doc.transact(() => {
      annotations!.set(key, stroke(key));
      annotations!.set(key, { ...stroke(key), width: 9 });
      annotations!.delete(`${sub}:${n + 1}`);
    });
  else if (role === 'agent' && what <= 6) requests!.set(key, request(key));
  else if (role === 'agent') requests!.delete(key);
  else if (what <= 6) session!.set('status', STATUSES[n]!);
  else if (what === 7) answers!.set(`agent-1:${n}`, { decision: 'allow', at: n });
  else if (what === 8) answers!.delete(`agent-1:${n}`);
  else for (const drawn of [...annotations!.keys()].slice(0, n)) annotations!.delete(drawn);
}

class World {
  readonly actors = [
    new Actor('consumer-1', 'consumer'),
    new Actor('agent-1', 'agent'),
    new Actor('agent-2', 'agent'),
    new Actor('observer-1', 'observer'),
  ];
  readonly #tick: () => void;
  #server = createRoom();
  readonly refused: string[] = [];

  constructor(tick: () => void) {
    this.#tick = tick;
    for (const actor of this.actors) actor.connect(this.#server.room);
  }

  run(next: Step): void {
    const actor = 'who' in next ? this.actors[next.who]! : undefined;
    switch (next.do) {
      case 'edit':
        if (actor!.role !== 'observer') edit(actor!, next.what, next.n);
        break;
      case 'up':
      case 'down':
        for (let i = 0; i < next.times; i++) next.do === 'up' ? actor!.deliverUp() : actor!.deliverDown();
        break;
      case 'disconnect':
        actor!.disconnect();
        break;
      case 'connect':
        if (!actor!.wire) actor!.connect(this.#server.room);
        break;
      case 'reload':
        // a page that is left has sent what it had
        this.settle();
        actor!.reload();
        this.settle();
        break;
      case 'flow':
        this.flow();
        break;
      case 'restart':
        this.#restart(next.order);
    }
  }

  /** Everyone is there, and everything arrives. */
  settle(): void {
    for (const actor of this.actors) if (!actor.wire) actor.connect(this.#server.room);
    for (let round = 0; round < 5; round++) {
      this.flow();
      this.#tick();
    }
    this.refused.push(...this.#server.refused.splice(0));
  }

  /** Everything on its way arrives. */
  flow(): void {
    const deliver = (actor: Actor) => [actor.deliverUp(), actor.deliverDown()].some(Boolean);
    while (this.actors.map(deliver).some(Boolean));
  }

  pictures(): string[] {
    const docs = [this.#server.room.gate.doc, ...this.actors.map(({ doc }) => doc)];
    return docs.map((doc) => JSON.stringify(ROOTS.map((root) => sorted(doc.getMap(root).toJSON()))));
  }

  get serverDoc(): Y.Doc {
    return this.#server.room.gate.doc;
  }

  close(): void {
    this.#server.room.destroy();
    for (const { doc } of this.actors) doc.destroy();
  }

  #restart(order: readonly number[]): void {
    for (const actor of this.actors) actor.disconnect();
    this.refused.push(...this.#server.refused);
    this.#server.room.destroy();
    this.#server = createRoom();
    for (const index of order) this.actors[index]!.connect(this.#server.room);
  }
}

const sorted = (map: Record<string, unknown>) => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));

test(`honest traffic is never refused, and all docs come to agree (seed ${seed})`, (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const world = new World(() => t.mock.timers.tick(60));
      try {
        for (const next of steps) world.run(next);
        world.settle();
        assert.deepEqual(world.refused, []);
        assert.equal(new Set(world.pictures()).size, 1, world.pictures().join('\n'));
        assert.equal(world.serverDoc.store.pendingStructs, null);
      } finally {
        world.close();
      }
    }),
    { seed, numRuns: runs },
  );
});
