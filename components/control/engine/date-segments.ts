import type { Core } from './core.js';
import { isPickedInput, realmOf, setNativeValue } from './dom.js';
import type { KeyStep } from './types.js';

type Part = 'year' | 'month' | 'day' | 'week' | 'hour' | 'minute' | 'second' | 'dayPeriod';

interface Segment {
  part: Part;
  /** Where it ends, in letters of the whole. */
  end: number;
}

const LIMITS: Record<Part, readonly [least: number, most: number]> = {
  year: [1, 275_760],
  month: [1, 12],
  day: [1, 31],
  week: [1, 53],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
  dayPeriod: [0, 1],
};

/** Of a digit and what is around it, to find the segment under the pointer. */
const LETTER_EM = 0.55;
const ENGLISH_WEEK = 'Week 00, 0000';

/**
 * Fields of dates and times by keys. The browser's own segments can't be reached, so what is typed is kept here, and the
 * field gets its value as soon as all of it is there.
 */
export class DateSegments {
  readonly #core: Core;
  #field: HTMLInputElement | null = null;
  #value = '';
  #segments: Segment[] = [];
  readonly #numbers = new Map<Part, number>();
  /** One more than there are segments: the button of the picker. */
  #at = 0;
  #typed = '';

  constructor(core: Core) {
    this.#core = core;
  }

