import { decodeJson, encodeJson, type Frame, type LiveMessage } from '../../protocol/index.js';
import { Counts } from '../control/performer/counts.js';
import type { Performer, PerformerUi } from '../control/performer/types.js';
import type { OverlayHosts } from '../internal/overlay-hosts.js';
import type { SessionInternals } from '../session/internals.js';
import type { SessionState } from '../session/types.js';
import type { Recording } from './recording.js';

/** Frames that wait while the performer is loaded. */
const EARLY_FRAMES = 64;
/** A batch that is larger isn't read to be refused. */
const SMALL_BYTES = 4096;
/** Input that nobody has allowed is answered this often at most. */
const ANSWER_MILLISECONDS = 50;

/**
 * Remote control of this page: what performs the agent's input is loaded with the first grant, and is there only while
 * the consumer's own memory says that an agent has control.
 */
export class PageControl {
  readonly #hosts: OverlayHosts;
  readonly #counts = new Counts();
  #internals: SessionInternals | null = null;
  #stopListening: (() => void) | undefined;
  #performer: Performer | undefined;
  /** What the performer, or the one that is being loaded, works with. */
  #recording: Recording | undefined;
  /** For which one: the next agent begins with nothing held and nothing copied. */
  #grantId: string | null = null;
  #early: Frame[] = [];
  #answeredAt = -Infinity;

  constructor(hosts: OverlayHosts) {
    this.#hosts = hosts;
  }

  /** How often what was performed or refused, and why. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts.toObject();
  }

  setInternals(internals: SessionInternals | null): void {
    this.stop();
    this.#stopListening?.();
    this.#internals = internals;
    this.#stopListening = internals?.mirror.onFrame('input', (frame) => this.#receive(frame));
    internals?.setPerforming(() => this.#performer?.busy ?? false);
  }

  /** @param recording of this page, when its nodes are known to the agent */
  update(recording: Recording | undefined, { status, mode }: SessionState): void {
    const isOn = status === 'active' && mode === 'remote-control' && recording?.recorder !== undefined;
    const grant = this.#internals?.controlGrant();
    const isOther = grant && this.#grantId !== null && grant.id !== this.#grantId;
    if (!isOn || isOther || recording !== this.#recording || this.#performer?.isStopped) this.stop();
    if (!isOn) return;
    // suspended: nobody can say any more that a button is let go
    if (!grant) this.#performer?.letGo();
    else if (!this.#recording) {
      this.#grantId = grant.id;
      void this.#start(recording);
    }
  }

  /** Takes the agent's hand off the page, at once. */
  stop(): void {
    this.#performer?.stop();
    this.#performer = undefined;
    this.#recording = undefined;
    this.#grantId = null;
    this.#early = [];
  }

  async #start(recording: Recording): Promise<void> {
    this.#recording = recording;
    const modules = await load();
    // it may have been taken back meanwhile
    if (
      this.#performer ||
      this.#recording !== recording ||
      !recording.recorder ||
      !recording.policy ||
      !this.#internals
    )
      return;
    if (!modules) {
      this.stop();
      return;
    }
    const { mirror } = this.#internals;
    const internals = this.#internals;
    this.#performer = modules.startPerformer({
      mirror,
      recorder: recording.recorder,
      policy: recording.policy,
      grant: () => internals.controlGrant(),
      ui: this.#ui,
      counts: this.#counts,
    });
    const early = this.#early;
    this.#early = [];
    for (const frame of early) this.#performer.receive(frame);
  }

  /** The host may be another one by now. */
  get #ui(): PerformerUi {
    const hosts = this.#hosts;
    return {
      showCursor: (x, y, isPressed) => hosts.control?.showCursor(x, y, isPressed),
      showNeed: (need) => hosts.control?.showNeed(need),
      setConsumerActive: (isActive) => hosts.control?.setConsumerActive(isActive),
    };
  }

  /** Of input that no performer hears. */
  #receive(frame: Frame): void {
    if (this.#performer) return;
    const isLoading = this.#recording !== undefined && this.#internals?.controlGrant()?.agent === frame.sender;
    if (isLoading && this.#early.length < EARLY_FRAMES) this.#early.push(frame);
    else this.#turnAway(frame);
  }

  #turnAway({ payload }: Frame): void {
    this.#counts.add('no-grant');
    const now = performance.now();
    if (now - this.#answeredAt < ANSWER_MILLISECONDS) return;
    this.#answeredAt = now;
    const { run, seq } = ((payload.length <= SMALL_BYTES && decodeJson(payload)) || {}) as Record<string, unknown>;
    const isNamed = typeof run === 'string' && run.length <= 64 && Number.isInteger(seq);
    const name = isNamed ? { run, seq: seq as number } : { run: '-', seq: 0 };
    const message: LiveMessage = { type: 'refused', ...name, code: 'wrong-status' };
    this.#internals?.mirror.send({ kind: 'live', payload: encodeJson(message) });
  }
}

/** Undefined when it can't be had, as without a network; the next change of the session tries again. */
async function load(): Promise<typeof import('../control/performer/performer.js') | undefined> {
  try {
    return await import('../control/performer/performer.js');
  } catch {
    return undefined;
  }
}
