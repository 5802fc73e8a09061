import type { Core } from './core.js';
import { flatPath, frameElement } from './dom.js';
import type { HoverStyles } from './hover-styles.js';

/** The pointer over one document: the element and what is around it, innermost first. */
interface Level {
  document: Document;
  path: Element[];
}

/** Tells elements that the pointer comes and goes: out, leave, over, enter, through documents and shadow roots. */
export class Hover {
  readonly #core: Core;
  readonly #styles: HoverStyles;
  #levels: Level[] = [];

  constructor(core: Core, styles: HoverStyles) {
    this.#core = core;
    this.#styles = styles;
  }

  get element(): Element | null {
    return this.#levels.at(-1)?.path[0] ?? null;
  }

  /**
   * The pointer is over `element` from now on. `between` runs after the pointer events and before those of the mouse;
   * `isSilent`: what is around an element that a press or a key removed is not told twice.
   */
  moveTo(
    element: Element | null,
    { between, isSilent = false }: { between?: () => void; isSilent?: boolean } = {},
  ): void {
    const next = levelsOf(element);
    const before = this.#survivors(isSilent);
    this.#levels = next;
    const shared = before.filter(({ document }) => next.some((level) => level.document === document));
    for (const level of before.toReversed()) if (!shared.includes(level)) this.#cross(level, null);
    for (const level of shared) {
      const to = next.find(({ document }) => document === level.document)!;
      this.#cross(level, to, level === shared.at(-1) ? between : undefined, isSilent && level.path !== to.path);
    }
    for (const level of next) {
      if (!shared.some(({ document }) => document === level.document)) this.#cross(null, level);
    }
    if (shared.length === 0) between?.();
    this.#styles.show(next.flatMap(({ path }) => path));
  }

  /** A drag takes the pointer away: told to the pointer's listeners only. */
  cancel(): void {
    for (const { document, path } of this.#levels.toReversed()) {
      const [old] = path;
      if (old) this.#tell('pointer', old, null, [...path, document], [], null);
    }
    this.forget();
  }

  /** Forgets without telling. */
  forget(): void {
    this.#levels = [];
    this.#styles.show([]);
  }

  // what went away hands the pointer to what was around it
  #survivors(isSilent: boolean): Level[] {
    return this.#levels
      .filter(({ document }) => document.defaultView)
      .map((level) => {
        const path = level.path.filter((element) => element.isConnected);
        if (path.length === level.path.length) return level;
        const [nearest] = path;
        if (nearest && !isSilent) {
          this.#core.pointer(nearest, 'pointerover', { relatedTarget: nearest });
          this.#core.mouse(nearest, 'mouseover', { relatedTarget: nearest });
        }
        return { document: level.document, path, lost: true };
      });
  }

  #cross(from: (Level & { lost?: boolean }) | null, to: Level | null, between?: () => void, isSilent = false): void {
    const old = from?.path[0] ?? null;
    const now = to?.path[0] ?? null;
    const silent = isSilent && from?.lost === true;
    if (old === now && !silent) {
      between?.();
      return;
    }
    const left = (from?.path ?? []).filter((element) => !to?.path.includes(element));
    const entered = (to?.path ?? []).filter((element) => !from?.path.includes(element)).reverse();
    const document = (from ?? to)!.document;
    const outward: (Element | Document)[] = to ? left : [...left, document];
    const inward: (Element | Document)[] = from ? entered : [document, ...entered];
    this.#tell('pointer', silent ? null : old, now, outward, inward, old);
    between?.();
    this.#tell('mouse', silent ? null : old, now, outward, inward, old);
  }

  #tell(
    kind: 'pointer' | 'mouse',
    old: Element | null,
    now: Element | null,
    left: (Element | Document)[],
    entered: (Element | Document)[],
    from: Element | null,
  ): void {
    const fire = (target: Element | Document, type: string, init: MouseEventInit) =>
      kind === 'pointer' ? this.#core.pointer(target, kind + type, init) : this.#core.mouse(target, kind + type, init);
    const quiet = { bubbles: false, cancelable: false, composed: false };
    if (old) fire(old, 'out', { relatedTarget: now });
    for (const target of left) fire(target, 'leave', { ...quiet, relatedTarget: now });
    if (now) fire(now, 'over', { relatedTarget: from });
    for (const target of entered) fire(target, 'enter', { ...quiet, relatedTarget: from });
  }
}

function levelsOf(element: Element | null): Level[] {
  if (!element) return [];
  const { ownerDocument } = element;
  const frame = frameElement(ownerDocument);
  return [...levelsOf(frame), { document: ownerDocument, path: flatPath(element) }];
}
