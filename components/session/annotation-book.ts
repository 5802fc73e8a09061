import { entryKey, isStroke, LIMITS, type Stroke } from '../../protocol/index.js';
import { isSame, nextNumber } from './doc-access.js';
import { done, refused, type LiveContext } from './live-context.js';
import type { Annotation, DispatchResult, SessionState } from './types.js';

/** The finished strokes of the session: add, undo, trash. */
export class AnnotationBook {
  readonly #context: LiveContext;
  #list: readonly Annotation[] = [];

  constructor(context: LiveContext) {
    this.#context = context;
  }

  get list(): readonly Annotation[] {
    return this.#list;
  }

  nextId(): string {
    return entryKey(this.#context.transport.identity.sub, nextNumber());
  }

  /** Reads the doc; strokes of another page are not shown. */
  refresh(): void {
    const page = this.#context.access.field('page')?.id ?? null;
    const list = this.#context.access.allStrokes().filter(({ stroke }) => stroke.page === page);
    if (!isSame(list, this.#list)) {
      this.#list = list;
      this.#context.update({ annotations: list });
    }
  }

  add(stroke: Omit<Stroke, 'id'> & { id?: string }, state: SessionState): DispatchResult {
    if (!state.offers.tools.includes('pencil')) return refused('wrong-status');
    const { sub } = this.#context.transport.identity;
    const id = typeof stroke?.id === 'string' && stroke.id.startsWith(`${sub}:`) ? stroke.id : this.nextId();
    const value = { ...stroke, id };
    const { annotations } = this.#context.access;
    if (
      !isStroke(id, value) ||
      annotations.size >= LIMITS.strokesPerSession ||
      JSON.stringify(value).length > LIMITS.strokeBytes
    )
      return refused('stroke-refused');
    annotations.set(id, value);
    return done;
  }

  undo(state: SessionState): DispatchResult {
    const last = this.#list.findLast(({ author }) => author === state.me?.id);
    if (!last) return refused('wrong-status');
    this.#context.access.annotations.delete(last.stroke.id);
    return done;
  }

  clearOwn(state: SessionState): DispatchResult {
    this.#context.access.deleteStrokes((author) => author === state.me?.id);
    return done;
  }

  /** The consumer's right only. */
  clearAll(): DispatchResult {
    this.#context.access.deleteStrokes(() => true);
    return done;
  }

  /** Consumer: strokes go with the page they were drawn on. */
  keepOnly(pageId: string): void {
    this.#context.access.deleteStrokes((_author, stroke) => stroke?.page !== pageId);
  }
}
