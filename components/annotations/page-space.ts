import { deepElementAt, deepRect } from '../mirror/deep-hit-test.js';
import type { InkSpace } from './ink-space.js';

export interface PageSpaceOptions {
  /** By mirror id; null when there is none. */
  nodeOf(id: number): Node | null;
  /** -1 when the node has no mirror id. */
  idOf(node: Node): number;
  /** Elements that ink is never anchored to and that are looked through: our own. Default: none. */
  skip?(element: Element): boolean;
  /** Default: the document that this module runs in. A mirror's document is given here. */
  document?: () => Document | null;
}

/** An ink space over a document: this page's, or a mirror's whose frame is reached by script. */
export function createPageSpace(options: PageSpaceOptions): InkSpace {
  const { nodeOf, idOf, skip } = options;
  const documentOf = options.document ?? (() => document);
  return {
    nodeOf,
    idOf,
    elementAt: (x, y) => {
      const top = documentOf();
      return top && deepElementAt(top, x, y, skip);
    },
    rectOf: (element) => deepRect(element, documentOf() ?? undefined),
    viewport: () => {
      const view = documentOf()?.defaultView;
      return { width: view?.innerWidth ?? 0, height: view?.innerHeight ?? 0 };
    },
  };
}
