import type { Awareness } from 'y-protocols/awareness';
import { isOneOf, ROLES } from '../../protocol/index.js';
import type { Participant } from './types.js';

/** Who is here, as the server stamped it: one entry a person, however many tabs. */
export function readParticipants(awareness: Awareness, me: Participant | null): Participant[] {
  // one's own state comes back to nobody
  const people = new Map<string, Participant>(me ? [[me.id, me]] : []);
  for (const state of awareness.getStates().values()) {
    const person = readPerson((state as { user?: unknown }).user);
    if (person) people.set(person.id, person);
  }
  return [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readPerson(value: unknown): Participant | undefined {
  const { id, name, role, color } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || !isOneOf(ROLES, role)) return undefined;
  return {
    id,
    name: typeof name === 'string' ? name : id,
    role,
    color: typeof color === 'string' && /^#[\da-f]{6}$/i.test(color) ? color : '#d6336c',
  };
}
