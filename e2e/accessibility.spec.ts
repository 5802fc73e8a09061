import { expect, test, type Page } from '@playwright/test';
import { createRequire } from 'node:module';
import { startDemo, type Demo } from '../demo/start-demo.js';
import { openConversation, requestCobrowse } from './support/conversation.js';
import { allow, reach, stateOf } from './support/sides.js';

/** axe over what people see of us on the demo's pages, shadow trees included, in the states of a whole session. */
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo({ sync: { logger: false } });
});
test.afterAll(() => demo.close());

interface Axe {
  run(context: object, options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
}

async function violations(page: Page, selectors: string[]): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async (include) => {
    const present = include.filter((selector) => document.querySelector(selector));
    if (present.length === 0) return [];
    const { axe: tool } = window as unknown as { axe: Axe };
    const { violations: found } = await tool.run({ include: present, exclude: ['iframe'] }, { iframes: false });
    return found.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ target }) => target))}`);
  }, selectors);
}

test('consent, indicator, toolbar and view have no violations in any state of a session', async ({ browser }) => {
  const { agent, consumer, close } = await openConversation(browser, demo);
  const ours = { consumer: ['cobrowse-consent'], agent: ['cobrowse-toolbar', 'cobrowse-agent-view'] };
  const check = async (state: string) => {
    expect(await violations(consumer, ours.consumer), `consumer, ${state}`).toEqual([]);
    expect(await violations(agent, ours.agent), `agent, ${state}`).toEqual([]);
  };
  await reach(agent, { connection: 'online' });
  await check('idle');
  await requestCobrowse(agent);
  await reach(consumer, { status: 'requested' });
  await consumer.locator('[part~="allow"]').waitFor();
  await check('asking');
  await allow(consumer);
  await reach(agent, { status: 'allowed' });
  await check('allowed');
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
  await check('sharing');
  await consumer.locator('[part~="pause"]').click();
  await reach(agent, { status: 'paused' });
  await check('paused');
  await consumer.locator('[part~="stop"]').click();
  await reach(agent, { status: 'ended' });
  await check('ended');
  await close();
});
