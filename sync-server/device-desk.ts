import type { ControlMessage, ScreenInfo } from '../protocol/index.js';
import type { MirrorMember } from './mirror-member.js';

export interface DeviceDeskOptions {
  /** Where an agent's picture comes from, by the doc; undefined but in full device. */
  source(): ScreenInfo['source'] | undefined;
  /** Whether a page of the consumer is connected, and heard of. */
  isPageThere(): boolean;
  watchers(): Iterable<MirrorMember>;
  control(member: MirrorMember, message: ControlMessage): boolean;
  /** What a device has sent is not to be seen any more. */
  hidden(): void;
}

/** The apps around the consumer's page: whether what they send is passed on, and who is told so. */
export class DeviceDesk {
  readonly #options: DeviceDeskOptions;
  /** What each was told last. */
  readonly #told = new Map<MirrorMember, string>();
  #shows = false;

  constructor(options: DeviceDeskOptions) {
    this.#options = options;
  }

  /** Whether a device's screen is what an agent sees. */
  get shows(): boolean {
    return this.#shows;
  }

  join(device: MirrorMember): void {
    this.#told.set(device, '');
  }

  leave(device: MirrorMember): void {
    this.#told.delete(device);
  }

  minimised(device: MirrorMember, minimised: boolean): void {
    device.minimised = minimised;
    this.update();
  }

  /** The page's word counts; where the page can't be heard, stopped by the system, the device's own. */
  mayShow(device: MirrorMember): boolean {
    const source = this.#options.source();
    if (source === undefined) return false;
    return source !== 'mirror' || (device.minimised && !this.#options.isPageThere());
  }

  greet(watcher: MirrorMember): void {
    if (this.#shows) this.#options.control(watcher, { type: 'device', shows: true });
  }

  /** Doc, page or device may be another. */
  update(): void {
    const over = this.#options.source() === undefined;
    let shows = false;
    for (const [device, told] of this.#told) {
      const wanted = this.mayShow(device);
      shows ||= wanted;
      const now = `${wanted} ${over}`;
      if (now === told) continue;
      this.#told.set(device, now);
      this.#options.control(device, { type: 'screen-wanted', wanted, over });
    }
    if (shows === this.#shows) return;
    this.#shows = shows;
    if (!shows) this.#options.hidden();
    for (const watcher of this.#options.watchers()) this.#options.control(watcher, { type: 'device', shows });
  }
}
