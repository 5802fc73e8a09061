import { expect, fixture, html } from '@open-wc/testing';
import { compilePolicy } from '../mirror/privacy.js';
import { until } from '../mirror/testing/mirrored-page.js';
import { HiddenAreas } from './hidden-areas.js';

let areas: HiddenAreas;
let layer: HTMLElement;
const boxes = () => [...layer.children] as HTMLElement[];
const start = async (policy: Parameters<typeof compilePolicy>[0] = {}) => {
  layer = await fixture(html`<div style="position:fixed;inset:0;pointer-events:none" data-cobrowse-ignore></div>`);
  layer.remove();
  document.documentElement.append(layer);
  layer.removeAttribute('data-cobrowse-ignore');
  areas = new HiddenAreas(layer, compilePolicy(policy), "Ada can't see this");
};
const expectOver = (box: HTMLElement, element: Element) => {
  const [a, b] = [box.getBoundingClientRect(), element.getBoundingClientRect()];
  for (const side of ['left', 'top', 'width', 'height'] as const) expect(a[side]).to.be.closeTo(b[side], 1);
};

afterEach(() => {
  areas.stop();
  layer.remove();
});

describe('what the agent can’t see, shown to the consumer', () => {
  it('lies over what is masked, blocked or secret, and over nothing else', async () => {
    const page = await fixture(
      html`<main style="padding:20px">
        <p id="a" data-cobrowse-mask style="width:300px;height:40px">a <b data-cobrowse-mask>b</b></p>
        <p id="b" class="private">b</p>
        <p>public</p>
        <input id="c" type="password" />
        <input />
      </main>`,
    );
    await start({ block: '.private' });
    await until(() => boxes().length === 3);
    for (const id of ['a', 'b', 'c']) {
      const element = page.querySelector(`#${id}`)!;
      const box = boxes().find(
        (one) => Math.abs(one.getBoundingClientRect().top - element.getBoundingClientRect().top) < 1,
      );
      expectOver(box!, element);
    }
    expect(boxes().some((box) => box.textContent === "Ada can't see this")).to.equal(true);
  });

  it('follows what moves, and goes with what goes', async () => {
    const page = await fixture<HTMLElement>(html`<p data-cobrowse-mask style="position:relative;width:200px">x</p>`);
    await start();
    await until(() => boxes().length === 1);
    page.style.left = '70px';
    await until(() => Math.abs(boxes()[0]!.getBoundingClientRect().left - page.getBoundingClientRect().left) < 1);
    page.remove();
    await until(() => boxes().length === 0);
  });

  it('reaches into shadow roots and frames', async () => {
    const page = await fixture<HTMLElement>(html`<div></div>`);
    page.attachShadow({ mode: 'open' }).innerHTML =
      '<p data-cobrowse-mask>x</p><iframe srcdoc="<input type=password>"></iframe>';
    const frame = page.shadowRoot!.querySelector('iframe')!;
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    await start();
    await until(() => boxes().length === 2);
    const inner = frame.contentDocument!.querySelector('input')!.getBoundingClientRect();
    const outer = frame.getBoundingClientRect();
    const rights = boxes().map((box) => Math.round(box.getBoundingClientRect().left));
    expect(rights).to.include(Math.round(outer.left + frame.clientLeft + inner.left));
  });

  it('covers all of the page in strict mode, but for what is unmasked', async () => {
    await fixture(html`<p data-cobrowse-unmask style="width:200px;height:50px">public</p>`);
    await start({ mode: 'strict' });
    await until(() => boxes()[0]?.style.clipPath !== '');
    expect(boxes().length).to.equal(1);
    expect(boxes()[0]!.getBoundingClientRect().width).to.be.closeTo(innerWidth, 1);
    expect(boxes()[0]!.style.clipPath).to.match(/evenodd.*h 200 v 50/);
  });
});
