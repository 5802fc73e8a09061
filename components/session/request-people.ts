import { authorOf, cleanName, type RequestEntry } from '../../protocol/index.js';
import type { Question } from './machine.js';
import type { Participant, PendingRequest } from './types.js';

type People = Pick<PendingRequest, 'agent' | 'from'>;

/** Whom a request is about: by the key, which nobody can write for another. */
export function peopleOf({ id, to }: RequestEntry): Pick<Question, 'agent' | 'from'> {
  const author = authorOf(id)!;
  return to === undefined ? { agent: author } : { agent: to, from: author };
}

/** The same with the name that the request gives its author. */
export function namesOf(request: RequestEntry): People {
  const author = { id: authorOf(request.id)!, name: request.agent.name };
  const { to } = request;
  return to === undefined ? { agent: author } : { agent: { id: to, name: '' }, from: author };
}

/** With the names that the server stamped, which may arrive after the request. */
export function stamped({ agent, from }: People, participants: readonly Participant[]): People {
  const named = ({ id, name }: People['agent']): People['agent'] => {
    const known = participants.find((person) => person.id === id);
    return { id, name: (known?.name ?? cleanName(name ?? '')) || id };
  };
  return { agent: named(agent), ...(from ? { from: named(from) } : {}) };
}

/** Who wants an answer: the agent that asks for itself, or the one that hands its control over. */
export function askerOf({ agent, from }: People): PendingRequest['agent'] {
  return from ?? agent;
}
