import type { CobrowseError } from '../../protocol/index.js';
import type { MirrorChannel } from '../transport/types.js';
import type { CompiledPolicy } from './privacy.js';
import type { IncrementalData, PageSize } from './rrweb-events.js';

export type { PageSize } from './rrweb-events.js';

export interface RecorderOptions {
  mirror: MirrorChannel;
  policy: CompiledPolicy;
  /** `page.id` of this document. */
  pageId: string;
  /** Trouble of our own or of the recorder: never thrown into the page. */
  onError(error: CobrowseError): void;
}

/**
 * Sees each change of the page as it leaves, with the frame that it leaves in. While nothing can be sent that is a
 * frame of the last epoch which never leaves.
 * @returns false for what shall not leave.
 */
export type RecordingTap = (change: IncrementalData, epoch: number, seq: number) => boolean;

/** Records this document into the mirror channel. */
export interface Recorder {
  /** Number of the running epoch, 0 before the first one. */
  readonly epoch: number;
  /** Starts a new epoch: full snapshot, new deflate stream. Node ids stay. */
  startEpoch(): void;
  /** Nothing leaves the page from now on. */
  pause(): void;
  /** Starts a new epoch after `pause`. */
  resume(): void;
  /** Ends for good; the page is left as it was. */
  stop(): void;
  /** By mirror id; null when there is none. */
  nodeOf(id: number): Node | null;
  /** -1 when the node has no mirror id. */
  idOf(node: Node): number;
  /** One at a time; null takes it out. */
  setTap(tap: RecordingTap | null): void;
}

/** What a finger does. */
export interface Touch {
  /** The same number from `start` to `end`. */
  finger: number;
  phase: 'start' | 'move' | 'end';
  x: number;
  y: number;
}

export interface PlayerOptions {
  /** Where the mirror's frame is put. */
  container: HTMLElement;
  mirror: MirrorChannel;
  /** A same-origin page (`mirror-frame.html`) for desks with a strict CSP. Absent: about:blank. */
  frameUrl?: string;
  /** `live` after each full snapshot. `failed` carries the reason. */
  onPhase(phase: 'loading' | 'live' | 'failed', error?: CobrowseError): void;
  /** Size of the consumer's viewport, and what of it is seen. */
  onSize(size: PageSize): void;
  /** After each applied batch and after scrolls in the mirror. */
  onChange(): void;
  /** The consumer's pointer in the mirror's viewport, CSS pixels; null when it has gone. */
  onPointer(pointer: { x: number; y: number; pressed: boolean } | null): void;
  /** A finger of the consumer, in the mirror's viewport, CSS pixels. */
  onTouch?(touch: Touch): void;
  /** Mirror id of the element that got the focus on the consumer's page; null when it lost it. */
  onFocus?(id: number | null): void;
  /** The stream can't be continued. Called at most once until an epoch starts; again with growing pauses. */
  requestEpoch(reason: 'gap' | 'failed'): void;
}

/** Shows what a recorder sends. */
export interface Player {
  /** The last `events` frame that the mirror shows: `epoch` and `seq` of what the agent does next. */
  readonly seen: { readonly epoch: number; readonly seq: number };
  /** Null after `destroy`. */
  readonly frame: HTMLIFrameElement | null;
  /** By mirror id; null when there is none. */
  nodeOf(id: number): Node | null;
  /** -1 when the node has no mirror id. */
  idOf(node: Node): number;
  /** The deepest element at a point of the mirror's viewport, CSS pixels, in open shadow trees and frames. */
  elementAt(x: number, y: number): Element | null;
  /** The element's box in the mirror's viewport, CSS pixels, through frames. */
  rectOf(element: Element): DOMRect;
  destroy(): void;
}
