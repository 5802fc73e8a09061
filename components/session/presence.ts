import { cleanName, colorOf, isOneOf, ROLES } from '../../protocol/index.js';
import type { Identity, Transport } from '../transport/types.js';
import type { Participant } from './types.js';

/** This person as its token says; the server stamps the same for the others. */
export function self({ sub, name, role, color }: Identity): Participant {
  return { id: sub, name: cleanName(name) || sub, role, color: isColor(color) ? color : colorOf(sub) };
}

/** Everyone whose presence the server has stamped, each once, with oneself. */
export function participantsOf({ awareness, identity }: Transport): Participant[] {
  const people = new Map([[identity.sub, self(identity)]]);
  for (const [client, state] of awareness.getStates()) {
    const person = client === awareness.clientID ? undefined : readPerson(state['user']);
    if (person && !people.has(person.id)) people.set(person.id, person);
  }
  return [...people.values()].sort((a, b) => (a.role + a.id < b.role + b.id ? -1 : 1));
}

function readPerson(value: unknown): Participant | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name, role, color } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '' || !isOneOf(ROLES, role)) return undefined;
  const shown = typeof name === 'string' ? cleanName(name) : '';
  return { id, name: shown || id, role, color: isColor(color) ? color : colorOf(id) };
}

export function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#[\da-f]{6}$/i.test(value);
}
