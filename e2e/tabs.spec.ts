import { expect, test, type Browser, type Page } from '@playwright/test';
import { startDisplay, type Display } from './support/display.js';
import { startRealBrowser, type RealBrowser, type RealPage } from './support/real-browser.js';
import {
  allowForReal,
  askFullDevice,
  isPhase,
  isShown,
  isState,
  part,
  shareForReal,
  store,
  type RealSides,
} from './support/real-sides.js';
import { reach, stateOf } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/** Real tabs of one person, in a headed browser: which of them the agent sees. */
let display: Display;
let browser: RealBrowser;
let stage: Stage;
let session = 0;

test.beforeAll(async () => {
  display = await startDisplay();
  browser = await startRealBrowser(display);
  stage = await createStage();
});
test.afterAll(async () => {
  await browser.close();
  await stage.close();
  await display.close();
});

const titled = (name: string) => ({ body: `<h1>${name}</h1>` });

async function share(desk: Browser): Promise<RealSides & { other: string; third: string }> {
  const name = `tabs-${++session}`;
  const [consumerUrl, agentUrl, other, third] = await Promise.all([
    stage.consumerPage({ session: name, ...titled('Home') }),
    stage.agentPage({ session: name }),
    stage.consumerPage({ session: name, isDormant: true, ...titled('Second') }),
    stage.consumerPage({ session: name, ...titled('Third') }),
  ]);
  const sides = await shareForReal(desk, browser, { consumerUrl, agentUrl });
  return { ...sides, other, third };
}

/** What the mirror's heading says. */
const heading = (agent: Page) =>
  agent.evaluate(
    () =>
      document
        .querySelector('cobrowse-agent-view')!
        .shadowRoot!.querySelector('iframe')
        ?.contentDocument?.querySelector('h1')?.textContent ?? '',
  );
const sees = (agent: Page, wanted: string) => expect.poll(() => heading(agent)).toBe(wanted);

async function fullDevice(sides: RealSides): Promise<void> {
  await askFullDevice(sides);
  await allowForReal(sides.consumer);
  await reach(sides.agent, { mode: 'full-device' });
}

test('in screen share the agent is told of another tab, and keeps the last picture', async ({ browser: desk }) => {
  const { consumer, agent, other, close } = await share(desk);
  await sees(agent, 'Home');
  const second = await browser.open(other);
  await isPhase(agent, 'elsewhere');
  await sees(agent, 'Home');
  await expect(agent.locator('cobrowse-agent-view')).toContainText('another tab');
  expect(await second.evaluate(`${store}.getState().status`)).toBe('idle');
  await agent.screenshot({ path: 'test-results/tabs-elsewhere.png' });
  await consumer.show();
  await isPhase(agent, 'live');
  await second.close();
  await close();
});

test('another site is not told apart from a hidden page', async ({ browser: desk }) => {
  const { consumer, agent, close } = await share(desk);
  const foreign = await browser.open('data:text/html,<p>Elsewhere');
  await isPhase(agent, 'hidden');
  await consumer.show();
  await isPhase(agent, 'live');
  await foreign.close();
  await close();
});

test('in full device the agent sees the tab in front, without another question', async ({ browser: desk }) => {
  const sides = await share(desk);
  const { consumer, agent, other, third, close } = sides;
  await fullDevice(sides);
  const tabs: RealPage[] = [];
  for (const [url, title] of [
    [other, 'Second'],
    [third, 'Third'],
  ] as const) {
    const tab = await browser.open(url);
    tabs.push(tab);
    await sees(agent, title);
    await isPhase(agent, 'live');
    await tab.until(isShown('indicator'));
    expect(await tab.evaluate(`${store}.getState().request`)).toBeNull();
    await tab.evaluate("document.querySelector('h1').textContent += ' changed'");
    await sees(agent, `${title} changed`);
  }
  await consumer.show();
  await sees(agent, 'Home');
  await tabs[0]!.show();
  await sees(agent, 'Second changed');
  const box = (await agent.locator('cobrowse-agent-view').boundingBox())!;
  await agent.locator('cobrowse-toolbar [part~="pencil"]').click();
  await agent.mouse.move(box.x + 300, box.y + 300);
  await agent.mouse.down();
  await agent.mouse.move(box.x + 400, box.y + 350, { steps: 5 });
  await agent.mouse.up();
  await tabs[0]!.until(`Boolean(${part('ink')}?.querySelector('path'))`);
  await tabs[0]!.close();
  // whichever tab the browser brings to the front
  await expect.poll(() => heading(agent)).not.toBe('Second changed');
  await consumer.show();
  await sees(agent, 'Home');
  await tabs[1]!.show();
  await sees(agent, 'Third changed');
  await tabs[1]!.click(part('stop'));
  await reach(agent, { status: 'ended' });
  await consumer.until(`${store}.getState().mode === null`);
  await tabs[1]!.close();
  await close();
});

test('when the tab of the session is closed in full device, the one in front goes on', async ({ browser: desk }) => {
  const sides = await share(desk);
  const { consumer, agent, other, close } = sides;
  await fullDevice(sides);
  const second = await browser.open(other);
  await sees(agent, 'Second');
  await consumer.close();
  await second.until(`${isState({ status: 'active', mode: 'full-device' })} && ${isState({ connection: 'online' })}`);
  await isPhase(agent, 'live');
  await second.evaluate("document.querySelector('h1').textContent += ' goes on'");
  await sees(agent, 'Second goes on');
  expect((await stateOf(agent)).mode).toBe('full-device');
  await second.close();
  await close();
});

test('a copy of the tab stays out, and the tab goes on', async ({ browser: desk }) => {
  const { consumer, agent, close } = await share(desk);
  const url = await consumer.evaluate<string>('location.href');
  const memory = await consumer.evaluate<string>('JSON.stringify(sessionStorage)');
  const copy = await browser.open(url, memory);
  await isPhase(agent, 'elsewhere');
  expect(await copy.evaluate(`${store}.getState().status`)).toBe('idle');
  await consumer.show();
  await isPhase(agent, 'live');
  await consumer.evaluate("document.querySelector('h1').textContent += ' still'");
  await sees(agent, 'Home still');
  await copy.close();
  await close();
});
