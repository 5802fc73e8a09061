import { expect, test, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { click, drag, placeOf, takeControl } from './support/control.js';
import { allow, dispatch, mirrorText, reach, shareScreen, stateOf } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/** A phone: touch, a small window, pinch zoom, rotation. The agent sits at a desk with a mouse. */
let stage: Stage;
let contexts: BrowserContext[];
let phone: Page;
let agent: Page;
let fingers: CDPSession;
let errors: string[];

const PORTRAIT = { width: 390, height: 844 };
/** The smallest phone there is: it is not in a session yet. */
const SMALL = { width: 320, height: 568 };
const LANDSCAPE = { width: 844, height: 390 };
const head = '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">';

async function open(browser: Browser, name: string, body: string, script = '', viewport = PORTRAIT): Promise<void> {
  contexts = await Promise.all([
    browser.newContext({ viewport, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
    browser.newContext(),
  ]);
  [phone, agent] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
  errors = [];
  for (const page of [phone, agent]) page.on('pageerror', (error) => errors.push(String(error)));
  fingers = await contexts[0]!.newCDPSession(phone);
  const style = 'body { margin: 0; font: 16px/24px sans-serif } button, input { font: inherit; min-height: 44px }';
  await Promise.all([
    phone.goto(await stage.consumerPage({ session: name, head, body, style, script })),
    agent.goto(await stage.agentPage({ session: name })),
  ]);
  if (viewport === SMALL) return;
  await shareScreen(phone, agent);
  // the question stood below the page
  await phone.evaluate(() => scrollTo(0, 0));
}

test.beforeAll(async () => {
  stage = await createStage();
});
test.afterAll(() => stage.close());
test.afterEach(async () => {
  expect(errors).toEqual([]);
  await Promise.all(contexts.map((context) => context.close()));
});

const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [x: number, y: number][]) =>
  fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

/** Two real fingers go apart around a point. */
async function pinch(x: number, y: number, from = 40, to = 100): Promise<void> {
  await touch('touchStart', [x, y - from], [x, y + from]);
  for (let step = 1; step <= 10; step++) {
    const apart = from + ((to - from) * step) / 10;
    await touch('touchMove', [x, y - apart], [x, y + apart]);
  }
  await touch('touchEnd');
  await expect.poll(() => phone.evaluate(() => visualViewport!.scale)).toBeGreaterThan(1.5);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
const boxOf = (selector: string): Promise<Box> =>
  agent.evaluate((wanted) => {
    const element = document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector(wanted)!;
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  }, selector);
const ratio = ({ width, height }: { width: number; height: number }) => width / height;

/** What of the consumer's page lies in the corners of the phone's picture, in its own CSS pixels. */
async function seenByAgent(): Promise<[left: number, top: number, right: number, bottom: number]> {
  return agent.evaluate(() => {
    const root = document.querySelector('cobrowse-agent-view')!.shadowRoot!;
    const glass = root.querySelector('.glass')!.getBoundingClientRect();
    const frame = root.querySelector('iframe')!;
    const box = frame.getBoundingClientRect();
    const scale = box.width / frame.clientWidth;
    const to = (x: number, y: number) => [(x - box.left) / scale, (y - box.top) / scale] as const;
    return [...to(glass.left, glass.top), ...to(glass.right, glass.bottom)].map(Math.round) as never;
  });
}
const seenByConsumer = () =>
  phone.evaluate(() => {
    const { offsetLeft: x, offsetTop: y, width, height } = visualViewport!;
    return [x, y, x + width, y + height].map(Math.round);
  });
const expectSame = async () => {
  await expect(async () => {
    const [seen, wanted] = await Promise.all([seenByAgent(), seenByConsumer()]);
    for (const [index, value] of seen.entries()) expect(Math.abs(value - wanted[index]!)).toBeLessThanOrEqual(1);
  }).toPass({ timeout: 5000 });
};

test('the agent sees the phone as it is held, what is zoomed and scrolled into it, and its keyboard', async ({
  browser,
}) => {
  await open(
    browser,
    'look',
    '<main style="height:3000px;background:linear-gradient(#def,#fed)"><h1 style="margin:120px 20px">Shop</h1><input id="name" style="margin:20px"></main>',
  );
  await expect.poll(async () => (await stateOf(agent)).page?.device).toBe('mobile');
  await expect.poll(async () => Math.abs(ratio(await boxOf('.glass')) - ratio(PORTRAIT)) < 0.01).toBe(true);
  await expect.poll(() => mirrorText(agent, 'h1')).toBe('Shop');
  await agent.screenshot({ path: 'test-results/mobile-portrait.png' });

  await pinch(250, 500);
  await expectSame();
  // the frame keeps its form
  expect(Math.abs(ratio(await boxOf('.frame-wrap')) - ratio(PORTRAIT))).toBeLessThan(0.01);
  await agent.screenshot({ path: 'test-results/mobile-zoomed.png' });

  await phone.mouse.wheel(30, 60);
  await expectSame();
  await fingers.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 });
  await expectSame();
  await phone.evaluate(() => scrollTo(0, 1400));
  await expect
    .poll(() =>
      agent.evaluate(
        () =>
          document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector('iframe')!.contentWindow!.scrollY,
      ),
    )
    .toBe(1400);

  await phone.setViewportSize(LANDSCAPE);
  await expect.poll(async () => Math.abs(ratio(await boxOf('.glass')) - ratio(LANDSCAPE)) < 0.02).toBe(true);
  await agent.screenshot({ path: 'test-results/mobile-landscape.png' });

  // the keyboard takes its part of the phone, and gives it back
  await phone.setViewportSize(PORTRAIT);
  await phone.evaluate(() => scrollTo(0, 0));
  await phone.tap('#name');
  await phone.setViewportSize({ width: 390, height: 510 });
  const keyboard = agent.locator('cobrowse-agent-view [part~="keyboard"]');
  await expect(keyboard).toBeVisible();
  const [frame, glass, below] = [await boxOf('.frame-wrap'), await boxOf('.glass'), await boxOf('.keyboard')];
  expect(Math.abs(ratio(frame) - ratio(PORTRAIT))).toBeLessThan(0.01);
  expect(Math.abs(below.height / frame.height - 334 / 844)).toBeLessThan(0.01);
  expect(Math.abs(glass.height + below.height - frame.height)).toBeLessThan(1);
  await agent.screenshot({ path: 'test-results/mobile-keyboard.png' });
  await phone.evaluate(() => (document.activeElement as HTMLElement).blur());
  await phone.setViewportSize(PORTRAIT);
  await expect(keyboard).toBeHidden();
});

const marks = () =>
  agent.evaluate(() => {
    const root = document.querySelector('cobrowse-agent-view')!.shadowRoot!;
    const glass = root.querySelector('.glass')!.getBoundingClientRect();
    const scale = glass.width / 390;
    return [...root.querySelectorAll<HTMLElement>('.touch')].map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      const at = [(x + width / 2 - glass.x) / scale, (y + height / 2 - glass.y) / scale].map(Math.round);
      return { at: at.join(), ended: 'ended' in mark.dataset, width: Math.round(width) };
    });
  });

