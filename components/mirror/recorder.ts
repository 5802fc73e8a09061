import { record } from '@rrweb/record';
import { CobrowseError } from '../../protocol/index.js';
import { EventSender } from './event-sender.js';
import { FrameGuard } from './frame-guard.js';
import { OutgoingSanitiser } from './outgoing.js';
import { PageView } from './page-size.js';
import { PlaceholderWatch } from './placeholder.js';
import { PrivacyWatch } from './privacy-watch.js';
import { quietStyles } from './quiet-styles.js';
import {
  EVENT,
  INTERACTION,
  SOURCE,
  type IncrementalData,
  type MirrorEvent,
  type MutationData,
} from './rrweb-events.js';
import { RootWatch } from './root-watch.js';
import { Soon } from './soon.js';
import type { TouchScreen } from './touch-screen.js';
import type { Recorder, RecorderOptions, RecordingTap } from './types.js';

const SAMPLING_MILLISECONDS = 16;
/** Trouble is told at most this often. */
const ERROR_MILLISECONDS = 5000;
const RETRY_MILLISECONDS = [500, 2000, 8000];
/** Removed nodes after which rrweb's map is swept: it forgets shadow trees and frames only that way. */
const SWEEP_REMOVES = 2000;

/**
 * Records this document: the first epoch starts at once, or when the channel opens. One recorder per document; a second
 * one ends the first.
 */
export function startRecorder(options: RecorderOptions): Recorder {
  running?.stop();
  running = new PageRecorder(options);
  return running;
}

let running: PageRecorder | null = null;

