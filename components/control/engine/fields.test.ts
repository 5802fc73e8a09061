import { expect } from '@open-wc/testing';
import { Hand } from './testing/hand.js';

describe('fields', () => {
  let hand: Hand;
  afterEach(() => hand.stop());

  const input = (selector = '#field') => hand.query<HTMLInputElement>(selector);

  it('checks a box by its label', async () => {
    hand = new Hand('<label id="label" for="field">Yes</label><input id="field" type="checkbox">');
    hand.listen('input change');
    await hand.click(hand.query('#label'));
    expect([input().checked, hand.take()]).to.deep.equal([true, ['input@field', 'change@field']]);
  });

  it('opens a select at the agent, and takes its choice', async () => {
    hand = new Hand('<select id="select"><option>a<option>b<option disabled>c</select>');
    const select = hand.query<HTMLSelectElement>('#select');
    expect(await hand.click(select)).to.deep.equal({ status: 'picker', element: select });
    hand.listen('input change');
    await hand.perform({ t: 'choose', element: select, options: [select.options[1]!] });
    expect([select.value, hand.take()]).to.deep.equal(['b', ['input@select', 'change@select']]);
    await hand.perform({ t: 'choose', element: select, options: [select.options[1]!] });
    await hand.perform({ t: 'choose', element: select, options: [select.options[2]!] });
    await hand.perform({ t: 'choose', element: select, options: [document.createElement('option')] });
    expect([select.value, hand.take()], 'nothing new, disabled, not its own').to.deep.equal(['b', []]);
  });

  it('changes a closed select by arrows and letters', async () => {
    hand = new Hand('<select id="select"><option>apple<option>banana<option>blackberry<option>cherry</select>');
    const select = hand.query<HTMLSelectElement>('#select');
    select.focus();
    hand.listen('change');
    const values: string[] = [];
    for (const key of ['ArrowDown', 'End', 'Home', 'b', 'l']) {
      await hand.press(key);
      values.push(select.value);
    }
    expect(values).to.deep.equal(['banana', 'cherry', 'apple', 'banana', 'blackberry']);
    expect(hand.take().length).to.equal(5);
  });

  it('picks in an open list: plainly, with Ctrl and with Shift, and says so on release', async () => {
    hand = new Hand('<select id="list" multiple size="4"><option>a<option>b<option>c<option>d</select>');
    const list = hand.query<HTMLSelectElement>('#list');
    const chosen = () => [...list.selectedOptions].map(({ value }) => value).join('');
    const [a, c, d] = [list.options[0]!, list.options[2]!, list.options[3]!];
    hand.listen('change mouseup');
    await hand.click(a);
    expect([chosen(), hand.take()]).to.deep.equal(['a', ['mouseup@option', 'change@list']]);
    await hand.click(c, { ctrl: true });
    expect(chosen()).to.equal('ac');
    await hand.click(d, { shift: true });
    expect(chosen()).to.equal('cd');
  });

  it('moves a slider by pointer and keys', async () => {
    hand = new Hand('<input id="field" type="range" min="0" max="10" style="width:216px">');
    await hand.move(input());
    await hand.down(input(), { fx: 0.95 });
    expect(input().value).to.equal('10');
    hand.listen('input change');
    await hand.move(input(), { fx: 0.05 });
    await hand.up(input(), { fx: 0.05 });
    expect([input().value, hand.take()]).to.deep.equal(['0', ['input@field', 'change@field']]);
    await hand.press('ArrowRight');
    await hand.press('PageUp');
    expect([input().value, hand.take().length]).to.deep.equal(['2', 4]);
    await hand.press('End');
    expect(input().value).to.equal('10');
  });

  it('steps a number by arrows and by its buttons, within its limits', async () => {
    hand = new Hand('<input id="field" type="number" max="3" value="1" style="width:120px;padding:0;border:0">');
    input().focus();
    hand.listen('beforeinput input change');
    await hand.press('ArrowUp');
    expect([input().value, hand.take()]).to.deep.equal(['2', ['beforeinput@field', 'input@field', 'change@field']]);
    await hand.press('ArrowUp', {}, 2);
    expect(input().value).to.equal('3');
    hand.take();
    await hand.move(input(), { fx: 0.95, fy: 0.8 });
    await hand.down(input(), { fx: 0.95, fy: 0.8 });
    expect([input().value, hand.take()]).to.deep.equal(['2', ['beforeinput@field', 'input@field']]);
    await hand.up(input(), { fx: 0.95, fy: 0.8 });
    expect(hand.take()).to.deep.equal(['change@field']);
  });

  it('takes digits, not letters, into a number', async () => {
    hand = new Hand('<input id="field" type="number">');
    input().focus();
    await hand.type('1x2');
    expect(input().value).to.equal('12');
  });

  it('clears a search by its cross and by Escape', async () => {
    hand = new Hand('<input id="field" type="search" value="abc" style="width:160px;padding:0;border:0">');
    hand.listen('click input search');
    await hand.click(input(), { fx: 0.96 });
    expect([input().value, hand.take()]).to.deep.equal(['', ['click@field', 'input@field', 'search@field']]);
    await hand.type('x');
    await hand.press('Escape');
    expect(input().value).to.equal('');
  });

  it('sets what was picked at the agent, once, and not what the field refuses', async () => {
    hand = new Hand('<input id="field" type="date"><input id="off" type="date" disabled>');
    hand.listen('focus input change');
    await hand.perform({ t: 'set', element: input(), value: '2026-11-23' });
    expect(hand.take()).to.deep.equal(['focus@field', 'input@field', 'change@field']);
    await hand.perform({ t: 'set', element: input(), value: '2026-11-23' });
    await hand.perform({ t: 'set', element: input('#off'), value: '2026-11-23' });
    expect([input().value, input('#off').value, hand.take()]).to.deep.equal(['2026-11-23', '', []]);
  });

  it('sets past what a framework has put over the value', async () => {
    hand = new Hand('<input id="field" type="color">');
    const writes: string[] = [];
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
    Object.defineProperty(input(), 'value', {
      get,
      set(value: string) {
        writes.push(value);
        set!.call(this, value);
      },
    });
    await hand.perform({ t: 'set', element: input(), value: '#112233' });
    expect([input().value, writes]).to.deep.equal(['#112233', []]);
  });

  it('asks for a picker where the browser opens one', async () => {
    hand = new Hand('<input id="date" type="date"><input id="color" type="color">');
    for (const id of ['#date', '#color']) {
      expect(await hand.click(input(id))).to.deep.equal({ status: 'picker', element: input(id) });
    }
  });

  it('opens what a summary and a popover button open', async () => {
    hand = new Hand(
      '<details id="more"><summary id="summary">More</summary>text</details><button id="open" popovertarget="pop">Open</button><div id="pop" popover></div>',
    );
    await hand.click(hand.query('#summary'));
    expect(hand.query<HTMLDetailsElement>('#more').open).to.equal(true);
    await hand.click(hand.query('#open'));
    expect(hand.query('#pop').matches(':popover-open')).to.equal(true);
    await hand.click(hand.query('#open'));
    expect(hand.query('#pop').matches(':popover-open')).to.equal(false);
  });
});
