import type { InkLayer } from '../annotations/ink-layer.js';
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
  #stopInk: (() => void) | undefined;
  #recorder: Recorder | undefined;
  #layer: InkLayer | undefined;
  #container: HTMLElement | null = null;
  #known: readonly string[] = [];

  constructor(store: SessionStore, hosts: OverlayHosts, pageId: string) {
    this.#store = store;
    this.#hosts = hosts;
    this.#pageId = pageId;
    this.#release = store.subscribe(() => this.#onState());
  }

  setInternals(internals: SessionInternals | null): void {
    this.#stopInk?.();
    this.#stopInk = internals?.onInk((author, message) => this.#layer?.receive(author, message));
  }

  /** Node ids come from the recorder: without one there's nothing to hold ink. */
  setRecorder(recorder: Recorder | undefined): void {
    this.#recorder = recorder;
    void this.update();
  }

  /** Looks for the container again. */
  async update(): Promise<void> {
    const container = this.#recorder ? this.#hosts.ink : null;
    if (container === this.#container) return;
    this.#layer?.destroy();
    this.#layer = undefined;
    this.#container = container;
    if (!container) return;
    const [{ createInkLayer }, { createPageSpace }] = await Promise.all([
      import('../annotations/ink-layer.js'),
      import('../annotations/page-space.js'),
    ]);
    if (container !== this.#container) return;
    this.#layer = createInkLayer({
      container,
      space: createPageSpace({
        nodeOf: (id) => this.#recorder?.nodeOf(id) ?? null,
        idOf: (node) => this.#recorder?.idOf(node) ?? -1,
        skip: (element) => element.localName.startsWith('cobrowse-'),
      }),
      personOf: (author) => this.#store.getState().participants.find(({ id }) => id === author),
      pageId: () => this.#pageId,
    });
    this.#layer.setAnnotations(this.#store.getState().annotations);
  }

  destroy(): void {
    this.#release();
    this.#stopInk?.();
    this.#layer?.destroy();
  }

  #onState(): void {
    const { annotations, participants, status } = this.#store.getState();
    if (!this.#layer) return;
    this.#layer.setAnnotations(annotations);
    if (status !== 'active') this.#layer.clearMoving();
    const present = participants.map(({ id }) => id);
    for (const id of this.#known) if (!present.includes(id)) this.#layer.removeAuthor(id);
    this.#known = present;
  }
}
