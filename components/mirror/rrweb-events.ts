/**
 * The parts of rrweb's event format that the mirror uses. `@rrweb/types` has the same as enums, which would be bundled
 * a second time.
 */

export const EVENT = { full: 2, incremental: 3, meta: 4 } as const;

export const NODE = { document: 0, doctype: 1, element: 2, text: 3, cdata: 4, comment: 5 } as const;

export const SOURCE = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  mediaInteraction: 7,
  styleSheetRule: 8,
  drag: 12,
  styleDeclaration: 13,
  selection: 14,
  adoptedStyleSheet: 15,
} as const;

export const INTERACTION = {
  mouseUp: 0,
  mouseDown: 1,
  focus: 5,
  blur: 6,
  touchStart: 7,
  touchEnd: 9,
  touchCancel: 10,
} as const;

export type AttributeValue = string | number | boolean | null | Record<string, unknown>;
export type Attributes = Record<string, AttributeValue>;

/** A node as rrweb writes it. Which fields there are depends on `type`. */
export interface SerializedNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Attributes;
  childNodes?: SerializedNode[];
  textContent?: string;
  rootId?: number;
  isShadow?: boolean;
  isShadowHost?: boolean;
  isSVG?: true | undefined;
  isCustom?: true | undefined;
  name?: string;
  publicId?: string;
  systemId?: string;
  compatMode?: string;
}

export interface Position {
  x: number;
  y: number;
  id: number;
}

export interface MutationData {
  source: typeof SOURCE.mutation;
  adds: { parentId: number; nextId: number | null; node: SerializedNode }[];
  removes: { parentId: number; id: number; isShadow?: boolean }[];
  texts: { id: number; value: string | null }[];
  attributes: { id: number; attributes: Attributes }[];
  isAttachIframe?: boolean;
}

export interface AdoptedStyle {
  styleId: number;
  rules: { rule: string; index?: number | number[] }[];
}

/** A change of a style sheet's rules, or of one declaration. */
export interface StyleData {
  source: typeof SOURCE.styleSheetRule | typeof SOURCE.styleDeclaration;
  id?: number;
  styleId?: number;
  adds?: { rule: string; index?: number | number[] }[];
  replace?: string;
  replaceSync?: string;
  set?: { property: string; value: string | null; priority?: string };
}

/**
 * What of the page's window can be seen, where that isn't all of it: it is zoomed in with two fingers, or the keyboard of a phone
 * covers the rest. CSS pixels of the page, but for the keyboard.
 */
export interface SeenPart {
  x: number;
  y: number;
  width: number;
  height: number;
  /** How much larger than its true size the page is shown. */
  scale: number;
  /** Height of the keyboard below it, in CSS pixels of the device; 0 when there is none. */
  keyboard: number;
}

/** The viewport that the page is laid out in, CSS pixels. */
export interface PageSize {
  width: number;
  height: number;
  /** Absent: all of it is seen, at its true size. */
  seen?: SeenPart;
}

/** `data` of an incremental event, as far as it is looked into. */
export type IncrementalData =
  | MutationData
  | { source: typeof SOURCE.mouseMove | typeof SOURCE.drag; positions: Position[] }
  /** Our own: rrweb tells neither which finger it is nor when it comes and goes. */
  | { source: typeof SOURCE.touchMove; positions: Position[]; finger: number; phase: 'start' | 'move' | 'end' }
  | { source: typeof SOURCE.mouseInteraction; type: number; id: number; x?: number; y?: number }
  | { source: typeof SOURCE.scroll; id: number; x: number; y: number }
  | ({ source: typeof SOURCE.viewportResize } & PageSize)
  | { source: typeof SOURCE.input; id: number; text: string; isChecked: boolean }
  | { source: typeof SOURCE.mediaInteraction; id: number; type: number }
  | StyleData
  | {
      source: typeof SOURCE.selection;
      ranges: { start: number; startOffset: number; end: number; endOffset: number }[];
    }
  | { source: typeof SOURCE.adoptedStyleSheet; id: number; styleIds: number[]; styles?: AdoptedStyle[] };

export type MirrorEvent =
  | { type: typeof EVENT.meta; data: PageSize }
  | { type: typeof EVENT.full; data: { node: SerializedNode; initialOffset: { top: number; left: number } } }
  | { type: typeof EVENT.incremental; data: IncrementalData };
