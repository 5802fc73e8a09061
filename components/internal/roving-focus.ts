import type { LitElement, ReactiveController } from 'lit';

interface Options {
  /** All items in the order of the screen, also those that are not visible now. */
  items: () => HTMLElement[];
  orientation: () => 'horizontal' | 'vertical';
}

/**
 * One stop for the Tab key in a toolbar, arrow keys between its items. Items that are disabled can be reached, so that
 * their reason can be read. Where the item that has the focus goes away, the focus stays in the toolbar.
 */
export class RovingFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: Options;
  #current: HTMLElement | undefined;
  #hadFocus = false;

  constructor(host: LitElement, options: Options) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('focusin', this.#onFocus);
    this.#host.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('focusin', this.#onFocus);
    this.#host.removeEventListener('keydown', this.#onKey);
  }

  hostUpdate(): void {
    const focused = this.#focused();
    this.#hadFocus = focused !== undefined && this.#items().includes(focused);
  }

  hostUpdated(): void {
    this.refresh();
    if (this.#hadFocus && !this.#host.matches(':focus-within')) this.#current?.focus();
    this.#hadFocus = false;
  }

  /** The items have changed, or which of them can be seen. */
  refresh(): void {
    const items = this.#items();
    if (!this.#current || !items.includes(this.#current)) this.#current = items[0];
    for (const item of this.#options.items()) item.tabIndex = item === this.#current ? 0 : -1;
  }

  #items(): HTMLElement[] {
    return this.#options.items().filter((item) => item.checkVisibility({ visibilityProperty: true }));
  }

  #focused(): HTMLElement | undefined {
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    const outer = root.activeElement;
    return ((outer === this.#host ? this.#host.renderRoot : root) as ShadowRoot | Document).activeElement as
      HTMLElement | undefined;
  }

  readonly #onFocus = (event: FocusEvent): void => {
    const item = this.#itemOf(event);
    if (!item || item === this.#current) return;
    this.#current = item;
    this.refresh();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const item = this.#itemOf(event);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = this.#items();
    const next = this.#target(event.key, items, items.indexOf(item));
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  #target(key: string, items: HTMLElement[], index: number): HTMLElement | undefined {
    if (key === 'Home') return items[0];
    if (key === 'End') return items.at(-1);
    const step = this.#step(key, items[index]!);
    return step === 0 ? undefined : items[(index + step + items.length) % items.length];
  }

  #step(key: string, item: HTMLElement): number {
    if (this.#options.orientation() === 'vertical') return key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    const rtl = item.matches(':dir(rtl)') ? -1 : 1;
    return key === 'ArrowRight' ? rtl : key === 'ArrowLeft' ? -rtl : 0;
  }

  #itemOf(event: Event): HTMLElement | undefined {
    const items = new Set<EventTarget>(this.#options.items());
    return event.composedPath().find((target) => items.has(target)) as HTMLElement | undefined;
  }
}
