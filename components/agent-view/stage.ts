import { createInkLayer, type InkLayer } from '../annotations/ink-layer.js';
import type { InkSpace } from '../annotations/ink-space.js';
import { createPen, type Pen } from '../annotations/pen.js';
import type { Capture } from '../control/capture/types.js';
import { grantOf } from '../control/input-sender.js';
import type { AgentLocalize } from '../internal/agent-words.js';
import { createPlayer } from '../mirror/player.js';
import type { PageSize, Player } from '../mirror/types.js';
import type { CobrowseError } from '../../protocol/index.js';
import type { SessionInternals } from '../session/internals.js';
import type { MirrorChannel } from '../transport/types.js';
import type { SessionState, SessionStore } from '../session/types.js';
import { KeyboardPointer } from './keyboard-pointer.js';
import { TouchMarks } from './touch-marks.js';

/** How long the mirror channel may be closed while the session is connected, before the picture counts as frozen. */
const FROZEN_MILLISECONDS = 5000;
/** How long a consumer's page may take to start before a view asks for a picture that it may have missed. */
const MISSED_MILLISECONDS = 1500;

export interface StageOptions {
  store: SessionStore;
  internals: SessionInternals;
  /** The mirror channel of `internals`, with what came before the stage was there. */
  channel: MirrorChannel;
  /** Holds the mirror's frame. In the page's own CSS pixels. */
  mirror: HTMLElement;
  /** Holds the ink. In the page's own CSS pixels. */
  ink: HTMLElement;
  /** Holds the marks of the consumer's fingers. In the page's own CSS pixels. */
  touches: HTMLElement;
  /** Is moved to where the consumer's pointer is. In the page's own CSS pixels. */
  cursor: HTMLElement;
  /** Lies over all of the page, in the size in which it is shown, and takes all that the pointer does. */
  surface: HTMLElement;
  /** Shows where the keyboard points. */
  mark: HTMLElement;
  /** Holds what is shown while the agent works the page. Lies over the whole view. */
  layer: HTMLElement;
  /** Is put around what has the focus on the consumer's page. In the page's own CSS pixels. */
  ring: HTMLElement;
  words: AgentLocalize;
  frameUrl: string | undefined;
  /** Keys that give the keyboard back to the desk. */
  releaseShortcut(): string;
  /** Fires an event on the session's element. */
  fire(event: Event): void;
  /** The page shows a message of the browser that only the consumer can answer, or no longer. */
  onDialog(open: boolean): void;
  onSize(size: PageSize): void;
  /** There is a picture, or what kept it from being made. */
  onPicture(error: CobrowseError | null): void;
}

