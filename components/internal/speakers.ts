const speakers = new WeakMap<object, number>();

/**
 * A toolbar says in a live region how the session stands. Where there is one, the view beside it stays silent, so that
 * nothing is spoken twice. @returns the way to stop.
 */
export function addSpeaker(store: object): () => void {
  speakers.set(store, (speakers.get(store) ?? 0) + 1);
  let done = false;
  return () => {
    if (!done) speakers.set(store, (speakers.get(store) ?? 1) - 1);
    done = true;
  };
}

export function hasSpeaker(store: object): boolean {
  return (speakers.get(store) ?? 0) > 0;
}
