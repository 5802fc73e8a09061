import type { AttributeValue } from './rrweb-events.js';

const STRING = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/g;
const ADDRESS = /(?:url|image-set|src|element|attr)\((?:"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[^)"'])*\)/gi;
/** Declarations of a sheet that can say or show something. Custom properties too: what they are for is not known. */
const SPEAKING =
  /(^|[{;\s])(content|quotes|background|background-image|border-image|border-image-source|list-style|list-style-image|mask|mask-image|-webkit-mask|-webkit-mask-image|cursor|--[\w-]+)\s*:((?:"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|\((?:"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[^)"'])*\)|[^;}"'(])*)/gi;

/** Of an element's own style: never needed for its box. */
const DROPPED = /^(?:content|quotes|counter-|string-set|list-style-image|cursor|view-transition-name|anchor-name)/;
/** Values of custom properties that are a measure or a colour, and not what is measured. */
const MEASURE =
  /^\s*[-+]?(?:\d{1,2}(?:\.\d{1,4})?|\.\d{1,4}|\d{1,4}(?:\.\d{1,4})?(?:px|r?em|%|[sld]?v[wh]|deg|m?s|fr|ch))\s*$/;
const COLOR = /^\s*(?:#[\da-f]{3,8}|(?:rgba?|hsla?|oklch|oklab|color)\([\d\s.,%/a-z-]*\))\s*$/i;

/** A sheet, or a rule of one, without words and pictures. What is a sign (of an icon font, say) stays. */
export function wordlessCss(css: string): string {
  return css.replace(SPEAKING, (_all, before: string, name: string, value: string) => {
    const silent = value.replace(ADDRESS, (found) => (/^url\(\s*["']?#/i.test(found) ? found : 'none'));
    // names of fonts are words too
    const isFont = name.startsWith('--') && /font/i.test(name);
    return `${before}${name}:${isFont ? silent : silent.replace(STRING, wordless)}`;
  });
}

/** Icons are single signs, mostly of the private use area, written as an escape. */
function wordless(text: string): string {
  const inner = text.slice(1, -1);
  if (/^(?:\\[\da-f]{1,6}\s?|[^\p{L}\p{N}]){0,3}$/iu.test(inner)) return text;
  return '"█"';
}

/** What may be sent of one declaration of a masked element's own style. */
export function isSilentDeclaration(name: string, value: string): boolean {
  if (DROPPED.test(name)) return false;
  if (name.startsWith('--')) return MEASURE.test(value) || COLOR.test(value);
  return !/(?:url|image-set|src|element|attr)\(/i.test(value) && (/^(?:font|grid)/.test(name) || !/["']/.test(value));
}

/** The `style` attribute of a masked element: whole, or only what has changed of it. */
export function silentStyle(value: AttributeValue, element: Element): AttributeValue {
  if (typeof value === 'string') return value === '' ? value : silentText((element as HTMLElement).style);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, change]) => {
    const text = Array.isArray(change) ? (change as unknown[])[0] : change;
    return typeof text !== 'string' || isSilentDeclaration(name, text);
  });
  return Object.fromEntries(kept);
}

/** As it is now: what was there before would be sent again at once. */
function silentText(style: CSSStyleDeclaration | undefined): string {
  if (!style) return '';
  const kept: string[] = [];
  for (const name of style) {
    const value = style.getPropertyValue(name);
    const priority = style.getPropertyPriority(name);
    if (isSilentDeclaration(name, value)) kept.push(`${name}:${value}${priority && ` !${priority}`}`);
  }
  return kept.join(';');
}
