import { html, nothing, render, type TemplateResult } from 'lit';
import { pieces } from '../../i18n/localize.js';
import type { AgentLocalize } from '../../internal/agent-words.js';
import { icons } from '../../internal/icons.js';
import { shortcutLabels } from '../../internal/shortcut.js';
import { isApple } from './modifiers.js';

const SHOWN_MILLISECONDS = 5000;
/** Different messages at a time. */
const MOST = 3;
/** The pointer is let see what the hint covers, this far around it. */
const CLEAR_PIXELS = 24;

/** What the agent's keyboard works. */
export type Keyboard = 'page' | 'picker' | 'desk';

interface Notice {
  readonly text: string;
  timer: ReturnType<typeof setTimeout>;
}

export interface CaptureViewOptions {
  layer: HTMLElement;
  words: AgentLocalize;
  releaseShortcut(): string;
}

/** What is written over the picture while the agent works the page: the hint, the consumer's hand, refusals. */
export class CaptureView {
  readonly #options: CaptureViewOptions;
  readonly #box = document.createElement('div');
  #notices: Notice[] = [];
  #keyboard: Keyboard = 'desk';
  #isConsumerActive = false;
  /** Where the agent acted last, in the window. */
  #at: { x: number; y: number } | null = null;

  constructor(options: CaptureViewOptions) {
    this.#options = options;
    this.#box.className = 'control';
    options.layer.append(this.#box);
    this.update();
  }

  /** Words may have changed. */
  update(): void {
    const { words } = this.#options;
    render(
      html`${this.#renderHint()}
        <div class="note" role="status">
          ${
            this.#isConsumerActive
              ? html`<span class="badge note__text" part="badge"
                  >${icons.control}${words.term('agentConsumerActive')}</span
                >`
              : nothing
          }
        </div>
        <div class="toasts" role="status" part="toasts">
          ${this.#notices.map(({ text }) => html`<p class="badge toast" part="toast">${icons.warning}<span>${text}</span></p>`)}
        </div>`,
      this.#box,
    );
    this.#place();
  }

  setKeyboard(keyboard: Keyboard): void {
    this.#keyboard = keyboard;
    this.update();
  }

  /** Takes back what was said: something more important is. */
  clear(): void {
    for (const { timer } of this.#notices) clearTimeout(timer);
    this.#notices = [];
    this.update();
  }

  setConsumerActive(isActive: boolean): void {
    this.#isConsumerActive = isActive;
    this.update();
  }

  get isConsumerActive(): boolean {
    return this.#isConsumerActive;
  }

  /** The agent pressed here: what comes of it is said near it. In the window, CSS pixels. */
  setPoint(x: number, y: number): void {
    this.#at = { x, y };
  }

  /** The pointer is here: the hint makes way. In the window, CSS pixels. */
  clearFor(x: number, y: number): void {
    const hint = this.#box.querySelector('.hint');
    const box = hint?.getBoundingClientRect();
    if (!hint || !box) return;
    const isNear =
      x > box.left - CLEAR_PIXELS &&
      x < box.right + CLEAR_PIXELS &&
      y > box.top - CLEAR_PIXELS &&
      y < box.bottom + CLEAR_PIXELS;
    hint.toggleAttribute('data-clear', isNear);
  }

  /** Says it for a while; once, however often it happens meanwhile. */
  tell(text: string): void {
    const known = this.#notices.find((notice) => notice.text === text);
    if (known) clearTimeout(known.timer);
    const notice = known ?? { text, timer: 0 as never };
    notice.timer = setTimeout(() => this.#forget(notice), SHOWN_MILLISECONDS);
    if (!known) this.#notices = [...this.#notices, notice].slice(-MOST);
    this.update();
  }

  destroy(): void {
    this.clear();
    this.#box.remove();
  }

  #forget(notice: Notice): void {
    this.#notices = this.#notices.filter((one) => one !== notice);
    this.update();
  }

  /** Beside the point, inside of the view. */
  #place(): void {
    const toasts = this.#box.querySelector<HTMLElement>('.toasts');
    if (!toasts || this.#notices.length === 0) return;
    const view = this.#box.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = toasts;
    const at = this.#at ?? { x: view.left + view.width / 2, y: view.top + view.height / 3 };
    const above = at.y - view.top - height - 16;
    const top = above >= 8 ? above : at.y - view.top + 24;
    const left = at.x - view.left - width / 2;
    toasts.style.left = `${within(left, view.width - width)}px`;
    toasts.style.top = `${within(top, view.height - height)}px`;
  }

  #renderHint(): TemplateResult {
    const { words, releaseShortcut } = this.#options;
    const keys = shortcutLabels(releaseShortcut(), isApple());
    const isTyping = this.#keyboard === 'page';
    const text = words.raw(isTyping ? 'agentControlOn' : 'agentControlOff');
    const shown = pieces(text, { keys: '' }).map((piece) => (piece.name === 'keys' ? renderKeys(keys) : piece.text));
    return html`<p
      class="badge hint"
      part="control-hint"
      id="control-hint"
      ?data-typing=${isTyping}
      ?hidden=${this.#keyboard === 'picker'}
    >
      ${icons.control}<span>${shown}</span>
    </p>`;
  }
}

function renderKeys(keys: readonly string[]): TemplateResult {
  return html`<bdi dir="ltr">${keys.map((key, at) => html`${at ? '+' : nothing}<kbd>${key}</kbd>`)}</bdi>`;
}

function within(value: number, most: number): number {
  return Math.max(8, Math.min(value, most - 8));
}