test("the consumer's fingers leave marks that fade", async ({ browser }) => {
  await open(
    browser,
    'touches',
    '<div data-cobrowse-block style="position:absolute;top:120px;width:100%;height:80px;touch-action:none">1 2 3</div><main style="height:3000px;touch-action:none"></main>',
  );
  await touch('touchStart', [100, 300]);
  await expect.poll(marks).toEqual([{ at: '100,300', ended: false, width: 36 }]);
  await touch('touchMove', [160, 350]);
  await expect.poll(marks).toEqual([{ at: '160,350', ended: false, width: 36 }]);
  await touch('touchStart', [160, 350], [300, 600]);
  await expect.poll(async () => (await marks()).map(({ at }) => at)).toEqual(['160,350', '300,600']);
  await agent.screenshot({ path: 'test-results/mobile-touches.png' });
  await touch('touchEnd');
  await expect.poll(async () => (await marks()).every(({ ended }) => ended)).toBe(true);
  await expect.poll(marks).toEqual([]);
  // a phone has no mouse
  await expect(agent.locator('cobrowse-agent-view [part~="cursor"]')).toBeHidden();
  // which keys of a blocked keypad are touched is nobody's business
  await touch('touchStart', [100, 150]);
  await touch('touchMove', [100, 160]);
  await touch('touchEnd');
  await touch('touchStart', [200, 500]);
  await expect.poll(async () => (await marks()).map(({ at }) => at)).toEqual(['200,500']);
  await touch('touchEnd');
});

