import {
  encodeJson,
  decodeJson,
  readLiveMessage,
  type LiveMessage,
  type Primitive,
} from '../../../../protocol/index.js';
import { compilePolicy, type PrivacyPolicy } from '../../../mirror/privacy.js';
import { mirroredPage, until, type MirroredPage, type Query } from '../../../mirror/testing/mirrored-page.js';
import { Counts } from '../counts.js';
import { startPerformer } from '../performer.js';
import type { ConsumerNeed, Grant, Performer } from '../types.js';

/** What a batch says beside its primitives; by default what an agent in control with an up-to-date mirror says. */
type Caret = Extract<LiveMessage, { type: 'caret' }>;

export interface BatchOptions {
  sender?: string;
  grant?: string;
  run?: string;
  seq?: number;
  epoch?: number;
  seen?: number;
}

/** A page that is mirrored, and worked by an agent who has been allowed to. */
export interface ControlledPage extends Pick<
  MirroredPage,
  'page' | 'recorder' | 'player' | 'agent' | 'consumer' | 'pointers'
> {
  readonly performer: Performer;
  readonly counts: Counts;
  /** As the consumer's memory has it; tests change it. */
  grant: Grant | null;
  /** What the agent was told. */
  /** All but carets. */
  readonly live: LiveMessage[];
  readonly carets: readonly Caret[];
  readonly needs: ConsumerNeed[];
  readonly cursors: [x: number, y: number, isPressed: boolean][];
  readonly query: Query;
  /** The place of the middle of an element, or of another share of it. */
  at(element: Element, x?: number, y?: number): [id: number, fx: number, fy: number];
  /** Until the mirror shows what the page shows now. */
  seen(): Promise<void>;
  send(primitives: unknown[], options?: BatchOptions): void;
  /** Sends, and waits for the answer to it. */
  perform(primitives: Primitive[], options?: BatchOptions): Promise<void>;
  press(element: Element, clicks?: number): Promise<void>;
  key(key: string, code?: string): Promise<void>;
  codes(): string[];
  /** Until what was sent has been dealt with. */
  idle(): Promise<void>;
  stop(): void;
}

export const GRANT: Grant = { agent: 'agent-1', id: 'agent-1:2', until: null };

export async function controlledPage(html: string, policy: PrivacyPolicy = {}): Promise<ControlledPage> {
  const mirrored = await mirroredPage({ html, policy });
  await until(() => mirrored.phases.includes('live'));
  return new Controlled(mirrored, policy);
}

class Controlled implements ControlledPage {
  readonly page;
  readonly recorder;
  readonly player;
  readonly agent;
  readonly consumer;
  readonly pointers;
  readonly performer: Performer;
  readonly counts = new Counts();
  /** All but carets. */
  readonly live: LiveMessage[] = [];
  readonly carets: Caret[] = [];
  readonly needs: ConsumerNeed[] = [];
  readonly cursors: [number, number, boolean][] = [];
  grant: Grant | null = GRANT;
  readonly #mirrored: MirroredPage;
  #seq = 0;
  #marks = 0;

  constructor(mirrored: MirroredPage, policy: PrivacyPolicy) {
    this.#mirrored = mirrored;
    ({
      page: this.page,
      recorder: this.recorder,
      player: this.player,
      agent: this.agent,
      consumer: this.consumer,
      pointers: this.pointers,
    } = mirrored);
    this.agent.onFrame('live', ({ payload }) => {
      const message = readLiveMessage(decodeJson(payload));
      if (!message) throw new Error('not a live message');
      if (message.type === 'caret') this.carets.push(message);
      else this.live.push(message);
    });
    this.performer = startPerformer({
      mirror: this.consumer,
      recorder: this.recorder,
      policy: compilePolicy(policy),
      grant: () => this.grant,
      counts: this.counts,
      ui: {
        showCursor: (...cursor) => this.cursors.push(cursor),
        showNeed: (need) => this.needs.push(need),
        setConsumerActive: () => undefined,
      },
    });
  }

  readonly query: Query = (selector) => this.page.querySelector(selector)!;

  at(element: Element, x = 0.5, y = 0.5): [number, number, number] {
    return [this.recorder.idOf(element), x * 10_000, y * 10_000];
  }

  async seen(): Promise<void> {
    const mark = String((this.#marks += 1));
    this.page.dataset['mark'] = mark;
    await until(() => this.#mirrored.twin(this.page)?.dataset['mark'] === mark);
  }

  send(primitives: unknown[], options: BatchOptions = {}): void {
    const { epoch: epochSeen, seq: seqSeen } = this.player.seen;
    const { sender = 'agent-1', grant = GRANT.id, run = 'run-1', epoch = epochSeen, seen = seqSeen } = options;
    const seq = options.seq ?? (this.#seq += 1);
    const payload = encodeJson({ run, seq, grant, primitives });
    this.consumer.receive({ kind: 'input', flags: 0, epoch, seq: seen, sender, payload });
  }

  async perform(primitives: Primitive[], options: BatchOptions = {}): Promise<void> {
    const before = this.live.length;
    this.send(primitives, options);
    await until(() => this.live.slice(before).some(({ type }) => type === 'performed'), 'an answer');
  }

  press(element: Element, clicks = 1): Promise<void> {
    const place = this.at(element);
    return this.perform([
      [1, ...place, 0, 0, clicks],
      [2, ...place, 0, 0, clicks],
    ]);
  }

  key(key: string, code = key): Promise<void> {
    const keyCode = key === 'Enter' ? 13 : key === ' ' ? 32 : key.toUpperCase().charCodeAt(0);
    return this.perform([
      [5, key, code, keyCode, 0, 0, 0],
      [6, key, code, keyCode, 0, 0, 0],
    ]);
  }

  codes(): string[] {
    return this.live.flatMap((message) => (message.type === 'refused' ? [message.code] : []));
  }

  async idle(): Promise<void> {
    // frames, what waits and answers go by microtasks and messages: two of our own come after them
    for (let turn = 0; turn < 20; turn += 1) await nextTask();
  }

  stop(): void {
    this.performer.stop();
    this.#mirrored.stop();
  }
}

function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
