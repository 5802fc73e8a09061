import { Replayer } from '@rrweb/replay';
import { CobrowseError, type Frame } from '../../protocol/index.js';
import { cleanIncoming } from './clean-incoming.js';
import { deepElementAt, deepRect } from './deep-hit-test.js';
import { EventReader, StreamError } from './event-reader.js';
import { EVENT, SOURCE, type MirrorEvent } from './event-types.js';
import { prepareFrame } from './mirror-frame.js';
import { MirrorPointer } from './mirror-pointer.js';
import type { Player, PlayerOptions } from './types.js';

/** Parts of rrweb's replayer that we call ourselves: its timers and clocks have no place in a live mirror. */
interface ReplayerInside {
  iframe: HTMLIFrameElement;
  wrapper: HTMLElement;
  mouse: HTMLElement;
  mirror: { getNode(id: number): Node | null; getId(node: Node): number };
  mediaManager: { reset(): void };
  styleMirror: { reset(): void };
  rebuildFullSnapshot(event: unknown, isSync: boolean): void;
  applyIncremental(event: unknown, isSync: boolean): void;
  handleResize(size: { width: number; height: number }): void;
  destroy(): void;
}

const firstPause = 500;
const longestPause = 10_000;
const largestSize = 20_000;

/** Shows what a recorder sends, each event in the task in which it arrives. */
export function createPlayer(options: PlayerOptions): Player {
  return new MirrorPlayer(options);
}

class MirrorPlayer implements Player {
  readonly #options: PlayerOptions;
  readonly #reader = new EventReader();
  readonly #replayer: ReplayerInside;
  readonly #pointer: MirrorPointer;
  readonly #stop: () => void;
  /** Frames that came before the frame's page was loaded. */
  #early: Frame[] | undefined = [];
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isWaiting = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#replayer = createReplayer(options.container);
    this.#pointer = new MirrorPointer((id) => this.nodeOf(id));
    const stops = [
      options.mirror.onFrame('events', (frame) => (this.#early ? this.#early.push(frame) : this.#receive(frame))),
      // what was left out has to be made up for by a new epoch, which the server asks for
      options.mirror.onFrame('control', () => undefined),
    ];
    this.#stop = () => stops.forEach((stop) => stop());
    options.onPhase('loading');
    void this.#prepare();
  }

  get frame(): HTMLIFrameElement {
    return this.#replayer.iframe;
  }

  nodeOf(id: number): Node | null {
    return this.#replayer.mirror.getNode(id);
  }

  idOf(node: Node): number {
    return this.#replayer.mirror.getId(node);
  }

  elementAt(x: number, y: number): Element | null {
    const inner = this.frame.contentDocument;
    return inner && deepElementAt(inner, x, y);
  }

  rectOf(element: Element): DOMRect {
    return deepRect(element, this.frame.contentDocument ?? undefined);
  }

  destroy(): void {
    this.#stop();
    clearTimeout(this.#retry);
    this.#early = [];
    this.#replayer.destroy();
  }

  async #prepare(): Promise<void> {
    try {
      await prepareFrame(this.frame, this.#options.frameUrl);
      const early = this.#early ?? [];
      this.#early = undefined;
      for (const frame of early) this.#receive(frame);
    } catch (error) {
      this.#options.onPhase(
        'failed',
        error instanceof CobrowseError ? error : new CobrowseError('mirror-failed', 'the frame', { cause: error }),
      );
    }
  }

  #receive(frame: Frame): void {
    try {
      const batch = this.#reader.read(frame);
      if (batch) this.#apply(batch);
    } catch (error) {
      this.#fail(error);
    }
  }

  #apply(batch: readonly unknown[]): void {
    for (const value of batch) {
      const event = cleanIncoming(value);
      if (event) this.#applyEvent(event);
    }
    this.#options.onChange();
  }

  #applyEvent(event: MirrorEvent): void {
    if (event.type === EVENT.meta) this.#resize(event.data);
    else if (event.type === EVENT.fullSnapshot) this.#rebuild(event);
    else this.#change(event);
  }

  #rebuild(event: MirrorEvent): void {
    const { iframe, mediaManager, styleMirror } = this.#replayer;
    mediaManager.reset();
    styleMirror.reset();
    this.#replayer.rebuildFullSnapshot(event, true);
    // the class by which rrweb would stop the animations
    iframe.contentDocument?.documentElement.classList.remove('rrweb-paused');
    const offset = event.data.initialOffset as { left?: number; top?: number } | undefined;
    iframe.contentWindow?.scrollTo({
      left: Number(offset?.left ?? 0),
      top: Number(offset?.top ?? 0),
      behavior: 'instant',
    });
    clearTimeout(this.#retry);
    this.#isWaiting = false;
    this.#failures = 0;
    this.#options.onPhase('live');
  }

  #change(event: MirrorEvent): void {
    const { source } = event.data;
    if (source === SOURCE.viewportResize) this.#resize(event.data);
    const place = this.#pointer.follow(event);
    if (place) this.#options.onPointer(place);
    if (
      source === SOURCE.mouseMove ||
      source === SOURCE.touchMove ||
      source === SOURCE.mouseInteraction ||
      source === SOURCE.drag
    )
      return;
    // "sync" means at once for everything but the selection, which would only be noted
    this.#replayer.applyIncremental(event, source !== SOURCE.selection);
  }

  #resize({ width, height }: Record<string, unknown>): void {
    if (!isSize(width) || !isSize(height)) return;
    this.#replayer.handleResize({ width, height });
    this.#options.onSize({ width, height });
  }

  /** Asks for a new epoch, later each time that it does not help. */
  #fail(error: unknown): void {
    const reason = error instanceof StreamError ? error.reason : 'failed';
    this.#reader.reset();
    if (reason === 'failed')
      this.#options.onPhase('failed', new CobrowseError('mirror-failed', String(error), { cause: error }));
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#ask(reason);
  }

  #ask(reason: 'gap' | 'failed'): void {
    const pause = Math.min(longestPause, firstPause * 2 ** this.#failures);
    const wait = reason === 'gap' && this.#failures === 0 ? 0 : pause;
    this.#failures++;
    this.#retry = setTimeout(() => {
      this.#options.requestEpoch(reason);
      this.#ask(reason);
    }, wait);
  }
}

function createReplayer(container: HTMLElement): ReplayerInside {
  // an event to begin with: the media of a snapshot are timed from it
  const first = { type: 5, timestamp: Date.now(), data: { tag: 'begin', payload: null } };
  const replayer = new Replayer([first] as never, {
    root: container,
    liveMode: true,
    mouseTail: false,
    useVirtualDom: false,
    pauseAnimation: false,
    showWarning: false,
    triggerFocus: false,
  }) as unknown as ReplayerInside;
  // the pointer is drawn by the view
  replayer.mouse.remove();
  return replayer;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= largestSize;
}