const CONTROLS = `<main style="height:3000px;padding:140px 20px">
  <button id="buy">Buy</button><button id="far" style="position:absolute;left:250px;top:600px">Far</button>
  <p><input id="name"></p><p><input id="range" type="range" min="0" max="100" value="0"></p></main>`;
const LOG = `window.seen = [];
  for (const type of ['touchstart', 'touchmove', 'touchend', 'pointerdown', 'mousedown', 'click'])
    addEventListener(type, (event) => {
      const place = event.composedPath()[0];
      window.seen.push([event.isTrusted ? 'own' : 'agent', type, event.pointerType ?? '', place.id ?? ''].join(' ').trim());
    }, true);`;
const logged = () => phone.evaluate(() => (window as unknown as { seen: string[] }).seen);
const forget = () => phone.evaluate(() => void ((window as unknown as { seen: string[] }).seen = []));
/** While the consumer's own hand has been on the phone, and until the mirror shows where the button is, a tap is refused. */
const tapBuy = () =>
  expect(async () => {
    await forget();
    await click(agent, '#buy');
    await expect.poll(logged, { timeout: 1000 }).toContain('agent click touch buy');
  }).toPass({ timeout: 10_000 });

test("the agent's mouse is a finger on a phone, and lands right in a zoomed page, as ink does", async ({ browser }) => {
  await open(browser, 'control', CONTROLS, LOG);
  await takeControl(phone, agent);
  await phone.evaluate(() => scrollTo(0, 0));
  await tapBuy();
  const lines = await logged();
  expect(lines.slice(0, 3)).toEqual(['agent pointerdown touch buy', 'agent touchstart  buy', 'agent touchend  buy']);
  await click(agent, '#name');
  await agent.keyboard.type('Ann');
  await expect.poll(() => phone.evaluate(() => document.querySelector<HTMLInputElement>('#name')!.value)).toBe('Ann');
  await drag(agent, '#range', '#range', { at: [0.03, 0.5] }, { at: [0.8, 0.5] });
  await expect
    .poll(() => phone.evaluate(() => Number(document.querySelector<HTMLInputElement>('#range')!.value)))
    .toBeGreaterThan(60);
  // a swipe scrolls
  const [x, y] = await placeOf(agent, 'main', { at: [0.5, 0.2] });
  await agent.mouse.move(x, y);
  await agent.mouse.down();
  await agent.mouse.move(x, y - 200, { steps: 10 });
  await agent.mouse.up();
  await expect.poll(() => phone.evaluate(() => scrollY)).toBeGreaterThan(100);
  await agent.mouse.move(x, y);
  await agent.mouse.wheel(0, -2000);
  await expect.poll(() => phone.evaluate(() => scrollY)).toBe(0);

  await fingers.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
  await expectSame();
  await tapBuy();

  // a stroke too
  await phone.evaluate(() =>
    document.querySelector('#far')!.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' }),
  );
  await expectSame();
  await dispatch(agent, { type: 'set-tool', tool: 'pencil', color: '#e01b4c' });
  const [left, top] = await placeOf(agent, '#far');
  await agent.mouse.move(left - 20, top);
  await agent.mouse.down();
  await agent.mouse.move(left + 20, top, { steps: 8 });
  await agent.mouse.up();
  await expect.poll(async () => (await stateOf(phone)).annotations.length).toBe(1);
  const ofInk = () =>
    phone.evaluate(() => {
      const hosts = [...document.querySelectorAll('cobrowse-consent')];
      const path = hosts.map((host) => host.shadowRoot!.querySelector('.ink path')).find(Boolean);
      const button = document.querySelector('#far')!.getBoundingClientRect();
      const ink = path?.getBoundingClientRect();
      if (!ink) return null;
      const middle = (box: DOMRect) => [box.x + box.width / 2, box.y + box.height / 2] as const;
      const [a, b] = [middle(ink), middle(button)];
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    });
  await expect.poll(ofInk).toBeLessThan(3);
  await agent.screenshot({ path: 'test-results/mobile-ink.png' });
  await phone.screenshot({ path: 'test-results/mobile-ink-phone.png' });
});

