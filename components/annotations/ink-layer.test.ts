import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { Annotation } from '../session/types.js';
import { draft, frame, inkBoxes, inkPage, isNear, laser, overlay, stroke, until } from './testing/ink-page.js';

const by = (author: string, ...strokes: Annotation['stroke'][]): Annotation[] =>
  strokes.map((each) => ({ author, stroke: each }));
const LINE = [-20, 0, 0.5, 0, 0, 0.5, 20, 0, 0.5];
const middle = ({ left, right, top, bottom }: DOMRect) => [(left + right) / 2, (top + bottom) / 2] as const;

async function setUp(
  content = html`<div id="a" style="position: absolute; left: 100px; top: 100px; width: 100px; height: 60px"></div>`,
) {
  const root = await fixture<HTMLElement>(html`<div>${content}</div>`);
  const ink = inkPage();
  const page = { id: 'p1' };
  const over = overlay(ink.space, page);
  const element = root.querySelector<HTMLElement>('#a')!;
  const node = ink.know(element);
  const boxes = () => inkBoxes(over.root);
  const isAt = (x: number, y: number) => {
    const box = boxes()[0];
    return Boolean(box) && isNear(middle(box!)[0], x) && isNear(middle(box!)[1], y);
  };
  cleanUps.push(over.remove);
  return { ...ink, ...over, page, element, node, boxes, isAt };
}

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

describe('strokes', () => {
  it('stand where their anchor is, and move with the element', async () => {
    const { layer, element, node, isAt } = await setUp();
    layer.setAnnotations(by('anna', stroke('1', node, LINE)));
    await until(() => isAt(150, 130), 'stroke on the element');
    element.style.left = '300px';
    await until(() => isAt(350, 130), 'stroke follows the element');
    element.style.height = '100px';
    await until(() => isAt(350, 150), 'stroke follows the size');
  });

  it('move in the frame in which the page scrolls, and are cut off with their container', async () => {
    const { layer, element, node, isAt, boxes } = await setUp(
      html`<div
        id="list"
        style="position: absolute; left: 50px; top: 50px; width: 200px; height: 100px; overflow: auto"
      >
        <div id="a" style="height: 50px"></div>
        <div style="height: 1000px"></div>
      </div>`,
    );
    layer.setAnnotations(by('anna', stroke('1', node, LINE)));
    const { left, width } = element.getBoundingClientRect();
    await until(() => isAt(left + width / 2, 75), 'stroke in the list');
    element.parentElement!.scrollTop = 10;
    await frame();
    await frame();
    expect(isAt(left + width / 2, 65)).to.equal(true);
    element.parentElement!.scrollTop = 300;
    await until(() => boxes().length === 0, 'scrolled out');
    element.parentElement!.scrollTop = 0;
    await until(() => isAt(left + width / 2, 75), 'scrolled back');
  });

  it('are cut at the edge of their container', async () => {
    const { layer, node, root, isAt } = await setUp(
      html`<div style="position: absolute; left: 50px; top: 50px; width: 200px; height: 100px; overflow: auto">
        <div id="a" style="height: 500px; width: 190px"></div>
      </div>`,
    );
    layer.setAnnotations(
      by('anna', stroke('1', node, [0, -260, 0.5, 0, 260, 0.5], { anchor: { node, x: 0.5, y: 0.5 } })),
    );
    await until(() => isAt(145, 300), 'stroke placed');
    const clip = root.querySelector('path[part=ink]')!.closest('svg')!;
    expect([clip.getAttribute('overflow'), clip.getAttribute('y'), clip.getAttribute('height')]).to.deep.equal([
      'hidden',
      '42',
      '116',
    ]);
  });

  it('are hidden with their element and come back with it', async () => {
    const { layer, element, node, boxes } = await setUp();
    layer.setAnnotations(by('anna', stroke('1', node, LINE)));
    await until(() => boxes().length === 1, 'shown');
    element.style.display = 'none';
    await until(() => boxes().length === 0, 'hidden');
    element.style.display = '';
    await until(() => boxes().length === 1, 'shown again');
    const parent = element.parentElement!;
    element.remove();
    await until(() => boxes().length === 0, 'removed');
    parent.append(element);
    await until(() => boxes().length === 1, 'put back');
  });

  it('go by undo and clear, in the colours of their authors', async () => {
    const { layer, node, root, boxes } = await setUp();
    const both = [...by('anna', stroke('1', node, LINE)), ...by('omar', stroke('1', node, LINE, { color: '#2b7de9' }))];
    layer.setAnnotations(both);
    await until(() => boxes().length === 2, 'two strokes');
    const fills = [...root.querySelectorAll('path[part=ink]')].map((path) => path.getAttribute('fill'));
    expect(fills).to.deep.equal(['#e5173f', '#2b7de9']);
    layer.setAnnotations(both.slice(0, 1));
    expect(root.querySelectorAll('path[part=ink]').length).to.equal(1);
    layer.setAnnotations([]);
    expect(root.querySelectorAll('path[part=ink]').length).to.equal(0);
  });

  it('of another page are not shown', async () => {
    const { layer, node, page, boxes } = await setUp();
    layer.setAnnotations(by('anna', stroke('1', node, LINE)));
    await until(() => boxes().length === 1, 'shown');
    page.id = 'p2';
    layer.refresh();
    await until(() => boxes().length === 0, 'gone with the page');
  });

  it('by the hundred are placed within a frame', async () => {
    const { layer, node, element, boxes } = await setUp();
    layer.setAnnotations(by('anna', ...Array.from({ length: 500 }, (_, i) => stroke(String(i), node, LINE))));
    await until(() => boxes().length === 500, 'all shown');
    element.style.left = '400px';
    await until(() => boxes().every((box) => isNear(middle(box)[0], 450)), 'all moved');
  });
});

