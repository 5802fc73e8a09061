import { deepPoint } from './deep-hit-test.js';
import { INTERACTION, SOURCE, type IncrementalData, type Position } from './rrweb-events.js';

export interface Pointer {
  x: number;
  y: number;
  pressed: boolean;
}

type PointerData = Extract<IncrementalData, { positions: Position[] }> | Extract<IncrementalData, { source: 2 }>;

/** Where the consumer's pointer is, from the events in the stream. */
export class PointerTracker {
  #pressed = false;

  /** The pointer after an event: null when it has left, undefined when the event doesn't tell. */
  follow(data: PointerData, nodeOf: (id: number) => Node | null, top: Document): Pointer | null | undefined {
    if (data.source !== SOURCE.mouseInteraction) {
      const last = data.positions.at(-1);
      return last ? this.#at(last, nodeOf, top) : this.#leave();
    }
    switch (data.type) {
      case INTERACTION.mouseDown:
      case INTERACTION.touchStart:
        this.#pressed = true;
        return this.#at(data, nodeOf, top);
      case INTERACTION.mouseUp:
      case INTERACTION.touchEnd:
      case INTERACTION.touchCancel:
        this.#pressed = false;
        return this.#at(data, nodeOf, top);
      default:
        return undefined;
    }
  }

  #leave(): null {
    this.#pressed = false;
    return null;
  }

  /** A position in a frame is as seen from that frame. */
  #at({ id, x = 0, y = 0 }: Partial<Position>, nodeOf: (id: number) => Node | null, top: Document): Pointer {
    const inner = nodeOf(id ?? -1)?.ownerDocument ?? top;
    return { ...deepPoint(inner, x, y, top), pressed: this.#pressed };
  }
}
