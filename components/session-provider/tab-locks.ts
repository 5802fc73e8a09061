import { memoryKey } from '../session/tab-memory.js';

/** Held by the home's document while it has a session. */
export const homeLock = (server: string): string => `${memoryKey(server)}:home`;
/** Held by a guest's document. */
export const guestLock = (server: string, guest: string): string => `${memoryKey(server)}:${guest}`;

/** Holds a lock until it is let go, or the document is gone. Nothing where the browser has none. @param onHeld called when it is held */
export function holdLock(name: string, onHeld?: () => void): () => void {
  let release: (() => void) | undefined;
  const controller = new AbortController();
  const held = () =>
    new Promise<void>((resolve) => {
      release = resolve;
      onHeld?.();
    });
  navigator.locks?.request(name, { signal: controller.signal }, held).catch(() => undefined);
  return () => {
    controller.abort();
    release?.();
  };
}

/** Calls back when nobody holds the lock any more. @returns the way to stop */
export function whenFree(name: string, free: () => void): () => void {
  const controller = new AbortController();
  navigator.locks?.request(name, { signal: controller.signal }, free).catch(() => undefined);
  return () => controller.abort();
}
