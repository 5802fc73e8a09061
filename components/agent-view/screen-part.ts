import type { CobrowseError, ErrorCode } from '../../protocol/index.js';
import { CobrowseErrorEvent } from '../events/error.js';
import type { SessionInternals } from '../session/internals.js';
import type { SessionState } from '../session/types.js';
import type { Size } from './scale.js';
import type { Picture, ScreenStage } from './screen-stage.js';

export interface ScreenPartOptions {
  canvas(): HTMLCanvasElement;
  /** What is shown has changed. */
  update(): void;
  /** Fires an event on the session's element. */
  fire(event: Event): void;
}

/** The captured screen's part of a view: loads what shows it with full device, and drops it with the mode. */
export class ScreenPart {
  readonly #options: ScreenPartOptions;
  #stage: ScreenStage | undefined;
  #isLoading = false;
  #state: SessionState | undefined;
  #isMirrorThere = false;
  #picture: Picture = 'mirror';
  #size: Size | null = null;
  #error: ErrorCode | null = null;

  constructor(options: ScreenPartOptions) {
    this.#options = options;
  }

  get picture(): Picture {
    return this.#picture;
  }

  /** Pixels; null while the mirror is shown. */
  get size(): Size | null {
    return this.#size;
  }

  /** Why the captured screen can't be shown here. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  follow(state: SessionState, internals: SessionInternals | null): void {
    this.#state = state;
    if (state.mode !== 'full-device') this.leave();
    else if (this.#stage) this.#stage.update(state);
    else if (internals) void this.#load(internals);
  }

  /** The mirror has a whole picture of a page. */
  mirrorIsThere(): void {
    this.#isMirrorThere = true;
    this.#stage?.mirrorIsThere();
  }

  /** The mirror has gone; the screen goes with it. */
  reset(): void {
    this.#isMirrorThere = false;
    this.leave();
  }

  leave(): void {
    this.#state = undefined;
    this.#error = null;
    this.#stage?.destroy();
    this.#stage = undefined;
  }

  async #load(internals: SessionInternals): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { ScreenStage } = await import('./screen-stage.js');
      // it may be over by now
      if (this.#state?.mode === 'full-device') this.#start(new ScreenStage(this.#stageOptions(internals)));
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    } finally {
      this.#isLoading = false;
    }
  }

  #start(stage: ScreenStage): void {
    this.#stage = stage;
    stage.update(this.#state!);
    if (this.#isMirrorThere) stage.mirrorIsThere();
  }

  #stageOptions(internals: SessionInternals): ConstructorParameters<typeof ScreenStage>[0] {
    return {
      internals,
      canvas: this.#options.canvas(),
      onPicture: (picture, size) => {
        this.#picture = picture;
        this.#size = size;
        if (picture === 'screen') this.#error = null;
        this.#options.update();
      },
      onError: ({ code, recoverable }: CobrowseError) => {
        this.#error = code;
        this.#options.fire(new CobrowseErrorEvent({ code, recoverable, docs: `docs/troubleshooting.md#${code}` }));
        this.#options.update();
      },
    };
  }
}