/** Buttons of ours on the phone: where they are, and whether a finger there meets them. */
const buttons = (...parts: string[]) =>
  phone.evaluate((names) => {
    const roots = [...document.querySelectorAll('cobrowse-consent')].map(({ shadowRoot }) => shadowRoot!);
    return names.map((name) => {
      const all = roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(`[part~="${name}"]`)]);
      const button = all.find((one) => one.getBoundingClientRect().width > 0);
      if (!button) return { name, isThere: false };
      const { left, top, right, bottom, width, height } = button.getBoundingClientRect();
      const root = button.getRootNode() as ShadowRoot;
      const met = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return {
        ...{ name, isThere: true, isMet: button.contains(met), isLarge: width >= 44 && height >= 43.9 },
        isInside: left >= 0 && right <= innerWidth && top >= 47 && bottom <= innerHeight - 34,
      };
    });
  }, parts);
const usable = (...parts: string[]) =>
  expect
    .poll(() => buttons(...parts))
    .toEqual(parts.map((name) => ({ name, isThere: true, isMet: true, isLarge: true, isInside: true })));
const isNarrow = () => phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('question and indicator can be used on the smallest phone, above its keyboard and inside its safe area', async ({
  browser,
}) => {
  await open(
    browser,
    'small',
    '<main style="height:1200px"><input id="name" style="margin-top:160px"></main>',
    '',
    SMALL,
  );
  const safe = { insets: { top: 47, topMax: 47, bottom: 34, bottomMax: 34 } };
  await fingers.send('Emulation.setSafeAreaInsetsOverride' as never, safe as never);
  await phone.evaluate(() => document.querySelector('cobrowse-consent')!.setAttribute('presentation', 'dialog'));
  await Promise.all([reach(phone, { connection: 'online' }), reach(agent, { connection: 'online' })]);
  await phone.locator('#name').focus();
  await phone.setViewportSize({ width: 320, height: 330 });
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await usable('allow', 'deny');
  expect(await isNarrow()).toBe(true);
  await phone.screenshot({ path: 'test-results/mobile-question-keyboard.png' });
  await phone.setViewportSize(SMALL);
  await usable('allow', 'deny');
  await phone.screenshot({ path: 'test-results/mobile-question.png' });
  await allow(phone);
  await reach(agent, { status: 'allowed' });
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await reach(agent, { status: 'active' });
  await usable('stop', 'pause');
  await phone.screenshot({ path: 'test-results/mobile-indicator.png' });
  await phone.locator('#name').focus();
  await phone.setViewportSize({ width: 320, height: 260 });
  await usable('stop');
  // it makes place for what is written in
  await expect(phone.locator('cobrowse-consent [part~="indicator"]').first()).toHaveClass(/pill/);
  await phone.screenshot({ path: 'test-results/mobile-indicator-keyboard.png' });
  await phone.setViewportSize(SMALL);
  await usable('stop', 'pause');
  await takeControl(phone, agent);
  await usable('stop', 'take-back');
  expect(await isNarrow()).toBe(true);
  await phone.screenshot({ path: 'test-results/mobile-indicator-control.png' });
});
