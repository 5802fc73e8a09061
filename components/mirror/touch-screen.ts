import type { PageView } from './page-size.js';
import type { IncrementalData } from './rrweb-events.js';
import { TouchView } from './touch-view.js';
import { TouchWatch } from './touch-watch.js';

export interface TouchScreenOptions {
  view: PageView;
  idOf(node: Node): number;
  tell(data: IncrementalData): void;
}

/** What a screen that is touched has more than others: fingers, and a part of the page that is seen. Loaded where there is one. */
export class TouchScreen {
  readonly #watch: TouchWatch;
  readonly #stop: () => void;

  constructor({ view, idOf, tell }: TouchScreenOptions) {
    const touch = new TouchView();
    this.#stop = touch.watch(() => view.look());
    view.setReader((layout) => touch.read(layout));
    this.#watch = new TouchWatch({ idOf, tell });
  }

  /** A frame's document of this origin has joined the page. */
  add(inner: Document): void {
    this.#watch.add(inner);
  }

  stop(): void {
    this.#stop();
    this.#watch.stop();
  }
}
