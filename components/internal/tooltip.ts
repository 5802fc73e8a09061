import type { LitElement, ReactiveController } from 'lit';
import { placePopup } from './popup.js';

const delay = 450;

/**
 * Shows the `data-tip` of what the pointer rests on or the keyboard has reached, in the element `.tooltip` of the shadow
 * root. It repeats in sight what assistive technology has from name and description, so it is hidden from it.
 */
export class Tooltip implements ReactiveController {
  readonly #host: LitElement;
  #target: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen('addEventListener');
  }

  hostDisconnected(): void {
    this.#listen('removeEventListener');
    this.hide();
  }

  hostUpdated(): void {
    if (!this.#target) return;
    if (this.#target.isConnected && this.#target.dataset.tip) this.#show(this.#target);
    else this.hide();
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#target = undefined;
    const bubble = this.#bubble;
    if (bubble?.matches(':popover-open')) bubble.hidePopover();
  }

  get #bubble(): HTMLElement | null {
    return this.#host.renderRoot?.querySelector<HTMLElement>('.tooltip') ?? null;
  }

  #listen(method: 'addEventListener' | 'removeEventListener'): void {
    this.#host[method]('pointerover', this.#onOver as EventListener);
    this.#host[method]('pointerleave', this.#onOut);
    this.#host[method]('pointerdown', this.#onOut);
    this.#host[method]('focusin', this.#onFocus);
    this.#host[method]('focusout', this.#onOut);
    this.#host[method]('keydown', this.#onKey as EventListener);
  }

  readonly #onOver = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const target = this.#tipOf(event);
    if (target === this.#target) return;
    this.hide();
    if (target) this.#timer = setTimeout(() => this.#show(target), delay);
  };

  readonly #onFocus = (event: Event): void => {
    const target = this.#tipOf(event);
    if (target?.matches(':focus-visible')) this.#show(target);
  };

  readonly #onOut = (): void => this.hide();

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.hide();
  };

  #tipOf(event: Event): HTMLElement | undefined {
    return event.composedPath().find((node) => node instanceof HTMLElement && Boolean(node.dataset.tip)) as
      HTMLElement | undefined;
  }

  #show(target: HTMLElement): void {
    const bubble = this.#bubble;
    if (!bubble || !target.isConnected || target.matches('[aria-expanded="true"]')) return;
    clearTimeout(this.#timer);
    this.#target = target;
    bubble.textContent = target.dataset.tip ?? '';
    if (!bubble.matches(':popover-open')) bubble.showPopover();
    placePopup(target, bubble, 'above');
  }
}
