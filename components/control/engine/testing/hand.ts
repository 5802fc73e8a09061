import type { RefusalCode } from '../../../../protocol/index.js';
import { createEngine } from '../engine.js';
import type { Act, Engine, EngineOptions, Modifiers, Outcome, PressStep, Step } from '../types.js';

const NONE: Modifiers = { ctrl: false, shift: false, alt: false, meta: false };

/** Where in an element, in shares of its box, and how. By default its middle, once, with the left button. */
export interface How extends Partial<Modifiers> {
  fx?: number;
  fy?: number;
  button?: PressStep['button'];
  clicks?: number;
}

export interface HandOptions extends Partial<EngineOptions> {
  /** Text of a style sheet. */
  css?: string;
  /** Leaves the start to the test. */
  isIdle?: boolean;
}

/** An agent's hand on a part of the test's page, and what came of it. */
export class Hand {
  readonly engine: Engine;
  readonly page: HTMLElement;
  readonly needs: Parameters<EngineOptions['onNeed']>[0][] = [];
  readonly dialogs: boolean[] = [];
  readonly copied: string[] = [];
  /** What was heard by `listen` since. */
  heard: string[] = [];
  /** The last step's. */
  outcome: Outcome = { status: 'ok' };
  /** Why what may not be done. */
  verdict: (element: Element, act: Act) => RefusalCode | null = () => null;
  readonly #stops = new AbortController();

  constructor(html: string, { css = '', isIdle = false, ...options }: HandOptions = {}) {
    this.page = document.createElement('div');
    this.page.style.cssText =
      'position: fixed; inset: 0; overflow: hidden; background: white; font: 16px/20px monospace';
    this.page.innerHTML = `<style>${css}</style>${html}`;
    document.body.append(this.page);
    this.engine = createEngine(window, {
      verdict: (element, act) => this.verdict(element, act),
      isOwn: () => false,
      onNeed: (need) => this.needs.push(need),
      onDialog: (isOpen) => this.dialogs.push(isOpen),
      onCopy: (text) => this.copied.push(text),
      ...options,
    });
    if (!isIdle) this.engine.start();
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  query<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.page.querySelector<T>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  /** Notes events as `type@id`, in the order in which the window hears them. */
  listen(types: string, target: EventTarget = window, more?: (event: Event) => string): void {
    for (const type of types.split(' ')) {
      const hear = (event: Event) => {
        const [first] = event.composedPath() as Element[];
        this.heard.push(`${type}@${first!.id || first!.localName || first!.nodeName}${more ? more(event) : ''}`);
      };
      target.addEventListener(type, hear, { capture: true, signal: this.#stops.signal });
    }
  }

  /** What was heard since the last time. */
  take(): string[] {
    return this.heard.splice(0);
  }

  /** The point of the top viewport. */
  at(element: Element, { fx = 0.5, fy = 0.5 }: How = {}): { x: number; y: number } {
    const { left, top, width, height } = element.getBoundingClientRect();
    const frame = element.ownerDocument.defaultView!.frameElement;
    const around = frame ? this.at(frame, { fx: 0, fy: 0 }) : { x: 0, y: 0 };
    const border = frame ? { x: frame.clientLeft, y: frame.clientTop } : around;
    return { x: around.x + border.x + left + width * fx, y: around.y + border.y + top + height * fy };
  }

  async perform(step: Step): Promise<Outcome> {
    this.outcome = await this.engine.perform(step);
    return this.outcome;
  }

  move(element: Element, how: How = {}): Promise<Outcome> {
    return this.perform({ t: 'move', ...this.at(element, how), mods: mods(how) });
  }

  down(element: Element, how: How = {}): Promise<Outcome> {
    return this.perform(this.#press('down', element, how));
  }

  up(element: Element, how: How = {}): Promise<Outcome> {
    return this.perform(this.#press('up', element, how));
  }

  #press(t: 'down' | 'up', element: Element, how: How): PressStep {
    const { button = 0, clicks = 1 } = how;
    return { t, ...this.at(element, how), mods: mods(how), button, clicks };
  }

  /** Moves there, presses and releases; all clicks of a double or triple one. @returns the first outcome that is not `ok`. */
  async click(element: Element, how: How = {}): Promise<Outcome> {
    const outcomes = [await this.move(element, how)];
    for (let clicks = 1; clicks <= (how.clicks ?? 1); clicks += 1) {
      outcomes.push(await this.down(element, { ...how, clicks }), await this.up(element, { ...how, clicks }));
    }
    return (this.outcome = outcomes.find(({ status }) => status !== 'ok') ?? outcomes[0]!);
  }

  /** Presses on one, moves in steps to the other, and releases there. */
  async drag(from: Element, to: Element, { start = {}, end = {} }: { start?: How; end?: How } = {}): Promise<void> {
    await this.move(from, start);
    await this.down(from, start);
    const [a, b] = [this.at(from, start), this.at(to, end)];
    for (const share of [0.03, 0.5, 0.75, 1]) {
      const [x, y] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
      await this.perform({ t: 'move', x, y, mods: NONE });
    }
    await this.up(to, end);
  }

  wheel(element: Element, dx: number, dy: number, how: How = {}): Promise<Outcome> {
    return this.perform({ t: 'wheel', ...this.at(element, how), dx, dy, mods: mods(how) });
  }

  keyDown(key: string, how: Partial<Modifiers> = {}): Promise<Outcome> {
    return this.perform({ t: 'keydown', ...keyOf(key), repeat: false, mods: mods(how) });
  }

  keyUp(key: string, how: Partial<Modifiers> = {}): Promise<Outcome> {
    return this.perform({ t: 'keyup', ...keyOf(key), repeat: false, mods: mods(how) });
  }

  /** @returns the outcome of the key going down. */
  async press(key: string, how: Partial<Modifiers> = {}, times = 1): Promise<Outcome> {
    let outcome = this.outcome;
    for (let time = 0; time < times; time += 1) {
      outcome = await this.keyDown(key, how);
      await this.keyUp(key, how);
    }
    return (this.outcome = outcome);
  }

  async type(text: string): Promise<void> {
    for (const letter of text) await this.press(letter);
  }

  stop(): void {
    this.engine.stop();
    this.#stops.abort();
    this.page.remove();
  }
}

function mods({ ctrl = false, shift = false, alt = false, meta = false }: Partial<Modifiers>): Modifiers {
  return { ctrl, shift, alt, meta };
}

const CODES: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Escape: 27,
  ' ': 32,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Delete: 46,
  Shift: 16,
  Control: 17,
};

function keyOf(key: string): { key: string; code: string; keyCode: number; location: number } {
  const isLetter = /^[a-z]$/i.test(key);
  const code = isLetter ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key === ' ' ? 'Space' : key;
  return { key, code, keyCode: CODES[key] ?? key.toUpperCase().charCodeAt(0), location: 0 };
}
