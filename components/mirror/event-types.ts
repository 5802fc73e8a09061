/** The numbers of rrweb's events that we look into, and their shapes as far as we do. */
export const EVENT = { fullSnapshot: 2, incremental: 3, meta: 4 } as const;
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
  font: 10,
  drag: 12,
  styleDeclaration: 13,
  selection: 14,
  adoptedStyleSheet: 15,
} as const;
export const NODE = { document: 0, documentType: 1, element: 2, text: 3, cdata: 4, comment: 5 } as const;

export type AttributeValue = string | number | boolean | null | Record<string, unknown>;

/** A node as rrweb writes it. */
export interface MirrorNode {
  id: number;
  type: number;
  tagName?: string;
  attributes?: Record<string, AttributeValue>;
  childNodes?: MirrorNode[];
  textContent?: string;
  needBlock?: boolean;
  isStyle?: boolean;
  isSVG?: boolean;
  isCustom?: boolean;
  isShadow?: boolean;
  isShadowHost?: boolean;
  rootId?: number;
}

export interface MirrorEvent {
  type: number;
  timestamp: number;
  data: Record<string, unknown> & { source?: number };
}

export interface MutationData {
  texts: { id: number; value: string | null }[];
  attributes: { id: number; attributes: Record<string, AttributeValue> }[];
  removes: { id: number; parentId: number }[];
  adds: { parentId: number; nextId: number | null; previousId?: number | null; node: MirrorNode }[];
}
