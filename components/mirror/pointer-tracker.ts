import { deepPoint } from './deep-hit-test.js';
import { INTERACTION, SOURCE, type IncrementalData, type Position } from './rrweb-events.js';

import type { Touch } from './types.js';

export interface Pointer {
  x: number;
  y: number;
  pressed: boolean;
}

type PointerData = Extract<IncrementalData, { positions: Position[] }> | Extract<IncrementalData, { source: 2 }>;
type NodeOf = (id: number) => Node | null;

/** Where the consumer's pointer and fingers are, from the events in the stream. */
export class PointerTracker {
  #pressed = false;

  /** What a finger does; undefined when it isn't one. */
  touch(data: PointerData, nodeOf: NodeOf, top: Document): Touch | undefined {
    if (data.source !== SOURCE.touchMove) return undefined;
    const { finger, phase, positions } = data;
    return { finger, phase, ...place(positions.at(-1) ?? {}, nodeOf, top) };
  }

  /** The pointer after an event: null when it has left, undefined when the event doesn't tell. */
  follow(data: PointerData, nodeOf: NodeOf, top: Document): Pointer | null | undefined {
    if (data.source === SOURCE.touchMove) return undefined;
    if (data.source !== SOURCE.mouseInteraction) {
      const last = data.positions.at(-1);
      return last ? this.#at(last, nodeOf, top) : this.#leave();
    }
    if (data.type !== INTERACTION.mouseDown && data.type !== INTERACTION.mouseUp) return undefined;
    this.#pressed = data.type === INTERACTION.mouseDown;
    return this.#at(data, nodeOf, top);
  }

  #leave(): null {
    this.#pressed = false;
    return null;
  }

  #at(position: Partial<Position>, nodeOf: NodeOf, top: Document): Pointer {
    return { ...place(position, nodeOf, top), pressed: this.#pressed };
  }
}

/** A position in a frame is as seen from that frame. */
function place({ id, x = 0, y = 0 }: Partial<Position>, nodeOf: NodeOf, top: Document): { x: number; y: number } {
  return deepPoint(nodeOf(id ?? -1)?.ownerDocument ?? top, x, y, top);
}
