import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { encodeJson } from '../../../protocol/index.js';
import { Gate } from './gate.js';
import type { Grant } from './types.js';

const seed = Number(new URL(location.href).searchParams.get('seed') ?? 20261123);

const grants: (Grant | null)[] = [
  null,
  { agent: 'ann', id: 'ann:1', until: null },
  { agent: 'ann', id: 'ann:2', until: null },
  { agent: 'ben', id: 'ben:1', until: null },
  { agent: 'ann', id: 'ann:1', until: 1 },
];
const step = fc.record({
  // mostly what is let in, or nothing would be tested of the order
  grant: fc.constantFrom(1, 1, 1, 1, 0, 2, 3, 4),
  sender: fc.constantFrom('ann', 'ann', 'ann', 'ben', 'olga'),
  claims: fc.constantFrom('ann:1', 'ann:1', 'ann:1', 'ann:2', 'ben:1', ''),
  run: fc.constantFrom('one', 'two', 'three'),
  seq: fc.nat({ max: 12 }),
  epoch: fc.constantFrom(10, 10, 10, 11, 0, 9, 12),
});

describe('the gate, whatever comes', () => {
  it(`lets in only what the grant's own agent sends, each once, in order, and of one run after the other (seed ${seed})`, () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let grant: Grant | null = null;
        const gate = new Gate({ grant: () => grant, isOurs: (epoch) => epoch === 10 || epoch === 11 });
        const admitted: [run: string, seq: number][] = [];
        for (const { grant: index, sender, claims, run, seq, epoch } of steps) {
          grant = grants[index]!;
          const payload = encodeJson({ run, seq, grant: claims, primitives: [[11]] });
          const admission = gate.admit({ kind: 'input', flags: 0, epoch, seq: 0, sender, payload });
          if (!('batch' in admission)) continue;
          count += 1;
          expect([grant?.agent, grant?.id, grant?.until]).to.deep.equal([sender, claims, null]);
          expect([10, 11]).to.include(epoch);
          admitted.push([run, seq]);
        }
        const runs = admitted.map(([run]) => run).filter((run, at, all) => run !== all[at - 1]);
        expect(new Set(runs).size, 'no run comes back').to.equal(runs.length);
        for (const [at, [run, seq]] of admitted.entries()) {
          const before = admitted[at - 1];
          if (before?.[0] === run) expect(seq).to.be.above(before[1]);
        }
      }),
      { seed, numRuns: 500 },
    );
    expect(count).to.be.above(100);
  });

  it(`is not harmed by any bytes (seed ${seed})`, () => {
    const gate = new Gate({ grant: () => grants[1]!, isOurs: () => true });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((json) => encodeJson(JSON.parse(json))),
          fc.uint8Array(),
        ),
        (bytes) => {
          const payload = new Uint8Array(bytes);
          const admission = gate.admit({ kind: 'input', flags: 0, epoch: 1, seq: 0, sender: 'ann', payload });
          expect('batch' in admission).to.equal(false);
        },
      ),
      { seed, numRuns: 1000 },
    );
  });
});
