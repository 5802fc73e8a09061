import type { PageSize } from '../mirror/types.js';
import type { Size } from './scale.js';

/** What of a device is in the frame around the picture, in its own CSS pixels. */
export interface DeviceLook {
  /** What the frame holds: what is seen of the page, and the keyboard below it. */
  readonly device: Size;
  /** The page as it is laid out. */
  readonly page: Size;
  /** How much larger than its true size the page is shown. */
  readonly zoom: number;
  /** Where on the page the seen part begins, CSS pixels of the page. */
  readonly x: number;
  readonly y: number;
  /** Height of what the page is seen in. */
  readonly height: number;
  readonly keyboard: number;
}

/** A device on which all of the page is seen at its true size, unless it says otherwise. */
export function lookOf({ width, height, seen }: PageSize): DeviceLook {
  const page = { width, height };
  if (!seen) return { device: page, page, zoom: 1, x: 0, y: 0, height, keyboard: 0 };
  const { x, y, scale: zoom, keyboard } = seen;
  const across = Math.round(seen.width * zoom);
  const down = Math.round(seen.height * zoom);
  return { device: { width: across, height: down + keyboard }, page, zoom, x, y, height: down, keyboard };
}
