import { POINTER_ID, type Core } from './core.js';
import type { Realm } from './dom.js';

type Method = 'setPointerCapture' | 'releasePointerCapture' | 'hasPointerCapture';

/** Pointer capture for our pointer, which the browser knows nothing of. Real pointers' captures go through untouched. */
export class Capture {
  readonly #core: Core;
  /** Where events go now. */
  #target: Element | null = null;
  /** What the page asked for since; undefined when it asked for nothing. */
  #pending: Element | null | undefined;

  constructor(core: Core) {
    this.#core = core;
  }

  get target(): Element | null {
    return this.#target;
  }

  /** What events will go to from the next one on. */
  get next(): Element | null {
    const next = this.#pending === undefined ? this.#target : this.#pending;
    return next?.isConnected ? next : null;
  }

  set(element: Element): void {
    if (this.#core.buttons) this.#pending = element;
  }

  /** Before an event: tells who loses the pointer. */
  settleLost(): void {
    if (this.#pending === undefined && this.#target && !this.#target.isConnected) this.#pending = null;
    if (this.#pending === undefined || this.#pending === this.#target) return;
    const before = this.#target;
    this.#target = null;
    if (before?.isConnected) this.#core.pointer(before, 'lostpointercapture', { cancelable: false });
  }

  /** Tells who gets it. */
  settleGot(): void {
    const next = this.#pending;
    this.#pending = undefined;
    if (!next || next === this.#target || !next.isConnected) return;
    this.#target = next;
    this.#core.pointer(next, 'gotpointercapture', { cancelable: false });
  }

  /** After the last button is up. */
  end(button = -1): void {
    const before = this.#target;
    this.#target = null;
    this.#pending = undefined;
    if (before?.isConnected) this.#core.pointer(before, 'lostpointercapture', { cancelable: false, button });
  }

  patch(realm: Realm): void {
    const { prototype } = realm.Element;
    const replace = (method: Method, ours: (element: Element) => unknown) => {
      const original: (this: Element, id: number) => unknown = prototype[method];
      const own = {
        [method](this: Element, id: number): unknown {
          return id === POINTER_ID ? ours(this) : original.call(this, id);
        },
      }[method]!;
      prototype[method] = own as never;
      return () => {
        if ((prototype[method] as unknown) === own) prototype[method] = original as never;
      };
    };
    this.#restore.push(
      replace('setPointerCapture', (element) => this.set(element)),
      replace('releasePointerCapture', (element) => {
        if (this.next === element) this.#pending = null;
      }),
      replace('hasPointerCapture', (element) => this.next === element),
    );
  }

  readonly #restore: (() => void)[] = [];

  stop(): void {
    this.end();
    for (const restore of this.#restore.splice(0)) restore();
  }
}
