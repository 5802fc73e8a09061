import { expect } from '@open-wc/testing';
import type { Primitive } from '../../../protocol/index.js';
import { until } from '../../mirror/testing/mirrored-page.js';
import { controlledPage, GRANT, type ControlledPage } from './testing/controlled-page.js';

describe('input that must not be performed', () => {
  let on: ControlledPage;
  let clicks: number;
  let button: HTMLElement;

  const click = (): Primitive[] => [
    [1, ...on.at(button), 0, 0, 1],
    [2, ...on.at(button), 0, 0, 1],
  ];
  const count = (name: string) => on.counts.toObject()[name] ?? 0;
  const answered = (code: string) => until(() => on.codes().includes(code), `an answer ${code}`);

  beforeEach(async () => {
    on = await controlledPage('<button>Pay</button><input aria-label="Name">');
    button = on.query('button');
    clicks = 0;
    button.addEventListener('click', () => (clicks += 1));
  });
  afterEach(() => on.stop());

  it('but what is allowed is, and told', async () => {
    await on.perform(click());
    expect(clicks).to.equal(1);
    expect(on.live).to.deep.equal([{ type: 'performed', run: 'run-1', seq: 1 }]);
    expect(on.codes()).to.deep.equal([]);
  });

  it('comes without a grant', async () => {
    on.grant = null;
    on.send(click());
    await answered('wrong-status');
    expect([clicks, count('no-grant')]).to.deep.equal([0, 1]);
  });

  it('comes after the grant was taken back, in the middle of a batch too', async () => {
    button.addEventListener('pointerdown', () => (on.grant = null));
    on.send(click());
    await answered('wrong-status');
    expect([clicks, count('no-grant')]).to.deep.equal([0, 1]);
  });

  it('comes after its time is over', async () => {
    on.grant = { ...GRANT, until: Date.now() - 1 };
    on.send(click());
    await answered('wrong-status');
    expect([clicks, count('no-grant')]).to.deep.equal([0, 1]);
  });

  it('comes from a second agent, or from an observer', async () => {
    on.send(click(), { sender: 'agent-2', run: 'other' });
    on.send(click(), { sender: 'observer-1', run: 'other' });
    await until(() => count('other-agent') === 2);
    await answered('wrong-status');
    expect(clicks).to.equal(0);
    await on.perform(click());
    expect(clicks).to.equal(1);
  });

  it('is of an earlier grant', async () => {
    on.send(click(), { grant: 'agent-1:1' });
    await answered('wrong-status');
    expect([clicks, count('other-grant')]).to.deep.equal([0, 1]);
  });

  it('is repeated, or comes out of order', async () => {
    await on.perform(click(), { seq: 5 });
    on.send(click(), { seq: 5 });
    on.send(click(), { seq: 4 });
    await until(() => count('replayed') === 2);
    await answered('stale');
    expect(clicks).to.equal(1);
    await on.perform(click(), { seq: 6 });
    expect(clicks).to.equal(2);
  });

  it('is of a run that was replaced', async () => {
    await on.perform(click(), { run: 'one', seq: 1 });
    await on.perform(click(), { run: 'two', seq: 1 });
    on.send(click(), { run: 'one', seq: 2 });
    await answered('stale');
    expect([clicks, count('old-run')]).to.deep.equal([2, 1]);
  });

  it('is of a page before this one, or of one that never was', async () => {
    on.send(click(), { epoch: on.recorder.epoch - 1 });
    on.send(click(), { epoch: on.recorder.epoch + 1 });
    on.send(click(), { epoch: 0 });
    await until(() => count('old-page') === 3);
    await answered('stale');
    expect(clicks).to.equal(0);
  });

  it('names what is not there', async () => {
    on.send([
      [1, 999_999, 5000, 5000, 0, 0, 1],
      [2, 999_999, 5000, 5000, 0, 0, 1],
      [9, 999_999, [1]],
      [10, 999_999, 'x'],
      [4, 999_999, 0, 0, 0, 10, 0],
    ]);
    await until(() => on.codes().length === 4);
    expect(on.codes()).to.deep.equal(['stale', 'stale', 'stale', 'stale']);
    expect(count('stale')).to.equal(4);
  });

  it('is no batch', async () => {
    const wrong: unknown[] = [
      [[99, 1]],
      [[1, -1, 0, 0, 0, 0, 1]],
      [[7, 'x'.repeat(10_001), 0]],
      Array.from({ length: 300 }, () => [0, 1, 0, 0, 0]),
      'nothing',
    ];
    for (const primitives of wrong) on.send(primitives as unknown[]);
    await until(() => count('malformed') === wrong.length);
    expect(new Set(on.codes())).to.deep.equal(new Set(['malformed-frame']));
  });

  it('is a megabyte of text', async () => {
    on.query('input').focus();
    on.send([[7, 'x'.repeat(1_000_000), 0]]);
    on.send([[8, 'x'.repeat(1_000_000)]]);
    await until(() => count('malformed') === 2);
    expect(on.query<HTMLInputElement>('input').value).to.equal('');
  });

  it('is more than 64 kB a second', async () => {
    on.query('input').focus();
    const paste: Primitive = [8, 'x'.repeat(10_000)];
    for (let i = 0; i < 100; i += 1) on.send([paste]);
    await until(() => count('too-much') > 0);
    await on.idle();
    expect(on.query<HTMLInputElement>('input').value.length).to.be.below(140_000);
    expect(count('too-much')).to.be.above(80);
    await answered('rate-limited');
  });

  it('is 10,000 a second: the first are performed, the answers are few', async () => {
    const [down, up] = click();
    for (let i = 0; i < 5000; i += 1) on.send([down, up]);
    await until(() => count('too-fast') + count('too-much') > 4000);
    await until(() => clicks > 200);
    await on.idle();
    expect(clicks).to.be.within(200, 300);
    expect(on.codes().length).to.be.below(60);
  });

  it('is for what is masked, blocked or ours, by crafted ids', async () => {
    on.stop();
    on = await controlledPage(`
      <button data-cobrowse-mask>masked</button><button data-cobrowse-block>blocked</button>
      <button data-cobrowse-ignore>ignored</button><input type="password"><cobrowse-consent>ours</cobrowse-consent>
      <button data-cobrowse-no-control>seen</button><input type="file">`);
    let worked = 0;
    for (const type of ['pointerdown', 'mousedown', 'click', 'focusin', 'input'])
      on.page.addEventListener(type, () => (worked += 1));
    const targets = [...on.page.children];
    const ids = targets.map((target) => on.recorder.idOf(target));
    for (const id of ids)
      on.send([
        [1, id, 5000, 5000, 0, 0, 1],
        [2, id, 5000, 5000, 0, 0, 1],
      ]);
    await until(() => on.codes().length === targets.length);
    expect(worked).to.equal(0);
    const known = { masked: 2, blocked: 2, 'no-control': 1, 'needs-consumer:file': 1 };
    // what is ignored has no element in the mirror: rrweb may not know it at all
    expect(on.counts.toObject()).to.deep.equal(ids[2]! > 0 ? { ...known, blocked: 3 } : { ...known, stale: 1 });
  });

  it('comes after the end', async () => {
    on.performer.stop();
    on.send(click());
    await on.idle();
    expect([clicks, on.live.length]).to.deep.equal([0, 0]);
  });
});
