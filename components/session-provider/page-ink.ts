import type { InkMessage } from '../../protocol/index.js';
import type { InkLayer } from '../annotations/ink-layer.js';
import type { InkSpace } from '../annotations/ink-space.js';
import type { Pen } from '../annotations/pen.js';
import type { OverlayHosts } from '../internal/overlay-hosts.js';
import type { Recorder } from '../mirror/types.js';
import type { SessionInternals } from '../session/internals.js';
import type { SessionStore } from '../session/types.js';
import { drawsSomething } from './draws-something.js';

/** Times that the layer's code is asked for when it doesn't come. */
const TRIES = 3;
/** Messages that wait while the layer is loaded: seconds of several people's drawing. */
const EARLY_MESSAGES = 1000;

/**
 * Draws everyone's ink over the consumer's page, in the overlay of the tag that carries it. What draws is loaded with the
 * first ink: most pages that are shared never see any.
 */
export class PageInk {
  readonly #store: SessionStore;
  readonly #hosts: OverlayHosts;
  readonly #pageId: string;
  readonly #release: () => void;
  #internals: SessionInternals | null = null;
  #stopInk: (() => void) | undefined;
  #recorder: Recorder | undefined;
  #layer: InkLayer | undefined;
  #isLoading = false;
  #tries = 0;
  /** Came before the layer was there. */
  #early: [author: string, message: InkMessage][] = [];
  #space: InkSpace | undefined;
  #pen: Pen | undefined;
  #container: HTMLElement | null = null;
  #known: readonly string[] = [];

  constructor(store: SessionStore, hosts: OverlayHosts, pageId: string) {
    this.#store = store;
    this.#hosts = hosts;
    this.#pageId = pageId;
    this.#release = store.subscribe(() => this.#onState());
    hosts.onInk = () => this.#update();
  }

  setInternals(internals: SessionInternals | null): void {
    this.#stopInk?.();
    this.#internals = internals;
    this.#stopInk = internals?.onInk((author, message) => this.receive(author, message));
  }

  /** Node ids come from the recorder: without one there's nothing to hold ink. */
  setRecorder(recorder: Recorder | undefined): void {
    this.#recorder = recorder;
    this.#update();
  }

  /** Looks for the container again. */
  #update(): void {
    const container = this.#recorder ? this.#hosts.ink : null;
    if (container === this.#container) return;
    this.#clear();
    this.#container = container;
    if (!container) this.#early = [];
    else if (this.#early.length > 0) void this.#load();
    this.#onState();
  }

  /** Ink that moves, of somebody else. */
  receive(author: string, message: InkMessage): void {
    if (this.#layer) return this.#layer.receive(author, message);
    if (!this.#container || (this.#early.length === 0 && !drawsSomething(message))) return;
    this.#early.push([author, message]);
    if (this.#early.length > EARLY_MESSAGES) this.#early.shift();
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#layer || this.#isLoading || this.#tries === TRIES) return;
    this.#isLoading = true;
    this.#tries++;
    const modules = await loadLayer();
    this.#isLoading = false;
    if (!modules) return;
    this.#tries = 0;
    // sharing may have stopped meanwhile
    if (this.#container) this.#show(this.#container, modules);
  }

  #show(container: HTMLElement, { createInkLayer, createPageSpace }: LayerModules): void {
    this.#space = createPageSpace({
      nodeOf: (id) => this.#recorder?.nodeOf(id) ?? null,
      idOf: (node) => this.#recorder?.idOf(node) ?? -1,
      // the session's tag may be around the whole page
      skip: ({ localName }) => localName.startsWith('cobrowse-') && localName !== 'cobrowse-session',
    });
    this.#layer = createInkLayer({
      container,
      space: this.#space,
      personOf: (author) => this.#store.getState().participants.find(({ id }) => id === author),
      pageId: () => this.#pageId,
    });
    for (const [author, message] of this.#early) this.#layer.receive(author, message);
    this.#early = [];
    this.#onState();
  }

  destroy(): void {
    this.#release();
    this.#hosts.onInk = undefined;
    this.#stopInk?.();
    this.#clear();
  }

  #clear(): void {
    this.#pen?.destroy();
    this.#pen = undefined;
    this.#layer?.destroy();
    this.#layer = undefined;
    this.#container?.classList.remove('drawing');
    this.#container = null;
  }

  #onState(): void {
    const { annotations, participants, status, tool } = this.#store.getState();
    if (!this.#container) return;
    if (status !== 'active') this.#early = [];
    const present = participants.map(({ id }) => id);
    const gone = this.#known.filter((id) => !present.includes(id));
    this.#known = present;
    this.#early = this.#early.filter(([author]) => !gone.includes(author));
    if (!this.#layer) {
      if (tool === 'pencil' || annotations.some(({ stroke }) => stroke.page === this.#pageId)) void this.#load();
      return;
    }
    this.#layer.setAnnotations(annotations);
    if (status !== 'active') this.#layer.clearMoving();
    for (const id of gone) this.#layer.removeAuthor(id);
    void this.#updatePen();
  }

  /** Where the consumer may draw and wants to, the ink layer takes the pointer. */
  async #updatePen(): Promise<void> {
    const isDrawing = () => this.#layer !== undefined && this.#store.getState().tool === 'pencil';
    if (!isDrawing()) {
      this.#pen?.destroy();
      this.#pen = undefined;
      this.#container?.classList.remove('drawing');
    } else if (!this.#pen) {
      const { createPen } = await import('../annotations/pen.js');
      if (!isDrawing()) return;
      this.#pen ??= this.#newPen(createPen);
      this.#container!.classList.add('drawing');
    }
  }

  #newPen(createPen: typeof import('../annotations/pen.js').createPen): Pen {
    const state = () => this.#store.getState();
    const author = () => state().me?.id ?? '';
    return createPen({
      target: this.#container!,
      toPage: ({ clientX: x, clientY: y }) => ({ x, y }),
      space: this.#space!,
      tool: () => state().tool,
      color: () => state().color,
      author,
      pageId: () => this.#pageId,
      nextStrokeId: () => this.#internals?.nextStrokeId() ?? '',
      send: (message) => void this.#internals?.sendInk(message),
      show: (message) => this.#layer?.receive(author(), message),
      commit: (stroke) => void this.#store.dispatch({ type: 'annotate', stroke }),
    });
  }
}

type LayerModules = typeof import('../annotations/ink-layer.js') & typeof import('../annotations/page-space.js');

/** Undefined when it can't be had, as without a network; the next ink tries again. */
async function loadLayer(): Promise<LayerModules | undefined> {
  try {
    const [layer, space] = await Promise.all([
      import('../annotations/ink-layer.js'),
      import('../annotations/page-space.js'),
    ]);
    return { ...layer, ...space };
  } catch {
    return undefined;
  }
}
