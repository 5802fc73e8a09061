import { mayCopy } from './clipboard.js';
import type { Core } from './core.js';
import { closestFlat, isEditable, isTextField, realmOf } from './dom.js';
import type { Hover } from './hover.js';
import type { SelectionDriver } from './selection.js';
import type { TextDriver } from './text.js';

/** Pixels that the pointer goes before a drag begins. */
const SLOP = 3;

/** How long the pointer rests before what is under it is asked again. */
const REST_MILLISECONDS = 150;

type Effect = DataTransfer['dropEffect'];
type Allowed = DataTransfer['effectAllowed'];

interface Running {
  source: Element;
  /** What hears of its own drag: the text node of a selection. */
  teller: Node;
  data: DataTransfer;
  target: Element | null;
  effect: Effect;
  allowed: Allowed;
  /** Text of a selection: goes into what can be typed in. */
  text: string;
}

/** Drag and drop of HTML, and of selected text. */
export class Drag {
  readonly #core: Core;
  readonly #hover: Hover;
  readonly #selection: SelectionDriver;
  readonly #text: TextDriver;
  #armed: { source: Element; isText: boolean; x: number; y: number } | null = null;
  #running: Running | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(core: Core, hover: Hover, selection: SelectionDriver, text: TextDriver) {
    this.#core = core;
    this.#hover = hover;
    this.#selection = selection;
    this.#text = text;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  get isArmed(): boolean {
    return this.#armed !== null;
  }

  /** A press on what can be dragged. */
  arm(target: Element, clicks: number): void {
    const { x, y } = this.#core;
    const isText = clicks === 1 && this.#selection.isInSelection(target);
    const source = isText ? target : draggable(target);
    this.#armed = source && { source, isText, x, y };
    if (isText) this.#selection.keepUntilRelease(target);
  }

  disarm(): void {
    this.#armed = null;
  }

  begins(): boolean {
    const { x, y } = this.#core;
    return this.#armed !== null && Math.hypot(x - this.#armed.x, y - this.#armed.y) > SLOP;
  }

  start(under: Element): void {
    const armed = this.#armed!;
    this.#armed = null;
    const { source, isText } = armed;
    if (!source.isConnected || !this.#core.may(source, 'press') || (isText && !mayCopy(this.#core, source))) return;
    const text = isText ? (source.ownerDocument.getSelection()?.toString() ?? '') : '';
    const data = transferFor(source, text);
    this.#selection.keepNoMore();
    const teller = isText ? (source.ownerDocument.getSelection()?.anchorNode ?? source) : source;
    const running: Running = { source, teller, data, target: null, effect: 'none', allowed: 'uninitialized', text };
    this.#watch(running);
    if (!this.#tell(running, teller, 'dragstart', armed)) return;
    this.#running = running;
    if (this.#hover.element?.isConnected)
      this.#core.pointer(this.#hover.element, 'pointercancel', { cancelable: false });
    this.#hover.cancel();
    this.over(under);
  }

  over(under: Element): void {
    const running = this.#running!;
    clearTimeout(this.#timer);
    this.#tell(running, running.teller, 'drag');
    if (under !== running.target) {
      this.#enter(running, under);
      // a pointer that rests is told about too
      this.#timer = setTimeout(() => this.#rest(under), REST_MILLISECONDS);
    } else if (running.target.isConnected) {
      this.#settle(running, running.target, 'dragover');
    }
  }

  #rest(under: Element): void {
    const running = this.#running;
    if (running?.target !== under || !under.isConnected) return;
    this.#core.depth += 1;
    try {
      this.#settle(running, under, 'dragover');
    } finally {
      this.#core.depth -= 1;
    }
  }

  /** Asks the target whether it takes what is dragged, and how. */
  #settle(running: Running, target: Element, type: 'dragenter' | 'dragover', from: Element | null = null): void {
    running.effect = suggested(running.allowed);
    const isTaken = !this.#tell(running, target, type, undefined, from);
    if (!isTaken) running.effect = this.#takesText(running) ? 'copy' : 'none';
    else if (!isAllowed(running.effect, running.allowed)) running.effect = 'none';
  }

  #enter(running: Running, under: Element): void {
    const before = running.target;
    running.target = this.#core.options.verdict(under, 'press') ? null : under;
    running.effect = 'none';
    if (running.target) this.#settle(running, running.target, 'dragenter', before);
    if (before?.isConnected) this.#tell(running, before, 'dragleave', undefined, running.target);
  }

  drop(under: Element): void {
    const running = this.#running!;
    if (this.#core.may(under, 'press')) this.over(under);
    clearTimeout(this.#timer);
    this.#running = null;
    const { target } = running;
    if (target?.isConnected && running.effect !== 'none') this.#fall(running, target);
    else if (target?.isConnected) this.#tell(running, target, 'dragleave');
    this.#end(running);
  }

  #fall(running: Running, target: Element): void {
    const isFree = this.#tell(running, target, 'drop');
    if (!isFree || !this.#takesText(running)) return;
    if (!this.#core.may(target, 'type')) return;
    (target as HTMLElement).focus();
    const move = running.source.ownerDocument === target.ownerDocument;
    if (move && isEditable(closestFlat(running.source, '[contenteditable]')))
      this.#text.removeSelection('deleteByDrag');
    const from = isTextField(target) ? () => target.selectionStart : () => null;
    this.#selection.press(target, {
      t: 'down',
      x: this.#core.x,
      y: this.#core.y,
      mods: this.#core.mods,
      button: 0,
      clicks: 1,
    });
    this.#selection.release();
    const start = from();
    this.#text.insert(running.text, 'insertFromDrop');
    if (isTextField(target) && start !== null) target.setSelectionRange(start, from() ?? start);
  }

  #takesText({ text, target }: Running): boolean {
    return text !== '' && target !== null && (isTextField(target) || isEditable(target)) && isEditable(target);
  }

  /** Escape, or the agent's hand taken off. */
  cancel(): void {
    const running = this.#running;
    clearTimeout(this.#timer);
    this.#running = null;
    if (!running) return;
    if (running.target?.isConnected) this.#tell(running, running.target, 'dragleave');
    running.effect = 'none';
    this.#end(running);
  }

  #end(running: Running): void {
    if (running.teller.isConnected) this.#tell(running, running.teller, 'dragend');
    this.#hover.forget();
  }

  #tell(
    running: Running,
    target: Node,
    type: string,
    at?: { x: number; y: number },
    relatedTarget: Element | null = null,
  ): boolean {
    const core = this.#core;
    const { x, y } = core;
    if (at) [core.x, core.y] = [at.x, at.y];
    const { DragEvent } = realmOf(target);
    const event = new DragEvent(type, {
      ...core.mouseInit(target),
      cancelable: !/^drag(leave|end)$/.test(type),
      button: 0,
      buttons: type === 'drop' || type === 'dragend' ? 0 : 1,
      dataTransfer: running.data,
      relatedTarget,
    });
    [core.x, core.y] = [x, y];
    return core.fire(target, event);
  }

  // a made-up DataTransfer takes no effects
  #watch(running: Running): void {
    Object.defineProperties(running.data, {
      dropEffect: {
        configurable: true,
        get: () => running.effect,
        set: (effect: Effect) => {
          if (['none', 'copy', 'link', 'move'].includes(effect)) running.effect = effect;
        },
      },
      effectAllowed: {
        configurable: true,
        get: () => running.allowed,
        set: (allowed: Allowed) => {
          running.allowed = allowed;
        },
      },
    });
  }
}

function draggable(target: Element): Element | null {
  if (closestFlat(target, 'input, textarea, select')) return null;
  for (let current: Element | null = target; current; current = current.parentElement) {
    if ((current as HTMLElement).draggable) return current;
  }
  return null;
}

function transferFor(source: Element, text: string): DataTransfer {
  const data = new (realmOf(source).DataTransfer)();
  const url = (source as HTMLAnchorElement).href || (source as HTMLImageElement).currentSrc;
  if (text !== '') data.setData('text/plain', text);
  else if (typeof url === 'string' && url !== '') {
    data.setData('text/uri-list', url);
    data.setData('text/plain', url);
  }
  return data;
}

function suggested(allowed: Allowed): Effect {
  if (allowed === 'move') return 'move';
  if (allowed === 'link' || allowed === 'linkMove') return 'link';
  return allowed === 'none' ? 'none' : 'copy';
}

function isAllowed(effect: Effect, allowed: Allowed): boolean {
  if (effect === 'none') return false;
  return allowed === 'uninitialized' || allowed === 'all' || allowed.toLowerCase().includes(effect);
}
