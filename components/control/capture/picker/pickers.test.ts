import { expect, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { captureDesk, type CaptureDesk } from '../../../agent-view/testing/capture-desk.js';

let desk: CaptureDesk;

afterEach(async () => {
  await resetMouse();
  desk?.stop();
});

const fruit = `<label>Fruit <select style="width:160px">
  <option>Apple</option><option>Apricot</option><option disabled>Banana</option>
  <optgroup label="Far away"><option>Mango</option><option>Papaya</option></optgroup>
  <optgroup label="Sold out" disabled><option>Quince</option></optgroup>
  <option>Zucchini</option>
</select></label>`;

const picker = () => desk.find('.picker');
const list = () => desk.find('[role="listbox"]')!;
const options = () => [...list().querySelectorAll<HTMLElement>('[role="option"]')];
const active = () => list().querySelector('[data-active]')?.textContent?.trim();
const choice = async () => (await desk.next(9)).slice(1);

async function open(content: string, selector = 'select', tags?: ReturnType<typeof html>): Promise<void> {
  desk = await captureDesk({ html: content, ...(tags ? { tags } : {}) });
  desk.answer({ type: 'picker', node: desk.id(desk.query(selector)) });
  await desk.until(picker, 'a picker');
  // it slides in
  await Promise.all(
    picker()!
      .getAnimations()
      .map((animation) => animation.finished),
  );
}
const accessible = () =>
  expect(desk.view).to.be.accessible({ ignoredTags: ['region'], ignoredRules: ['frame-tested'] });

describe('the picker of a select', () => {
  it('has the options of the field, and its name', async () => {
    await open(fruit);
    expect(options().map((option) => option.textContent?.trim())).to.deep.equal([
      'Apple',
      'Apricot',
      'Banana',
      'Mango',
      'Papaya',
      'Quince',
      'Zucchini',
    ]);
    expect(list().getAttribute('aria-label')).to.match(/^Fruit/);
    expect(desk.focused).to.equal(list());
    expect([...list().querySelectorAll('[role="group"]')].length).to.equal(2);
    expect(options()[2]!.getAttribute('aria-disabled')).to.equal('true');
    expect(options()[5]!.getAttribute('aria-disabled')).to.equal('true');
    await accessible();
  });

  it('stands under its field, as wide at least, and over it at the lower edge', async () => {
    await open(fruit);
    const field = () => {
      const [left, top] = desk.spot(desk.query('select'), 0, 0);
      const [right, bottom] = desk.spot(desk.query('select'), 1, 1);
      return { left, top, right, bottom };
    };
    let box = picker()!.getBoundingClientRect();
    expect(box.left).to.be.closeTo(field().left, 2);
    expect(box.top).to.be.closeTo(field().bottom + 4, 2);
    expect(box.width).to.be.at.least(field().right - field().left - 2);
    desk.page.style.cssText = 'position:fixed;inset:auto auto 4px 30px';
    await desk.until(() => Math.abs(picker()!.getBoundingClientRect().bottom - field().top + 4) < 2);
    box = picker()!.getBoundingClientRect();
    expect(box.left).to.be.closeTo(field().left, 2);
  });

  it('stands at its field’s end where the page is written from right to left', async () => {
    await open(`<div dir="rtl">${fruit}</div>`, 'select', html`<cobrowse-agent-view zoom="0.5"></cobrowse-agent-view>`);
    expect(getComputedStyle(picker()!).direction).to.equal('rtl');
    const box = picker()!.getBoundingClientRect();
    expect(box.right).to.be.closeTo(desk.spot(desk.query('select'), 1, 1)[0], 2);
  });

  it('is worked by arrows, Home, End, pages and first letters; what is disabled is passed over', async () => {
    await open(fruit);
    const steps: [key: string, now: string][] = [
      ['ArrowDown', 'Apricot'],
      ['ArrowDown', 'Mango'],
      ['ArrowUp', 'Apricot'],
      ['End', 'Zucchini'],
      ['ArrowDown', 'Zucchini'],
      ['Home', 'Apple'],
      ['PageDown', 'Zucchini'],
      ['PageUp', 'Apple'],
      ['a', 'Apricot'],
      ['a', 'Apple'],
    ];
    for (const [key, now] of steps) {
      await sendKeys({ press: key });
      expect(active(), key).to.equal(now);
      const id = list().getAttribute('aria-activedescendant');
      expect(desk.find(`#${id!}`)!.textContent?.trim()).to.equal(now);
    }
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await sendKeys({ type: 'pap' });
    expect(active()).to.equal('Papaya');
    await sendKeys({ press: 'Enter' });
    const [id, chosen] = await choice();
    expect(id).to.equal(desk.id(desk.query('select')));
    expect(chosen).to.deep.equal([desk.id(desk.query<HTMLSelectElement>('select').options[4]!)]);
    expect(picker()).to.equal(null);
    expect(desk.isTyping).to.be.true;
    expect(desk.primitives.filter(([kind]) => kind === 5 || kind === 6)).to.deep.equal([]);
  });

  it('is worked by the mouse', async () => {
    await open(fruit);
    const box = options()[3]!.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(box.left + 20), Math.round(box.top + box.height / 2)] });
    expect((await choice())[1]).to.deep.equal([desk.id(desk.query<HTMLSelectElement>('select').options[3]!)]);
    expect(picker()).to.equal(null);
  });

  it('keeps what was there at Escape, and at a press elsewhere', async () => {
    await open(fruit);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Escape' });
    expect(picker()).to.equal(null);
    expect(desk.isTyping).to.be.true;
    desk.answer({ type: 'picker', node: desk.id(desk.query('select')) });
    await desk.until(picker);
    await sendMouse({ type: 'click', position: desk.spotAt(500, 400) });
    expect(picker()).to.equal(null);
    await desk.next(2);
    expect(desk.primitives.map(([kind]) => kind)).not.to.include(9);
  });

  it('is closed by a press on its own field, which is not sent', async () => {
    await open(fruit);
    await desk.click(desk.query('select'));
    expect(picker()).to.equal(null);
    await desk.click(desk.query('label'), 'right');
    await desk.next(2);
    expect(desk.primitives.filter(([kind]) => kind === 1).map((down) => down[4])).to.deep.equal([2]);
  });

  it('lets go of the keys, not of the mouse, when it opens', async () => {
    desk = await captureDesk({ html: fruit });
    await sendKeys({ down: 'Alt' });
    await desk.move(desk.query('select'));
    await sendMouse({ type: 'down' });
    await desk.next(1);
    desk.answer({ type: 'picker', node: desk.id(desk.query('select')) });
    await desk.until(picker);
    await sendMouse({ type: 'up' });
    await sendKeys({ up: 'Alt' });
    await desk.next(2);
    const order = desk.primitives.map(([kind]) => kind).filter((kind) => kind !== 0);
    expect(order).to.deep.equal([5, 1, 6, 2]);
    expect(picker()).to.exist;
  });

  it('goes with its field, its page, and control', async () => {
    await open(fruit);
    desk.query('label').remove();
    await desk.until(() => !picker());
    desk.page.innerHTML = fruit;
    await desk.until(() => desk.id(desk.query('select')) > 0);
    const again = async () => {
      desk.answer({ type: 'picker', node: desk.id(desk.query('select')) });
      await desk.until(picker);
    };
    await desk.until(() => desk.mirrored('select'));
    await again();
    desk.query('select').style.display = 'none';
    await desk.until(() => !picker());
    desk.query('select').style.display = '';
    await desk.until(() => (desk.mirrored('select') as HTMLElement | null)?.style.display === '');
    await again();
    desk.desk.pair.agent.dispatch({ type: 'step-down' });
    await desk.until(() => !picker());
  });

  it('takes in options that come while it is open', async () => {
    await open(fruit);
    desk.query<HTMLSelectElement>('select').add(new Option('Yam'));
    await desk.until(() => options().length === 8);
    await sendKeys({ press: 'End' });
    expect(active()).to.equal('Yam');
  });

  it('of many choices stays open, and sends all that are chosen', async () => {
    await open(
      '<select multiple size="1"><option selected>One</option><option>Two</option><option>Three</option></select>',
    );
    expect(list().getAttribute('aria-multiselectable')).to.equal('true');
    await sendKeys({ press: 'End' });
    await sendKeys({ press: ' ' });
    const ids = [...desk.query<HTMLSelectElement>('select').options].map((option) => desk.id(option));
    expect((await choice())[1]).to.deep.equal([ids[0], ids[2]]);
    expect(picker()).to.exist;
    await accessible();
  });

  it('is not offered where the options are masked', async () => {
    desk = await captureDesk({ html: `<div data-cobrowse-mask>${fruit}</div>` });
    desk.answer({ type: 'picker', node: desk.id(desk.query('select')) });
    await desk.until(() => desk.text('.toasts') !== '');
    expect(desk.text('.toasts')).to.equal('This field is protected.');
    expect(picker()).to.equal(null);
  });
});