  /** After a press, `x` in the viewport of its document. */
  press(field: HTMLInputElement, x: number): void {
    this.#meet(field);
    const { paddingLeft, fontSize } = realmOf(field).getComputedStyle(field);
    const place = x - field.getBoundingClientRect().left - field.clientLeft - parseFloat(paddingLeft);
    const letter = place / (parseFloat(fontSize) * LETTER_EM);
    this.#goTo(
      Math.max(
        0,
        this.#segments.findIndex(({ end }) => letter <= end),
      ),
    );
  }

  /** Tab has come to a field. */
  enter(field: Element, isBack: boolean): void {
    if (!isPickedInput(field)) return;
    this.#meet(field);
    this.#goTo(isBack ? this.#segments.length : 0);
  }

  /** True when Tab stays in the field. */
  tab(field: Element, isBack: boolean): boolean {
    if (!isPickedInput(field)) return false;
    this.#meet(field);
    const next = this.#at + (isBack ? -1 : 1);
    if (next < 0 || next > this.#segments.length) return false;
    this.#goTo(next);
    return true;
  }

  /** True when the key does something in the field. */
  key(field: HTMLInputElement, { key, mods }: KeyStep): boolean {
    this.#meet(field);
    const segment = this.#segments[this.#at];
    if (key === ' ' || key === 'F4' || (mods.alt && key.startsWith('Arrow')) || (key === 'Enter' && !segment)) {
      this.#core.wantPicker(field);
      return true;
    }
    if (key === 'Enter') return false;
    if (key === 'ArrowLeft') this.#goTo(Math.max(0, this.#at - 1));
    else if (key === 'ArrowRight') this.#next();
    else if (segment && !field.readOnly && !mods.ctrl && !mods.meta) this.#edit(field, segment.part, key);
    return true;
  }

  #edit(field: HTMLInputElement, part: Part, key: string): void {
    const before = this.#numbers.get(part);
    if (key === 'ArrowUp' || key === 'ArrowDown') this.#step(part, key === 'ArrowUp' ? 1 : -1);
    else if (key === 'Backspace' || key === 'Delete') this.#clear(part);
    else if (key.length > 1) return;
    else if (/\d/.test(key)) this.#digit(part, key);
    else if (/[-/.:,]/.test(key) && this.#typed !== '') this.#next();
    else this.#letter(part, key.toLowerCase());
    if (this.#numbers.get(part) !== before) this.#write(field);
  }

  #step(part: Part, by: 1 | -1): void {
    this.#typed = '';
    const [least, most] = this.#limits(part);
    const edge = by > 0 ? least : most;
    const now = this.#numbers.get(part);
    const first = part === 'year' ? new Date().getFullYear() : edge;
    const next = now === undefined ? first : now + by;
    this.#numbers.set(part, next < least || next > most ? edge : next);
  }

  #clear(part: Part): void {
    this.#typed = '';
    this.#numbers.delete(part);
  }

  #digit(part: Part, digit: string): void {
    if (part === 'dayPeriod') return;
    const [least, most] = this.#limits(part);
    this.#typed += digit;
    const { length } = this.#typed;
    const number = Number(this.#typed);
    if (number < least) this.#numbers.delete(part);
    else this.#numbers.set(part, Math.min(number, most));
    if (length >= String(most).length || number * 10 > most) this.#next();
  }

  /** Morning or afternoon, or the name of a month. */
  #letter(part: Part, letter: string): void {
    const find = (typed: string) => namesOf(part).findIndex((name) => name.toLowerCase().startsWith(typed));
    this.#typed = find(this.#typed + letter) < 0 ? letter : this.#typed + letter;
    const index = find(this.#typed);
    if (index >= 0) this.#numbers.set(part, index + LIMITS[part][0]);
  }

  #next(): void {
    this.#goTo(Math.min(this.#at + 1, this.#segments.length - 1));
  }

  #goTo(index: number): void {
    this.#at = index;
    this.#typed = '';
  }

  #limits(part: Part): readonly [number, number] {
    if (part === 'hour' && this.#has('dayPeriod')) return [1, 12];
    const { max } = this.#field!;
    return part === 'year' && max !== '' ? [1, parseInt(max, 10)] : LIMITS[part];
  }

  #has(part: Part): boolean {
    return this.#segments.some((segment) => segment.part === part);
  }

  /** The field may be another, or the page may have changed its value. */
  #meet(field: HTMLInputElement): void {
    if (field === this.#field && field.value === this.#value) return;
    if (field !== this.#field) {
      this.#segments = segmentsOf(field);
      this.#goTo(0);
    }
    this.#field = field;
    this.#value = field.value;
    this.#numbers.clear();
    if (field.value === '') return;
    const [date = '', time = ''] = field.type === 'time' ? ['', field.value] : field.value.split('T');
    const [year, second, day] = date.split(/-W?/).map(Number);
    const [hour = 0, minute, seconds = 0] = time.split(':').map(Number);
    const has = this.#has('dayPeriod');
    const numbers = {
      year,
      month: second,
      week: second,
      day,
      hour: has ? hour % 12 || 12 : hour,
      minute,
      second: seconds,
      dayPeriod: hour < 12 ? 0 : 1,
    };
    for (const { part } of this.#segments) this.#numbers.set(part, numbers[part]!);
  }

  #write(field: HTMLInputElement): void {
    const before = field.value;
    const next = this.#segments.every(({ part }) => this.#numbers.has(part)) ? this.#compose(field.type) : '';
    if (next !== before) setNativeValue(field, next);
    this.#value = field.value;
    if (this.#value !== before) this.#core.inputAndChange(field);
  }

  #compose(type: string): string {
    const of = (part: Part, length = 2) => String(this.#numbers.get(part)).padStart(length, '0');
    if (type === 'week') return `${of('year', 4)}-W${of('week')}`;
    const date = [of('year', 4), of('month'), ...(type === 'month' ? [] : [of('day')])].join('-');
    if (type === 'date' || type === 'month') return date;
    const afternoon = this.#numbers.get('dayPeriod');
    const shown = this.#numbers.get('hour')!;
    const hour = String(afternoon === undefined ? shown : (shown % 12) + afternoon * 12).padStart(2, '0');
    const time = [hour, of('minute'), ...(this.#has('second') ? [of('second')] : [])].join(':');
    return type === 'time' ? time : `${date}T${time}`;
  }
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(navigator.language, options);
}

/** In the order of the consumer's language. */
function segmentsOf({ type, step, value }: HTMLInputElement): Segment[] {
  if (type === 'week') {
    return [
      { part: 'week', end: ENGLISH_WEEK.indexOf(',') },
      { part: 'year', end: ENGLISH_WEEK.length },
    ];
  }
  const options: Intl.DateTimeFormatOptions = {};
  if (type !== 'time') {
    options.year = 'numeric';
    options.month = type === 'month' ? 'long' : '2-digit';
  }
  if (type.startsWith('date')) options.day = '2-digit';
  if (/time/.test(type)) {
    options.hour = options.minute = '2-digit';
    if (Number(step) % 60 > 0 || /:\d+:/.test(value)) options.second = '2-digit';
  }
  let end = 0;
  return format(options)
    .formatToParts(new Date())
    .map((found) => ({ part: found.type as Part, end: (end += found.value.length) }))
    .filter(({ part }) => part in LIMITS);
}

function namesOf(part: Part): string[] {
  if (part === 'dayPeriod') return ['a', 'p'];
  if (part !== 'month') return [];
  return Array.from({ length: 12 }, (_, month) => format({ month: 'long' }).format(new Date(2000, month)));
}
