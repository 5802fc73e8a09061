import type { ConsumerTask } from '../../../protocol/index.js';
import type { Core } from './core.js';
import { closestFlat, isElement, isInput, type Realm } from './dom.js';
import { isSubmit } from './reach.js';

/** How long after a step a call that needs a person's gesture counts as the agent's. Milliseconds. */
const BLAME_MILLISECONDS = 1000;

type AnyFunction = (this: unknown, ...rest: unknown[]) => unknown;

/**
 * What a page may only do in answer to a person: new windows, file choosers, fullscreen, the clipboard and so on. When the
 * agent's input leads to it, it is not done, and named, so that the consumer can be asked to do it.
 */
export class ActivationGuard {
  readonly #core: Core;
  readonly #restore: (() => void)[] = [];

  constructor(core: Core) {
    this.#core = core;
  }

  patch(realm: Realm): void {
    this.#patchWindow(realm);
    this.#patchElements(realm);
    this.#patchClick(realm);
    this.#patchPromises(realm);
    this.#patchDialogs(realm);
    const onCapture = (event: Event) => this.#onClick(event);
    const onBubble = (event: Event) => this.#onLastChance(event);
    realm.addEventListener('click', onCapture, true);
    realm.addEventListener('auxclick', onCapture, true);
    realm.addEventListener('click', onBubble);
    realm.addEventListener('auxclick', onBubble);
    this.#restore.push(() => {
      realm.removeEventListener('click', onCapture, true);
      realm.removeEventListener('auxclick', onCapture, true);
      realm.removeEventListener('click', onBubble);
      realm.removeEventListener('auxclick', onBubble);
    });
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** Whether what happens now comes of the agent's input, and not of the consumer's. */
  #isAgents(realm: Realm): boolean {
    const { depth, isStopped, lastStepAt } = this.#core;
    if (depth > 0) return true;
    // a page that has put its own function over ours keeps ours
    const isLate = isStopped || performance.now() - lastStepAt > BLAME_MILLISECONDS;
    return !isLate && !realm.navigator.userActivation?.isActive;
  }

  #need(what: ConsumerTask, element?: Element, url?: string): void {
    const { depth, options } = this.#core;
    if (depth > 0) this.#core.refuse('needs-consumer', element, what, url);
    else options.onNeed({ what, ...(element ? { element } : {}), ...(url === undefined ? {} : { url }) });
  }

  #replace(holder: object | undefined, name: string, make: (original: AnyFunction) => AnyFunction): void {
    const target = holder as Record<string, AnyFunction> | undefined;
    const original = target?.[name];
    if (!target || typeof original !== 'function') return;
    const ours = make(original);
    Object.defineProperty(ours, 'name', { value: original.name, configurable: true });
    Object.defineProperty(ours, 'length', { value: original.length, configurable: true });
    try {
      target[name] = ours;
    } catch {
      return;
    }
    this.#restore.push(() => {
      if (target[name] === ours) target[name] = original;
    });
  }

  #patchWindow(realm: Realm): void {
    this.#replace(realm, 'open', (original) => {
      const blame = () => this.#isAgents(realm);
      const need = (url: string) => this.#need('window', undefined, resolveUrl(realm, url));
      return function open(this: unknown, ...rest: unknown[]) {
        const [url, name] = rest as [string | URL | undefined, string | undefined];
        const staysHere = name === '_self' || name === '_top' || name === '_parent';
        if (staysHere || !blame()) return original.apply(this ?? realm, rest);
        need(String(url ?? ''));
        return null;
      };
    });
    this.#replace(realm, 'print', (original) => this.#blocked(realm, original, 'print'));
  }

  #blocked(realm: Realm, original: AnyFunction, what: ConsumerTask, failed?: () => unknown): AnyFunction {
    const blame = () => this.#isAgents(realm);
    const need = (element?: Element) => this.#need(what, element);
    return function blocked(this: unknown, ...rest: unknown[]) {
      if (!blame()) return original.apply(this ?? realm, rest);
      need(isElement(this) ? this : undefined);
      return failed?.();
    };
  }

  #patchElements(realm: Realm): void {
    const { HTMLInputElement, HTMLSelectElement, DOMException } = realm;
    const throws = () => {
      throw new DOMException('It needs a gesture of the person at this page.', 'NotAllowedError');
    };
    for (const type of [HTMLInputElement, HTMLSelectElement]) {
      this.#replace(type.prototype, 'showPicker', (original) => this.#blocked(realm, original, 'picker', throws));
    }
  }

  // an input outside of the document tells no window of its clicks
  #patchClick(realm: Realm): void {
    this.#replace(realm.HTMLElement.prototype, 'click', (original) => {
      const blame = () => this.#isAgents(realm);
      const need = (element: Element) => this.#need('file', element);
      return function click(this: unknown, ...rest: unknown[]) {
        const isFile = isElement(this) && isInput(this) && this.type === 'file';
        if (!isFile || !blame()) return original.apply(this, rest);
        need(this);
        return undefined;
      };
    });
  }

  #patchPromises(realm: Realm): void {
    const { DOMException, Promise, navigator } = realm;
    const rejects = () =>
      Promise.reject(new DOMException('It needs a gesture of the person at this page.', 'NotAllowedError'));
    const guard = (holder: object | undefined, name: string, what: ConsumerTask) =>
      this.#replace(holder, name, (original) => this.#blocked(realm, original, what, rejects));
    guard(realm.Element.prototype, 'requestFullscreen', 'fullscreen');
    guard(realm.Element.prototype, 'requestPointerLock', 'other');
    for (const name of ['read', 'readText', 'write', 'writeText'])
      guard(protoOf(navigator.clipboard), name, 'clipboard');
    guard(protoOf(navigator), 'share', 'other');
    for (const name of ['getUserMedia', 'getDisplayMedia']) guard(protoOf(navigator.mediaDevices), name, 'permission');
    guard(protoOf(navigator.credentials), 'get', 'permission');
    guard(protoOf(navigator.credentials), 'create', 'permission');
    guard((realm as { PaymentRequest?: { prototype: object } }).PaymentRequest?.prototype, 'show', 'other');
    for (const name of ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker']) guard(realm, name, 'file');
    guard((realm as { Notification?: object }).Notification, 'requestPermission', 'permission');
  }

  /** Messages of the browser stop the page, us too: said before, and after. */
  #patchDialogs(realm: Realm): void {
    for (const name of ['alert', 'confirm', 'prompt']) {
      this.#replace(realm, name, (original) => {
        const tell = (isOpen: boolean) => this.#core.isStopped || this.#core.options.onDialog(isOpen);
        return function dialog(this: unknown, ...rest: unknown[]) {
          tell(true);
          try {
            return original.apply(realm, rest);
          } finally {
            tell(false);
          }
        };
      });
    }
  }

  /** Each click that the agent's input leads to, also by labels and scripts: nothing protected is worked by a detour. */
  #onClick(event: Event): void {
    if (this.#core.depth === 0) return;
    const [target] = event.composedPath();
    if (!isElement(target)) return;
    if (isInput(target) && target.type === 'file' && !target.disabled) this.#stop(event, 'file', target);
    else if (!this.#core.may(target, 'press')) stop(event);
  }

  #stop(event: Event, what: ConsumerTask, element: Element): void {
    stop(event);
    this.#need(what, element);
  }

  // a router that prevents the click has had its turn by now
  #onLastChance(event: Event): void {
    if (this.#core.depth === 0 || event.defaultPrevented) return;
    const [target] = event.composedPath();
    const link = isElement(target) ? (closestFlat(target, 'a[href], area[href]') as HTMLAnchorElement | null) : null;
    if (link) this.#followLink(event as MouseEvent, link);
    else if (isElement(target)) this.#submitElsewhere(event, target);
  }

  #followLink(event: MouseEvent, link: HTMLAnchorElement): void {
    const isScript = /^\s*javascript:/i.test(hrefOf(link));
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1;
    if (isScript && !isElsewhere) return;
    if (link.hasAttribute('download')) this.#stop(event, 'download', link);
    else if (isElsewhere || opensWindow(link.getAttribute('target'), link)) {
      event.preventDefault();
      this.#need('window', link, resolveUrl(link.ownerDocument.defaultView as Realm, hrefOf(link)));
    }
  }

  #submitElsewhere(event: Event, target: Element): void {
    const button = closestFlat(target, 'button, input') as HTMLButtonElement | null;
    if (!button?.form || !isSubmit(button)) return;
    const name = button.getAttribute('formtarget') ?? button.form.getAttribute('target');
    if (opensWindow(name, button)) this.#stop(event, 'window', button);
  }
}

function hrefOf(link: Element): string {
  return link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '';
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** A name that no frame here has opens a new window. */
function opensWindow(own: string | null, element: Element): boolean {
  const name = own ?? element.ownerDocument.querySelector<HTMLBaseElement>('base[target]')?.target ?? '';
  if (name === '' || /^_(self|top|parent)$/i.test(name)) return false;
  if (name.toLowerCase() === '_blank') return true;
  const view = element.ownerDocument.defaultView!;
  return view.name !== name && !element.ownerDocument.querySelector(`iframe[name="${CSS.escape(name)}"]`);
}

function protoOf(value: object | undefined): object | undefined {
  return value ? (Object.getPrototypeOf(value) as object) : undefined;
}

function resolveUrl(realm: Realm, url: string): string {
  try {
    return new URL(url, realm.document.baseURI).href;
  } catch {
    return url;
  }
}
