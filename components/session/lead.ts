import type { Awareness } from 'y-protocols/awareness';

/** What a consumer's page says of itself in its presence; the role is the server's word. */
interface Claim {
  since?: unknown;
  started?: unknown;
  /** The page is being left: for the next one, or for good. */
  leaving?: unknown;
  user?: { role?: unknown };
}

/**
 * Says in presence how good a claim to the session this page has, and whether no other page of the consumer has a better
 * one: a started session counts more than a late arrival.
 */
export function claimLead(awareness: Awareness, since: number, started: boolean): boolean {
  const own: Claim = { since, started };
  const said = awareness.getLocalState() as Claim | null;
  if (said?.since !== since || said.started !== started) say(awareness, own);
  return ![...(awareness.getStates() as Map<number, Claim>)].some(
    ([client, state]) => client !== awareness.clientID && state.user?.role === 'consumer' && rank(state) > rank(own),
  );
}

/** Tells the others that this page is being left, or that it is back from the browser's cache. */
export function sayLeaving(awareness: Awareness, leaving: boolean): void {
  say(awareness, { ...awareness.getLocalState(), leaving });
}

/** Whether the consumer's page has said that it is being left, and the next one isn't there. */
export function isLeaving(awareness: Awareness): boolean {
  const pages = [...(awareness.getStates() as Map<number, Claim>).values()].filter(
    ({ user }) => user?.role === 'consumer',
  );
  return pages.length > 0 && pages.every(({ leaving }) => leaving === true);
}

// the server stamps `user`
function say(awareness: Awareness, { since, started, leaving }: Claim): void {
  awareness.setLocalState({ since, started, ...(leaving === true ? { leaving } : {}) });
}

function rank({ since, started }: Claim): number {
  return (started === true ? 1e15 : 0) + (typeof since === 'number' && since < 1e15 ? since : 0);
}
