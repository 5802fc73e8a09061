import { cleanAttributes, cleanTree, isFinite, isId, text, type ScrollPlaces } from './incoming-nodes.js';
import {
  EVENT,
  NODE,
  SOURCE,
  type AdoptedStyle,
  type IncrementalData,
  type MirrorEvent,
  type MutationData,
  type PageSize,
} from './rrweb-events.js';

/** Pixels. Nothing that a browser shows is larger. */
const LARGEST = 1e6;
const LONGEST_SIDE = 20_000;
const SMALLEST_SCALE = 0.01;
const LARGEST_SCALE = 100;

export interface CleanEvent {
  event: MirrorEvent;
  /** Where elements that the event brings are scrolled to. */
  scrolls: ScrollPlaces;
}

/**
 * An event as it may reach the mirror's frame: rebuilt from the fields that are known, so that nothing else comes
 * through. Null for anything that isn't one.
 * @param tagOf Tag name of a node of the mirror.
 */
export function cleanEvent(value: unknown, tagOf: (id: number) => string): CleanEvent | null {
  const { type, data } = record(value);
  const fields = record(data);
  const scrolls: ScrollPlaces = [];
  const event = cleanByType(type, fields, scrolls, tagOf);
  return event && { event, scrolls };
}

type Fields = Record<string, unknown>;

function cleanByType(
  type: unknown,
  data: Fields,
  scrolls: ScrollPlaces,
  tagOf: (id: number) => string,
): MirrorEvent | null {
  if (type === EVENT.meta) return isSize(data) ? { type, data: cleanSize(data) } : null;
  if (type === EVENT.full) {
    const node = cleanTree(data.node, scrolls);
    const { left, top } = record(data.initialOffset);
    if (node?.type !== NODE.document) return null;
    return { type, data: { node, initialOffset: { left: coordinate(left), top: coordinate(top) } } };
  }
  if (type !== EVENT.incremental) return null;
  const incremental = cleanIncremental(data, scrolls, tagOf);
  return incremental && { type, data: incremental };
}

function cleanIncremental(data: Fields, scrolls: ScrollPlaces, tagOf: (id: number) => string): IncrementalData | null {
  const { source, id } = data;
  switch (source) {
    case SOURCE.mutation:
      return cleanMutation(data, scrolls, tagOf);
    case SOURCE.mouseMove:
    case SOURCE.drag:
      return { source, positions: list(data.positions).map(cleanPosition) };
    case SOURCE.touchMove:
      return cleanTouch(data);
    case SOURCE.mouseInteraction:
      if (!Number.isInteger(data.type)) return null;
      return { source, type: data.type as number, ...cleanPosition(data) };
    case SOURCE.scroll:
      return isId(id) ? { source, id, x: coordinate(data.x), y: coordinate(data.y) } : null;
    case SOURCE.viewportResize:
      return isSize(data) ? { source, ...cleanSize(data) } : null;
    case SOURCE.input:
      return isId(id) ? { source, id, text: text(data.text), isChecked: data.isChecked === true } : null;
    case SOURCE.mediaInteraction:
      return cleanMedia(data);
    case SOURCE.styleSheetRule:
    case SOURCE.styleDeclaration:
      return cleanRule(source, data);
    case SOURCE.selection:
      return {
        source,
        ranges: list(data.ranges)
          .map(record)
          .filter(isRange)
          .map(({ start, startOffset, end, endOffset }) => ({ start, startOffset, end, endOffset })),
      };
    case SOURCE.adoptedStyleSheet:
      return cleanAdopted(data);
    default:
      return null;
  }
}

function cleanMutation(data: Fields, scrolls: ScrollPlaces, tagOf: (id: number) => string): MutationData {
  const tags = new Map<number, string>();
  const adds: MutationData['adds'] = [];
  for (const { parentId, nextId, node } of list(data.adds).map(record)) {
    const clean = isId(parentId) ? cleanTree(node, scrolls) : null;
    if (!clean) continue;
    if (clean.tagName) tags.set(clean.id, clean.tagName);
    adds.push({ parentId: parentId as number, nextId: isId(nextId) ? nextId : null, node: clean });
  }
  const removes = list(data.removes)
    .map(record)
    .filter(({ id, parentId }) => isId(id) && isId(parentId))
    .map(({ id, parentId, isShadow }) => ({
      id: id as number,
      parentId: parentId as number,
      isShadow: isShadow === true,
    }));
  const texts = list(data.texts)
    .map(record)
    .filter(({ id }) => isId(id))
    .map(({ id, value }) => ({ id: id as number, value: text(value) }));
  const attributes = list(data.attributes)
    .map(record)
    .filter(({ id }) => isId(id))
    .map((change) => {
      const id = change.id as number;
      return { id, attributes: cleanAttributes(change.attributes, tags.get(id) ?? tagOf(id)) };
    });
  const isAttachIframe = data.isAttachIframe === true ? { isAttachIframe: true } : {};
  return { source: SOURCE.mutation, adds, removes, texts, attributes, ...isAttachIframe };
}

