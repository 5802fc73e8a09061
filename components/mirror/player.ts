import { CobrowseError, type Frame } from '../../protocol/index.js';
import { deepElementAt, deepRect } from './deep-hit-test.js';
import { EpochRequests, type EpochReason } from './epoch-requests.js';
import { EventReceiver } from './event-receiver.js';
import { cleanEvent, type CleanEvent } from './incoming.js';
import { keepFocus } from './keep-focus.js';
import { assertSandbox, prepareFrame } from './mirror-frame.js';
import { PageBuilder } from './page-builder.js';
import { PointerTracker } from './pointer-tracker.js';
import { EVENT, INTERACTION, SOURCE, type IncrementalData, type PageSize } from './rrweb-events.js';
import { ScrollKeeper } from './scroll-keeper.js';
import { select } from './select.js';
import type { Player, PlayerOptions } from './types.js';

/** Shows what the recorder at the other end of the channel sends, from the next epoch on. */
export function createPlayer(options: PlayerOptions): Player {
  return new MirrorPlayer(options);
}

class MirrorPlayer implements Player {
  readonly #options: PlayerOptions;
  readonly #builder: PageBuilder;
  readonly #receiver = new EventReceiver();
  readonly #requests: EpochRequests;
  readonly #scrolls = new ScrollKeeper((id) => this.nodeOf(id));
  readonly #pointer = new PointerTracker();
  readonly #release: (() => void)[];
  /** Batches that came before the frame was ready. */
  #early: unknown[][] | null = [];
  #document: Document | null = null;
  #isDestroyed = false;
  #seen = { epoch: 0, seq: 0 };

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#requests = new EpochRequests((reason) => options.requestEpoch(reason));
    this.#builder = new PageBuilder(options.container);
    styleFrame(this.#builder.frame);
    this.#release = [
      options.mirror.onFrame('events', (frame) => this.#onFrame(frame)),
      options.mirror.onOpenChange((open) => this.#onOpen(open)),
    ];
    void this.#prepare();
  }

  get seen(): { readonly epoch: number; readonly seq: number } {
    return this.#seen;
  }

  get frame(): HTMLIFrameElement | null {
    return this.#isDestroyed ? null : this.#builder.frame;
  }

  nodeOf(id: number): Node | null {
    return this.#builder.nodeOf(id);
  }

  idOf(node: Node): number {
    return this.#builder.idOf(node);
  }

  elementAt(x: number, y: number): Element | null {
    return this.#document && deepElementAt(this.#document, x, y);
  }

  rectOf(element: Element): DOMRect {
    return deepRect(element, this.#document ?? undefined);
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#requests.settle();
    for (const release of this.#release) release();
    this.#builder.destroy();
    this.#document = null;
  }

  async #prepare(): Promise<void> {
    const { frame } = this.#builder;
    try {
      await prepareFrame(frame, this.#options.frameUrl);
    } catch (error) {
      if (!this.#isDestroyed) this.#block(error as CobrowseError);
      return;
    }
    if (this.#isDestroyed) return;
    const onLoad = () => this.#onFrameLoad();
    frame.addEventListener('load', onLoad);
    this.#release.push(() => frame.removeEventListener('load', onLoad));
    const early = this.#early ?? [];
    this.#early = null;
    for (const events of early) this.#onBatch(events);
  }

  /** There will be no mirror. */
  #block(error: CobrowseError): void {
    for (const release of this.#release) release();
    this.#early = [];
    console.warn(`cobrowse-kit: mirror: ${error.message}`);
    this.#options.onPhase('failed', error);
  }

  /** The frame was moved in its document, and has lost its page with that. */
  #onFrameLoad(): void {
    if (!this.#document || this.#builder.document === this.#document) return;
    this.#document = null;
    this.#fail(new CobrowseError('mirror-failed', 'the frame was loaded again'));
  }

  #onOpen(open: boolean): void {
    // the server sends the running epoch from its start, or has a new one made
    if (!open) this.#receiver.giveUp();
  }

  #onFrame(frame: Frame): void {
    const received = this.#receiver.receive(frame);
    switch (received.kind) {
      case 'gap':
        this.#want('gap');
        break;
      case 'failed':
        this.#fail(received.error);
        break;
      case 'batch':
        if (received.isFirst) this.#requests.settle();
        if (!this.#early) this.#onBatch(received.events);
        else this.#early = received.isFirst ? [received.events] : [...this.#early, received.events];
        // not when it could not be shown
        if (this.#receiver.isReceiving) this.#seen = { epoch: frame.epoch, seq: frame.seq };
        break;
    }
  }

  #onBatch(events: unknown[]): void {
    const { frame } = this.#builder;
    try {
      keepFocus(frame, () => {
        for (const event of events) this.#onEvent(event);
      });
      this.#scrolls.retry();
    } catch (cause) {
      this.#fail(new CobrowseError('mirror-failed', 'the page could not be shown', { cause }));
    }
    this.#options.onChange();
  }

  #fail(error: CobrowseError): void {
    this.#receiver.giveUp();
    this.#options.onPhase('failed', error);
    this.#want('failed');
  }

  #want(reason: EpochReason): void {
    this.#requests.want(reason);
  }

  #onEvent(value: unknown): void {
    const clean = cleanEvent(value, (id) => this.#builder.tagOf(id) ?? '');
    if (!clean) return;
    const { event } = clean;
    if (event.type === EVENT.meta) this.#resize(event.data);
    else if (event.type === EVENT.full) this.#rebuild(clean);
    else if (this.#document) this.#change(clean, event.data);
  }

  #rebuild({ event, scrolls }: CleanEvent): void {
    if (event.type !== EVENT.full) return;
    assertSandbox(this.#builder.frame);
    this.#scrolls.reset();
    this.#builder.rebuild(event);
    this.#document = this.#builder.document;
    this.#listen();
    const { left: x, top: y } = event.data.initialOffset;
    for (const place of [...scrolls, { id: event.data.node.id, x, y }]) this.#scrolls.scroll(place);
    this.#options.onPhase('live');
  }

  /** Building a document takes all listeners off it. */
  #listen(): void {
    this.#document?.addEventListener('scroll', () => this.#options.onChange(), { capture: true, passive: true });
    this.#document?.addEventListener('load', () => this.#scrolls.retry(), true);
    // the agent's keyboard could get in: a link must not take the mirror elsewhere
    this.#document?.addEventListener('click', (event) => event.preventDefault(), true);
  }

  #change({ event, scrolls }: CleanEvent, data: IncrementalData): void {
    if (event.type !== EVENT.incremental) return;
    switch (data.source) {
      case SOURCE.viewportResize:
        this.#resize(data);
        break;
      case SOURCE.scroll:
        this.#scrolls.scroll(data);
        break;
      case SOURCE.selection:
        select(data.ranges, (id) => this.nodeOf(id), this.#document!);
        break;
      case SOURCE.mouseMove:
      case SOURCE.touchMove:
      case SOURCE.drag:
      case SOURCE.mouseInteraction:
        this.#point(data);
        break;
      default:
        this.#builder.apply(event);
        for (const place of scrolls) this.#scrolls.scroll(place);
    }
  }

  #point(data: Parameters<PointerTracker['follow']>[0]): void {
    if ('type' in data && data.type === INTERACTION.focus) this.#options.onFocus?.(data.id);
    if ('type' in data && data.type === INTERACTION.blur) this.#options.onFocus?.(null);
    const nodeOf = (id: number) => this.nodeOf(id);
    const touch = this.#pointer.touch(data, nodeOf, this.#document!);
    const pointer = this.#pointer.follow(data, nodeOf, this.#document!);
    if (touch) this.#options.onTouch?.(touch);
    else if (pointer === undefined) return;
    else this.#options.onPointer(pointer);
    const id = 'positions' in data ? data.positions.at(-1)?.id : data.id;
    const target = id === undefined ? null : this.nodeOf(id);
    if (target?.nodeType === Node.ELEMENT_NODE) this.#builder.hover(target as Element);
  }

  #resize({ width, height, seen }: PageSize): void {
    const { frame } = this.#builder;
    // not on each step of a pinch: the page would be laid out again
    if (frame.width !== String(width)) frame.width = String(width);
    if (frame.height !== String(height)) frame.height = String(height);
    this.#options.onSize(seen ? { width, height, seen } : { width, height });
  }
}

/** By script, which no policy forbids. */
function styleFrame(frame: HTMLIFrameElement): void {
  frame.tabIndex = -1;
  Object.assign(frame.style, { display: 'block', border: '0', background: '#fff', colorScheme: 'light' });
}
