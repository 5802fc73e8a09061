import { EVENT, SOURCE, type MirrorEvent } from './rrweb-events.js';

/** The viewport without its scrollbars: what the page is laid out in. CSS pixels. */
export function pageSize(): { width: number; height: number } {
  const root = document.compatMode === 'BackCompat' ? document.body : document.documentElement;
  return { width: root?.clientWidth || innerWidth, height: root?.clientHeight || innerHeight };
}

/** Tells each change of the page's size, also the one that a scrollbar makes. @returns the way to stop. */
export function watchPageSize(tell: (event: MirrorEvent) => void): () => void {
  let last = pageSize();
  const look = () => {
    const { width, height } = pageSize();
    if (width === last.width && height === last.height) return;
    last = { width, height };
    tell({ type: EVENT.incremental, data: { source: SOURCE.viewportResize, width, height } });
  };
  const observer = new ResizeObserver(look);
  observer.observe(document.documentElement);
  addEventListener('resize', look);
  return () => {
    observer.disconnect();
    removeEventListener('resize', look);
  };
}