function cleanTouch({ positions, finger, phase }: Fields): IncrementalData | null {
  const last = list(positions).at(-1);
  const isKnown = phase === 'start' || phase === 'move' || phase === 'end';
  if (!last || !isKnown || !Number.isSafeInteger(finger)) return null;
  return { source: SOURCE.touchMove, positions: [cleanPosition(last)], finger: finger as number, phase };
}

function cleanPosition(value: unknown): { id: number; x: number; y: number } {
  const { id, x, y } = record(value);
  return { id: isId(id) ? id : -1, x: coordinate(x), y: coordinate(y) };
}

const MEDIA_NUMBERS = ['currentTime', 'volume', 'playbackRate'] as const;

function cleanMedia(data: Fields): IncrementalData | null {
  const { id, type } = data;
  if (!isId(id) || !Number.isInteger(type)) return null;
  const numbers = MEDIA_NUMBERS.filter((name) => isFinite(data[name])).map((name) => [name, data[name]]);
  const flags = (['muted', 'loop'] as const)
    .filter((name) => typeof data[name] === 'boolean')
    .map((name) => [name, data[name]]);
  return {
    source: SOURCE.mediaInteraction,
    id,
    type: type as number,
    ...(Object.fromEntries([...numbers, ...flags]) as object),
  };
}

/** Style sheets can't run anything: their rules pass as text, their places as numbers. */
function cleanRule(
  source: typeof SOURCE.styleSheetRule | typeof SOURCE.styleDeclaration,
  data: Fields,
): IncrementalData | null {
  const { id, styleId, index, set, remove, replace, replaceSync } = data;
  if (!isId(id) && !isId(styleId)) return null;
  const whole = text(replaceSync) || text(replace);
  const { property, value, priority } = record(set);
  return {
    source,
    ...(isId(id) ? { id } : {}),
    ...(isId(styleId) ? { styleId } : {}),
    ...(source === SOURCE.styleSheetRule
      ? {
          adds: cleanRules(data.adds),
          removes: list(data.removes)
            .map(record)
            .map(({ index: at }) => ({ index: place(at) })),
        }
      : { index: [place(index)].flat() }),
    ...(set ? { set: { property: text(property), value: text(value), priority: text(priority) } } : {}),
    ...(remove ? { remove: { property: text(record(remove).property) } } : {}),
    ...(whole ? { replaceSync: whole } : {}),
  };
}

function cleanRules(value: unknown): AdoptedStyle['rules'] {
  return list(value)
    .map(record)
    .map(({ rule, index }) => ({ rule: text(rule), ...(index === undefined ? {} : { index: place(index) }) }));
}

function cleanAdopted(data: Fields): IncrementalData | null {
  if (!isId(data.id)) return null;
  const styles = list(data.styles)
    .map(record)
    .filter(({ styleId }) => isId(styleId))
    .map(({ styleId, rules }) => ({ styleId: styleId as number, rules: cleanRules(rules) }));
  return { source: SOURCE.adoptedStyleSheet, id: data.id, styleIds: list(data.styleIds).filter(isId), styles };
}

function place(value: unknown): number | number[] {
  if (Array.isArray(value)) return value.map((part) => (isIndex(part) ? part : 0));
  return isIndex(value) ? value : 0;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

interface RangeData extends Fields {
  start: number;
  startOffset: number;
  end: number;
  endOffset: number;
}

function isRange(value: Fields): value is RangeData {
  return isId(value.start) && isId(value.end) && isIndex(value.startOffset) && isIndex(value.endOffset);
}

function isSize(value: Fields): value is Fields & { width: number; height: number } {
  return [value.width, value.height].every((side) => isFinite(side) && side > 0 && side <= LONGEST_SIDE);
}

function cleanSize({ width, height, seen }: Fields & { width: number; height: number }): PageSize {
  const { x, y, scale, keyboard, ...part } = record(seen);
  const isPart = isSize(part) && isFinite(scale) && scale >= SMALLEST_SCALE && scale <= LARGEST_SCALE;
  if (!isPart) return { width, height };
  const below = isFinite(keyboard) ? Math.max(0, Math.min(LONGEST_SIDE, keyboard)) : 0;
  const at = { x: coordinate(x), y: coordinate(y), width: part.width, height: part.height };
  return { width, height, seen: { ...at, scale, keyboard: below } };
}

function coordinate(value: unknown): number {
  return isFinite(value) ? Math.max(-LARGEST * 100, Math.min(LARGEST * 100, value)) : 0;
}

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
