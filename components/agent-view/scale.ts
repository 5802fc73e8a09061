export type Fit = 'contain' | 'width' | 'actual';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const ZOOM_MIN = 0.25;
export const ZOOM_MAX = 2;
const zoomStep = 1.25;

/** How much smaller the page is shown. Never larger than it is, unless a person zooms. */
export function scaleFor(page: Size, box: Size, fit: Fit, zoom: number | null): number {
  if (zoom !== null) return clampZoom(zoom);
  if (fit === 'actual' || page.width <= 0 || page.height <= 0) return 1;
  const across = box.width / page.width;
  const wanted = fit === 'width' ? across : Math.min(across, box.height / page.height);
  return Math.max(0.02, Math.min(1, wanted));
}

/** The next step of the zoom buttons, from what is shown now. */
export function zoomBy(scale: number, direction: 1 | -1): number {
  return clampZoom(scale * zoomStep ** direction);
}

export function clampZoom(zoom: number): number {
  return Math.max(ZOOM_MIN, Math.min(ZOOM_MAX, zoom));
}
