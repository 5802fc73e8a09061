import {
  FRAME_FLAGS,
  readScreenCodecs,
  SCREEN_CODECS,
  type ControlMessage,
  type ErrorCode,
  type Frame,
  type ScreenCodec,
} from '../protocol/index.js';
import type { MirrorMember } from './mirror-member.js';
import type { Limits } from './options.js';
import { Rate } from './rate.js';

type ScreenLimits = Pick<
  Limits,
  'screenPictureBytes' | 'screenFramesPerSecond' | 'screenKeptBytes' | 'screenKeptFrames' | 'screenBufferBytes'
>;

export interface ScreenRelayOptions {
  limits: ScreenLimits;
  control(member: MirrorMember, message: ControlMessage): boolean;
  leftOut(frame: Frame): void;
  /** Connections that may send the screen. */
  senders(): Iterable<MirrorMember>;
  /** Somebody is slow: `takeCare` is to be called until it says that nobody is. */
  careNeeded(): void;
}

/** `waiting`: for the next key picture. `slow`: the same, and it has to read first what waits for it. */
type Watching = 'live' | 'waiting' | 'slow';

/** A key picture costs the one who encodes it time, and everybody bandwidth: not more often than this. */
const keyMilliseconds = 500;
/** Asked for, and none came: asked again. */
const againMilliseconds = 2000;

/**
 * The captured screen of a session. Each agent gets whole sequences: a key picture, and what builds on it. Who comes late gets the
 * last sequence, if it is short enough to be kept; who reads too slowly gets nothing until it has read what waits, and goes on
 * with the next key picture. Payloads are not looked into.
 */
