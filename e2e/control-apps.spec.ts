import { expect, test, type Page } from '@playwright/test';
import { startDemo, type Demo } from '../demo/start-demo.js';
import { openConversation, requestCobrowse, type Conversation } from './support/conversation.js';
import { click, hover, takeControl } from './support/control.js';
import { allow, reach, stateOf } from './support/sides.js';

/** The agent works the shop, and applications that nobody here wrote, as they are. */
let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo({ sync: { logger: false } });
});
test.afterAll(() => demo.close());

async function control(conversation: Conversation): Promise<void> {
  const { agent, consumer } = conversation;
  await reach(agent, { connection: 'online' });
  await requestCobrowse(agent);
  await reach(consumer, { status: 'requested' });
  await allow(consumer);
  await reach(agent, { status: 'allowed' });
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await reach(agent, { status: 'active' });
  await expect.poll(async () => (await stateOf(agent)).view.phase, { timeout: 15_000 }).toBe('live');
  await takeControl(consumer, agent);
}

interface Job {
  name: string;
  path: string;
  work: (agent: Page, consumer: Page) => Promise<void>;
}

const jobs: Job[] = [
  {
    name: 'searches the shop, and goes on where a product is',
    path: '/',
    work: async (agent, consumer) => {
      await click(agent, 'input[type=search]');
      await agent.keyboard.type('lamp');
      await expect(consumer.locator('input[type=search]').first()).toHaveValue('lamp');
      await click(agent, 'main a[href*="/product"]');
      await consumer.waitForURL(/product/);
      await agent.waitForFunction(() => document.querySelector('cobrowse-agent-view')?.matches(':state(controlling)'));
      await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
      await expect(consumer.locator('h1')).toBeVisible();
    },
  },
  {
    name: 'finds and sorts in a data grid',
    path: '/apps/grid/',
    work: async (agent, consumer) => {
      const first = consumer.locator('.tabulator-row .tabulator-cell').first();
      const before = await first.textContent();
      await click(agent, '#find');
      await agent.keyboard.type('oak');
      await expect(consumer.locator('#find')).toHaveValue('oak');
      await agent.keyboard.press('ControlOrMeta+a');
      await agent.keyboard.press('Delete');
      await expect(consumer.locator('#find')).toHaveValue('');
      expect(before).not.toBeNull();
    },
  },
  {
    name: 'fills a cell of a spreadsheet',
    path: '/apps/spreadsheet/',
    work: async (agent, consumer) => {
      const cell = '#sheet td[data-x="1"][data-y="1"]';
      await click(agent, cell, { clickCount: 2 });
      await agent.keyboard.press('ControlOrMeta+a');
      await agent.keyboard.type('4711');
      await agent.keyboard.press('Enter');
      await expect(consumer.locator(cell).first()).toContainText('711');
    },
  },
  {
    name: 'writes in a rich-text editor',
    path: '/apps/editor/',
    work: async (agent, consumer) => {
      await click(agent, '.ql-editor h2');
      await agent.keyboard.press('End');
      await agent.keyboard.type(' by hand');
      await expect(consumer.locator('.ql-editor h2').first()).toContainText('by hand');
      await agent.keyboard.press('ControlOrMeta+z');
      await expect(consumer.locator('.ql-editor h2').first()).not.toContainText('by hand');
    },
  },
  {
    name: 'turns a calendar to what comes next',
    path: '/apps/calendar/',
    work: async (agent, consumer) => {
      const shown = () => consumer.locator('#calendar').textContent();
      const before = await shown();
      const next = '#calendar button[aria-label*="ext" i], #calendar button[title*="ext" i]';
      await hover(agent, next);
      await click(agent, next);
      await expect.poll(shown).not.toBe(before);
    },
  },
  {
    name: 'opens an operation of an API description',
    path: '/apps/swagger/',
    work: async (agent, consumer) => {
      await click(agent, '.opblock-summary-control');
      await expect(consumer.locator('.opblock.is-open .opblock-body').first()).toBeVisible();
    },
  },
];

for (const { name, path, work } of jobs) {
  test(name, async ({ browser }) => {
    const conversation = await openConversation(browser, demo, path);
    await control(conversation);
    await work(conversation.agent, conversation.consumer);
    expect(conversation.errors).toEqual([]);
    await conversation.close();
  });
}
