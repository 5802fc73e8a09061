import { LIMITS, type InkMessage, type StrokeAnchor } from '../../protocol/index.js';

/** Ink without news for this long is dropped: its author is gone or lost the connection. */
export const SILENCE_MILLISECONDS = 10_000;
/** How long a place stays in the laser's trail. */
export const TRAIL_MILLISECONDS = 700;
const TRAIL_POINTS = 120;
const DRAFTS_PER_AUTHOR = 8;
const DRAFTS = 64;
const FINISHED = 256;

type DraftMessage = Extract<InkMessage, { type: 'draft' }>;
type LaserMessage = Extract<InkMessage, { type: 'laser' }>;

/** A stroke that is being drawn. */
export interface Draft extends DraftMessage {
  key: string;
  author: string;
  /** When it was last heard of. */
  heardAt: number;
  /** Counts up with its points. */
  version: number;
}

/** Where a person's laser is and was. */
export interface Laser {
  author: string;
  color: string;
  /** Null when it is off and its trail still fades. */
  dot: StrokeAnchor | null;
  trail: { place: StrokeAnchor; at: number }[];
  heardAt: number;
}

/** The same stroke as a draft and when it is finished has the same key. */
export function inkKey(author: string, id: string): string {
  return `${author}\n${id}`;
}

/** The ink that moves, bounded whatever is sent: lasers by author, drafts by author and id. */
export class MovingInk {
  readonly drafts = new Map<string, Draft>();
  readonly lasers = new Map<string, Laser>();
  readonly #finished = new Set<string>();
  readonly #maxLasers: number;

  constructor(maxLasers: number) {
    this.#maxLasers = maxLasers;
  }

  /** Takes a checked message. `now` is of `performance.now()`. */
  receive(author: string, message: InkMessage, now: number): void {
    if (message.type === 'cancel') this.drafts.delete(inkKey(author, message.id));
    else if (message.type === 'draft') this.#receiveDraft(author, message, now);
    else this.#receiveLaser(author, message, now);
  }

  #receiveDraft(author: string, message: DraftMessage, now: number): void {
    const key = inkKey(author, message.id);
    // The finished stroke may overtake its last drafts: they come by another connection.
    if (this.#finished.has(key)) return;
    const draft = this.drafts.get(key);
    if (!draft) {
      this.#makeRoom(author);
      this.drafts.set(key, { ...message, points: [...message.points], key, author, heardAt: now, version: 1 });
      return;
    }
    const room = LIMITS.strokePoints * 3 - draft.points.length;
    draft.points.push(...message.points.slice(0, room));
    draft.heardAt = now;
    draft.version++;
  }

  /** The oldest drafts give way, the author's own first. */
  #makeRoom(author: string): void {
    const own = [...this.drafts.values()].filter((draft) => draft.author === author);
    if (own.length >= DRAFTS_PER_AUTHOR) this.drafts.delete(own[0]!.key);
    const oldest = this.drafts.keys().next();
    if (this.drafts.size >= DRAFTS && !oldest.done) this.drafts.delete(oldest.value);
  }

  #receiveLaser(author: string, { color, points }: LaserMessage, now: number): void {
    let laser = this.lasers.get(author);
    if (points === null || points.length === 0) {
      if (laser && points === null) laser.dot = null;
      return;
    }
    if (!laser) this.#makeLaserRoom();
    // A laser that was off starts a new trail, not one from where it left.
    if (!laser?.dot) laser = { author, color, dot: null, trail: [], heardAt: now };
    this.lasers.delete(author);
    this.lasers.set(author, laser);
    laser.color = color;
    laser.heardAt = now;
    laser.dot = points.at(-1)!;
    const before = Math.max(laser.trail.at(-1)?.at ?? now - 16, now - 50);
    points.forEach((place, i) => {
      laser.trail.push({ place, at: before + ((now - before) * (i + 1)) / points.length });
    });
    laser.trail.splice(0, laser.trail.length - TRAIL_POINTS);
  }

  /** The quietest laser gives way. */
  #makeLaserRoom(): void {
    const quietest = this.lasers.keys().next();
    if (this.lasers.size >= this.#maxLasers && !quietest.done) this.lasers.delete(quietest.value);
  }

  /** These strokes are finished: their drafts go, and later pieces of them are not taken for new ones. */
  finish(keys: Iterable<string>): void {
    for (const key of keys) {
      this.drafts.delete(key);
      this.#finished.delete(key);
      this.#finished.add(key);
    }
    for (const key of this.#finished) {
      if (this.#finished.size <= LIMITS.strokesPerSession + FINISHED) break;
      this.#finished.delete(key);
    }
  }

  removeAuthor(author: string): void {
    this.lasers.delete(author);
    for (const draft of this.drafts.values()) if (draft.author === author) this.drafts.delete(draft.key);
  }

  clear(): void {
    this.lasers.clear();
    this.drafts.clear();
  }

  /** Drops what has faded or was not heard of. */
  expire(now: number): void {
    for (const draft of this.drafts.values()) {
      if (now - draft.heardAt > SILENCE_MILLISECONDS) this.drafts.delete(draft.key);
    }
    for (const laser of this.lasers.values()) {
      laser.trail = laser.trail.filter(({ at }) => now - at < TRAIL_MILLISECONDS);
      if (now - laser.heardAt > SILENCE_MILLISECONDS) laser.dot = null;
      if (!laser.dot && laser.trail.length === 0) this.lasers.delete(laser.author);
    }
  }
}
