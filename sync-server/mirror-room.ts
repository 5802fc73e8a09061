import {
  decodeControl,
  decodeFrame,
  encodeFrame,
  encodeJson,
  FRAME_RIGHTS,
  FrameError,
  type CloseName,
  type ControlMessage,
  type ErrorCode,
  type Frame,
  type FrameKind,
  type ScreenInfo,
} from '../protocol/index.js';
import { beginsEpoch, KeptEpoch } from './kept-epoch.js';
import { MirrorMember } from './mirror-member.js';
import { DeviceDesk } from './device-desk.js';
import type { Configuration } from './options.js';
import type { Peer } from './peer.js';
import { ResyncDesk, type ResyncReason } from './resync-desk.js';
import { ScreenRelay } from './screen-relay.js';

export interface MirrorEvents {
  refused(peer: Peer, name: CloseName | ErrorCode, reason: string): void;
  /** Once more, of many: worth a count only. */
  refusedAgain(name: ErrorCode): void;
  relayed(frame: Frame, bytes: number): void;
  /** A frame was left out for a slow peer. */
  leftOut(frame: Frame): void;
  epochBegan(peer: Peer, epoch: number): void;
  /** Why the doc doesn't let this agent control the page now, or undefined. */
  whyNoControl(peer: Peer): ErrorCode | undefined;
  /** Where an agent's picture comes from, by the doc; undefined but in full device. */
  screenSource(): ScreenInfo['source'] | undefined;
}

const careMilliseconds = 50;
/** A consumer that is watched is listened for this often; browsers answer by themselves, in hidden tabs too. */
const listenMilliseconds = 500;
const silenceMilliseconds = 2000;

/** The mirror channel of a session: reads the header of a frame, and passes it on to those who may see it. */
export class MirrorRoom {
  readonly #members = new Map<Peer, MirrorMember>();
  readonly #events: MirrorEvents;
  readonly #configuration: Configuration;
  readonly #epoch: KeptEpoch;
  readonly #desk = new ResyncDesk((reason) => this.#passResync(reason));
  readonly #screen: ScreenRelay;
  readonly #devices: DeviceDesk;
  /** The consumer's connection that began the running epoch. */
  #publisher: MirrorMember | undefined;
  #forget: ReturnType<typeof setTimeout> | undefined;
  #care: ReturnType<typeof setInterval> | undefined;
  #listening: ReturnType<typeof setInterval> | undefined;
  #isSilent = false;

