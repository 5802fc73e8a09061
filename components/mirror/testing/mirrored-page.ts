import type { CobrowseError } from '../../../protocol/index.js';
import { createPlayer } from '../player.js';
import { compilePolicy, type CompiledPolicy, type PrivacyPolicy } from '../privacy.js';
import { policyAt } from '../privacy-rules.js';
import { startRecorder } from '../recorder.js';
import type { Player, PlayerOptions, Recorder } from '../types.js';
import { channelPair, type ChannelEnd } from './channel-pair.js';

/** This document, recorded, and its mirror in a frame that is itself left out of the recording. */
export interface MirroredPage {
  /** What a test puts on the page. */
  page: HTMLElement;
  policy: CompiledPolicy;
  recorder: Recorder;
  player: Player;
  consumer: ChannelEnd;
  agent: ChannelEnd;
  errors: CobrowseError[];
  phases: string[];
  requests: string[];
  sizes: { width: number; height: number }[];
  pointers: ({ x: number; y: number; pressed: boolean } | null)[];
  /** The mirror's counterpart of a node of the page. */
  twin<T extends Node>(node: T): T;
  /** Waits until this holds of the mirror, or fails after two seconds. */
  until(holds: () => unknown, what?: string): Promise<void>;
  /** The bytes that left, inflated and raw, as text. */
  leaked(): Promise<string>;
  stop(): void;
}

/** `querySelector` of the page for what is there. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export type Query = <T extends Element = HTMLElement>(selector: string) => T;

interface MirroredPageOptions {
  policy?: PrivacyPolicy;
  html?: string;
  player?: Partial<PlayerOptions>;
}

export async function mirroredPage(options: MirroredPageOptions = {}): Promise<MirroredPage> {
  const { consumer, agent } = channelPair();
  const container = document.createElement('div');
  container.toggleAttribute('data-cobrowse-ignore', true);
  const page = document.createElement('main');
  page.innerHTML = options.html ?? '';
  document.body.append(page, container);
  const mirrored = { errors: [], phases: [], requests: [], sizes: [], pointers: [] } as unknown as MirroredPage;
  const player = createPlayer({
    container,
    mirror: agent,
    onPhase: (phase, error) => {
      mirrored.phases.push(phase);
      if (error) mirrored.errors.push(error);
    },
    onSize: (size) => mirrored.sizes.push(size),
    onChange: () => undefined,
    onPointer: (pointer) => mirrored.pointers.push(pointer),
    requestEpoch: (reason) => {
      mirrored.requests.push(reason);
      mirrored.recorder.startEpoch();
    },
    ...options.player,
  });
  const policy = compilePolicy(options.policy ?? {}, policyAt);
  const recorder = startRecorder({
    mirror: consumer,
    policy,
    pageId: 'page-1',
    onError: (error) => mirrored.errors.push(error),
  });
  Object.assign(mirrored, { page, policy, recorder, player, consumer, agent });
  mirrored.twin = <T extends Node>(node: T) => player.nodeOf(recorder.idOf(node)) as T;
  mirrored.until = until;
  mirrored.leaked = () => leaked(consumer.sent);
  mirrored.stop = () => {
    recorder.stop();
    player.destroy();
    page.remove();
    container.remove();
  };
  await until(() => mirrored.phases.includes('live'), 'a first picture');
  return mirrored;
}

/** Looks again after each frame, or each task where there are no frames. */
export async function until(holds: () => unknown, what = String(holds), milliseconds = 2000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not reached: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Inflated by the browser, not by the code under test. */
async function leaked(frames: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const decoder = new TextDecoder();
  const epochs = new Map<number, Uint8Array<ArrayBuffer>[]>();
  for (const bytes of frames) {
    const epoch = new DataView(bytes.buffer).getUint32(4);
    epochs.set(epoch, [...(epochs.get(epoch) ?? []), bytes.slice(12 + bytes[3]!)]);
  }
  const inflated = await Promise.all([...epochs.values()].map((payloads) => inflate(payloads)));
  return [...frames.map((bytes) => decoder.decode(bytes)), ...inflated].join('\n');
}

async function inflate(payloads: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // an empty last block ends the stream
  for (const part of [...payloads, new Uint8Array([3, 0])]) void writer.write(part);
  void writer.close();
  return new Response(stream.readable).text();
}
