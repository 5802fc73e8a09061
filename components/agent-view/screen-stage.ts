import { ScreenPlayer } from '../screen/screen-player.js';
import type { CobrowseError } from '../../protocol/index.js';
import type { SessionInternals } from '../session/internals.js';
import type { SessionState } from '../session/types.js';
import type { Size } from './scale.js';

/** What can be on the screen in full device. */
export type Picture = 'mirror' | 'screen';

/** A mirror that has not come by then is shown as it is. */
const LATE_MILLISECONDS = 1000;
/** The new page of another tab may come a little before the word that it is in front. */
const EARLY_MILLISECONDS = 500;

export interface ScreenStageOptions {
  internals: SessionInternals;
  canvas: HTMLCanvasElement;
  /** What is to be shown from now on, and its size where it is the screen's. */
  onPicture(picture: Picture, size: Size | null): void;
  onError(error: CobrowseError): void;
}

/**
 * The captured screen at the agent's, and which of the two is shown: the last picture of the one stays until there is a first one of
 * the other. Loaded with full device.
 */
export class ScreenStage {
  readonly #options: ScreenStageOptions;
  readonly #player: ScreenPlayer;
  #source: NonNullable<SessionState['screen']>['source'] | null = null;
  #shown: Picture = 'mirror';
  #size: Size | null = null;
  /** Page that the mirror showed when it last had a whole picture, and when that was. */
  #mirrored = { page: '', at: -Infinity };
  #page = '';
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ScreenStageOptions) {
    this.#options = options;
    this.#player = new ScreenPlayer({
      canvas: options.canvas,
      mirror: options.internals.mirror,
      onPicture: (size) => this.#onScreen(size),
      onError: options.onError,
    });
  }

  update({ screen, page }: SessionState): void {
    this.#page = page?.id ?? '';
    const source = screen?.source ?? 'mirror';
    if (source === this.#source) return;
    this.#source = source;
    clearTimeout(this.#late);
    if (source === 'mirror') this.#awaitMirror();
  }

  /** The mirror has a whole picture of its page. */
  mirrorIsThere(): void {
    this.#mirrored = { page: this.#page, at: performance.now() };
    if (this.#source === 'mirror') this.#show('mirror', null);
  }

  destroy(): void {
    clearTimeout(this.#late);
    this.#player.destroy();
    this.#show('mirror', null);
  }

  #awaitMirror(): void {
    const { page, at } = this.#mirrored;
    const isThere = page === this.#page || performance.now() - at < EARLY_MILLISECONDS;
    if (isThere) this.#show('mirror', null);
    else this.#late = setTimeout(() => this.#show('mirror', null), LATE_MILLISECONDS);
  }

  #onScreen(size: Size): void {
    if (this.#source === 'screen') this.#show('screen', size);
  }

  #show(picture: Picture, size: Size | null): void {
    clearTimeout(this.#late);
    const isSame = picture === this.#shown && size?.width === this.#size?.width && size?.height === this.#size?.height;
    if (isSame) return;
    this.#shown = picture;
    this.#size = size;
    this.#options.onPicture(picture, size);
  }
}
