import type { Machine } from './machine.js';
import type { TabMemory } from './types.js';

/** What a consumer's tab remembers over a reload. Never the token, never page content. */
export interface Remembered {
  readonly version: 1;
  readonly session: string;
  readonly machine?: Machine;
  readonly startedAt?: number | null;
  /** Requests that were settled here, newest last: they're never carried out again. */
  readonly settled?: readonly string[];
}

/** `cobrowse-kit:<origin of the server>`. */
export function memoryKey(server: string): string {
  try {
    const { protocol, host } = new URL(server);
    return `cobrowse-kit:${protocol.replace(/^http/, 'ws')}//${host}`;
  } catch {
    return `cobrowse-kit:${server}`;
  }
}

/** What is remembered for this server, or null; what is damaged or of another version is forgotten. */
export function readMemory(memory: TabMemory | undefined, server: string): Remembered | null {
  try {
    const value = JSON.parse(memory?.getItem(memoryKey(server)) ?? 'null') as Partial<Remembered> | null;
    return value?.version === 1 && typeof value.session === 'string' && value.session ? (value as Remembered) : null;
  } catch {
    return null;
  }
}

export function writeMemory(memory: TabMemory | undefined, server: string, value: Remembered | null): void {
  try {
    if (value) memory?.setItem(memoryKey(server), JSON.stringify(value));
    else memory?.removeItem(memoryKey(server));
  } catch {
    // a full or forbidden storage costs the resume after a reload, nothing else
  }
}
