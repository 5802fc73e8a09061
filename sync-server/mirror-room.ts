import {
  decodeControl,
  decodeFrame,
  encodeFrame,
  encodeJson,
  FRAME_FLAGS,
  FRAME_RIGHTS,
  FrameError,
  type CloseName,
  type ControlMessage,
  type ErrorCode,
  type Frame,
  type ServerSettings,
} from '../protocol/index.js';
import { KeptEpoch } from './kept-epoch.js';
import type { Peer } from './peer.js';
import type { Limits } from './options.js';
import { Rate } from './rate.js';

interface Member {
  readonly peer: Peer;
  readonly frames: Rate;
  readonly inputs: Rate;
  /** Too slow for the running epoch: gets nothing of it any more. */
  skipping: boolean;
}

export interface MirrorEvents {
  refused(peer: Peer, name: CloseName | ErrorCode, reason: string): void;
  relayed(frame: Frame, bytes: number): void;
  /** Whether the doc lets this agent control the page now. */
  mayControl(peer: Peer): boolean;
}

const resyncMilliseconds = 1000;

/** The mirror channel of a session: reads the header of a frame, and passes it on to those who may see it. */
export class MirrorRoom {
  readonly #members = new Map<Peer, Member>();
  readonly #events: MirrorEvents;
  readonly #limits: Limits;
  readonly #settings: ServerSettings;
  readonly #epoch: KeptEpoch;
  /** The consumer's connection that began the running epoch. */
  #publisher: Peer | undefined;
  #lastResync = 0;
  #resyncTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(events: MirrorEvents, limits: Limits, settings: ServerSettings) {
    this.#events = events;
    this.#limits = limits;
    this.#settings = settings;
    this.#epoch = new KeptEpoch(limits.epochBytes, limits.epochFrames);
  }

  get size(): number {
    return this.#members.size;
  }

  join(peer: Peer): void {
    const { mirrorFramesPerSecond, inputFramesPerSecond } = this.#limits;
    const member: Member = {
      peer,
      frames: new Rate(mirrorFramesPerSecond),
      inputs: new Rate(inputFramesPerSecond),
      skipping: false,
    };
    this.#members.set(peer, member);
    this.#control(peer, { type: 'hello', connection: peer.id, role: peer.person.role, settings: this.#settings });
    if (peer.person.role !== 'consumer') this.#catchUp(member);
  }

  leave(peer: Peer): void {
    this.#members.delete(peer);
    if (this.#publisher === peer) this.#publisher = undefined;
  }

  destroy(): void {
    clearTimeout(this.#resyncTimer);
    this.#epoch.clear();
  }

  receive(peer: Peer, bytes: Uint8Array<ArrayBuffer>): void {
    const member = this.#members.get(peer);
    if (!member) return;
    try {
      this.#accept(member, decodeFrame(bytes));
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#close(peer, 'malformed-frame', error.message);
    }
  }

  #accept(member: Member, frame: Frame): void {
    const { peer } = member;
    if (!member.frames.take()) return this.#close(peer, 'rate-limited', 'too many frames');
    if (frame.kind === 'control') return this.#acceptControl(peer, decodeControl(frame.payload));
    const code = this.#whyNot(member, frame);
    if (code) return this.#refuse(peer, code, frame.kind);
    const stamped = encodeFrame({ ...frame, sender: peer.person.sub });
    this.#events.relayed(frame, stamped.length);
    if (frame.kind === 'events') this.#publish(peer, frame, stamped);
    else this.#passOn(peer, frame, stamped);
  }

  #whyNot({ peer, inputs }: Member, { kind, payload }: Frame): ErrorCode | undefined {
    if (!FRAME_RIGHTS[kind].includes(peer.person.role)) return 'forbidden';
    if (kind === 'ink' && payload.length > this.#limits.inkFrameBytes) return 'message-too-big';
    if (kind !== 'input') return undefined;
    if (payload.length > this.#limits.inputFrameBytes) return 'message-too-big';
    if (!inputs.take()) return 'rate-limited';
    return this.#events.mayControl(peer) ? undefined : 'no-control';
  }

  #publish(peer: Peer, frame: Frame, stamped: Uint8Array): void {
    const begins = frame.seq === 0 && (frame.flags & FRAME_FLAGS.snapshot) !== 0;
    if (begins) this.#begin(peer, frame.epoch);
    // of an older page, or of an epoch whose beginning was never seen
    else if (this.#publisher !== peer || this.#epoch.number !== frame.epoch) return;
    this.#epoch.keep(stamped);
    for (const member of this.#members.values())
      if (member.peer.person.role !== 'consumer') this.#sendEvents(member, stamped, begins);
  }

  #begin(peer: Peer, epoch: number): void {
    if (this.#publisher && this.#publisher !== peer) this.#control(this.#publisher, { type: 'superseded' });
    this.#publisher = peer;
    this.#epoch.begin(epoch);
  }

  #sendEvents(member: Member, stamped: Uint8Array, begins: boolean): void {
    if (begins) member.skipping = false;
    if (member.skipping || member.peer.send(stamped)) return;
    member.skipping = true;
    this.#control(member.peer, { type: 'skip' });
    this.#whenRead(member);
  }

  /** A new epoch is asked for when the slow one has read what waits; one that never reads is dropped. */
  #whenRead(member: Member): void {
    const { peer } = member;
    const limit = this.#limits.peerBufferBytes / 4;
    const started = Date.now();
    const timer = setInterval(() => {
      if (peer.socket.readyState !== 1 || !this.#members.has(peer)) clearInterval(timer);
      else if (peer.socket.bufferedAmount < limit) {
        clearInterval(timer);
        this.#askResync('slow');
      } else if (Date.now() - started > 30_000) {
        clearInterval(timer);
        this.#events.refused(peer, 'too-slow', 'does not read');
        peer.socket.terminate();
      }
    }, 100);
    timer.unref();
  }

  #passOn(from: Peer, { kind }: Frame, stamped: Uint8Array): void {
    const toConsumer = kind === 'ink' || kind === 'input';
    const toAgents = kind !== 'input';
    for (const { peer } of this.#members.values()) {
      if (peer === from) continue;
      // what moves is not worth waiting for
      if (peer.person.role === 'consumer' ? toConsumer : toAgents) peer.send(stamped);
    }
  }

  #acceptControl(peer: Peer, message: ControlMessage | undefined): void {
    if (message?.type === 'ping') this.#control(peer, { type: 'pong', at: Number(message.at) });
    else if (message?.type === 'resync' && peer.person.role !== 'consumer') this.#askResync('agent');
    else if (message?.type !== 'resync') this.#refuse(peer, 'malformed-frame', 'unknown control message');
  }

  /** The running epoch for one who comes late, or a new one where it isn't whole here. */
  #catchUp(member: Member): void {
    const frames = this.#epoch.frames;
    if (!frames) {
      if (this.#publisher) this.#askResync('late');
      return;
    }
    for (const frame of frames) this.#sendEvents(member, frame, false);
  }

  /** At most one a second, and none is lost. */
  #askResync(reason: Extract<ControlMessage, { type: 'resync' }>['reason']): void {
    if (this.#resyncTimer) return;
    const wait = this.#lastResync + resyncMilliseconds - Date.now();
    const ask = () => {
      this.#resyncTimer = undefined;
      this.#lastResync = Date.now();
      for (const { peer } of this.#members.values())
        if (peer.person.role === 'consumer' && (!this.#publisher || peer === this.#publisher))
          this.#control(peer, { type: 'resync', reason });
    };
    if (wait <= 0) ask();
    else this.#resyncTimer = setTimeout(ask, wait);
  }

  #control(peer: Peer, message: ControlMessage): void {
    peer.send(encodeFrame({ kind: 'control', payload: encodeJson(message) }));
  }

  #refuse(peer: Peer, code: ErrorCode, reason: string): void {
    this.#events.refused(peer, code, reason);
    this.#control(peer, { type: 'refused', code });
  }

  #close(peer: Peer, name: CloseName, reason: string): void {
    this.leave(peer);
    this.#events.refused(peer, name, reason);
    peer.close(name);
  }
}
