import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';

/** Digits of a day in the order of this browser's language. */
function digitsOf(options: Intl.DateTimeFormatOptions, date: Date): string {
  return new Intl.DateTimeFormat(navigator.language, options)
    .formatToParts(date)
    .map(({ type, value }) => (type === 'literal' ? '' : type === 'dayPeriod' ? value[0]! : value))
    .join('');
}

const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const CHRISTMAS = new Date(2024, 11, 25, 13, 30);
/** Where a part is, from 0. */
const placeOf = (part: string) =>
  new Intl.DateTimeFormat(navigator.language, DAY)
    .formatToParts()
    .filter(({ type }) => type !== 'literal')
    .findIndex(({ type }) => type === part);

describe('segments of dates and times', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  const field = () => hand.query<HTMLInputElement>('#field');
  const start = async (html: string) => {
    hand = new Hand(`${html}<button id="next">Next</button>`);
    await hand.press('Tab');
    expect(document.activeElement).to.equal(field());
  };

  it('take the digits of a date, and give the value when all are there', async () => {
    await start('<input id="field" type="date">');
    hand.listen('input change');
    const digits = digitsOf(DAY, CHRISTMAS);
    await hand.type(digits.slice(0, 3));
    expect([field().value, hand.take()]).to.deep.equal(['', []]);
    await hand.type(digits.slice(3));
    expect(field().value).to.equal('2024-12-25');
    expect(hand.take().slice(-2)).to.deep.equal(['input@field', 'change@field']);
  });

  it('take a time, with its half of the day where the language has one', async () => {
    await start('<input id="field" type="time">');
    await hand.type(digitsOf(TIME, CHRISTMAS));
    expect(field().value).to.equal('13:30');
  });

  it('take a date with a time', async () => {
    await start('<input id="field" type="datetime-local" max="9999-12-31T23:59">');
    await hand.type(digitsOf(DAY, CHRISTMAS));
    await hand.type(digitsOf(TIME, CHRISTMAS));
    expect(field().value).to.equal('2024-12-25T13:30');
  });

  it('take a week', async () => {
    await start('<input id="field" type="week">');
    await hand.type('522024');
    expect(field().value).to.equal('2024-W52');
  });

  it('take a month by its name', async () => {
    await start('<input id="field" type="month" value="2024-02">');
    const name = new Intl.DateTimeFormat(navigator.language, { month: 'long' }).format(CHRISTMAS).toLowerCase();
    await hand.type(name);
    expect(field().value).to.equal('2024-12');
  });

  it('go on by a separator after one digit', async () => {
    await start('<input id="field" type="date">');
    const parts = new Intl.DateTimeFormat(navigator.language, DAY).formatToParts();
    const numbers: Record<string, string> = { year: '2024', month: '1', day: '2' };
    await hand.type(parts.map(({ type }) => numbers[type] ?? '/').join(''));
    expect(field().value).to.equal('2024-01-02');
  });

  it('step by arrows, around, and go to each other', async () => {
    await start('<input id="field" type="date" value="2024-12-31">');
    await hand.press('ArrowRight', {}, placeOf('month'));
    await hand.press('ArrowUp');
    expect(field().value).to.equal('2024-01-31');
    await hand.press('ArrowDown');
    expect(field().value).to.equal('2024-12-31');
    await hand.press('ArrowLeft', {}, 5);
    await hand.press('ArrowRight', {}, placeOf('day'));
    await hand.press('ArrowUp');
    expect(field().value).to.equal('2024-12-01');
  });

  it('are cleared one at a time', async () => {
    await start('<input id="field" type="date" value="2024-12-31">');
    hand.listen('input change');
    await hand.press('ArrowRight', {}, placeOf('day'));
    await hand.press('Backspace');
    expect([field().value, hand.take()]).to.deep.equal(['', ['input@field', 'change@field']]);
    await hand.type('07');
    expect(field().value).to.equal('2024-12-07');
  });

  it('have no value for a day that does not exist', async () => {
    await start('<input id="field" type="date" value="2024-01-31">');
    await hand.press('ArrowRight', {}, placeOf('month'));
    await hand.press('ArrowUp');
    expect(field().value).to.equal('');
    await hand.press('ArrowUp');
    expect(field().value).to.equal('2024-03-31');
  });

  it('are gone through by Tab, with the button of the picker as the last, and back', async () => {
    await start('<input id="field" type="date">');
    await hand.press('Tab', {}, 3);
    expect(document.activeElement).to.equal(field());
    expect(await hand.press('Enter')).to.deep.equal({ status: 'picker', element: field() });
    await hand.press('Tab');
    expect(document.activeElement!.id).to.equal('next');
    await hand.press('Tab', { shift: true }, 4);
    expect(document.activeElement).to.equal(field());
    await hand.press('Tab', { shift: true });
    expect(document.activeElement).to.equal(document.body);
  });

  it('go on from what the page sets', async () => {
    await start('<input id="field" type="date" value="2024-01-31">');
    field().value = '2030-05-06';
    await hand.press('ArrowRight', {}, placeOf('day'));
    await hand.press('ArrowUp');
    expect(field().value).to.equal('2030-05-07');
  });

  it('are chosen by the pointer', async () => {
    hand = new Hand(
      '<input id="field" type="date" value="2024-05-06" style="font:16px/20px sans-serif;padding:0;border:0;width:300px">',
    );
    await hand.click(field(), { fx: 0.01 });
    const first = ['year', 'month', 'day'].find((part) => placeOf(part) === 0)!;
    await hand.press('ArrowUp');
    expect(field().value).to.equal({ year: '2025-05-06', month: '2024-06-06', day: '2024-05-07' }[first]);
  });

  it('are not changed in a field that is read only', async () => {
    await start('<input id="field" type="date" value="2024-05-06" readonly>');
    await hand.type('1');
    await hand.press('ArrowUp');
    await hand.press('Delete');
    expect(field().value).to.equal('2024-05-06');
  });
});