describe('drafts', () => {
  it('are seen while they grow, and turn into the stroke of the same id without a gap', async () => {
    const { layer, node, boxes, isAt } = await setUp();
    layer.receive('anna', draft('anna:1', node, LINE.slice(0, 6)));
    await until(() => isAt(140, 130), 'first piece');
    layer.receive('anna', draft('anna:1', node, LINE.slice(6)));
    await until(() => isAt(150, 130), 'second piece');
    layer.setAnnotations(by('anna', stroke('anna:1', node, LINE)));
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      await frame();
      counts.push(boxes().length);
    }
    expect(counts).to.deep.equal([1, 1, 1, 1]);
    layer.receive('anna', draft('anna:1', node, LINE));
    await frame();
    await frame();
    expect(boxes().length).to.equal(1);
  });

  it('wait until their element is known', async () => {
    const { layer, node, element, boxes, forget, know } = await setUp();
    forget(element);
    layer.receive('anna', draft('anna:1', node + 1, LINE));
    await frame();
    await frame();
    expect(boxes().length).to.equal(0);
    expect(know(element)).to.equal(node + 1);
    layer.refresh();
    await until(() => boxes().length === 1, 'shown once known');
  });

  it('go with a cancel, with their author, and all at once', async () => {
    const { layer, node, boxes } = await setUp();
    for (const id of ['1', '2', '3']) layer.receive('anna', draft(id, node, LINE));
    layer.receive('omar', draft('1', node, LINE));
    await until(() => boxes().length === 4, 'four drafts');
    layer.receive('anna', { type: 'cancel', id: '1' });
    await until(() => boxes().length === 3, 'cancelled');
    layer.removeAuthor('anna');
    await until(() => boxes().length === 1, 'author left');
    layer.clearMoving();
    await until(() => boxes().length === 0, 'cleared');
  });
});

