import type { Frame, InputBatch, Primitive, RefusalCode } from '../../../protocol/index.js';
import { tellsHidden } from '../../mirror/hidden-elements.js';
import { SOURCE, type IncrementalData } from '../../mirror/rrweb-events.js';
import { Soon } from '../../mirror/soon.js';
import { deepActive } from '../engine/dom.js';
import { createEngine } from '../engine/engine.js';
import type { Engine, Outcome } from '../engine/types.js';
import { CaretTeller } from './caret-teller.js';
import { ChangeLog } from './changes.js';
import { resolve, runCommand } from './commands.js';
import { ConsumerWatch } from './consumer-watch.js';
import { Gate } from './gate.js';
import { createVerdict, isOurs, pathOf, taskOf, type Verdict } from './policy.js';
import { Replies } from './replies.js';
import { Steps, type Seen } from './steps.js';
import type { ConsumerNeed, Performer, PerformerOptions } from './types.js';

/** Primitives that wait for the one before: more than a burst never do. */
const WAITING = 2000;
const FOCUS_AND_BLUR: readonly number[] = [5, 6];

/** A primitive with what its batch says. `isLast`: of the batch. */
interface Waiting {
  batch: InputBatch;
  sender: string;
  epoch: number;
  seen: Seen;
  primitive: Primitive;
  isLast: boolean;
}

/** Performs what the agent does from now on. One at a time: it has the recording's tap. */
export function startPerformer(options: PerformerOptions): Performer {
  return new InputPerformer(options);
}

class InputPerformer implements Performer {
  readonly #options: PerformerOptions;
  readonly #engine: Engine;
  readonly #verdict: Verdict;
  readonly #gate: Gate;
  readonly #replies: Replies;
  readonly #log: ChangeLog;
  readonly #steps: Steps;
  readonly #watch: ConsumerWatch;
  readonly #caret: CaretTeller;
  readonly #next = new Soon(() => void this.#performNext());
  readonly #release: (() => void)[];
  /** The first epoch of this document that the agent can have seen; 0 until there is one. */
  #firstEpoch: number;
  #waiting: Waiting[] = [];
  #isPerforming = false;
  /** What is being performed, or was last. */
  #now: Waiting | undefined;
  #isStopped = false;

