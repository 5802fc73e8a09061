import { decodeControl, type CobrowseError } from '../../protocol/index.js';
import type { CompiledPolicy, RuleReader } from '../mirror/privacy.js';
import type { Recorder } from '../mirror/types.js';
import type { SessionInternals } from '../session/internals.js';
import { effectivePrivacy, type Privacy } from './privacy.js';

interface RecordingOptions {
  internals: SessionInternals;
  privacy: Privacy;
  pageId: string;
  onError(error: CobrowseError): void;
  /** Node ids can be asked for from now on. */
  onReady(): void;
  /** Another tab of this person is shared now. */
  onSuperseded(): void;
}

/** The recorder of this document while the page is shared: loaded with the first `set('on')`. */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #release: (() => void)[];
  #recorder: Recorder | undefined;
  #policy: CompiledPolicy | undefined;
  #wanted: 'on' | 'paused' | 'off' = 'off';
  #isLoading = false;

  constructor(options: RecordingOptions) {
    this.#options = options;
    const { internals } = options;
    this.#release = [
      internals.onEpochRequest(() => this.#wanted === 'on' && this.#recorder?.startEpoch()),
      internals.mirror.onFrame('control', ({ payload }) => {
        if (decodeControl(payload)?.type === 'superseded') this.#onSuperseded();
      }),
    ];
  }

  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** What it leaves out, and what the agent may not work; with the recorder. */
  get policy(): CompiledPolicy | undefined {
    return this.#policy;
  }

  /** What may leave the page is another thing from now on; the page is sent again. */
  setPrivacy(privacy: Privacy): void {
    this.#options.privacy = privacy;
    // at once; of a page with rules nothing leaves until what reads them is there
    this.#apply(privacy, undefined);
    void loadRules(privacy).then((reader) => {
      if (reader && privacy === this.#options.privacy) this.#apply(privacy, reader);
    });
  }

  #apply(privacy: Privacy, reader: RuleReader | undefined): void {
    this.#policy?.replace(effectivePrivacy(privacy), reader);
    this.#recorder?.startEpoch();
  }

  /** The page's address may be another one, and other rules hold there. */
  followAddress(): void {
    if (this.#policy?.followAddress()) this.#recorder?.startEpoch();
  }

  set(wanted: 'on' | 'paused'): void {
    const before = this.#wanted;
    this.#wanted = wanted;
    if (!this.#recorder) {
      if (wanted === 'on') void this.#load();
    } else if (wanted !== before) {
      if (wanted === 'paused') this.#recorder.pause();
      else this.#recorder.resume();
    }
  }

  stop(): void {
    this.#wanted = 'off';
    for (const release of this.#release) release();
    this.#recorder?.stop();
    this.#recorder = undefined;
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const [{ startRecorder, compilePolicy }, reader] = await Promise.all([
      loadRecorder(),
      loadRules(this.#options.privacy),
    ]);
    this.#isLoading = false;
    const { internals, pageId, privacy, onError, onReady } = this.#options;
    // it may have been paused or ended meanwhile
    if (this.#wanted !== 'on') return;
    const policy = compilePolicy(effectivePrivacy(privacy), reader);
    this.#policy = policy;
    this.#recorder = startRecorder({ mirror: internals.mirror, policy, pageId, onError });
    onReady();
  }

  #onSuperseded(): void {
    this.stop();
    this.#options.onSuperseded();
  }
}

/** Nothing where it can't be had: nothing leaves then. */
async function loadRules({ rules }: Privacy): Promise<RuleReader | undefined> {
  if (!rules?.length) return undefined;
  return import('../mirror/privacy-rules.js').then(
    ({ policyAt }) => policyAt,
    () => undefined,
  );
}

async function loadRecorder() {
  const [{ startRecorder }, { compilePolicy }] = await Promise.all([
    import('../mirror/recorder.js'),
    import('../mirror/privacy.js'),
  ]);
  return { startRecorder, compilePolicy };
}
