import { isOneOf, INK_TOOLS, type InkTool } from './vocabulary.js';
import { LIMITS } from './limits.js';
import type { StrokeAnchor } from './doc-schema.js';

/**
 * JSON payload of a frame of kind `ink`: what moves too fast for the doc. Positions are in the same terms as a stroke's:
 * a mirror id, and a place in its box as a share of its size (0..1).
 */
export type InkMessage =
  /** The laser is at this place; `null` when it has left. */
  | { type: 'laser'; color: string; points: StrokeAnchor[] | null }
  /** A stroke being drawn: `points` are the ones since the last message. The finished one has the same id in `annotations`. */
  | {
      type: 'draft';
      id: string;
      tool: InkTool;
      color: string;
      width: number;
      page: string;
      anchor: StrokeAnchor;
      points: number[];
    }
  /** A stroke being drawn was dropped. */
  | { type: 'cancel'; id: string };

const isPlace = (value: unknown): boolean => {
  const place = value as StrokeAnchor | null;
  return (
    typeof place === 'object' &&
    place !== null &&
    Number.isInteger(place.node) &&
    Number.isFinite(place.x) &&
    Number.isFinite(place.y)
  );
};
const isColor = (value: unknown): boolean => typeof value === 'string' && /^#[\da-f]{6}$/i.test(value);

/** The message when it is one, undefined otherwise: what comes from a peer is never trusted. */
export function readInkMessage(value: unknown): InkMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as InkMessage;
  switch (message.type) {
    case 'laser':
      return isColor(message.color) &&
        (message.points === null ||
          (Array.isArray(message.points) && message.points.length <= 64 && message.points.every(isPlace)))
        ? message
        : undefined;
    case 'draft':
      return isText(message.id) &&
        isOneOf(INK_TOOLS, message.tool) &&
        isColor(message.color) &&
        message.width > 0 &&
        message.width <= 64 &&
        isText(message.page) &&
        isPlace(message.anchor) &&
        isDraftPoints(message.points)
        ? message
        : undefined;
    case 'cancel':
      return isText(message.id) ? message : undefined;
    default:
      return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 200;
}

function isDraftPoints(points: unknown): boolean {
  return (
    Array.isArray(points) &&
    points.length % 3 === 0 &&
    points.length <= LIMITS.strokePoints * 3 &&
    points.every((value) => Number.isFinite(value))
  );
}