export class ScreenRelay {
  readonly #options: ScreenRelayOptions;
  readonly #watchers = new Map<MirrorMember, Watching>();
  readonly #codecs = new Map<MirrorMember, ScreenCodec[]>();
  readonly #rates = new WeakMap<MirrorMember, Rate>();
  /** The connection that began the running stream. */
  #source: MirrorMember | undefined;
  #stream: { epoch: number; next: number } | undefined;
  /** From the last key picture on; undefined when that isn't whole. */
  #kept: Uint8Array[] | undefined;
  #keptBytes = 0;
  #keyNotBefore = 0;
  #keyTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ScreenRelayOptions) {
    this.#options = options;
  }

  /** Bytes of pictures that are held for late agents. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  join(member: MirrorMember): void {
    if (member.sendsScreen) {
      if (this.#codecs.size > 0) this.#tellCodecs(member);
      return;
    }
    this.#watchers.set(member, 'waiting');
    if (!this.#stream) return;
    if (this.#kept?.every((picture) => this.#send(member, picture))) this.#watchers.set(member, 'live');
    else this.wantKey();
  }

  leave(member: MirrorMember): void {
    this.#watchers.delete(member);
    if (this.#codecs.delete(member)) this.#tellAll();
    if (member !== this.#source) return;
    // its pictures are nobody's any more
    this.clear();
  }

  /** What an agent can show. */
  decodes(member: MirrorMember, codecs: unknown): void {
    this.#codecs.set(member, readScreenCodecs(codecs));
    this.#tellAll();
  }

  /** The next picture is to be a key picture. Of many wishes one is passed on. */
  wantKey(): void {
    if (!this.#source || this.#keyTimer) return;
    const wait = this.#keyNotBefore - performance.now();
    if (wait <= 0) return this.#askKey();
    this.#later(wait);
  }

  /** Forgets the pictures: what is over is not shown to who comes late. */
  clear(): void {
    clearTimeout(this.#keyTimer);
    this.#keyTimer = undefined;
    this.#source = undefined;
    this.#stream = undefined;
    this.#drop();
    this.#interrupt();
  }

  /** Why a picture is not passed on, beyond what mode and role say. */
  whyNot(member: MirrorMember, { payload }: Frame): ErrorCode | undefined {
    const { limits } = this.#options;
    if (payload.length > limits.screenPictureBytes) return 'message-too-big';
    let rate = this.#rates.get(member);
    if (!rate) this.#rates.set(member, (rate = new Rate(limits.screenFramesPerSecond)));
    return rate.take() ? undefined : 'rate-limited';
  }

  /** @returns whether it was passed on: a picture is of no use without those that it builds on. */
  publish(member: MirrorMember, frame: Frame, stamped: Uint8Array): boolean {
    const isKey = (frame.flags & FRAME_FLAGS.snapshot) !== 0;
    if (isKey) this.#begin(member, frame);
    else if (!this.#continues(member, frame)) {
      if (member === this.#source || !this.#source) this.#missed(member);
      return false;
    }
    this.#keep(isKey, stamped);
    for (const [watcher, watching] of this.#watchers) this.#give(watcher, watching, isKey, frame, stamped);
    return true;
  }

  /** @returns whether somebody is still slow. */
  takeCare(): boolean {
    let needed = false;
    for (const [member, watching] of this.#watchers) {
      if (watching !== 'slow') continue;
      if (member.peer.socket.bufferedAmount > this.#options.limits.screenBufferBytes / 4) needed = true;
      else {
        this.#watchers.set(member, 'waiting');
        this.wantKey();
      }
    }
    return needed;
  }

  #begin(member: MirrorMember, { epoch, seq }: Frame): void {
    this.#source = member;
    this.#stream = { epoch, next: seq + 1 };
    this.#kept = [];
    this.#keptBytes = 0;
    this.#keyNotBefore = performance.now() + keyMilliseconds;
    clearTimeout(this.#keyTimer);
    this.#keyTimer = undefined;
  }

  #continues(member: MirrorMember, { epoch, seq }: Frame): boolean {
    const stream = this.#stream;
    if (member !== this.#source || stream?.epoch !== epoch || stream.next !== seq) return false;
    stream.next++;
    return true;
  }

  /** A hole, or a stream whose beginning this server never saw. */
  #missed(member: MirrorMember): void {
    this.#source = member;
    this.#stream = undefined;
    this.#drop();
    this.#interrupt();
    this.wantKey();
  }

  /** What comes next builds on what nobody has. */
  #interrupt(): void {
    for (const [member, watching] of this.#watchers) if (watching === 'live') this.#watchers.set(member, 'waiting');
  }

  #keep(isKey: boolean, stamped: Uint8Array): void {
    const { screenKeptBytes, screenKeptFrames } = this.#options.limits;
    if (!this.#kept) return;
    const isTooMuch = this.#keptBytes + stamped.length > screenKeptBytes || this.#kept.length >= screenKeptFrames;
    if (isTooMuch && !isKey) return this.#drop();
    this.#kept.push(stamped);
    this.#keptBytes += stamped.length;
  }

  #drop(): void {
    this.#kept = undefined;
    this.#keptBytes = 0;
  }

  #give(member: MirrorMember, watching: Watching, isKey: boolean, frame: Frame, stamped: Uint8Array): void {
    // a slow one may get a key picture, if there is room for it by now
    const isNext = watching === 'live' || isKey;
    if (isNext && this.#send(member, stamped)) {
      if (isKey) this.#watchers.set(member, 'live');
      return;
    }
    this.#options.leftOut(frame);
    if (!isNext) return;
    this.#watchers.set(member, 'slow');
    this.#options.careNeeded();
  }

  /** What waits longer than it takes to be read is no live picture: the bound is lower than that of the page's events. */
  #send(member: MirrorMember, stamped: Uint8Array): boolean {
    const { bufferedAmount } = member.peer.socket;
    const hasRoom = bufferedAmount === 0 || bufferedAmount + stamped.length <= this.#options.limits.screenBufferBytes;
    return hasRoom && member.peer.send(stamped);
  }

  #askKey(): void {
    const source = this.#source;
    if (!source) return;
    this.#keyNotBefore = performance.now() + keyMilliseconds;
    this.#options.control(source, { type: 'screen-key' });
    this.#later(againMilliseconds);
  }

  #later(wait: number): void {
    this.#keyTimer = setTimeout(() => {
      this.#keyTimer = undefined;
      if ([...this.#watchers.values()].includes('waiting')) this.#askKey();
    }, wait);
    this.#keyTimer.unref();
  }

  #tellAll(): void {
    for (const member of this.#options.senders()) this.#tellCodecs(member);
  }

  #tellCodecs(member: MirrorMember): void {
    const said = [...this.#codecs.values()];
    const common = SCREEN_CODECS.filter((codec) => said.every((codecs) => codecs.includes(codec)));
    // better some see it than nobody
    const some = SCREEN_CODECS.filter((codec) => said.some((codecs) => codecs.includes(codec)));
    const codecs = said.length === 0 ? [] : common.length > 0 ? common : some;
    this.#options.control(member, { type: 'screen-codecs', codecs });
  }
}
