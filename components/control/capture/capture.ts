import { LIMITS, type LiveMessage, type Primitive } from '../../../protocol/index.js';
import { CobrowseControlRefusedEvent } from '../../events/control-refused.js';
import { focusedElement } from '../../mirror/keep-focus.js';
import { grantOf, inputSenderOf, type InputSender } from '../input-sender.js';
import { listenToAnswers } from './answers.js';
import { CaptureView } from './capture-view.js';
import { captureStyles } from './capture.styles.js';
import { cursorOver } from './cursor-look.js';
import { isCharacter } from './keys.js';
import { KeyCapture } from './key-capture.js';
import { Mapper } from './mapper.js';
import { Outbox } from './outbox.js';
import { PageCaret } from './page-caret.js';
import { PageFocus } from './page-focus.js';
import { Pickers } from './picker/pickers.js';
import { PointerCapture } from './pointer-capture.js';
import { refusalText } from './refusal-text.js';
import type { Capture, CaptureOptions, Point } from './types.js';
import { ViewSpace } from './view-space.js';

/** Takes the agent's pointer and keyboard to the consumer's page, from now to `destroy`. */
export function createCapture(options: CaptureOptions): Capture {
  return new AgentCapture(options);
}

class AgentCapture implements Capture {
  readonly #options: CaptureOptions;
  readonly #space: ViewSpace;
  readonly #sender: InputSender;
  readonly #outbox: Outbox;
  readonly #pointer: PointerCapture;
  readonly #keys: KeyCapture;
  readonly #pickers: Pickers;
  readonly #view: CaptureView;
  readonly #focus: PageFocus;
  readonly #caret: PageCaret;
  readonly #release: (() => void)[];
  readonly #grant: string | null;
  /** Mirror id of what has the focus, by the page that is worked; null: nothing was said yet. */
  #told: number | null = null;
  #isDialogOpen = false;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#grant = grantOf(options.store.getState());
    this.#sender = inputSenderOf(options.store);
    const { surface, layer, player, mirror, words, releaseShortcut } = options;
    this.#space = new ViewSpace(surface, options.pageSize);
    this.#view = new CaptureView({ layer, words, releaseShortcut });
    this.#focus = new PageFocus(options.ring, player);
    this.#caret = new PageCaret(options.ring, player);
    this.#outbox = new Outbox({
      sender: this.#sender,
      seen: () => player.seen,
      isLive: () => this.#isLive,
      onUnsent: () => this.#view.tell(words.term('agentNotSent')),
    });
    this.#keys = this.#createKeys();
    this.#pointer = this.#createPointer();
    this.#pickers = this.#createPickers();
    this.#release = [
      adopt(surface),
      listenToAnswers({ mirror, run: this.#sender.run, on: this.#answers }),
      mirror.onOpenChange((open) => this.#onOpen(open)),
      listen(document, 'visibilitychange', () => document.hidden && this.#letGo()),
      listen(window, 'blur', () => this.#letGo()),
      listen(surface, 'focus', () => this.#keys.focus()),
      listen(surface, 'pointermove', ({ clientX, clientY }) => this.#view.clearFor(clientX, clientY)),
    ];
    surface.toggleAttribute('data-controlling', true);
    this.update();
    if (mayTakeFocus()) this.#keys.focus();
  }

  update(): void {
    const { words } = this.#options;
    const { field } = this.#keys;
    field.setAttribute('aria-label', words.term('agentControlField'));
    field.setAttribute('aria-describedby', 'control-hint');
    this.#view.update();
    if (!this.#isLive) {
      this.#pickers.close();
      this.#letGo();
    }
    if (!this.#isPointing) this.#options.surface.style.cursor = '';
    this.refresh();
  }

  refresh(): void {
    const { player } = this.#options;
    // for the browser's commands, which the toolbar sends
    this.#sender.seen = player.seen;
    this.#focus.show(this.#focused);
    this.#caret.update();
    this.#pickers.refresh();
  }

  destroy(): void {
    for (const release of this.#release) release();
    this.#letGo();
    this.#outbox.destroy();
    this.#pointer.destroy();
    this.#pickers.destroy();
    this.#keys.destroy();
    this.#view.destroy();
    this.#focus.show(null);
    this.#caret.destroy();
    const { surface, onDialog } = this.#options;
    surface.removeAttribute('data-controlling');
    surface.removeAttribute('data-typing');
    surface.style.cursor = '';
    if (this.#isDialogOpen) onDialog(false);
  }

  get #isLive(): boolean {
    const state = this.#options.store.getState();
    // while a question waits for its answer, control rests
    return state.view.phase === 'live' && state.request === null && this.#isGranted && !this.#isDialogOpen;
  }

  get #isGranted(): boolean {
    return this.#grant !== null && grantOf(this.#options.store.getState()) === this.#grant;
  }

  /** With laser or pencil in the hand the pointer is theirs. */
  get #isPointing(): boolean {
    return this.#isLive && this.#options.store.getState().tool === 'none';
  }

  get #focused(): number | null {
    return this.#told ?? this.#options.focused();
  }

  // --- parts

  #createKeys(): KeyCapture {
    const { surface, words, releaseShortcut } = this.#options;
    return new KeyCapture({
      surface,
      releaseShortcut,
      send: (primitives) => this.#onKeys(primitives),
      onKey: (event) => this.#pickers.onKey(event),
      onTooLong: () => this.#view.tell(words.term('agentTooLong', { count: words.number(LIMITS.inputTextLength) })),
      onFocus: (isFocused, to) => this.#onFocus(isFocused, to),
    });
  }

  #createPointer(): PointerCapture {
    const { surface, player } = this.#options;
    return new PointerCapture({
      surface,
      mapper: new Mapper(player),
      outbox: this.#outbox,
      toPage: (event) => this.#space.toPage(event),
      pageHeight: () => this.#space.size.height,
      isOn: () => this.#isPointing,
      onPress: (event, point) => this.#onPress(event, point),
      onHover: ({ element }) => (surface.style.cursor = cursorOver(element)),
    });
  }

  #createPickers(): Pickers {
    const { surface, layer, player, words } = this.#options;
    return new Pickers({
      ...{ surface, layer, player, words, space: this.#space, keys: this.#keys.field },
      send: (primitive) => this.#send([primitive]),
      onClose: (hadFocus) => this.#onPicked(hadFocus),
      onMasked: () => this.#view.tell(refusalText(words, 'masked')),
    });
  }

  // --- what the agent does

  #onPress({ clientX, clientY }: MouseEvent, point: Point): boolean {
    this.#view.setPoint(clientX, clientY);
    this.#keys.focus();
    const { left, top } = this.#options.surface.getBoundingClientRect();
    this.#keys.moveTo({ x: clientX - left, y: clientY - top });
    return this.#pickers.press(point);
  }

  #onKeys(primitives: Primitive[]): void {
    this.#send(primitives);
    if (primitives.some(isTyping)) this.#pickers.suggest(this.#focused);
  }

  #send(primitives: Primitive[]): void {
    this.#pointer.settle();
    for (const primitive of primitives) this.#outbox.add(primitive);
    this.#outbox.flush();
  }

  #onFocus(isFocused: boolean, to: EventTarget | null): void {
    const isPicking = !isFocused && this.#pickers.isOpen && this.#pickers.contains(to);
    this.#options.surface.toggleAttribute('data-typing', isFocused);
    this.#view.setKeyboard(isFocused ? 'page' : isPicking ? 'picker' : 'desk');
    // a picker opens while the mouse may still be down: only the keys are let go of
    if (isPicking) this.#keys.releaseKeys();
    else if (!isFocused) this.#letGo();
  }

  #onPicked(hadFocus: boolean): void {
    if (hadFocus) this.#keys.focus();
    else if (!this.#keys.isFocused) this.#view.setKeyboard('desk');
  }

  #letGo(): void {
    // after the grant the consumer's page has let go by itself
    if (this.#isGranted) this.#outbox.release();
    this.#forget();
  }

  /** The consumer's page lets go by itself, or was told to. */
  #forget(): void {
    this.#pointer.reset();
    this.#keys.reset();
  }

  #onOpen(open: boolean): void {
    if (open) return;
    this.#forget();
    this.#pickers.close();
    this.#view.setConsumerActive(false);
    this.#setDialog(false);
  }

  // --- what the consumer's page answers

  readonly #answers = {
    refused: (message: Extract<LiveMessage, { type: 'refused' }>) => this.#onRefused(message),
    picker: ({ node }: { node: number }) => this.#pickers.open(node),
    dialog: ({ open }: { open: boolean }) => this.#setDialog(open),
    'consumer-active': ({ active }: { active: boolean }) => this.#view.setConsumerActive(active),
    caret: (message: Extract<LiveMessage, { type: 'caret' }>) => this.#onCaret(message),
    copied: ({ text }: { text: string }) => void this.#onCopied(text),
  };

  #onRefused({ code, what, seq }: Extract<LiveMessage, { type: 'refused' }>): void {
    const { fire, words } = this.#options;
    if (this.#outbox.isMoves(seq)) return;
    fire(new CobrowseControlRefusedEvent(code, what));
    // said already, for as long as it lasts
    if (code !== 'consumer-active' || !this.#view.isConsumerActive) this.#view.tell(refusalText(words, code, what));
  }

  #onCaret(message: Extract<LiveMessage, { type: 'caret' }>): void {
    this.#told = message.focus;
    this.#caret.set(message);
    this.#focus.show(this.#focused);
  }

  async #onCopied(text: string): Promise<void> {
    const isKept = await this.#keys.keepCopied(text);
    if (!isKept) this.#view.tell(this.#options.words.term('agentCopyBlocked'));
  }

  #setDialog(open: boolean): void {
    if (open === this.#isDialogOpen) return;
    if (open) {
      this.#letGo();
      this.#pickers.close();
      this.#view.clear();
    }
    this.#isDialogOpen = open;
    this.#options.onDialog(open);
  }
}

/** Keys and texts that write, or delete what is written. */
function isTyping([kind, key]: Primitive): boolean {
  if (kind === 5) return key === 'Backspace' || isCharacter(key);
  return kind === 7 || kind === 8;
}

/** Keys of an agent who is writing elsewhere on the desk must not land on the page. */
function mayTakeFocus(): boolean {
  const active = focusedElement() as HTMLElement | null;
  const isWriting = active?.matches('input, textarea, select, iframe') || active?.isContentEditable;
  return document.hasFocus() && !isWriting;
}

/** The styles of what control draws, for as long as it lasts. */
function adopt(element: HTMLElement): () => void {
  const root = element.getRootNode() as ShadowRoot;
  const sheet = captureStyles.styleSheet!;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet));
}

function listen<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
  handler: (event: HTMLElementEventMap[K]) => void,
): () => void;
function listen(target: EventTarget, type: string, handler: (event: Event) => void): () => void;
function listen(target: EventTarget, type: string, handler: (event: never) => void): () => void {
  target.addEventListener(type, handler as EventListener);
  return () => target.removeEventListener(type, handler as EventListener);
}