describe('the picker of a date, time or color', () => {
  const input = () => desk.find<HTMLInputElement>('.picker input')!;

  it('has the field’s value and limits, and sends what is set', async () => {
    await open('<label>Day <input type="date" value="2030-05-06" min="2030-05-01" max="2030-05-31"></label>', 'input');
    expect([input().type, input().value, input().min, input().max]).to.deep.equal([
      'date',
      '2030-05-06',
      '2030-05-01',
      '2030-05-31',
    ]);
    expect(desk.focused).to.equal(input());
    expect(picker()!.getAttribute('role')).to.equal('dialog');
    expect(picker()!.getAttribute('aria-label')).to.equal('Day');
    await accessible();
    input().value = '2030-05-09';
    desk.find<HTMLButtonElement>('.picker [type="submit"]')!.click();
    expect(await desk.next(10)).to.deep.equal([10, desk.id(desk.query('input')), '2030-05-09']);
    expect(picker()).to.equal(null);
    expect(desk.isTyping).to.be.true;
  });

  it('sends nothing that the field would not take', async () => {
    await open('<input type="date" aria-label="Day" value="2030-05-06" max="2030-05-31">', 'input');
    input().value = '2031-01-01';
    desk.find<HTMLButtonElement>('.picker [type="submit"]')!.click();
    expect(picker()).to.exist;
    desk.find<HTMLButtonElement>('.picker [type="button"]')!.click();
    expect(picker()).to.equal(null);
    expect(desk.primitives).to.deep.equal([]);
  });

  for (const [type, value] of Object.entries({
    time: '12:30',
    'datetime-local': '2030-05-06T12:30',
    month: '2030-05',
    week: '2030-W19',
    color: '#2b7de9',
  })) {
    it(`is there for ${type}`, async () => {
      await open(`<input type="${type}" aria-label="It">`, 'input');
      input().value = value;
      desk.find<HTMLButtonElement>('.picker [type="submit"]')!.click();
      expect((await desk.next(10))[2]).to.equal(value);
    });
  }
});

