import { isOwnElement } from './own-elements.js';

/** Properties whose computed values place a box and give it its size. */
const COPIED = [
  'display',
  'position',
  'top',
  'right',
  'bottom',
  'left',
  'float',
  'clear',
  'box-sizing',
  'width',
  'height',
  'margin-top',
  'margin-right',
  'margin-bottom',
  'margin-left',
  'padding-top',
  'padding-right',
  'padding-bottom',
  'padding-left',
  'border-top-width',
  'border-right-width',
  'border-bottom-width',
  'border-left-width',
  'flex-grow',
  'flex-shrink',
  'flex-basis',
  'align-self',
  'justify-self',
  'order',
  'grid-row-start',
  'grid-row-end',
  'grid-column-start',
  'grid-column-end',
  'vertical-align',
  'transform',
  'transform-origin',
  'translate',
  'scale',
  'rotate',
  'z-index',
  'visibility',
] as const;

const FREE = ['min-width:0', 'min-height:0', 'max-width:none', 'max-height:none', 'border-style:solid'];
const HIDE = ['border-color:transparent', 'color:transparent', 'box-shadow:none', 'outline:none', 'animation:none'];
/** Says that something is there that isn't shown. Nothing under our own elements. */
const SHADE = 'background:rgba(127,127,127,.18)';
const EMPTY = 'background:none';

/** Tags that must stay for the layout around them. Any other becomes a span. */
const KEPT =
  /^(?:html|head|body|td|th|tr|tbody|thead|tfoot|table|caption|col|colgroup|li|dt|dd|option|optgroup|input|button|select|textarea)$/;

/** What a blocked element is in the mirror: an empty box of the same size, at the same place in the flow. */
export function placeholderTag(element: Element): string {
  if (isSvgPart(element)) return 'g';
  return KEPT.test(element.localName) ? element.localName : 'span';
}

/** Inline style of that box. Reads layout. */
export function placeholderStyle(element: Element): string {
  const view = element.ownerDocument.defaultView;
  if (!view || isSvgPart(element)) return '';
  const style = view.getComputedStyle(element);
  if (style.display === 'none' || style.display === 'contents') return `display:${style.display}!important`;
  const values = new Map<string, string>(COPIED.map((name) => [name, style.getPropertyValue(name)]));
  if (style.display === 'inline' && isReplaced(element)) values.set('display', 'inline-block');
  else if (style.display === 'inline') inlineBox(element, style, values);
  // an empty box stands on the line with its lower edge, one with text in it does not
  if (style.display.startsWith('inline') && style.verticalAlign === 'baseline' && hasText(element)) {
    values.set('vertical-align', 'top');
  }
  const rules = [...values].filter(([, value]) => value !== '').map(([name, value]) => `${name}:${value}`);
  const all = [...rules, ...FREE, ...HIDE, isOwnElement(element) ? EMPTY : SHADE];
  return all.map((rule) => `${rule}!important`).join(';');
}

/** Inline text has no size of its own to copy: a box of its outline, kept from making the line higher. */
function inlineBox(element: Element, style: CSSStyleDeclaration, values: Map<string, string>): void {
  const { width, height } = element.getBoundingClientRect();
  const line = parseFloat(style.lineHeight);
  values.set('display', 'inline-block');
  values.set('box-sizing', 'border-box');
  values.set('width', `${width}px`);
  values.set('height', `${Number.isNaN(line) ? height : Math.min(height, line)}px`);
}

/** Fields keep their tag, and with it the line that their text would be on. */
function hasText(element: Element): boolean {
  if (element.localName === 'img') return (element as HTMLImageElement).naturalWidth === 0;
  return !isReplaced(element);
}

function isReplaced(element: Element): boolean {
  return /^(?:img|video|canvas|iframe|object|embed|svg|input|select|textarea|audio)$/.test(element.localName);
}

function isSvgPart(element: Element): boolean {
  return element instanceof SVGElement && element.ownerSVGElement !== null;
}

/** Tells when the box of a placeholder has to change, because its element did. */
export class PlaceholderWatch {
  readonly #onChange: (element: Element, style: string) => void;
  readonly #styles = new WeakMap<Element, string>();
  readonly #observer: ResizeObserver;

  constructor(onChange: (element: Element, style: string) => void) {
    this.#onChange = onChange;
    this.#observer = new ResizeObserver((entries) => {
      for (const { target } of entries) this.#look(target);
    });
  }

  /** The style that the placeholder starts with; changes are told from now on. */
  add(element: Element): string {
    const style = placeholderStyle(element);
    if (!this.#styles.has(element)) this.#observer.observe(element);
    this.#styles.set(element, style);
    return style;
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #look(element: Element): void {
    if (!element.isConnected) {
      this.#observer.unobserve(element);
      this.#styles.delete(element);
      return;
    }
    const style = placeholderStyle(element);
    if (style === this.#styles.get(element)) return;
    this.#styles.set(element, style);
    this.#onChange(element, style);
  }
}
