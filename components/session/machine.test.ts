import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { END_REASONS, MODES, STEP_DOWN_REASONS, type Mode, type Status } from '../../protocol/index.js';
import { IDLE, transition, type Machine, type MachineEvent, type Question } from './machine.js';

const share: Question = { id: 'a:1', mode: 'screen-share', agent: 'a' };
const control: Question = { id: 'a:2', mode: 'remote-control', agent: 'a' };
const device: Question = { id: 'a:3', mode: 'full-device', agent: 'a' };
const other: Question = { id: 'b:1', mode: 'screen-share', agent: 'b' };

const control2: Question = { id: 'b:2', mode: 'remote-control', agent: 'b' };
const grant = { id: 'a:0', until: null };

const active = (mode: Mode, more: Partial<Machine> = {}): Machine => ({ ...IDLE, status: 'active', mode, ...more });

/** One machine of each kind that there is. */
const machines: Record<string, Machine> = {
  idle: IDLE,
  requested: { ...IDLE, status: 'requested', question: share },
  allowed: { ...IDLE, status: 'allowed' },
  sharing: active('screen-share'),
  'sharing, asked for control': active('screen-share', { question: control }),
  controlled: active('remote-control', { controller: 'a', grant }),
  'controlled, asked for full device': active('remote-control', { controller: 'a', grant, question: device }),
  'controlled, asked for control by another': active('remote-control', { controller: 'a', grant, question: control2 }),
  'full device': active('full-device', { grant }),
  paused: { ...IDLE, status: 'paused', mode: 'screen-share' },
  'paused in full device': { ...IDLE, status: 'paused', mode: 'full-device', grant },
  ended: { ...IDLE, status: 'ended', endedBy: 'agent' },
};

const events: Record<string, MachineEvent> = {
  'asked to share': { type: 'asked', question: { ...share, id: 'a:9' } },
  'asked by another': { type: 'asked', question: other },
  'asked for control': { type: 'asked', question: { ...control, id: 'a:9' } },
  'asked for control by another': { type: 'asked', question: { ...control2, id: 'b:9' } },
  'asked for full device': { type: 'asked', question: { ...device, id: 'a:9' } },
  viewed: { type: 'viewed' },
  'stepped down': { type: 'stepped-down', reason: 'agent' },
  paused: { type: 'paused' },
  resumed: { type: 'resumed' },
  ended: { type: 'ended', reason: 'consumer' },
};

/** `status mode? (controller)? ?pending`, or the code of the refusal. */
function summary(machine: Machine, event: MachineEvent): string {
  const verdict = transition(machine, event);
  if (!verdict.ok) return verdict.code;
  const { status, mode, controller, question } = verdict.machine;
  const settled = verdict.settled.map(({ question: { id }, decision }) => `; ${id} ${decision}`).join('');
  return (
    [status, mode ?? '', controller ? `(${controller})` : '', question ? `?${question.id}` : '']
      .filter(Boolean)
      .join(' ') + settled
  );
}

