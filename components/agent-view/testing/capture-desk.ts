import { elementUpdated, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import {
  decodeJson,
  encodeJson,
  readInputBatch,
  type Frame,
  type InputBatch,
  type Primitive,
} from '../../../protocol/index.js';
import type { CobrowseAgentView } from '../agent-view.js';
import '../../cobrowse-agent-view.js';
import { openDesk, PAGE, share, type Desk } from '../../internal/testing/desk.js';
import { compilePolicy } from '../../mirror/privacy.js';
import { startRecorder } from '../../mirror/recorder.js';
import type { Recorder } from '../../mirror/types.js';
import { internalsOf, type SessionInternals } from '../../session/internals.js';
import { whenState } from '../../testing.js';
import { inputSenderOf } from '../../control/input-sender.js';

/** A batch with the header it came in. */
export interface ReceivedBatch extends InputBatch {
  readonly epoch: number;
  readonly seen: number;
}

export interface CaptureDeskOptions {
  /** Of the page. */
  html: string;
  /** Inside of the session. Default: a view. */
  tags?: TemplateResult;
}

/** The consumer says yes, and this agent works the page. */
export async function takeControl({ agent, consumer }: Desk['pair']): Promise<void> {
  agent.dispatch({ type: 'request', mode: 'remote-control' });
  await whenState(consumer, ({ request }) => request !== null);
  consumer.dispatch({ type: 'answer', requestId: consumer.getState().request!.id, decision: 'allow' });
  await whenState(agent, ({ mode, request }) => mode === 'remote-control' && request === null);
}

/** An agent's desk in control of this very page. What it sends is kept; the test answers as the consumer's page. */
export class CaptureDesk {
  readonly desk: Desk;
  readonly view: CobrowseAgentView;
  /** What the test put on the page. */
  readonly page: HTMLElement;
  readonly batches: ReceivedBatch[] = [];
  /** Payloads that are no batches. */
  readonly broken: unknown[] = [];
  readonly #recorder: Recorder;
  readonly #release: (() => void)[];

  constructor(desk: Desk, view: CobrowseAgentView, page: HTMLElement) {
    this.desk = desk;
    this.view = view;
    this.page = page;
    const internals = internalsOf(desk.pair.consumer)!;
    const { mirror } = internals;
    const onError = (error: Error) => console.error(error);
    this.#recorder = startRecorder({ mirror, policy: compilePolicy({}), pageId: PAGE.id, onError });
    this.#release = [
      internals.onEpochRequest(() => this.#recorder.startEpoch()),
      mirror.onFrame('input', (frame) => this.#onInput(frame)),
    ];
  }

  get #root(): ShadowRoot {
    return this.view.shadowRoot!;
  }

  get primitives(): Primitive[] {
    return this.batches.flatMap(({ primitives }) => primitives);
  }

  get surface(): HTMLElement {
    return this.find('.surface')!;
  }

  get field(): HTMLTextAreaElement {
    return this.find('.keys')!;
  }

  /** Of the agent. */
  get internals(): SessionInternals {
    return internalsOf(this.desk.pair.agent)!;
  }

  get run(): string {
    return inputSenderOf(this.desk.pair.agent).run;
  }

  get isTyping(): boolean {
    return this.#root.activeElement === this.field;
  }

  /** What of the view has the focus. */
  get focused(): Element | null {
    return this.#root.activeElement;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  find<T extends HTMLElement>(selector: string): T | null {
    return this.#root.querySelector<T>(selector);
  }

  /** What is written in it, without marks of direction. */
  text(selector: string): string {
    return (
      this.find(selector)
        ?.innerText.replaceAll(/[\u2068\u2069]/g, '')
        .trim() ?? ''
    );
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  query<T extends Element = HTMLElement>(selector: string): T {
    return this.page.querySelector<T>(selector)!;
  }

  id(node: Node): number {
    return this.#recorder.idOf(node);
  }

  nodeOf(id: number): Node | null {
    return this.#recorder.nodeOf(id);
  }

  /** Element of the mirror. */
  mirrored(selector: string): Element | null {
    return this.find<HTMLIFrameElement>('.mirror iframe')?.contentDocument?.querySelector(selector) ?? null;
  }

  /** Where a point of an element of the page is in the picture on the desk; by shares of its box, default its middle. */
  spot(element: Element, x = 0.5, y = 0.5): [number, number] {
    const box = element.getBoundingClientRect();
    let [left, top] = [box.left + box.width * x, box.top + box.height * y];
    for (let frame = frameOf(element); frame; frame = frameOf(frame)) {
      const outer = frame.getBoundingClientRect();
      left += outer.left + frame.clientLeft;
      top += outer.top + frame.clientTop;
    }
    return this.spotAt(left, top);
  }

  /** The same for a point of the consumer's viewport. */
  spotAt(x: number, y: number): [number, number] {
    const box = this.surface.getBoundingClientRect();
    const { width, height } = this.#pageSize;
    return [Math.round(box.left + (x / width) * box.width), Math.round(box.top + (y / height) * box.height)];
  }

  /** The point of the consumer's viewport that a primitive's place means. */
  point([id, fx, fy]: readonly [number, number, number]): { x: number; y: number } {
    const element = this.nodeOf(id) as Element;
    const box = element.getBoundingClientRect();
    let [x, y] = [box.left + (box.width * fx) / 10_000, box.top + (box.height * fy) / 10_000];
    for (let frame = frameOf(element); frame; frame = frameOf(frame)) {
      const outer = frame.getBoundingClientRect();
      x += outer.left + frame.clientLeft;
      y += outer.top + frame.clientTop;
    }
    return { x, y };
  }

  get #pageSize(): { width: number; height: number } {
    const frame = this.find<HTMLIFrameElement>('.mirror iframe')!;
    return { width: Number(frame.width), height: Number(frame.height) };
  }

  async move(element: Element, x?: number, y?: number): Promise<void> {
    await sendMouse({ type: 'move', position: this.spot(element, x, y) });
  }

  async click(element: Element, button: 'left' | 'middle' | 'right' = 'left'): Promise<void> {
    await sendMouse({ type: 'click', position: this.spot(element), button });
  }

  /** As the consumer's page says it. */
  answer(message: Record<string, unknown>): void {
    const answer = { run: this.run, seq: this.batches.at(-1)?.seq ?? 0, ...message };
    internalsOf(this.desk.pair.consumer)!.mirror.send({ kind: 'live', payload: encodeJson(answer) });
  }

  /** Waits until this holds, or fails after three seconds. */
  async until(holds: () => unknown, what = String(holds)): Promise<void> {
    const end = performance.now() + 3000;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`not reached: ${what}; got ${JSON.stringify(this.primitives)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** The first primitive of a kind, once it is here. */
  async next(kind: Primitive[0]): Promise<Primitive> {
    const find = () => this.primitives.find(([one]) => one === kind);
    await this.until(find, `a primitive ${kind}`);
    return find()!;
  }

  stop(): void {
    for (const release of this.#release) release();
    this.#recorder.stop();
    this.desk.destroy();
    this.desk.session.remove();
    this.page.remove();
  }

  #onInput({ payload, epoch, seq }: Frame): void {
    const batch = readInputBatch(decodeJson(payload));
    if (batch) this.batches.push({ ...batch, epoch, seen: seq });
    else this.broken.push(decodeJson(payload));
  }
}

export async function captureDesk({ html: content, tags }: CaptureDeskOptions): Promise<CaptureDesk> {
  const page = document.createElement('main');
  page.innerHTML = content;
  document.body.prepend(page);
  const desk = await openDesk(tags ?? html`<cobrowse-agent-view></cobrowse-agent-view>`);
  const view = desk.session.querySelector('cobrowse-agent-view')!;
  // over the page, so that it is where the mouse is
  Object.assign(view.style, { position: 'fixed', inset: '0', height: '100vh', zIndex: '1' });
  desk.session.parentElement!.toggleAttribute('data-cobrowse-ignore', true);
  await share(desk.pair);
  const made = new CaptureDesk(desk, view, page);
  await whenState(desk.pair.agent, ({ view: { phase } }) => phase === 'live');
  await takeControl(desk.pair);
  await elementUpdated(view);
  await made.until(() => made.field, 'control');
  return made;
}

function frameOf(node: Element): HTMLElement | null {
  return (node.ownerDocument.defaultView?.frameElement as HTMLElement | null | undefined) ?? null;
}