class PageRecorder implements Recorder {
  readonly #options: RecorderOptions;
  readonly #sender: EventSender;
  readonly #boxes = new PlaceholderWatch((element, style) => this.#onBox(element, style));
  readonly #frames = new FrameGuard((id) => this.nodeOf(id));
  readonly #roots = new RootWatch(
    (inner) => this.#frames.isStale(inner),
    () => this.startEpoch(),
  );
  readonly #view = new PageView();
  #touch: TouchScreen | undefined;
  readonly #sanitiser: OutgoingSanitiser;
  readonly #privacy: PrivacyWatch;
  readonly #snapshot = new Soon(() => this.#takeSnapshot());
  readonly #release: (() => void)[] = [];
  #stopRrweb: (() => void) | undefined;
  #state: 'recording' | 'paused' | 'stopped' = 'recording';
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = -Infinity;
  #tap: RecordingTap | null = null;
  #removes = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#sender = new EventSender(options.mirror, () => this.startEpoch());
    this.#privacy = new PrivacyWatch(
      options.policy,
      (element) => this.idOf(element) !== -1,
      () => this.startEpoch(),
    );
    this.#sanitiser = new OutgoingSanitiser({
      policy: options.policy,
      nodeOf: (id) => this.nodeOf(id),
      boxOf: (element) => this.#boxes.add(element),
      onElement: (element, own) => this.#privacy.setSent(element, own),
      onRoot: (root) => this.#privacy.addRoot(root),
    });
    this.#watchPage();
    void this.#watchTouch();
    this.startEpoch();
  }

  get epoch(): number {
    return this.#sender.epoch;
  }

  /** In a task of its own: then no change is waiting to be observed that would be in the snapshot already. */
  startEpoch(): void {
    if (this.#state === 'recording' && this.#options.mirror.open) this.#snapshot.ask();
  }

  pause(): void {
    if (this.#state !== 'recording') return;
    this.#state = 'paused';
    this.#snapshot.cancel();
    this.#sender.halt();
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'recording';
    this.startEpoch();
  }

  stop(): void {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    if (running === this) running = null;
    clearTimeout(this.#retryTimer);
    this.#snapshot.stop();
    this.#sender.stop();
    this.#boxes.stop();
    this.#roots.stop();
    this.#privacy.stop();
    this.#touch?.stop();
    for (const release of this.#release) release();
    this.#guarded(() => {
      this.#stopRrweb?.();
      // lets go of the nodes
      record.mirror.reset();
    });
  }

  nodeOf(id: number): Node | null {
    return record.mirror.getNode(id);
  }

  /** What is hidden has an id of rrweb's, but not in the mirror. */
  idOf(node: Node): number {
    const id = this.#idOf(node);
    if (id === -1) return id;
    const around = this.#options.policy.outward(node);
    const visibility = around ? this.#options.policy.visibilityOf(around) : 'clear';
    return visibility === 'blocked' || visibility === 'ignored' ? -1 : id;
  }

  #idOf(node: Node): number {
    return Math.max(-1, record.mirror.getId(node));
  }

  setTap(tap: RecordingTap | null): void {
    this.#tap = tap;
  }

  #takeSnapshot(): void {
    this.#guarded(
      () => {
        if (this.#stopRrweb) {
          this.#sweep();
          record.takeFullSnapshot();
        } else this.#startRrweb();
        this.#sender.flush();
        this.#failures = 0;
      },
      () => this.#retry(),
    );
  }

  #startRrweb(): void {
    this.#stopRrweb = record({
      emit: (event) => this.#guarded(() => this.#onEvent(event as unknown as MirrorEvent)),
      errorHandler: (error: unknown) => this.#onRrwebError(error),
      blockClass: 'cobrowse-unused',
      ignoreClass: 'cobrowse-unused',
      maskTextClass: 'cobrowse-unused',
      blockSelector: this.#options.policy.hidden,
      maskInputOptions: { password: true },
      recordAfter: 'DOMContentLoaded',
      // the sanitiser empties what else the head has
      slimDOMOptions: { comment: true, headWhitespace: true },
      sampling: {
        mousemove: SAMPLING_MILLISECONDS,
        mousemoveCallback: SAMPLING_MILLISECONDS,
        scroll: SAMPLING_MILLISECONDS,
      },
    });
    if (!this.#stopRrweb) throw new Error('rrweb did not start');
  }

  #onEvent(event: MirrorEvent): void {
    if (event.type === EVENT.incremental && 'isAttachIframe' in event.data) this.#attachFrame(event.data);
    else if (this.#state === 'recording') this.#record(event);
  }

  #record(event: MirrorEvent): void {
    switch (event.type) {
      case EVENT.meta:
        // the address stays here: it may hold what a mask would hide
        this.#sender.begin();
        this.#frames.beginEpoch();
        this.#privacy.begin();
        this.#send({ type: EVENT.meta, data: this.#view.read() });
        break;
      case EVENT.full:
        this.#send({ type: EVENT.full, data: event.data });
        break;
      case EVENT.incremental:
        if (event.data.source === SOURCE.mutation) this.#frames.added(event.data);
        if (!isToldBetter(event.data)) this.#send({ type: EVENT.incremental, data: event.data });
        this.#countRemoves(event.data);
        break;
    }
  }

  #send(event: MirrorEvent): void {
    // another page of an application that changes its address by script: what was sent under other rules goes
    if (this.#options.policy.followAddress()) this.startEpoch();
    const { isSending, epoch, nextSeq } = this.#sender;
    const clean = isSending || this.#tap ? this.#sanitiser.clean(event) : null;
    if (!clean) return;
    if (this.#tap && clean.type === EVENT.incremental && !this.#tap(clean.data, epoch, nextSeq)) return;
    if (isSending) this.#sender.push(clean);
  }

  #attachFrame(data: MutationData): void {
    const inner = this.#state === 'recording' ? this.#frames.begin(data) : undefined;
    if (inner) {
      this.#roots.add(inner);
      this.#touch?.add(inner);
      this.#send({ type: EVENT.incremental, data });
      const [x, y] = [inner.scrollingElement?.scrollLeft ?? 0, inner.scrollingElement?.scrollTop ?? 0];
      // rrweb sends how far the page is scrolled with the snapshot, but not how far a frame is
      if (x !== 0 || y !== 0) this.#tell({ source: SOURCE.scroll, id: this.#idOf(inner), x, y });
    }
    this.#frames.end(data, this.#state !== 'stopped');
  }

  #onBox(element: Element, style: string): void {
    const id = this.#idOf(element);
    if (id === -1 || this.#state !== 'recording') return;
    // not through the sanitiser: it lets nothing of a blocked element pass, and this is ours
    this.#sender.push({
      type: EVENT.incremental,
      data: { source: SOURCE.mutation, adds: [], removes: [], texts: [], attributes: [{ id, attributes: { style } }] },
    });
  }

  #watchPage(): void {
    const tell = (event: MirrorEvent) => this.#guarded(() => this.#state === 'recording' && this.#send(event));
    const left = () => tell({ type: EVENT.incremental, data: { source: SOURCE.mouseMove, positions: [] } });
    const root = document.documentElement;
    root.addEventListener('mouseleave', left);
    this.#release.push(quietStyles(), this.#view.watch(tell), () => root.removeEventListener('mouseleave', left));
  }

  /** Most desktops need none of it. */
  async #watchTouch(): Promise<void> {
    if (!navigator.maxTouchPoints) return;
    try {
      const { TouchScreen } = await import('./touch-screen.js');
      if (this.#state === 'stopped') return;
      const tell = (data: IncrementalData) => this.#tell(data);
      this.#touch = new TouchScreen({ view: this.#view, idOf: (node) => this.#idOf(node), tell });
    } catch (error) {
      this.#report(error);
    }
  }

  #tell(data: IncrementalData): void {
    this.#guarded(() => this.#state === 'recording' && this.#send({ type: EVENT.incremental, data }));
  }

  #countRemoves(data: IncrementalData): void {
    if (data.source !== SOURCE.mutation) return;
    this.#removes += data.removes.length;
    if (this.#removes >= SWEEP_REMOVES) this.#sweep();
  }

  /** Forgets nodes that have left the page. One that comes back is found by rrweb's own mark on it. */
  #sweep(): void {
    this.#removes = 0;
    for (const id of record.mirror.getIds()) {
      const node = record.mirror.getNode(id);
      const owner = node?.nodeType === Node.DOCUMENT_NODE ? (node as Document) : node?.ownerDocument;
      if (node && (!node.isConnected || !owner?.defaultView)) record.mirror.removeNodeFromMap(node);
    }
  }

  #retry(): void {
    this.#sender.halt();
    const wait = RETRY_MILLISECONDS[this.#failures++];
    clearTimeout(this.#retryTimer);
    if (wait !== undefined) this.#retryTimer = setTimeout(() => this.startEpoch(), wait);
  }

  /** @returns true when the error is dealt with. What the page's own call would have thrown, it must get. */
  #onRrwebError(error: unknown): boolean {
    if (isPageError(error)) return false;
    this.#report(error);
    return true;
  }

  #guarded(run: () => unknown, failed?: () => void): void {
    try {
      run();
    } catch (error) {
      this.#report(error);
      failed?.();
    }
  }

  #report(cause: unknown): void {
    const now = performance.now();
    if (now - this.#toldAt < ERROR_MILLISECONDS) return;
    this.#toldAt = now;
    try {
      this.#options.onError(new CobrowseError('mirror-failed', 'the page could not be recorded', { cause }));
    } catch (error) {
      console.error(error);
    }
  }
}

/** What is watched here too, and said with more. */
function isToldBetter(data: IncrementalData): boolean {
  if (data.source !== SOURCE.mouseInteraction)
    return data.source === SOURCE.viewportResize || data.source === SOURCE.touchMove;
  return (
    data.type === INTERACTION.touchStart || data.type === INTERACTION.touchEnd || data.type === INTERACTION.touchCancel
  );
}

/**
 * rrweb wraps functions of the page (`insertRule`, `setProperty` ...), so its error handler also sees what the page's
 * own wrong call throws.
 */
function isPageError(error: unknown): boolean {
  if (error instanceof DOMException) {
    return /^(?:Syntax|IndexSize|HierarchyRequest|NotAllowed|InvalidState|InvalidAccess|NoModificationAllowed)Error$/.test(
      error.name,
    );
  }
  return error instanceof TypeError && /^Failed to execute '\w+' on 'CSS/.test(error.message);
}
