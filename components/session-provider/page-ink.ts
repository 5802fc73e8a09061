import type { InkLayer } from '../annotations/ink-layer.js';
import type { InkSpace } from '../annotations/ink-space.js';
import type { Pen } from '../annotations/pen.js';
import type { OverlayHosts } from '../internal/overlay-hosts.js';
import type { Recorder } from '../mirror/types.js';
import type { SessionInternals } from '../session/internals.js';
import type { SessionStore } from '../session/types.js';

/** Draws everyone's ink over the consumer's page, in the overlay of the tag that carries it. */
export class PageInk {
  readonly #store: SessionStore;
  readonly #hosts: OverlayHosts;
  readonly #pageId: string;
  readonly #release: () => void;
  #internals: SessionInternals | null = null;
  #stopInk: (() => void) | undefined;
  #recorder: Recorder | undefined;
  #layer: InkLayer | undefined;
  #space: InkSpace | undefined;
  #pen: Pen | undefined;
  #container: HTMLElement | null = null;
  #known: readonly string[] = [];

  constructor(store: SessionStore, hosts: OverlayHosts, pageId: string) {
    this.#store = store;
    this.#hosts = hosts;
    this.#pageId = pageId;
    this.#release = store.subscribe(() => this.#onState());
    hosts.onInk = () => void this.#update();
  }

  setInternals(internals: SessionInternals | null): void {
    this.#stopInk?.();
    this.#internals = internals;
    this.#stopInk = internals?.onInk((author, message) => this.#layer?.receive(author, message));
  }

  /** Node ids come from the recorder: without one there's nothing to hold ink. */
  setRecorder(recorder: Recorder | undefined): void {
    this.#recorder = recorder;
    void this.#update();
  }

  /** Looks for the container again. */
  async #update(): Promise<void> {
    const container = this.#recorder ? this.#hosts.ink : null;
    if (container === this.#container) return;
    this.#clear();
    this.#container = container;
    if (!container) return;
    const [{ createInkLayer }, { createPageSpace }] = await Promise.all([
      import('../annotations/ink-layer.js'),
      import('../annotations/page-space.js'),
    ]);
    if (container !== this.#container) return;
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
    const { annotations, participants, status } = this.#store.getState();
    if (!this.#layer) return;
    this.#layer.setAnnotations(annotations);
    if (status !== 'active') this.#layer.clearMoving();
    const present = participants.map(({ id }) => id);
    for (const id of this.#known) if (!present.includes(id)) this.#layer.removeAuthor(id);
    this.#known = present;
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
