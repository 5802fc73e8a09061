/**
 * The page (consumer) or its mirror (agent) in which ink is anchored.
 * Coordinates: CSS pixels of that page's viewport.
 */
export interface InkSpace {
  nodeOf(id: number): Node | null;
  /** -1 when the node has no mirror id. */
  idOf(node: Node): number;
  /** The deepest element at a point, in shadow trees and same-origin frames too; our own overlay is looked through. */
  elementAt(x: number, y: number): Element | null;
  /** The element's box in the viewport of the space, also when it lies in a frame of that page. */
  rectOf(element: Element): DOMRect;
  viewport(): { width: number; height: number };
}
