import { ActivationGuard } from './activation-guard.js';
import { Capture } from './capture.js';
import { Clipboard } from './clipboard.js';
import { Core, StepStopped } from './core.js';
import { closedRoots, isInput, isSelect, reachableDocuments, realmOf, setNativeValue, type Realm } from './dom.js';
import { DateSegments } from './date-segments.js';
import { Drag } from './drag.js';
import { focusElement } from './focusable.js';
import { HoverStyles } from './hover-styles.js';
import { Hover } from './hover.js';
import { Keys } from './keys.js';
import { ListBox } from './list-box.js';
import { RangeField } from './number-fields.js';
import { Pointer } from './pointer.js';
import { PressDefaults } from './press-defaults.js';
import { ScrollDriver } from './scroll.js';
import { SelectionDriver } from './selection.js';
import { TextDriver } from './text.js';
import { Touch } from './touch.js';
import type { Engine, EngineOptions, MoveStep, Outcome, PressStep, Step } from './types.js';

/** A page's frame or two. */
const SETTLE_MILLISECONDS = 25;

/** An engine for a page's outermost window. Nothing is touched before `start`. */
export function createEngine(top: Window, options: EngineOptions): Engine {
  return new InputEngine(top as Realm, options);
}

/** Lets the engine look into closed shadow roots of elements that are made from now on. @returns the way to undo it. */
export function rememberClosedRoots(realm: Realm): () => void {
  const { prototype } = realm.Element;
  const original = prototype.attachShadow;
  const ours = function attachShadow(this: Element, init: ShadowRootInit): ShadowRoot {
    const root = original.call(this, init);
    if (init.mode === 'closed') closedRoots.set(this, root);
    return root;
  };
  prototype.attachShadow = ours;
  return () => {
    if (prototype.attachShadow === ours) prototype.attachShadow = original;
  };
}