/** What is on the screen while a page is shown: the mirror, the ink over it, the pens. Loaded when it is needed. */
export class Stage {
  readonly #options: StageOptions;
  readonly #player: Player;
  // the player may call back before there is one
  #ink: InkLayer | undefined;
  readonly #pen: Pen;
  readonly #keyboard: KeyboardPointer;
  readonly #release: (() => void)[] = [];
  readonly #touches: TouchMarks;
  #size: PageSize;
  #people: readonly string[] = [];
  #annotations: SessionState['annotations'] | undefined;
  #pageId: string | null = null;
  #tool = '';
  /** Of the control that this agent has, or null. */
  #grant: string | null = null;
  #capture: Capture | undefined;
  /** Mirror id of what has the focus on the consumer's page. */
  #focused: number | null = null;
  /** Runs until there is a picture. */
  #missedTimer: ReturnType<typeof setTimeout> | undefined;
  #frozenTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StageOptions) {
    this.#options = options;
    const { internals, mirror, frameUrl, surface, mark } = options;
    this.#size = sizeOf(this.#state);
    this.#touches = new TouchMarks(options.touches);
    const wasLive = this.#state.view.phase === 'live';
    internals.setViewPhase('loading');
    this.#player = createPlayer({
      container: mirror,
      mirror: options.channel,
      ...(frameUrl ? { frameUrl } : {}),
      onPhase: this.#onPhase,
      onSize: this.#onSize,
      onChange: () => {
        this.#ink?.refresh();
        this.#capture?.refresh();
      },
      onPointer: this.#onPointer,
      onTouch: (touch) => this.#touches.follow(touch),
      onFocus: (id) => (this.#focused = id),
      requestEpoch: (reason) => internals.requestEpoch(reason),
    });
    this.#ink = createInkLayer({
      container: options.ink,
      space: this.#space,
      personOf: (author) => this.#personOf(author),
      pageId: () => this.#state.page?.id ?? null,
    });
    this.#pen = this.#createPen();
    this.#keyboard = new KeyboardPointer(surface, mark);
    this.#release.push(internals.onInk((author, message) => this.#ink?.receive(author, message)));
    this.#release.push(internals.mirror.onOpenChange((open) => this.#onOpen(open)));
    this.#missedTimer = setTimeout(() => internals.requestEpoch('gap'), wasLive ? 0 : MISSED_MILLISECONDS);
    this.update();
  }

  /** Takes what is new in the session's state. */
  update(): void {
    const { annotations, participants, page, tool } = this.#state;
    if (annotations !== this.#annotations) this.#ink?.setAnnotations(annotations);
    this.#annotations = annotations;
    const present = participants.map(({ id }) => id);
    for (const id of this.#people) if (!present.includes(id)) this.#ink?.removeAuthor(id);
    this.#people = present;
    if ((page?.id ?? null) !== this.#pageId) this.#turnPage(page?.id ?? null);
    if (tool !== this.#tool) this.#pen.cancel();
    this.#tool = tool;
    this.#updateControl();
  }

  destroy(): void {
    clearTimeout(this.#frozenTimer);
    clearTimeout(this.#missedTimer);
    for (const release of this.#release) release();
    this.#grant = null;
    this.#capture?.destroy();
    this.#keyboard.destroy();
    this.#pen.destroy();
    this.#ink?.destroy();
    this.#player.destroy();
    this.#touches.clear();
    this.#options.cursor.hidden = true;
  }

  get #state(): SessionState {
    return this.#options.store.getState();
  }

  readonly #space: InkSpace = {
    nodeOf: (id) => this.#player.nodeOf(id),
    idOf: (node) => this.#player.idOf(node),
    elementAt: (x, y) => this.#player.elementAt(x, y),
    rectOf: (element) => this.#player.rectOf(element),
    viewport: () => ({ width: this.#size.width, height: this.#size.height }),
  };

  #createPen(): Pen {
    const { store, internals, surface } = this.#options;
    return createPen({
      target: surface,
      toPage: (event) => this.#toPage(event),
      space: this.#space,
      tool: () => this.#state.tool,
      color: () => this.#state.color,
      author: () => this.#state.me?.id ?? '',
      pageId: () => this.#state.page?.id ?? null,
      nextStrokeId: () => internals.nextStrokeId(),
      send: (message) => internals.sendInk(message),
      show: (message) => this.#ink?.receive(this.#state.me?.id ?? '', message),
      commit: (stroke) => store.dispatch({ type: 'annotate', stroke }),
    });
  }

  #updateControl(): void {
    const grant = grantOf(this.#state);
    if (grant === this.#grant) {
      this.#capture?.update();
      return;
    }
    this.#grant = grant;
    this.#capture?.destroy();
    this.#capture = undefined;
    if (grant !== null) void this.#startControl(grant);
  }

  async #startControl(grant: string): Promise<void> {
    try {
      const { createCapture } = await import('../control/capture/capture.js');
      if (grant !== this.#grant) return;
      const { store, internals, surface, layer, ring, words, releaseShortcut, fire, onDialog } = this.#options;
      this.#capture = createCapture({
        ...{ store, surface, layer, ring, words, releaseShortcut, fire, onDialog },
        player: this.#player,
        mirror: internals.mirror,
        pageSize: () => this.#size,
        focused: () => this.#focused,
      });
    } catch (error) {
      // the next change tries again
      if (grant === this.#grant) this.#grant = null;
      console.warn('cobrowse-kit: remote control could not be loaded', error);
    }
  }

  // by the box as it is on the screen: right under any transform of the desk's page too
  #toPage({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const { left, top, width, height } = this.#options.surface.getBoundingClientRect();
    return {
      x: ((clientX - left) / (width || 1)) * this.#size.width,
      y: ((clientY - top) / (height || 1)) * this.#size.height,
    };
  }

  // one's own laser needs no name beside it
  #personOf(author: string): { name: string; color: string } | undefined {
    const { participants, me } = this.#state;
    return author === me?.id ? undefined : participants.find(({ id }) => id === author);
  }

  #turnPage(pageId: string | null): void {
    this.#pageId = pageId;
    this.#focused = null;
    this.#pen.cancel();
    this.#ink?.clearMoving();
    this.#touches.clear();
    this.#options.cursor.hidden = true;
  }

  readonly #onPhase = (phase: 'loading' | 'live' | 'failed', error?: CobrowseError): void => {
    this.#options.internals.setViewPhase(phase);
    this.#player?.frame?.setAttribute('title', this.#options.mirror.dataset.label ?? '');
    if (phase !== 'loading') clearTimeout(this.#missedTimer);
    if (phase === 'live') this.#options.onPicture(null);
    if (phase === 'failed' && error) this.#options.onPicture(error);
  };

  readonly #onSize = (size: PageSize): void => {
    this.#size = size;
    this.#options.onSize(size);
  };

  readonly #onPointer = (pointer: { x: number; y: number; pressed: boolean } | null): void => {
    const { cursor } = this.#options;
    cursor.hidden = pointer === null;
    if (!pointer) return;
    cursor.style.translate = `${pointer.x}px ${pointer.y}px`;
    cursor.toggleAttribute('data-pressed', pointer.pressed);
    // at the edge the name goes to the other side
    cursor.toggleAttribute('data-turned', pointer.x > this.#size.width * 0.8);
  };

  // the doc still comes through, the picture doesn't: said only when it lasts
  #onOpen(open: boolean): void {
    clearTimeout(this.#frozenTimer);
    if (open) {
      if (this.#state.view.phase === 'frozen') this.#options.internals.setViewPhase('loading');
    } else {
      this.#frozenTimer = setTimeout(() => this.#options.internals.setViewPhase('frozen'), FROZEN_MILLISECONDS);
    }
  }
}

function sizeOf({ page }: SessionState): PageSize {
  return { width: page?.width || 1280, height: page?.height || 720 };
}