describe('suggestions', () => {
  const field = `<input list="trees" aria-label="Tree" style="width:200px"><datalist id="trees">
    <option value="Oak"></option><option value="Olive" label="from Greece"></option><option value="Elm"></option></datalist>`;

  it('narrow as one types; the keyboard stays with the page', async () => {
    await open(field, 'input');
    expect(desk.isTyping).to.be.true;
    expect(options()).to.have.length(3);
    desk.query<HTMLInputElement>('input').value = 'o';
    desk.query('input').dispatchEvent(new InputEvent('input', { bubbles: true }));
    await desk.until(() => options().length === 2);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(active()).to.match(/^Olive/);
    expect(desk.find(`#${desk.field.getAttribute('aria-activedescendant')!}`)).to.exist;
    await accessible();
    await sendKeys({ press: 'Enter' });
    expect(await desk.next(10)).to.deep.equal([10, desk.id(desk.query('input')), 'Olive']);
    expect(picker()).to.equal(null);
    expect(desk.field.hasAttribute('aria-activedescendant')).to.be.false;
    expect(desk.primitives.some(([kind, key]) => kind === 5 && key !== 'Enter')).to.be.false;
  });

  it('come while one types, and let Escape and other keys go to the page', async () => {
    desk = await captureDesk({ html: field });
    desk.query('input').dispatchEvent(new FocusEvent('focus'));
    await desk.until(() => !desk.find('.page-focus')!.hidden);
    await sendKeys({ press: 'x' });
    await desk.until(picker);
    await sendKeys({ press: 'Escape' });
    expect(picker()).to.equal(null);
    await sendKeys({ press: 'Escape' });
    await desk.until(() => desk.primitives.some(([kind, key]) => kind === 6 && key === 'Escape'));
    const downs = desk.primitives.filter(([kind]) => kind === 5).map(([, key]) => key);
    expect(downs).to.deep.equal(['x', 'Escape']);
  });
});