class InputEngine implements Engine {
  readonly #core: Core;
  readonly #hover: Hover;
  readonly #hoverStyles: HoverStyles;
  readonly #capture: Capture;
  readonly #pointer: Pointer;
  readonly #keys: Keys;
  readonly #text: TextDriver;
  readonly #clipboard: Clipboard;
  readonly #scroll: ScrollDriver;
  readonly #list: ListBox;
  readonly #touch: Touch;
  readonly #guard: ActivationGuard;
  /** The documents that have our hooks: a frame that goes to another page keeps its window, not its document. */
  #documents = new WeakSet<Document>();
  readonly #restore: (() => void)[] = [];
  #isRunning = false;
  /** Steps that are under way or wait for their turn. */
  #pending = 0;
  #last: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(top: Realm, options: EngineOptions) {
    const core = new Core(top, options);
    this.#core = core;
    this.#hoverStyles = new HoverStyles(top.document);
    this.#hover = new Hover(core, this.#hoverStyles);
    this.#capture = new Capture(core);
    this.#text = new TextDriver(core);
    this.#list = new ListBox(core);
    this.#scroll = new ScrollDriver(core);
    this.#guard = new ActivationGuard(core);
    this.#clipboard = new Clipboard(core, this.#text);
    const selection = new SelectionDriver(core);
    const range = new RangeField(core, this.#capture);
    const drag = new Drag(core, this.#hover, selection, this.#text);
    const shared = {
      selection,
      range,
      drag,
      list: this.#list,
      capture: this.#capture,
      segments: new DateSegments(core),
    };
    const defaults = new PressDefaults(core, shared);
    this.#pointer = new Pointer(core, { hover: this.#hover, capture: this.#capture, drag, defaults });
    this.#touch = new Touch(core, this.#capture, this.#scroll, { selection, range, defaults });
    this.#keys = new Keys(core, {
      ...shared,
      text: this.#text,
      clipboard: this.#clipboard,
      scroll: this.#scroll,
    });
  }

  get busy(): boolean {
    return this.#core.depth > 0;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#core.isStopped = false;
    this.#meetRealms();
  }

  perform(step: Step): Promise<Outcome> {
    const run = () => this.#perform(step).finally(() => (this.#pending -= 1));
    this.#pending += 1;
    const done = this.#pending > 1 ? this.#last.then(run) : run();
    this.#last = done;
    return done;
  }

  async #perform(step: Step): Promise<Outcome> {
    if (!this.#isRunning) return { status: 'refused', code: 'no-control' };
    const core = this.#core;
    core.outcome = { status: 'ok' };
    core.depth += 1;
    try {
      this.#meetRealms();
      core.focus.mark();
      await this.#act(step);
      await core.settle();
    } catch (error) {
      if (error instanceof StepStopped) return { status: 'refused', code: 'no-control' };
      // an element that goes away under our hands must not end the session
      console.warn('cobrowse-kit: a step of the agent failed', error);
      core.refuse('stale');
    } finally {
      core.depth -= 1;
      core.lastStepAt = performance.now();
    }
    this.#lookAgain();
    return core.outcome;
  }

  /** What the page does a little later may move something under the pointer. */
  #lookAgain(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#core.depth += 1;
      try {
        this.#pointer.refreshHover();
      } finally {
        this.#core.depth -= 1;
      }
    }, SETTLE_MILLISECONDS);
  }

  release(): void {
    this.#core.depth += 1;
    try {
      this.#touch.cancel();
      this.#pointer.release();
      this.#keys.release();
    } finally {
      this.#core.depth -= 1;
    }
  }

  stop(): void {
    if (!this.#isRunning) return;
    this.release();
    this.#isRunning = false;
    this.#core.isStopped = true;
    clearTimeout(this.#timer);
    this.#hover.forget();
    this.#hoverStyles.stop();
    this.#capture.stop();
    this.#guard.stop();
    for (const restore of this.#restore.splice(0)) restore();
    this.#documents = new WeakSet();
  }

  /** Frames come and go: each gets its hooks before anything is done in it. */
  #meetRealms(): void {
    for (const document of reachableDocuments(this.#core.top.document)) {
      if (this.#documents.has(document)) continue;
      this.#documents.add(document);
      const realm = realmOf(document);
      this.#capture.patch(realm);
      this.#guard.patch(realm);
      realm.addEventListener('change', this.#text.onChange, true);
      this.#restore.push(() => realm.removeEventListener('change', this.#text.onChange, true));
    }
  }

  async #act(step: Step): Promise<void> {
    switch (step.t) {
      case 'move':
      case 'down':
      case 'up':
        await this.#point(step);
        break;
      case 'wheel':
        this.#scroll.wheel(step);
        this.#pointer.refreshHover();
        break;
      case 'keydown':
        await this.#keys.down(step);
        this.#pointer.refreshHover(true);
        break;
      case 'keyup':
        await this.#keys.up(step);
        this.#pointer.refreshHover();
        break;
      case 'release':
        this.release();
        break;
      default:
        this.#enter(step);
        this.#pointer.refreshHover(true);
    }
  }

  #enter(step: Extract<Step, { t: 'text' | 'paste' | 'choose' | 'set' }>): void {
    const target = 'element' in step ? step.element : this.#core.active;
    if (!this.#core.may(target, 'type')) return;
    if (step.t === 'text') {
      if (step.ime) this.#text.compose(step.text);
      else this.#text.insert(step.text);
    } else if (step.t === 'paste') {
      this.#clipboard.paste(step.text);
    } else if (step.t === 'choose') {
      focusElement(this.#core, target, target);
      if (isSelect(target)) this.#list.choose(target, step.options);
    } else {
      this.#set(target, step.value);
    }
  }

  #set(target: Element, value: string): void {
    if (!isInput(target) || target.disabled || target.readOnly || target.type === 'file') return;
    focusElement(this.#core, target, target);
    const before = target.value;
    setNativeValue(target, value);
    if (target.value !== before) this.#core.inputAndChange(target);
  }

  async #point(step: MoveStep | PressStep): Promise<void> {
    const isTouch = this.#core.options.isTouch?.() ?? false;
    const isLeft = step.t === 'move' || step.button === 0;
    if (isTouch ? !isLeft : !this.#touch.isDown) {
      if (step.t === 'move') await this.#pointer.move(step);
      else if (step.t === 'down') await this.#pointer.down(step);
      else await this.#pointer.up(step);
      return;
    }
    const core = this.#core;
    [core.lastX, core.lastY, core.x, core.y, core.mods] = [core.x, core.y, step.x, step.y, step.mods];
    if (step.t === 'move') this.#touch.move();
    else if (step.t === 'down') this.#touch.start();
    else this.#touch.end();
  }
}
