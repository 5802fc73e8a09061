import type { Awareness } from 'y-protocols/awareness';

/** What a consumer's page says of itself in its presence; the role is the server's word. */
interface Claim {
  since?: unknown;
  started?: unknown;
  user?: { role?: unknown };
}

/**
 * Says in presence how good a claim to the session this page has, and whether no other page of the consumer has a better
 * one: a started session counts more than a late arrival.
 */
export function claimLead(awareness: Awareness, since: number, started: boolean): boolean {
  const own: Claim = { since, started };
  const said = awareness.getLocalState() as Claim | null;
  if (said?.since !== since || said.started !== started) awareness.setLocalState(own);
  return ![...(awareness.getStates() as Map<number, Claim>)].some(
    ([client, state]) => client !== awareness.clientID && state.user?.role === 'consumer' && rank(state) > rank(own),
  );
}

function rank({ since, started }: Claim): number {
  return (started === true ? 1e15 : 0) + (typeof since === 'number' && since < 1e15 ? since : 0);
}