const W = 'wrong-status';
const P = 'request-pending';
const M = 'mode-not-offered';
/** Columns in the order of `events`. */
const table: Record<keyof typeof machines, string[]> = {
  idle: ['requested ?a:9', 'requested ?b:1', W, W, W, W, W, W, W, W],
  requested: ['requested ?a:9; a:1 replaced', P, W, P, W, W, W, W, W, 'ended; a:1 refused'],
  allowed: [W, W, W, W, W, 'active screen-share', W, W, W, 'ended'],
  sharing: [
    W,
    W,
    'active screen-share ?a:9',
    'active screen-share ?b:9',
    'active screen-share ?a:9',
    'active screen-share',
    'active screen-share',
    'paused screen-share',
    W,
    'ended',
  ],
  'sharing, asked for control': [
    W,
    P,
    'active screen-share ?a:9; a:2 replaced',
    P,
    'active screen-share ?a:9; a:2 replaced',
    'active screen-share ?a:2',
    'active screen-share ?a:2',
    'paused screen-share; a:2 refused',
    W,
    'ended; a:2 refused',
  ],
  controlled: [
    W,
    W,
    W,
    'active remote-control (a) ?b:9',
    'active remote-control (a) ?a:9',
    'active remote-control (a)',
    'active screen-share',
    'paused screen-share',
    W,
    'ended',
  ],
  'controlled, asked for full device': [
    W,
    P,
    W,
    P,
    'active remote-control (a) ?a:9; a:3 replaced',
    'active remote-control (a) ?a:3',
    'active screen-share ?a:3',
    'paused screen-share; a:3 refused',
    W,
    'ended; a:3 refused',
  ],
  'controlled, asked for control by another': [
    P,
    W,
    P,
    'active remote-control (a) ?b:9; b:2 replaced',
    P,
    'active remote-control (a) ?b:2',
    'active screen-share ?b:2',
    'paused screen-share; b:2 refused',
    W,
    'ended; b:2 refused',
  ],
  'full device': [W, W, M, M, W, 'active full-device', 'active screen-share', 'paused full-device', W, 'ended'],
  paused: [W, W, W, W, W, 'paused screen-share', 'paused screen-share', W, 'active screen-share', 'ended'],
  'paused in full device': [
    W,
    W,
    W,
    W,
    W,
    'paused full-device',
    'paused screen-share',
    W,
    'active full-device',
    'ended',
  ],
  ended: ['requested ?a:9', 'requested ?b:1', W, W, W, W, W, W, W, W],
};