describe('the laser', () => {
  const parts = (root: HTMLElement) => ({
    dot: root.querySelector('[part=laser-dot]'),
    trail: root.querySelector('[part=laser-trail]')?.getAttribute('d') ?? '',
    name: root.querySelector<HTMLElement>('[part=laser-name]'),
  });
  const dotAt = (root: HTMLElement, x: number, y: number) => {
    const { dot } = parts(root);
    if (!dot || dot.closest('[display=none]')) return false;
    const [cx, cy] = middle(dot.getBoundingClientRect());
    return isNear(cx, x) && isNear(cy, y);
  };

  it('is drawn in the next frame, with the name of its author', async () => {
    const { layer, node, root } = await setUp();
    layer.receive('omar', laser(node, 0.25, 0.5, '#2b7de9'));
    await frame();
    expect(dotAt(root, 125, 130)).to.equal(true);
    const { name } = parts(root);
    expect(name!.textContent).to.equal('عمر');
    expect(getComputedStyle(name!).backgroundColor).to.equal('rgb(43, 125, 233)');
    expect(name!.dir).to.equal('auto');
  });

  it('leaves a trail that fades, and stays where it rests', async () => {
    const { layer, node, root } = await setUp();
    for (const x of [0.1, 0.3, 0.5, 0.9]) {
      layer.receive('anna', laser(node, x));
      await frame();
    }
    expect(parts(root).trail.length).to.be.greaterThan(50);
    await until(() => parts(root).trail === '', 'trail faded');
    expect(dotAt(root, 190, 130)).to.equal(true);
  });

  it('is hidden by null', async () => {
    const { layer, node, root } = await setUp();
    layer.receive('anna', laser(node));
    await until(() => dotAt(root, 150, 130), 'shown');
    layer.receive('anna', { type: 'laser', color: '#e5173f', points: null });
    await until(() => !dotAt(root, 150, 130) && getComputedStyle(parts(root).name!).display === 'none', 'off');
    await until(() => parts(root).dot === null, 'all gone');
  });

  it('has its name on the side where there is room', async () => {
    const { layer, node, root, element } = await setUp();
    Object.assign(element.style, { left: '0', top: '0', width: '100vw', height: '100vh' });
    layer.receive('anna', laser(node, 0.1, 0.1));
    await frame();
    const dot = () => parts(root).dot!.getBoundingClientRect();
    const name = () => parts(root).name!.getBoundingClientRect();
    expect(name().left >= dot().right && name().top >= dot().top).to.equal(true);
    layer.receive('anna', laser(node, 0.995, 0.995));
    await until(() => name().right <= dot().left && name().bottom <= dot().bottom, 'name flipped');
    expect(name().right <= innerWidth && name().bottom <= innerHeight).to.equal(true);
  });

  it('without motion is a dot that goes at once', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const { layer, node, root } = await setUp();
    for (const x of [0.1, 0.5, 0.9]) {
      layer.receive('anna', laser(node, x));
      await frame();
      expect(parts(root).trail).to.equal('');
    }
    expect(dotAt(root, 190, 130)).to.equal(true);
    layer.receive('anna', { type: 'laser', color: '#e5173f', points: null });
    await frame();
    expect(dotAt(root, 190, 130)).to.equal(false);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('of a person who is not known has no name', async () => {
    const { layer, node, root } = await setUp();
    layer.receive('nobody', laser(node));
    await frame();
    expect(dotAt(root, 150, 130)).to.equal(true);
    expect(getComputedStyle(parts(root).name!).display).to.equal('none');
  });
});

describe('the layer', () => {
  it('takes no click from the page', async () => {
    const { layer, node, element } = await setUp();
    layer.setAnnotations(by('anna', stroke('1', node, LINE, { width: 40 })));
    layer.receive('anna', laser(node));
    await frame();
    await frame();
    expect(document.elementFromPoint(150, 130)).to.equal(element);
    expect(document.elementFromPoint(150 + 20, 130 + 20)).to.equal(element);
  });

  it('writes no style attribute and no markup, which a strict CSP would refuse', async () => {
    const { setAttribute } = Element.prototype;
    const inner = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')!;
    const refused: string[] = [];
    Element.prototype.setAttribute = function (name: string, value: string) {
      if (name.toLowerCase() === 'style') refused.push(value);
      setAttribute.call(this, name, value);
    };
    const spy = { ...inner, set: (value: string) => void refused.push(value) };
    Object.defineProperty(Element.prototype, 'innerHTML', spy);
    try {
      const { space, know } = inkPage();
      const { layer, root, remove } = overlay(space);
      const node = know(document.body);
      layer.setAnnotations(by('anna', stroke('1', node, LINE)));
      layer.receive('anna', draft('2', node, LINE));
      layer.receive('anna', laser(node));
      await frame();
      await frame();
      expect(root.querySelectorAll('style, link').length).to.equal(0);
      remove();
    } finally {
      Element.prototype.setAttribute = setAttribute;
      Object.defineProperty(Element.prototype, 'innerHTML', inner);
    }
    expect(refused).to.deep.equal([]);
  });

  it('survives what is no message, and absurd ones', async () => {
    const { layer, node, root } = await setUp();
    for (const nonsense of [null, 7, {}, { type: 'laser' }, { type: 'draft', points: 'x' }]) {
      layer.receive('anna', nonsense as never);
    }
    layer.receive('anna', laser(node, 1e308, -1e308));
    layer.receive('anna', draft('1', node, [1e308, -1e308, 9, 0, 0, -5, 1e200, 1, 1]));
    layer.setAnnotations(by('anna', stroke('2', node, [1e308, 0, 0, -1e308, 0, 0])));
    await frame();
    await frame();
    expect(root.innerHTML).to.not.match(/NaN|Infinity/);
    expect(root.querySelectorAll('path[part=ink]').length).to.equal(2);
  });

  it('runs nothing without ink and leaves nothing behind', async () => {
    const frames = countFrames();
    const { layer, node, root, element, remove } = await setUp();
    await until(() => frames.other() === 0, 'no frames asked for');
    layer.receive('anna', laser(node));
    layer.setAnnotations(by('anna', stroke('1', node, LINE)));
    await until(() => frames.other() > 0, 'frames for the ink');
    layer.setAnnotations([]);
    layer.receive('anna', { type: 'laser', color: '#e5173f', points: null });
    await until(() => frames.other() === 0, 'none after the ink');
    layer.setAnnotations(by('anna', stroke('2', node, LINE)));
    await until(() => root.querySelector('path[part=ink]') !== null, 'ink again');
    remove();
    expect(root.childElementCount).to.equal(0);
    element.style.left = '7px';
    window.dispatchEvent(new Event('resize'));
    await until(() => frames.other() === 0, 'none after the end');
    frames.stop();
  });
});

/** Counts the frames that others than this test ask for, over the last 40 frames. */
function countFrames() {
  const { requestAnimationFrame: original } = window;
  let recent: boolean[] = [];
  let asked = false;
  window.requestAnimationFrame = (callback) => {
    asked ||= callback.name !== 'resolve' && !String(callback).startsWith('function () { [native');
    return original(callback);
  };
  const tick = () => {
    recent = [...recent, asked].slice(-40);
    asked = false;
    if (running) original(tick);
  };
  let running = true;
  original(tick);
  return {
    other: () => (recent.length < 40 ? -1 : recent.filter(Boolean).length),
    stop() {
      running = false;
      window.requestAnimationFrame = original;
    },
  };
}
