import type { ConsumerTask, EditCommand, RefusalCode } from '../../../protocol/index.js';

/** Modifier keys held. */
export interface Modifiers {
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
}

/** A place in text that a press or a drag is meant for. */
export interface TextPlace {
  node: Node;
  offset: number;
}

/** A point of the top viewport, CSS pixels. `aim`: the element that the agent saw there; absent trusts the hit test. */
interface AtPoint {
  x: number;
  y: number;
  mods: Modifiers;
  aim?: Element;
  text?: TextPlace;
}

export type MoveStep = { t: 'move' } & AtPoint;
/** `clicks`: 1 for the first press, 2 for the second of a double click. */
export type PressStep = { t: 'down' | 'up'; button: 0 | 1 | 2; clicks: number } & AtPoint;
export type WheelStep = { t: 'wheel'; dx: number; dy: number } & AtPoint;

export interface KeyStep {
  t: 'keydown' | 'keyup';
  key: string;
  code: string;
  keyCode: number;
  location: number;
  repeat: boolean;
  mods: Modifiers;
  /** What it means, told by the agent's system. Absent: worked out from the key, by the consumer's system. */
  command?: EditCommand | undefined;
}

/** One primitive, with ids and offsets already resolved to elements and points of this page. */
export type Step =
  | MoveStep
  | PressStep
  | WheelStep
  | KeyStep
  | { t: 'text'; text: string; ime: boolean }
  | { t: 'paste'; text: string }
  | { t: 'choose'; element: Element; options: HTMLOptionElement[] }
  | { t: 'set'; element: Element; value: string }
  | { t: 'release' };

/** `ok`: performed. `picker`: performed, and a picker belongs over this field, drawn at the agent's side. */
export type Outcome =
  | { status: 'ok' }
  | { status: 'picker'; element: Element }
  | { status: 'refused'; code: RefusalCode; what?: ConsumerTask; element?: Element; url?: string };

/** `press`: mouse and touch. `type`: keys, text, choose, set. `focus`: land there by Tab or a press. `copy`: text leaves. */
export type Act = 'press' | 'type' | 'focus' | 'copy';

export interface EngineOptions {
  /** Why the agent may not do this to the element, or null. Asked before every act, for every target it reaches. */
  verdict(element: Element, act: Act): RefusalCode | null;
  /** Elements that the hit test looks through: our own. */
  isOwn(element: Element): boolean;
  /** Something that came of a step, then or later, that only the consumer can do (`window.open` without a gesture...). */
  onNeed(need: { what: ConsumerTask; element?: Element; url?: string }): void;
  /** The page opens a message of the browser (`alert`...), or it is closed again. */
  onDialog(open: boolean): void;
  /** Text that was copied or cut. */
  onCopy(text: string): void;
  /** Whether a text that the page gives away has words in it that the agent can't see, beyond what is selected. Default: no. */
  tellsHidden?(text: string, selected: string): boolean;
  /** Whether the left button is a finger here. Default false. */
  isTouch?(): boolean;
}

/** Performs the agent's input on this page as a trusted mouse and keyboard would, one step after the other. */
export interface Engine {
  /** Puts the hooks in that control needs. */
  start(): void;
  /**
   * Begins at once when no other step is running, and is done before the next task of the page: what comes between the
   * events of a step are the promises of the page's handlers, as with a person's input. Never rejects.
   */
  perform(step: Step): Promise<Outcome>;
  /** True while a step is being performed: what happens on the page now comes from the agent. */
  readonly busy: boolean;
  /** Lets go of every button and key that is held. */
  release(): void;
  /** Lets go of everything and takes the hooks out; the page is left as it was. */
  stop(): void;
}