describe('the state machine', () => {
  for (const [name, machine] of Object.entries(machines)) {
    Object.entries(events).forEach(([event, given], index) => {
      const expected = table[name]![index]!;
      it(`${name}, ${event}: ${expected}`, () => expect(summary(machine, given)).to.equal(expected));
    });
  }

  const answered: [string, MachineEvent, string][] = [
    ['requested', { type: 'answered', id: 'a:1', decision: 'allow', at: 0 }, 'allowed; a:1 allow'],
    ['requested', { type: 'answered', id: 'a:1', decision: 'deny', at: 0 }, 'idle; a:1 deny'],
    ['requested', { type: 'expired', id: 'a:1' }, 'idle; a:1 expired'],
    ['requested', { type: 'withdrawn', id: 'a:1' }, 'idle; a:1 withdrawn'],
    ['requested', { type: 'answered', id: 'a:7', decision: 'allow', at: 0 }, 'request-not-found'],
    ['requested', { type: 'expired', id: 'a:7' }, 'request-not-found'],
    ['requested', { type: 'withdrawn', id: 'a:7' }, 'request-not-found'],
    ['requested', { type: 'ended', reason: 'agent' }, 'ended; a:1 withdrawn'],
    [
      'sharing, asked for control',
      { type: 'answered', id: 'a:2', decision: 'allow', at: 0 },
      'active remote-control (a); a:2 allow',
    ],
    [
      'sharing, asked for control',
      { type: 'answered', id: 'a:2', decision: 'deny', at: 0 },
      'active screen-share; a:2 deny',
    ],
    ['sharing, asked for control', { type: 'expired', id: 'a:2' }, 'active screen-share; a:2 expired'],
    [
      'controlled, asked for full device',
      { type: 'answered', id: 'a:3', decision: 'allow', at: 0 },
      'active full-device; a:3 allow',
    ],
    [
      'controlled, asked for full device',
      { type: 'answered', id: 'a:3', decision: 'deny', at: 0 },
      'active remote-control (a); a:3 deny',
    ],
    [
      'controlled, asked for control by another',
      { type: 'answered', id: 'b:2', decision: 'allow', at: 0 },
      'active remote-control (b); b:2 allow',
    ],
    [
      'controlled, asked for control by another',
      { type: 'answered', id: 'b:2', decision: 'deny', at: 0 },
      'active remote-control (a); b:2 deny',
    ],
    ['sharing, asked for control', { type: 'refused', id: 'a:2' }, 'active screen-share; a:2 refused'],
    ['requested', { type: 'refused', id: 'a:7' }, 'request-not-found'],
    ...['idle', 'allowed', 'sharing', 'controlled', 'full device', 'paused', 'ended'].map(
      (name): [string, MachineEvent, string] => [
        name,
        { type: 'answered', id: 'a:1', decision: 'allow', at: 0 },
        'request-not-found',
      ],
    ),
  ];
  for (const [name, event, expected] of answered) {
    it(`${name}, ${JSON.stringify(event)}: ${expected}`, () =>
      expect(summary(machines[name]!, event)).to.equal(expected));
  }

  for (const reason of END_REASONS) {
    it(`names the end: ${reason}`, () => {
      const verdict = transition(machines['sharing']!, { type: 'ended', reason });
      expect(verdict.ok && verdict.machine.endedBy).to.equal(reason);
    });
  }

  const after = (machine: Machine, event: MachineEvent): Machine => {
    const verdict = transition(machine, event);
    if (!verdict.ok) throw new Error(verdict.code);
    return verdict.machine;
  };
  const allowed: MachineEvent = { type: 'answered', id: 'a:2', decision: 'allow', at: 1000 };

  it('names what was allowed, and without minutes sets no end', () => {
    const machine = after(machines['sharing, asked for control']!, allowed);
    expect(machine.grant).to.deep.equal({ id: 'a:2', until: null });
  });

  it('counts the minutes from the answer', () => {
    const machine = after(active('screen-share', { question: { ...control, minutes: 2 } }), allowed);
    expect(machine.grant).to.deep.equal({ id: 'a:2', until: 121_000 });
  });

  it('hands control over with a grant of its own', () => {
    const event: MachineEvent = { type: 'answered', id: 'b:2', decision: 'allow', at: 0 };
    const machine = after(machines['controlled, asked for control by another']!, event);
    expect(machine.grant).to.deep.equal({ id: 'b:2', until: null });
  });

  it('hands control over by the one that has it, to the one that it names', () => {
    const question = { ...control, id: 'a:5', agent: 'b', from: 'a' };
    const asked = after(machines['controlled']!, { type: 'asked', question });
    expect(asked).to.include({ mode: 'remote-control', controller: 'a' });
    const machine = after(asked, { type: 'answered', id: 'a:5', decision: 'allow', at: 0 });
    expect(machine).to.include({ mode: 'remote-control', controller: 'b' });
    expect(after(asked, { type: 'answered', id: 'a:5', decision: 'deny', at: 0 }).controller).to.equal('a');
  });

  it('lets nobody hand over what it has not', () => {
    for (const name of ['sharing', 'controlled', 'full device', 'idle']) {
      const question = { ...control, id: 'c:1', agent: 'b', from: 'c' };
      expect(transition(machines[name]!, { type: 'asked', question }), name).to.deep.equal({
        ok: false,
        code: 'no-control',
      });
    }
  });

  for (const reason of STEP_DOWN_REASONS) {
    it(`names why control was left: ${reason}`, () => {
      const machine = after(machines['controlled']!, { type: 'stepped-down', reason });
      expect(machine.stepDown).to.equal(reason);
      expect(after(machine, { type: 'stepped-down', reason: 'consumer' }), 'there is nothing more to leave').to.equal(
        machine,
      );
      const again = after(after(machine, { type: 'asked', question: control }), allowed);
      expect(again.stepDown, 'control is on again').to.equal(null);
    });
  }

  it('leaves control when it is paused', () => {
    expect(after(machines['controlled']!, { type: 'paused' })).to.include({ stepDown: 'paused', grant: null });
    expect(after(machines['full device']!, { type: 'paused' }).grant, 'full device goes on later').to.equal(grant);
  });

  it('forgets the end’s reason with the next question', () => {
    const verdict = transition(machines['ended']!, { type: 'asked', question: share });
    expect(verdict.ok && verdict.machine.endedBy).to.equal(null);
  });
});

