import type { InkMessage } from '../../protocol/index.js';
import type { Annotation } from '../session/types.js';
import type { InkSpace } from './ink-space.js';

export interface InkLayerOptions {
  /** Lies over the page or its mirror, its top left corner at the viewport's; ink is drawn in its CSS pixels. */
  container: HTMLElement | ShadowRoot;
  space: InkSpace;
  /** Who an author is; undefined draws a laser without a name. */
  personOf(author: string): { name: string; color: string } | undefined;
  /** `page.id` of what is shown now; ink of other pages is not drawn. */
  pageId(): string | null;
  /** Lasers drawn at a time, the quietest give way. Default 8. */
  maxLasers?: number;
}

/** Draws strokes, drafts and lasers, and keeps them on the elements they belong to. */
export interface InkLayer {
  /** All finished strokes, oldest first; replaces the last list. */
  setAnnotations(list: readonly Annotation[]): void;
  /** A laser or draft message, of another person or of oneself. It is checked here; what isn't a message is ignored. */
  receive(author: string, message: InkMessage): void;
  /** The layout changed: places everything again in the next frame. */
  refresh(): void;
  /** A person left: their laser and drafts go, finished strokes stay. */
  removeAuthor(author: string): void;
  /** Drops all lasers and drafts. */
  clearMoving(): void;
  destroy(): void;
}

export function createInkLayer(options: InkLayerOptions): InkLayer {
  void options;
  throw new Error('in work');
}