  constructor(events: MirrorEvents, configuration: Configuration) {
    this.#events = events;
    this.#configuration = configuration;
    const { epochBytes, epochFrames } = configuration.limits;
    this.#epoch = new KeptEpoch(epochBytes, epochFrames);
    this.#screen = new ScreenRelay({
      limits: configuration.limits,
      control: (member, message) => this.#control(member, message),
      leftOut: (frame) => events.leftOut(frame),
      senders: () => [...this.#members.values()].filter(({ sendsScreen }) => sendsScreen),
      careNeeded: () => this.#startCare(),
    });
    this.#devices = new DeviceDesk({
      source: () => this.#events.screenSource(),
      isPageThere: () => this.#isPageThere,
      watchers: () => [...this.#members.values()].filter(({ isWatcher }) => isWatcher),
      control: (member, message) => this.#control(member, message),
      hidden: () => this.#screen.clear(),
    });
  }

  /**
   * Only in full device. A page shows it only while no page of ours can be seen, which the mirror shows with its masks; a device too,
   * unless the page can't say any more that it is out of sight.
   */
  #whyNoScreen(member: MirrorMember): ErrorCode | undefined {
    const source = this.#events.screenSource();
    const may = member.isDevice ? this.#devices.mayShow(member) : source === 'screen';
    return may ? undefined : 'wrong-status';
  }

  /** A page of the consumer is connected, and heard of. */
  get #isPageThere(): boolean {
    return !this.#isSilent && [...this.#members.values()].some(({ isConsumer }) => isConsumer);
  }

  /** Bytes of the running epoch and of the captured screen that are held. */
  get keptBytes(): number {
    return this.#epoch.bytes + this.#screen.keptBytes;
  }

  /** The doc says something else of the screen. What isn't shown any more is not kept either. */
  screenChanged(): void {
    const source = this.#events.screenSource();
    this.#devices.update();
    if ((source === undefined || source === 'mirror') && !this.#devices.shows) this.#screen.clear();
  }

  join(peer: Peer): void {
    const { limits, settings } = this.#configuration;
    const member = new MirrorMember(peer, limits);
    this.#members.set(peer, member);
    this.#control(member, { type: 'hello', connection: peer.id, role: peer.person.role, settings });
    if (member.isConsumer) this.#desk.consumerCame();
    else if (member.isDevice) this.#devices.join(member);
    else if (this.#epoch.frames) this.#look(member, member.follow(this.#epoch.frames));
    else if (this.#publisher) this.#desk.want('late');
    this.#screen.join(member);
    if (member.isWatcher && this.#isSilent) this.#control(member, { type: 'consumer-silent', silent: true });
    if (member.isWatcher) this.#devices.greet(member);
    this.#devices.update();
    this.#listen();
  }

  leave(peer: Peer): void {
    const member = this.#members.get(peer);
    this.#members.delete(peer);
    if (member) this.#screen.leave(member);
    if (member?.isDevice) this.#devices.leave(member);
    this.#devices.update();
    if (!member || member !== this.#publisher) return;
    this.#publisher = undefined;
    this.#setSilent(false);
    // a reload: who comes in between still sees the last picture
    this.#forget = setTimeout(() => this.#epoch.clear(), this.#configuration.roomGrace * 1000);
    this.#forget.unref();
  }

  /** The session has ended: nothing of the page is kept. */
  endEpoch(): void {
    this.#epoch.clear();
    this.#screen.clear();
    this.#publisher = undefined;
  }

  destroy(): void {
    clearTimeout(this.#forget);
    clearInterval(this.#care);
    clearInterval(this.#listening);
    this.#desk.close();
    this.#screen.clear();
    this.#epoch.clear();
  }

  receive(peer: Peer, bytes: Uint8Array<ArrayBuffer>): void {
    const member = this.#members.get(peer);
    if (!member) return;
    if (!member.frames.take()) return this.#close(peer, 'rate-limited', 'too many frames');
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      return this.#close(peer, 'malformed-frame', error.message);
    }
    if (frame.kind === 'control') this.#receiveControl(member, decodeControl(frame.payload));
    else this.#receiveFrame(member, frame);
  }

  #receiveFrame(member: MirrorMember, frame: Frame): void {
    const code = this.#whyNot(member, frame);
    if (code) return this.#refuse(member, code, frame.kind);
    // whoever the frame says that it is from
    const stamped = encodeFrame({ ...frame, sender: member.peer.person.sub });
    if (frame.kind === 'events') this.#publish(member, frame, stamped);
    else if (frame.kind === 'screen') this.#publishScreen(member, frame, stamped);
    else this.#passOn(member, frame, stamped);
  }

  #whyNot(member: MirrorMember, frame: Frame): ErrorCode | undefined {
    const { peer, inputs } = member;
    const { kind, payload } = frame;
    const { inkFrameBytes, inputFrameBytes } = this.#configuration.limits;
    if (!FRAME_RIGHTS[kind].includes(peer.person.role) || (member.isDevice && kind !== 'screen')) return 'forbidden';
    if (kind === 'live' && payload.length > inputFrameBytes) return 'message-too-big';
    if (kind === 'ink' && payload.length > inkFrameBytes) return 'message-too-big';
    if (kind === 'screen') return this.#whyNoScreen(member) ?? this.#screen.whyNot(member, frame);
    if (kind !== 'input') return undefined;
    if (payload.length > inputFrameBytes) return 'message-too-big';
    if (!inputs.take()) return 'rate-limited';
    return this.#events.whyNoControl(peer);
  }

  #publish(member: MirrorMember, frame: Frame, stamped: Uint8Array): void {
    const begins = beginsEpoch(frame);
    if (begins) this.#begin(member, frame.epoch);
    else if (member !== this.#publisher) return this.#ignore(member);
    else if (frame.epoch !== this.#epoch.number) return;
    this.#events.relayed(frame, stamped.length);
    this.#epoch.keep(frame, stamped);
    for (const other of this.#members.values()) {
      if (!other.isWatcher) continue;
      this.#look(other, other.offer(stamped, begins));
      if (other.watching === 'skipping') this.#events.leftOut(frame);
    }
  }

  #publishScreen(member: MirrorMember, frame: Frame, stamped: Uint8Array): void {
    if (this.#screen.publish(member, frame, stamped)) this.#events.relayed(frame, stamped.length);
  }

  #begin(member: MirrorMember, epoch: number): void {
    clearTimeout(this.#forget);
    if (this.#publisher && this.#publisher !== member) this.#supersede(this.#publisher);
    member.superseded = false;
    this.#publisher = member;
    this.#listen();
    this.#epoch.begin(epoch);
    this.#desk.settle();
    this.#events.epochBegan(member.peer, epoch);
  }

  /** Events of one who does not record here: an older page, or one that goes on with an epoch that this server never saw. */
  #ignore(member: MirrorMember): void {
    if (!this.#publisher) this.#desk.want('late');
    else if (!member.superseded) this.#supersede(member);
  }

  /** While somebody watches the recording page: is it still there? */
  #listen(): void {
    if (this.#listening) return;
    this.#listening = setInterval(() => {
      const isWatched = [...this.#members.values()].some(({ isWatcher }) => isWatcher);
      if (this.#publisher && isWatched) return this.#listenFor(this.#publisher.peer);
      clearInterval(this.#listening);
      this.#listening = undefined;
      this.#setSilent(false);
    }, listenMilliseconds);
    this.#listening.unref();
  }

  #listenFor({ lastHeard, socket }: Peer): void {
    const quiet = Date.now() - lastHeard;
    if (quiet >= listenMilliseconds) socket.ping();
    this.#setSilent(quiet >= silenceMilliseconds);
  }

  #setSilent(silent: boolean): void {
    if (silent === this.#isSilent) return;
    this.#isSilent = silent;
    for (const member of this.#members.values())
      if (member.isWatcher) this.#control(member, { type: 'consumer-silent', silent });
    this.#devices.update();
  }

  #supersede(member: MirrorMember): void {
    member.superseded = true;
    this.#control(member, { type: 'superseded' });
  }

  #passOn(from: MirrorMember, frame: Frame, stamped: Uint8Array): void {
    const { kind } = frame;
    this.#events.relayed(frame, stamped.length);
    for (const other of this.#members.values()) {
      const wanted = other.isConsumer ? kind === 'ink' || kind === 'input' : other.isWatcher && kind !== 'input';
      if (other === from || !wanted) continue;
      // what moves is not worth waiting for
      if (!other.send(stamped)) {
        this.#events.leftOut(frame);
        this.#startCare();
      }
    }
  }

  #receiveControl(member: MirrorMember, message: ControlMessage | undefined): void {
    if (message?.type === 'ping') this.#control(member, { type: 'pong', at: message.at });
    else if (message?.type === 'resync' && member.isWatcher) this.#desk.want(readReason(message.reason));
    else if (message?.type === 'decodes' && !member.sendsScreen) this.#screen.decodes(member, message.codecs);
    else if (message?.type === 'screen-key' && !member.sendsScreen) this.#screen.wantKey();
    else if (message?.type === 'minimised' && member.isDevice)
      this.#devices.minimised(member, (message.minimised as unknown) === true);
    else this.#refuse(member, 'bad-request', 'control');
  }

  /** @returns whether the recording consumer was asked; where nobody records, the one that came last. */
  #passResync(reason: ResyncReason): 'asked' | 'busy' | 'nobody' {
    const member = this.#publisher ?? [...this.#members.values()].filter(({ isConsumer }) => isConsumer).at(-1);
    if (!member) return 'nobody';
    return this.#control(member, { type: 'resync', reason }) ? 'asked' : 'busy';
  }

  #look(member: MirrorMember, offered: 'fine' | 'too-slow'): void {
    if (offered === 'too-slow') this.#control(member, { type: 'skip' });
    if (member.needsCare) this.#startCare();
  }

  #startCare(): void {
    if (this.#care) return;
    this.#care = setInterval(() => this.#takeCare(), careMilliseconds);
    this.#care.unref();
  }

  /** Looks after those who are behind or slow, until nobody is. */
  #takeCare(): void {
    const now = Date.now();
    let needed = false;
    for (const member of this.#members.values()) {
      if (!member.needsCare) continue;
      needed = true;
      if (member.watching === 'behind') this.#look(member, member.catchUp(this.#epoch.frames));
      const slowness = member.slowness(now);
      if (slowness > this.#configuration.stuckMilliseconds) this.#dropStuck(member.peer);
      // it has read what waited, and is ready for a new beginning
      else if (member.watching === 'skipping' && slowness === 0) {
        member.watching = 'waiting';
        this.#desk.want('slow');
      }
    }
    if (this.#screen.takeCare()) needed = true;
    if (needed) return;
    clearInterval(this.#care);
    this.#care = undefined;
  }

  #dropStuck(peer: Peer): void {
    this.leave(peer);
    this.#events.refused(peer, 'too-slow', 'does not read');
    peer.socket.terminate();
  }

  #control(member: MirrorMember, message: ControlMessage): boolean {
    return member.peer.sendAnyway(encodeFrame({ kind: 'control', payload: encodeJson(message) }));
  }

  /** Each is counted; so many a second are told, and logged. */
  #refuse(member: MirrorMember, code: ErrorCode, kind: FrameKind): void {
    if (!member.refusals.take()) return this.#events.refusedAgain(code);
    this.#events.refused(member.peer, code, `a frame of kind ${kind}`);
    this.#control(member, { type: 'refused', code, kind });
  }

  #close(peer: Peer, name: CloseName, reason: string): void {
    this.leave(peer);
    this.#events.refused(peer, name, reason);
    peer.close(name);
  }
}

function readReason(value: unknown): ResyncReason {
  const known: readonly unknown[] = ['late', 'gap', 'slow', 'agent', 'failed'];
  return known.includes(value) ? (value as ResyncReason) : 'agent';
}
