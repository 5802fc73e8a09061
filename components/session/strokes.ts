import { authorOf, entryKey, isStroke, LIMITS, type Stroke } from '../../protocol/index.js';
import { isSame, nextNumber } from './doc-access.js';
import { done, refused, type LiveContext } from './live-context.js';
import type { Action, Annotation, DispatchResult } from './types.js';

const encoder = new TextEncoder();

/** Strokes of the page that is shown; the same list until one changes. */
export function shownStrokes({ access, state }: LiveContext): readonly Annotation[] {
  const { annotations: earlier, page } = state();
  const strokes = access.allStrokes().filter(({ stroke }) => !page || stroke.page === page.id);
  const same =
    strokes.length === earlier.length && strokes.every(({ stroke }, index) => isSame(stroke, earlier[index]?.stroke));
  return same ? earlier : strokes;
}

export function nextStrokeId({ transport }: LiveContext): string {
  return entryKey(transport.identity.sub, nextNumber());
}

/** Writes a finished stroke under a key of this person's own. */
export function annotate(context: LiveContext, given: Extract<Action, { type: 'annotate' }>['stroke']): DispatchResult {
  const { access, transport } = context;
  const { status, page, offers } = context.state();
  if (status !== 'active') return refused('wrong-status');
  if (!offers.tools.includes('pencil')) return refused('unknown-action');
  const stroke: unknown =
    typeof given === 'object' && given !== null ? { ...given, id: given.id ?? nextStrokeId(context) } : null;
  const id = (stroke as Stroke | null)?.id;
  if (typeof id !== 'string' || authorOf(id) !== transport.identity.sub || !isStroke(id, stroke)) {
    return refused('stroke-refused');
  }
  if (encoder.encode(JSON.stringify(stroke)).length > LIMITS.strokeBytes) return refused('stroke-refused');
  if (access.annotations.size >= LIMITS.strokesPerSession) return refused('stroke-refused');
  if (page && stroke.page !== page.id) return refused('stale');
  access.annotations.set(id, onlyKnown(stroke));
  return done;
}

/** Deletes this person's last stroke; none is fine too. */
export function undo(context: LiveContext): DispatchResult {
  const last = context.state().annotations.findLast(({ author }) => author === context.transport.identity.sub);
  if (last) context.access.annotations.delete(last.stroke.id);
  return done;
}

export function clearOwn({ access, transport }: LiveContext): DispatchResult {
  access.deleteStrokes((author) => author === transport.identity.sub);
  return done;
}

/** A copy with the fields of the schema only: nothing else may ride along in the doc. */
function onlyKnown({ id, tool, color, width, page, anchor: { node, x, y }, points }: Stroke): Stroke {
  return { id, tool, color, width, page, anchor: { node, x, y }, points: [...points] };
}
