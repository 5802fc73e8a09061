import type { InkMessage, Stroke } from '../../protocol/index.js';
import type { Tool } from '../session/types.js';
import type { InkSpace } from './ink-space.js';

export interface PenOptions {
  /** The surface that receives pointer events. Its `touch-action` is up to the caller. */
  target: HTMLElement;
  /** The event's place in CSS pixels of the space's viewport. Also called with coalesced events. */
  toPage(event: PointerEvent): { x: number; y: number };
  space: InkSpace;
  tool(): Tool;
  /** `#rrggbb`. */
  color(): string;
  /** Of a pencil's line, CSS pixels of the page. Default 4. */
  width?: number;
  author(): string;
  /** Without a page nothing is drawn. */
  pageId(): string | null;
  nextStrokeId(): string;
  /** To the others, at most one of a type per frame. */
  send(message: InkMessage): void;
  /** To one's own ink layer: the same messages. */
  show(message: InkMessage): void;
  /** A finished stroke, for the doc. */
  commit(stroke: Stroke): void;
}

export interface Pen {
  /** Drops the stroke that is being drawn, and switches the laser off until the pointer moves again. */
  cancel(): void;
  /** As `cancel`, and lets go of the target. */
  destroy(): void;
}

/** Turns pointer events on a surface into laser and strokes. */
export function createPen(options: PenOptions): Pen {
  void options;
  throw new Error('in work');
}
