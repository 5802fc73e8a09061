import type { SessionState } from '../session/types.js';
import {
  CobrowseAnnotationEvent,
  CobrowseAnswerEvent,
  CobrowseConnectionChangeEvent,
  CobrowseEndEvent,
  CobrowseErrorEvent,
  CobrowseModeChangeEvent,
  CobrowsePageChangeEvent,
  CobrowseParticipantsChangeEvent,
  CobrowseRequestEndEvent,
  CobrowseStatusChangeEvent,
} from '../events/index.js';

type Change = (before: SessionState, now: SessionState) => Iterable<Event>;

/** Each fact with the part of the state that it tells about, in the order in which they're fired. */
const facts: readonly [keyof SessionState, Change][] = [
  ['connection', (before, now) => [new CobrowseConnectionChangeEvent(now.connection, before.connection)]],
  ['participants', participants],
  ['lastOutcome', (_, now) => outcome(now)],
  ['status', (before, now) => [new CobrowseStatusChangeEvent(now.status, before.status)]],
  ['mode', (before, now) => [new CobrowseModeChangeEvent(now.mode, before.mode)]],
  ['page', (_, now) => [new CobrowsePageChangeEvent(now.page)]],
  ['annotations', annotations],
  ['status', (_, now) => (now.status === 'ended' ? [new CobrowseEndEvent(now.endReason)] : [])],
  ['error', (_, now) => (now.error ? [new CobrowseErrorEvent(now.error)] : [])],
];

/** Fires what has changed between two states. */
export function fireChanges(target: EventTarget, before: SessionState, now: SessionState): void {
  for (const [name, change] of facts) {
    if (before[name] === now[name]) continue;
    for (const event of change(before, now)) target.dispatchEvent(event);
  }
}

function* outcome({ lastOutcome }: SessionState): Iterable<Event> {
  if (!lastOutcome) return;
  const { request, outcome: how } = lastOutcome;
  if (how === 'allowed' || how === 'denied')
    yield new CobrowseAnswerEvent(request, how === 'allowed' ? 'allow' : 'deny');
  yield new CobrowseRequestEndEvent(request, how);
}

function* participants(before: SessionState, now: SessionState): Iterable<Event> {
  const joined = now.participants.filter(({ id }) => !before.participants.some((person) => person.id === id));
  const left = before.participants.filter(({ id }) => !now.participants.some((person) => person.id === id));
  yield new CobrowseParticipantsChangeEvent(now.participants, joined, left);
}

function* annotations(before: SessionState, now: SessionState): Iterable<Event> {
  const ids = ({ annotations: list }: SessionState) => new Map(list.map(({ author, stroke }) => [stroke.id, author]));
  const old = ids(before);
  const current = ids(now);
  for (const [id, author] of old) if (!current.has(id)) yield new CobrowseAnnotationEvent('remove', author, id);
  for (const [id, author] of current) if (!old.has(id)) yield new CobrowseAnnotationEvent('add', author, id);
}
