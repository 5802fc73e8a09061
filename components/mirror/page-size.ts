import { EVENT, SOURCE, type MirrorEvent, type PageSize } from './rrweb-events.js';

/** Tells more of the page's size than the layout does. */
export type SizeReader = (layout: PageSize) => PageSize;

/** The page's viewport, and what of it is seen. */
export class PageView {
  #reader: SizeReader | undefined;
  #look: (() => void) | undefined;

  read(): PageSize {
    const layout = layoutSize();
    return this.#reader?.(layout) ?? layout;
  }

  /** From now on this one is asked. */
  setReader(reader: SizeReader): void {
    this.#reader = reader;
    this.look();
  }

  /** Something of it may have changed. */
  look(): void {
    this.#look?.();
  }

  /** Tells each change, also the one that a scrollbar makes. @returns the way to stop. */
  watch(tell: (event: MirrorEvent) => void): () => void {
    let last = JSON.stringify(this.read());
    const look = (this.#look = () => {
      const size = this.read();
      const text = JSON.stringify(size);
      if (text === last) return;
      last = text;
      tell({ type: EVENT.incremental, data: { source: SOURCE.viewportResize, ...size } });
    });
    const observer = new ResizeObserver(look);
    observer.observe(document.documentElement);
    addEventListener('resize', look);
    return () => {
      this.#look = undefined;
      observer.disconnect();
      removeEventListener('resize', look);
    };
  }
}

/** The viewport without its scrollbars: what the page is laid out in. CSS pixels. */
function layoutSize(): PageSize {
  const root = document.compatMode === 'BackCompat' ? document.body : document.documentElement;
  return { width: root?.clientWidth || innerWidth, height: root?.clientHeight || innerHeight };
}
