import type { Root } from '../protocol/index.js';

/** Names one clock of one Yjs client. */
export interface Id {
  client: number;
  clock: number;
}

/** The key of a root that an item belongs to. */
export interface Place {
  root: Root;
  key: string;
}

/** What an item brings: one JSON value, or a run of values that were deleted already. */
export type Content = { kind: 'value'; value: unknown; bytes: number } | { kind: 'deleted' };

/** An item as the update has it. The doc is flat, so there is nothing else than keys of roots. */
export interface Struct extends Id {
  /** Clocks that it covers; 1 for a value. */
  length: number;
  /** The items that it was put between. */
  origin: Id | null;
  rightOrigin: Id | null;
  /** Given outright only where there is neither origin. */
  stated: Place | null;
  content: Content;
}

/** All structs of one client in an update: contiguous clocks. */
export interface Section {
  client: number;
  structs: Struct[];
}

/** Deleted clocks of one client. */
export interface Range extends Id {
  length: number;
}

export interface DecodedUpdate {
  /** One a client. */
  sections: Section[];
  /** Ascending and without overlap for each client. */
  deletes: Range[];
}
