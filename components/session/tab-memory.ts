import type { AnswerEntry } from '../../protocol/doc-schema.js';
import type { Machine } from './machine.js';
import type { TabMemory } from './types.js';

/** What a consumer's tab remembers over a reload. Never the token, never page content. */
export interface Remembered {
  readonly version: 1;
  readonly session: string;
  /** The page that wrote this: one that comes back from the browser's cache must not go on from its own, older knowledge. */
  readonly writer?: string;
  readonly machine?: Machine;
  /** When the status became what it is; this browser's clock, like all times here. */
  readonly since?: number;
  readonly startedAt?: number | null;
  /** When the pending question was first seen. */
  readonly askedAt?: number;
  /** Id of the question for which the consumer has taken more time. */
  readonly moreTime?: string | null;
  /** When this tab last was there: one that was closed and comes back much later starts afresh. */
  readonly aliveAt?: number;
  /** How requests were settled here, newest last: they're never carried out again. */
  readonly settled?: readonly (readonly [id: string, answer: AnswerEntry])[];
}

/** `cobrowse-kit:<origin of the server>`. */
export function memoryKey(server: string): string {
  try {
    const { protocol, host } = new URL(server);
    return `cobrowse-kit:${protocol.replace('http', 'ws')}//${host}`;
  } catch {
    return `cobrowse-kit:${server}`;
  }
}

/** What is remembered for this server, or null; what is damaged or of another version is ignored. */
export function readMemory(memory: TabMemory | undefined, server: string): Remembered | null {
  try {
    const value = JSON.parse(memory?.getItem(memoryKey(server)) ?? 'null') as Remembered | null;
    return value?.version === 1 && typeof value.session === 'string' && value.session ? value : null;
  } catch {
    return null;
  }
}

/** Id of the session that this tab was in before a reload or the way to the next page, or null. */
export function rememberedSession(memory: TabMemory | undefined, server: string): string | null {
  return readMemory(memory, server)?.session ?? null;
}

/** What this tab remembers, as it is written: for another tab, should this one be closed. */
export function rawMemory(server: string): string | null {
  try {
    return sessionStorage.getItem(memoryKey(server));
  } catch {
    return null;
  }
}

/** Takes over what another tab remembered. */
export function keepRawMemory(server: string, memory: string): void {
  try {
    sessionStorage.setItem(memoryKey(server), memory);
  } catch {
    // then this tab starts afresh
  }
}

/** @param value null forgets. */
export function writeMemory(memory: TabMemory | undefined, server: string, value: Remembered | null): void {
  try {
    if (value) memory?.setItem(memoryKey(server), JSON.stringify(value));
    else memory?.removeItem(memoryKey(server));
  } catch {
    // a full or forbidden storage costs the resume after a reload, nothing else
  }
}
