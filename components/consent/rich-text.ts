import { html, type TemplateResult } from 'lit';
import { pieces, type Localize, type Values } from '../i18n/localize.js';
import { sentence } from './question-words.js';

/** A sentence in which each name stands isolated: it can't turn the direction of the words around it. */
export function rich<Key extends string>(localize: Localize<Key>, key: Key, values: Values): TemplateResult {
  const parts = pieces(localize.raw(key), values).filter(({ text }) => text);
  return html`${parts.map(({ text, name }, index) => {
    const shown = index === 0 ? sentence(text) : text;
    return name ? html`<bdi>${shown}</bdi>` : shown;
  })}`;
}

/** One or two letters that stand for a person. */
export function monogram(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (word: string | undefined) => (word ? String.fromCodePoint(word.codePointAt(0)!) : '');
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : '')).toLocaleUpperCase();
}
