import { deepRect } from './deep-hit-test.js';
import { SOURCE, type MirrorEvent } from './event-types.js';

export interface PointerPlace {
  x: number;
  y: number;
  pressed: boolean;
}

interface Position {
  x: number;
  y: number;
  id: number;
}

const down = new Set([1, 7]);
const up = new Set([0, 9, 10]);

/** Follows the consumer's pointer through the events, in the mirror's viewport. */
export class MirrorPointer {
  readonly #nodeOf: (id: number) => Node | null;
  #place: PointerPlace | null = null;

  constructor(nodeOf: (id: number) => Node | null) {
    this.#nodeOf = nodeOf;
  }

  /** @returns the place when the event moves or presses the pointer. */
  follow({ data }: MirrorEvent): PointerPlace | undefined {
    if (data.source === SOURCE.mouseInteraction) return this.#interact(data as unknown as Position & { type: number });
    const isMove = data.source === SOURCE.mouseMove || data.source === SOURCE.touchMove || data.source === SOURCE.drag;
    const last = isMove ? (data.positions as Position[] | undefined)?.at(-1) : undefined;
    return last && this.#move(last, this.#place?.pressed ?? false);
  }

  #interact({ type, ...position }: Position & { type: number }): PointerPlace | undefined {
    if (!down.has(type) && !up.has(type)) return undefined;
    return this.#move(Number.isFinite(position.x) ? position : { ...position, ...this.#place }, down.has(type));
  }

  #move({ x, y, id }: Position, pressed: boolean): PointerPlace | undefined {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
    const offset = this.#offset(id);
    this.#place = { x: x + offset.x, y: y + offset.y, pressed };
    return this.#place;
  }

  /** Positions inside a frame are counted from its own corner. */
  #offset(id: number): { x: number; y: number } {
    const node = this.#nodeOf(id);
    const element = node?.nodeType === 1 ? (node as Element) : node?.parentElement;
    if (!element) return { x: 0, y: 0 };
    const [inside, outside] = [element.getBoundingClientRect(), deepRect(element)];
    return { x: outside.left - inside.left, y: outside.top - inside.top };
  }
}
