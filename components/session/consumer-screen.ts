import type { ScreenInfo } from '../../protocol/index.js';
import { isSame } from './doc-access.js';
import type { Machine } from './machine.js';

const OFF: Omit<ScreenInfo, 'source'> = { capture: 'off', surface: null };

/** Full device on the consumer's side: whether the mirror or the captured screen is what an agent sees. */
export class ConsumerScreen {
  #info: ScreenInfo | null = null;
  #capture = OFF;
  #isWanted = false;
  readonly #listeners = new Set<(isWanted: boolean) => void>();

  /** What is captured; forgotten with the mode. */
  setCapture({ capture, surface }: Omit<ScreenInfo, 'source'>): void {
    const isChosen = capture === 'on' || capture === 'muted';
    this.#capture = { capture, surface: isChosen ? surface : null };
  }

  /**
   * @param isSeen whether a page of ours is in front of the person: then it is the mirror, which masks, that is shown
   * @returns null in every other mode
   */
  update({ status, mode }: Machine, isSeen: boolean): ScreenInfo | null {
    if (mode !== 'full-device') this.#capture = OFF;
    const { capture } = this.#capture;
    const source = isSeen ? 'mirror' : capture === 'on' ? 'screen' : 'none';
    const info = mode === 'full-device' ? ({ source, ...this.#capture } satisfies ScreenInfo) : null;
    if (!isSame(this.#info, info)) this.#info = info;
    this.#want(info?.source === 'screen' && status === 'active');
    return this.#info;
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  onWanted(listener: (isWanted: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#want(false);
    this.#listeners.clear();
  }

  #want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    for (const listener of [...this.#listeners]) listener(isWanted);
  }
}