describe('the state machine, in any order of events', () => {
  const seed = Date.now() % 2 ** 31;

  it(`keeps its promises (seed ${seed})`, () => {
    const id = fc.constantFrom('a:1', 'a:2', 'b:1');
    const event: fc.Arbitrary<MachineEvent> = fc.oneof(
      fc.record({ type: fc.constant('asked' as const), question: question() }),
      fc.record({
        type: fc.constant('answered' as const),
        id,
        decision: fc.constantFrom('allow' as const, 'deny' as const),
        at: fc.nat(),
      }),
      fc.record({ type: fc.constantFrom('expired' as const, 'withdrawn' as const, 'refused' as const), id }),
      fc.record({ type: fc.constantFrom('viewed' as const, 'paused' as const, 'resumed' as const) }),
      fc.record({ type: fc.constant('stepped-down' as const), reason: fc.constantFrom(...STEP_DOWN_REASONS) }),
      fc.record({ type: fc.constant('ended' as const), reason: fc.constantFrom(...END_REASONS) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (list) => {
        let machine: Machine = IDLE;
        for (const given of list) machine = checkedStep(machine, given);
      }),
      { seed, numRuns: 2000 },
    );
  });

  function question(): fc.Arbitrary<Question> {
    return fc
      .record({ agent: fc.constantFrom('a', 'b'), n: fc.nat(2), mode: fc.constantFrom(...MODES) })
      .map(({ agent, n, mode }) => ({ id: `${agent}:${n}`, mode, agent }));
  }

  function checkedStep(before: Machine, event: MachineEvent): Machine {
    const copy = structuredClone(before);
    const verdict = transition(before, event);
    expect(before, 'the machine that was given is not changed').to.deep.equal(copy);
    if (!verdict.ok) return before;
    const after = verdict.machine;
    checkShape(after);
    checkGrants(before, after, event);
    const runs: Status[] = ['allowed', 'active', 'paused'];
    if (!runs.includes(before.status) && runs.includes(after.status)) {
      expect(event, 'only a yes starts').to.deep.include({ type: 'answered', decision: 'allow' });
      expect(after.status).to.equal('allowed');
    }
    if (before.status === 'ended') expect(event.type, 'after the end only a question').to.equal('asked');
    return after;
  }

  function checkShape({ status, mode, question: pending, controller, grant: given, stepDown, endedBy }: Machine): void {
    const shared = status === 'active' || status === 'paused';
    expect(mode !== null).to.equal(shared);
    expect(controller !== null).to.equal(mode === 'remote-control');
    if (controller !== null) expect(status).to.equal('active');
    expect(given !== null).to.equal(mode === 'remote-control' || mode === 'full-device');
    if (given !== null) expect(stepDown).to.equal(null);
    if (pending) expect(status).to.be.oneOf(['requested', 'active']);
    expect(status === 'requested').to.equal(pending?.mode === 'screen-share');
    expect(endedBy !== null).to.equal(status === 'ended');
  }

  function checkGrants(before: Machine, after: Machine, event: MachineEvent): void {
    if (after.grant === before.grant) expect(after.controller).to.equal(before.controller);
    const isSame = after.mode === before.mode && after.controller === before.controller;
    if (isSame || after.mode === null || after.mode === 'screen-share') return;
    expect(event, 'a wider mode needs a yes').to.deep.include({ type: 'answered', decision: 'allow' });
    expect(before.question!.mode).to.equal(after.mode);
    expect(after.grant!.id).to.equal(before.question!.id);
    if (after.controller) expect(after.controller).to.equal(before.question!.agent);
  }
});
