import { expect, test, type Page } from '@playwright/test';
import { startDisplay, type Display } from './support/display.js';
import { startRealBrowser, type RealBrowser, type RealPage } from './support/real-browser.js';
import { reach, stateOf } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/** Full device with a real screen: a headed browser captures it, an agent in another browser sees it. */
let display: Display;
let browser: RealBrowser;
let stage: Stage;
let session = 0;

const captureFlags = ['--auto-select-desktop-capture-source=Entire screen'];
const inOur = 'body { margin: 0; background: rgb(250, 0, 250) }';
const elsewhere = (color: string) =>
  `data:text/html,<title>Elsewhere</title><body style="margin:0;background:${encodeURIComponent(color)}"><p>Another site</p>`;

test.beforeAll(async () => {
  display = await startDisplay();
  browser = await startRealBrowser(display, captureFlags);
  stage = await createStage();
});
test.afterAll(async () => {
  await browser.close();
  await stage.close();
  await display.close();
});

interface Both {
  readonly consumer: RealPage;
  readonly agent: Page;
  close(): Promise<void>;
}

const store = "document.querySelector('cobrowse-session').store";
const part = (name: string) =>
  `document.querySelector('cobrowse-consent').shadowRoot.querySelector('[part~="${name}"]')`;
const isState = (fields: object) =>
  `Object.entries(${JSON.stringify(fields)}).every(([name, value]) => ${store}.getState()[name] === value)`;

/** Both sides in screen share, the agent's with a note of the color of each picture of the screen that it draws. */
async function share(page: import('@playwright/test').Browser, attributes = ''): Promise<Both> {
  const name = `full-${++session}`;
  const context = await page.newContext();
  const agent = await context.newPage();
  await agent.addInitScript(noteColors);
  await agent.goto(await stage.agentPage({ session: name }));
  const consumer = await browser.open(await stage.consumerPage({ session: name, style: inOur, attributes }));
  await Promise.all([consumer.until(isState({ connection: 'online' })), reach(agent, { connection: 'online' })]);
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await allow(consumer);
  await reach(agent, { status: 'allowed' });
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await reach(agent, { status: 'active' });
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
  const close = async () => {
    await context.close();
    await consumer.close();
  };
  return { consumer, agent, close };
}

/** By the real mouse; a click in the first half second is not taken for an answer. */
async function allow(consumer: RealPage): Promise<void> {
  await consumer.until(`${part('allow')}?.getBoundingClientRect().width > 0`);
  await expect(async () => {
    if (await consumer.evaluate<boolean>(`Boolean(${part('allow')})`)) await consumer.click(part('allow'));
    expect(await consumer.evaluate(`${store}.getState().request`)).toBeNull();
  }).toPass({ timeout: 10_000 });
}

async function askFullDevice({ consumer, agent }: Both): Promise<void> {
  await agent.locator('cobrowse-toolbar [part~="full-device"]').first().click();
  await consumer.until(`${part('allow')}?.getBoundingClientRect().width > 0`);
}

interface Noted {
  color: [number, number, number];
  at: number;
}

function noteColors(): void {
  const noted: Noted[] = [];
  Object.assign(window, { noted });
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
    Reflect.apply(draw, this, given);
    const { width, height } = this.canvas;
    const [red = 0, green = 0, blue = 0] = this.getImageData(width / 4, height * 0.75, 1, 1).data;
    noted.push({ color: [red, green, blue], at: performance.now() });
  };
}

const noted = (agent: Page): Promise<Noted[]> => agent.evaluate(() => (window as unknown as { noted: Noted[] }).noted);
const isLike = (color: readonly number[], wanted: readonly number[]) =>
  color.every((value, index) => Math.abs(value - wanted[index]!) < 12);
const lastColor = async (agent: Page) => (await noted(agent)).at(-1)?.color ?? [0, 0, 0];
const shown = (agent: Page) =>
  agent.evaluate(
    () =>
      document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector<HTMLElement>('.base')!.dataset['source'],
  );

test('the agent sees the tab of another site, and the mirror again when the consumer is back', async ({
  browser: desk,
}) => {
  const both = await share(desk);
  const { consumer, agent } = both;
  await askFullDevice(both);
  await allow(consumer);
  await reach(agent, { mode: 'full-device' });
  await expect
    .poll(async () => (await stateOf(agent)).screen)
    .toEqual({ source: 'mirror', capture: 'on', surface: 'screen' });
  expect(await shown(agent)).toBe('mirror');
  const other = await browser.open(elsewhere('rgb(0, 160, 60)'));
  await expect.poll(() => shown(agent)).toBe('screen');
  await expect.poll(async () => isLike(await lastColor(agent), [0, 160, 60])).toBe(true);
  expect((await stateOf(agent)).view.phase).toBe('live');
  await agent.screenshot({ path: 'test-results/full-device-screen.png' });
  await consumer.show();
  await expect.poll(() => shown(agent)).toBe('mirror');
  await other.close();
  await both.close();
});
