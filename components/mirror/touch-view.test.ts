import { expect } from '@open-wc/testing';
import { PageView } from './page-size.js';
import { TouchView } from './touch-view.js';

function pageView(): PageView {
  const view = new PageView();
  const touch = new TouchView();
  view.setReader((layout) => touch.read(layout));
  return view;
}

/** The browser's own object, as a phone has it: a desktop's browser has no keyboard and no fingers to make it change. */
class Window extends EventTarget {
  offsetLeft = 0;
  offsetTop = 0;
  width = document.documentElement.clientWidth;
  height = innerHeight;
  scale = 1;

  become(fields: Partial<Window>): void {
    Object.assign(this, fields);
    this.dispatchEvent(new Event('resize'));
  }
}

describe('what is seen of the page', () => {
  const media = window.matchMedia.bind(window);
  const own = Object.getOwnPropertyDescriptor(window, 'visualViewport')!;
  let seen: Window;
  let field: HTMLInputElement;

  beforeEach(() => {
    seen = new Window();
    Object.defineProperty(window, 'visualViewport', { configurable: true, value: seen });
    window.matchMedia = (query) => media(query.includes('any-pointer') ? 'not all' : 'all');
    field = document.createElement('input');
    document.body.append(field);
  });
  afterEach(() => {
    field.remove();
    window.matchMedia = media;
    Object.defineProperty(window, 'visualViewport', own);
  });

  it('is not told where it is all of it', () => {
    expect(pageView().read()).to.deep.equal({ width: seen.width, height: seen.height });
  });

  it('follows two fingers', () => {
    const { width, height } = seen;
    const told: unknown[] = [];
    const view = new PageView();
    const touch = new TouchView();
    const release = [view.watch((event) => told.push(event.data)), touch.watch(() => view.look())];
    view.setReader((layout) => touch.read(layout));
    seen.become({ scale: 2, width: width / 2, height: height / 2, offsetLeft: 30, offsetTop: 40 });
    seen.dispatchEvent(new Event('scroll'));
    for (const stop of release) stop();
    seen.become({ scale: 3 });
    const part = { x: 30, y: 40, width: width / 2, height: height / 2, scale: 2, keyboard: 0 };
    expect(told).to.deep.equal([{ source: 4, width, height, seen: part }]);
  });

  it('knows a keyboard that covers the page, and that it has gone', () => {
    const view = pageView();
    const { width, height } = seen;
    field.focus();
    seen.become({ height: height - 280 });
    expect(view.read().seen).to.deep.equal({ x: 0, y: 0, width, height: height - 280, scale: 1, keyboard: 280 });
    seen.become({ height });
    expect(view.read().seen).to.equal(undefined);
  });

  it('takes no small window for a keyboard while nothing is written in', () => {
    const view = pageView();
    seen.become({ height: seen.height - 280 });
    expect(view.read().seen?.keyboard).to.equal(0);
  });
});