  constructor(options: PerformerOptions) {
    this.#options = options;
    const { mirror, recorder, policy, counts } = options;
    this.#firstEpoch = recorder.epoch;
    this.#replies = new Replies(mirror, counts);
    this.#verdict = createVerdict(policy, () => this.#now?.primitive[0] === 5);
    this.#engine = this.#createEngine();
    this.#log = new ChangeLog(
      (id) => recorder.nodeOf(id),
      () => this.busy,
    );
    this.#steps = new Steps({ recorder, log: this.#log, verdict: this.#verdict, active: () => deepActive(document) });
    this.#gate = new Gate({
      grant: () => options.grant(),
      isOurs: (epoch) => this.#isOurs(epoch),
    });
    this.#watch = new ConsumerWatch({ isAgents: () => this.busy, onChange: (isActive) => this.#onConsumer(isActive) });
    this.#caret = new CaretTeller({
      recorder,
      isClear: (element) => this.#verdict(element, 'copy') === null,
      send: (message) => this.#replies.send(message),
    });
    this.#engine.start();
    recorder.setTap((change, epoch, seq) => this.#onChange(change, epoch, seq));
    const leave = () => this.stop();
    addEventListener('pagehide', leave);
    this.#release = [
      mirror.onFrame('input', (frame) => this.receive(frame)),
      () => recorder.setTap(null),
      () => removeEventListener('pagehide', leave),
    ];
  }

  get busy(): boolean {
    return this.#engine.busy;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  receive(frame: Frame): void {
    if (this.#isStopped) return;
    this.#guarded(() => this.#receive(frame));
  }

  letGo(): void {
    if (!this.#isStopped) this.#guarded(() => this.#letGo());
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    for (const { batch, isLast } of this.#waiting) if (isLast) this.#replies.turnAway('no-grant', batch);
    this.#waiting = [];
    for (const release of this.#release) this.#guarded(release);
    this.#next.stop();
    this.#watch.stop();
    this.#caret.stop();
    this.#guarded(() => this.#engine.stop());
  }

  #createEngine(): Engine {
    return createEngine(window, {
      // what a handler of the page takes back holds for the rest of the step too
      verdict: (element, act) => (this.#isStopped ? 'wrong-status' : this.#verdict(element, act)),
      isOwn: (element) => pathOf(element).some(isOurs),
      onNeed: (need) => this.#onNeed(need),
      onDialog: (open) => this.#replies.send({ type: 'dialog', open }),
      onCopy: (text) => this.#now && this.#replies.copied(this.#now.batch.run, text),
      tellsHidden: (text, selected) => tellsHidden(this.#options.policy, text, selected),
      isTouch: () => matchMedia('(pointer: coarse) and (hover: none)').matches,
    });
  }

  #isOurs(epoch: number): boolean {
    const { epoch: current } = this.#options.recorder;
    this.#firstEpoch ||= current;
    return current > 0 && epoch >= this.#firstEpoch && epoch <= current;
  }

  #receive(frame: Frame): void {
    const admission = this.#gate.admit(frame);
    if ('reason' in admission) {
      this.#replies.turnAway(admission.reason, admission);
      // what lets go may have been in it
      if (admission.reason === 'too-fast' || admission.reason === 'too-much') this.#letGo();
      return;
    }
    const { batch } = admission;
    const { sender, epoch, seq } = frame;
    const seen = epoch === this.#options.recorder.epoch ? seq : -1;
    const last = batch.primitives.length - 1;
    // it walks the page: not for each move
    if (batch.primitives.some(isActing)) this.#watch.look();
    for (const [at, primitive] of batch.primitives.entries()) {
      this.#waiting.push({ batch, sender, epoch, seen, primitive, isLast: at === last });
    }
    if (this.#waiting.length > WAITING) this.#overflow();
    // at once, unless others are before it: they are performed in tasks of their own, as a browser does
    else if (!this.#isPerforming && !this.#next.isAsked) void this.#performNext();
  }

  #overflow(): void {
    this.#waiting = [];
    this.#replies.turnAway('too-fast', {});
    this.#letGo();
  }

  async #performNext(): Promise<void> {
    const waiting = this.#waiting.shift();
    if (!waiting || this.#isStopped) return;
    this.#isPerforming = true;
    try {
      await this.#performOne(waiting);
    } catch (error) {
      this.#report(error);
    }
    this.#isPerforming = false;
    if (this.#waiting.length > 0 && !this.#isStopped) this.#next.ask();
  }

  async #performOne(waiting: Waiting): Promise<void> {
    const { batch, sender, primitive } = waiting;
    const reason = this.#gate.isCurrent(batch.run) ? this.#gate.whyNot(sender, batch.grant) : 'old-run';
    if (reason) {
      this.#replies.turnAway(reason, batch);
      this.#letGo();
      return;
    }
    this.#now = waiting;
    if (primitive[0] === 11) this.#letGo();
    else if (this.#watch.isActive) {
      if (isActing(primitive)) this.#replies.refuse(batch, 'consumer-active');
    } else if (primitive[0] === 12) this.#command(primitive);
    else await this.#perform(waiting);
    if (waiting.isLast && !this.#isStopped && batch.primitives.some(isActing)) {
      this.#replies.send({ type: 'performed', ...nameOf(batch) });
    }
  }

  async #perform({ primitive, seen }: Waiting): Promise<void> {
    const step = this.#steps.resolve(primitive, seen);
    if (!step) return;
    if (step.t === 'refused') {
      this.#refuse(step.code, step.element, step.node);
      return;
    }
    const done = this.#engine.perform(step);
    if ('x' in step) this.#options.ui.showCursor(step.x, step.y, this.#steps.isHeld);
    this.#options.counts.add('performed');
    this.#answer(await done);
    if (isActing(primitive)) this.#caret.look();
  }

  #answer(outcome: Outcome): void {
    if (this.#isStopped) return;
    if (outcome.status === 'picker') {
      const node = this.#options.recorder.idOf(outcome.element);
      if (node > 0) this.#replies.send({ type: 'picker', ...nameOf(this.#now!.batch), node });
    } else if (outcome.status === 'refused') {
      const { code, element, what, url } = outcome;
      if (code === 'needs-consumer') this.#onNeed({ what: what ?? taskOf(element), element, url });
      else this.#refuse(code, element);
    }
  }

  #refuse(code: RefusalCode, element?: Element, node = element ? this.#options.recorder.idOf(element) : -1): void {
    if (code === 'needs-consumer') this.#onNeed({ what: taskOf(element), element });
    else this.#replies.refuse(nameOf(this.#now?.batch), code, undefined, node);
  }

  #onNeed(need: ConsumerNeed): void {
    const { what, element } = need;
    const node = element ? this.#options.recorder.idOf(element) : -1;
    this.#replies.refuse(nameOf(this.#now?.batch), 'needs-consumer', what, node);
    this.#options.ui.showNeed(need);
  }

  #command([, command, address]: Extract<Primitive, [12, ...unknown[]]>): void {
    // what comes after it was meant for the page that comes
    this.#now!.isLast = true;
    this.#waiting = this.#waiting.filter(({ batch }) => batch !== this.#now!.batch);
    this.#letGo();
    if (!runCommand(command, address)) {
      this.#onNeed({ what: 'address', url: address === undefined ? undefined : resolve(address)?.href });
    }
  }

  #onConsumer(isActive: boolean): void {
    this.#guarded(() => {
      if (isActive) this.#letGo();
      this.#replies.send({ type: 'consumer-active', active: isActive });
      this.#options.ui.setConsumerActive(isActive);
    });
  }

  #letGo(): void {
    this.#steps.forget();
    this.#engine.release();
  }

  /** False for what the agent does itself: its own pointer must not come back to it as the consumer's. */
  #onChange(change: IncrementalData, epoch: number, seq: number): boolean {
    this.#log.note(change, epoch, seq);
    switch (change.source) {
      case SOURCE.mouseMove:
      case SOURCE.touchMove:
      case SOURCE.drag:
        return change.positions.length === 0 || !this.#watch.isMoveAgents;
      case SOURCE.mouseInteraction:
        return !this.busy || FOCUS_AND_BLUR.includes(change.type);
      default:
        return true;
    }
  }

  /** Nothing of ours is thrown into the page. */
  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    this.#options.counts.add('failed');
    console.error(error);
  }
}

function isActing([kind]: Primitive): boolean {
  return kind !== 0 && kind !== 3;
}

function nameOf(batch: InputBatch | undefined): { run: string; seq: number } {
  return { run: batch?.run ?? '-', seq: batch?.seq ?? 0 };
}
