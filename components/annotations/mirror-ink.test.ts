import { expect, fixture, html } from '@open-wc/testing';
import { anchorStroke } from './anchor.js';
import { createInkLayer } from './ink-layer.js';
import { createPageSpace } from './page-space.js';
import { frame, inkBoxes, isNear, laser, PEOPLE, stroke, until } from './testing/ink-page.js';

/** A mirror as the agent sees it: a frame at the page's size, scaled to half with the ink over it. */
async function setUp() {
  const root = await fixture<HTMLElement>(
    html`<div style="position: fixed; left: 40px; top: 30px; width: 300px; height: 200px; overflow: hidden">
      <div
        id="wrap"
        style="width: 600px; height: 400px; transform: scale(0.5); transform-origin: 0 0; position: relative"
      >
        <iframe style="width: 100%; height: 100%; border: 0"></iframe>
        <div id="ink" style="position: absolute; inset: 0; pointer-events: none"></div>
      </div>
    </div>`,
  );
  const mirror = root.querySelector('iframe')!.contentDocument!;
  mirror.body.style.margin = '0';
  const element = mirror.createElement('div');
  Object.assign(element.style, { margin: '100px 0 0 200px', width: '200px', height: '80px' });
  const rest = mirror.createElement('div');
  rest.style.height = '2000px';
  mirror.body.append(element, rest);
  const container = root.querySelector<HTMLElement>('#ink')!;
  const space = createPageSpace({
    nodeOf: (id) => (id === 1 ? element : null),
    idOf: (node) => (node === element ? 1 : -1),
    document: () => mirror,
  });
  const layer = createInkLayer({ container, space, personOf: (id) => PEOPLE[id], pageId: () => 'p1' });
  return { layer, container, mirror, element, space };
}

const centre = ({ left, right, top, bottom }: DOMRect) => [(left + right) / 2, (top + bottom) / 2] as const;

describe('ink over a scaled mirror', () => {
  it('lies on the mirrored element, scales with the mirror, and follows its scrolling at once', async () => {
    const { layer, container, mirror } = await setUp();
    layer.setAnnotations([{ author: 'anna', stroke: stroke('1', 1, [-40, 0, 0.5, 40, 0, 0.5]) }]);
    await until(() => inkBoxes(container).length === 1, 'shown');
    const box = () => inkBoxes(container)[0]!;
    // 40 + half of (200 + 100), 30 + half of (100 + 40)
    expect(centre(box()).map(Math.round)).to.deep.equal([190, 100]);
    expect(isNear(box().width, 42, 2)).to.equal(true);
    mirror.defaultView!.scrollTo(0, 50);
    await frame();
    await frame();
    expect(Math.round(centre(box())[1])).to.equal(75);
    layer.destroy();
  });

  it('is anchored in the mirror only, not in the page around it', async () => {
    const { layer, space } = await setUp();
    expect(anchorStroke(space, [290, 130, 0.5, 310, 150, 0.5])).to.deep.equal({
      anchor: { node: 1, x: 0.5, y: 0.5 },
      points: [-10, -10, 0.5, 10, 10, 0.5],
    });
    layer.destroy();
  });

  it('writes names at a size that can be read', async () => {
    const { layer, container } = await setUp();
    layer.receive('anna', laser(1));
    await frame();
    const name = container.querySelector<HTMLElement>('[part=laser-name]')!;
    expect(isNear(name.getBoundingClientRect().height, name.offsetHeight)).to.equal(true);
    layer.destroy();
  });

  it('waits through the replacing of the mirror', async () => {
    const { layer, container, element } = await setUp();
    layer.setAnnotations([{ author: 'anna', stroke: stroke('1', 1, [-40, 0, 0.5, 40, 0, 0.5]) }]);
    await until(() => inkBoxes(container).length === 1, 'shown');
    const { parentNode, nextSibling } = element;
    element.remove();
    await until(() => inkBoxes(container).length === 0, 'hidden');
    parentNode!.insertBefore(element, nextSibling);
    layer.refresh();
    await until(() => inkBoxes(container).length === 1, 'back');
    layer.destroy();
  });
});
