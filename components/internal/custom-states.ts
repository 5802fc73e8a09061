/** Makes the custom states of an element (`:state(x)`) exactly these. */
export function setStates(internals: ElementInternals, wanted: Iterable<string>): void {
  const states = new Set(wanted);
  for (const state of [...internals.states]) if (!states.has(state)) internals.states.delete(state);
  for (const state of states) internals.states.add(state);
}
