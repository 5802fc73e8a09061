const BLOCK = '█';
/** Stands for any secret, whatever its length. */
const SECRET = '••••••••';
/** Stands for what a field holds: its box doesn't follow what is in it, so its length needn't be told. */
const FIELD = BLOCK.repeat(8);
const KNOWN_FONTS = 200;

/** Width of a block in a font, CSS pixels. */
const blockWidths = new Map<string, number>();
let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Blocks that take about the room of the text, so that the layout stays: their count follows width, not characters. */
export function maskText(text: string, element: Element | null): string {
  const measure = measureIn(element);
  let owed = 0;
  return text.replace(/\S+/g, (word) => {
    const wanted = measure(word) + owed;
    const count = Math.max(1, Math.round(wanted));
    owed = wanted - count;
    return BLOCK.repeat(count);
  });
}

/** What is shown of a password: that there is one. */
export function maskSecret(value: string): string {
  return value === '' ? '' : SECRET;
}

/** What is shown of a field that is masked: that there is something in it. */
export function maskField(value: string): string {
  return value.trim() === '' ? '' : FIELD;
}

/** How many blocks are as wide as a word in the element's font. */
function measureIn(element: Element | null): (word: string) => number {
  try {
    const font = element?.ownerDocument.defaultView?.getComputedStyle(element).font;
    context ??= new OffscreenCanvas(1, 1).getContext('2d');
    if (!context || !font) return byCount;
    const width = blockWidth(context, font);
    const target = context;
    return (word) => {
      target.font = font;
      return target.measureText(word).width / width;
    };
  } catch {
    return byCount;
  }
}

function byCount(word: string): number {
  return word.length;
}

function blockWidth(target: OffscreenCanvasRenderingContext2D, font: string): number {
  let width = blockWidths.get(font);
  if (width !== undefined) return width;
  target.font = font;
  width = target.measureText(BLOCK).width || 8;
  if (blockWidths.size > KNOWN_FONTS) blockWidths.clear();
  blockWidths.set(font, width);
  return width;
}
