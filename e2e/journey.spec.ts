import { expect, test, type Page } from '@playwright/test';
import { startDemo, type Demo } from '../demo/start-demo.js';
import { openConversation, requestCobrowse } from './support/conversation.js';
import { allow, deny, mirrorText, reach, stateOf } from './support/sides.js';

/** The whole journey, over the shop and over applications that nobody here wrote, from the chat to the last stroke erased. */
let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo({ sync: { logger: false } });
});
test.afterAll(() => demo.close());

interface Place {
  name: string;
  path: string;
  /** Something that is on the page, to be seen in the mirror. */
  landmark: string;
  /** What the consumer does there, and how the mirror shows that. */
  use: (consumer: Page) => Promise<void>;
  seen: (agent: Page) => Promise<void>;
}

const valueInMirror = (agent: Page, selector: string) =>
  agent.evaluate((wanted) => {
    const mirror = document.querySelector('cobrowse-agent-view')?.shadowRoot?.querySelector('iframe')?.contentDocument;
    return mirror?.querySelector<HTMLInputElement>(wanted)?.value ?? null;
  }, selector);

const places: Place[] = [
  {
    name: 'the shop',
    path: '/',
    landmark: 'h1',
    use: (consumer) => consumer.locator('input[type=search]').first().pressSequentially('lamp'),
    seen: (agent) => expect.poll(() => valueInMirror(agent, 'input[type=search]')).toBe('lamp'),
  },
  {
    name: 'Swagger UI',
    path: '/apps/swagger/',
    landmark: '.opblock-tag',
    use: (consumer) => consumer.locator('.opblock-summary-control').first().click(),
    seen: (agent) => expect.poll(() => mirrorText(agent, '.opblock.is-open .opblock-body')).not.toBeNull(),
  },
  {
    name: 'Tabulator',
    path: '/apps/grid/',
    landmark: '.tabulator-row .tabulator-cell',
    use: (consumer) => consumer.locator('#find').pressSequentially('oak'),
    seen: (agent) => expect.poll(() => valueInMirror(agent, '#find')).toBe('oak'),
  },
  {
    name: 'Jspreadsheet',
    path: '/apps/spreadsheet/',
    landmark: '#sheet td',
    use: async (consumer) => {
      const cell = consumer.locator('#sheet td[data-x="1"][data-y="1"]').first();
      await cell.dblclick();
      await consumer.keyboard.press('ControlOrMeta+a');
      await consumer.keyboard.type('4711');
      await consumer.keyboard.press('Enter');
    },
    seen: (agent) => expect.poll(() => mirrorText(agent, '#sheet td[data-x="1"][data-y="1"]')).toContain('711'),
  },
  {
    name: 'Quill',
    path: '/apps/editor/',
    landmark: '.ql-editor h2',
    use: async (consumer) => {
      await consumer.locator('.ql-editor h2').click();
      await consumer.keyboard.press('End');
      await consumer.keyboard.type(' and a candle');
    },
    seen: (agent) => expect.poll(() => mirrorText(agent, '.ql-editor h2')).toContain('and a candle'),
  },
  {
    name: 'FullCalendar',
    path: '/apps/calendar/',
    landmark: '#calendar [role="grid"], #calendar table',
    use: (consumer) => consumer.locator('#calendar button').filter({ hasText: /week/i }).first().click(),
    seen: (agent) => expect.poll(() => mirrorText(agent, '#calendar')).not.toBeNull(),
  },
];

for (const { name, path, landmark, use, seen } of places) {
  test(`the whole journey over ${name}`, async ({ browser }) => {
    test.setTimeout(150_000);
    const { agent, consumer, errors, close } = await openConversation(browser, demo, path);

    await test.step('request, deny, request, allow, View', async () => {
      await requestCobrowse(agent);
      await reach(consumer, { status: 'requested' });
      await expect(consumer.locator('[data-chat-transcript] cobrowse-consent')).toBeVisible();
      await deny(consumer);
      await reach(agent, { status: 'idle', request: null });
      await requestCobrowse(agent);
      await reach(consumer, { status: 'requested' });
      await allow(consumer);
      await reach(agent, { status: 'allowed' });
      await agent.locator('cobrowse-toolbar [part~="view"]').click();
      await phase(agent, 'live');
      await expect.poll(() => mirrorText(agent, landmark)).not.toBeNull();
    });

    await test.step('type, scroll', async () => {
      await consumer.locator('[data-chat-close]').click();
      await use(consumer);
      await seen(agent);
      await consumer.mouse.move(400, 400);
      await consumer.mouse.wheel(0, 300);
      const at = () => consumer.evaluate(() => window.scrollY);
      await expect.poll(async () => (await scrollInMirror(agent)) - (await at())).toBe(0);
    });

    await test.step('laser, pencil, undo, trash', async () => {
      await agent.locator('cobrowse-toolbar [part~="laser"]').click();
      await move(agent, 5);
      await expect(consumer.locator('[part~="laser"]').first()).toBeAttached();
      await agent.locator('cobrowse-toolbar [part~="pencil"]').click();
      for (const offset of [0, 40, 80]) await draw(agent, offset);
      await strokes(consumer, 3);
      await agent.locator('cobrowse-toolbar [part~="undo"]').click();
      await strokes(consumer, 2);
    });

    await test.step('navigate: the strokes go with their page', async () => {
      await consumer.goto(`${demo.shopUrl}/account`);
      await reach(consumer, { status: 'active', connection: 'online' });
      await expect.poll(async () => (await stateOf(agent)).page?.url).toContain('/account');
      await phase(agent, 'live');
      await expect.poll(() => mirrorText(agent, 'table')).not.toBeNull();
      await strokes(agent, 0);
      await draw(agent, 0);
      await strokes(consumer, 1);
    });

    await test.step('the server is started again: the picture and the stroke are there', async () => {
      await demo.restartSync();
      await reach(agent, { status: 'active', connection: 'online' });
      await reach(consumer, { status: 'active', connection: 'online' });
      await consumer.evaluate(() => (document.querySelector('h1')!.textContent = 'After the restart'));
      await expect.poll(() => mirrorText(agent, 'h1')).toBe('After the restart');
      await strokes(agent, 1);
      await strokes(consumer, 1);
    });

    await test.step('reload: nothing is asked again', async () => {
      await consumer.reload();
      await reach(consumer, { status: 'active', connection: 'online', request: null });
      await phase(agent, 'live');
    });

    await test.step('trash, end', async () => {
      await draw(agent, 20);
      await strokes(consumer, 1);
      await agent.locator('cobrowse-toolbar [part~="trash"]').click();
      const own = agent.getByRole('menuitem', { name: /my drawings/i });
      if (await own.isVisible()) await own.click();
      await strokes(consumer, 0);
      await consumer.locator('[part~="stop"]').click();
      await reach(agent, { status: 'ended', endReason: 'consumer' });
      await expect(agent.locator('cobrowse-agent-view iframe')).toHaveCount(0);
    });

    expect(errors).toEqual([]);
    await close();
  });
}

async function phase(agent: Page, wanted: string): Promise<void> {
  await expect.poll(async () => (await stateOf(agent)).view.phase, { timeout: 20_000 }).toBe(wanted);
}

async function strokes(page: Page, count: number): Promise<void> {
  await expect.poll(async () => (await stateOf(page)).annotations.length).toBe(count);
}

function scrollInMirror(agent: Page): Promise<number> {
  return agent.evaluate(
    () =>
      document.querySelector('cobrowse-agent-view')?.shadowRoot?.querySelector('iframe')?.contentWindow?.scrollY ?? -1,
  );
}

async function move(agent: Page, times: number): Promise<void> {
  const box = (await agent.locator('cobrowse-agent-view iframe').boundingBox())!;
  for (let i = 0; i < times; i++) await agent.mouse.move(box.x + 60 + i * 12, box.y + 60 + i * 5);
}

async function draw(agent: Page, offset: number): Promise<void> {
  const box = (await agent.locator('cobrowse-agent-view iframe').boundingBox())!;
  await agent.mouse.move(box.x + 80, box.y + 80 + offset);
  await agent.mouse.down();
  for (let i = 1; i <= 12; i++) await agent.mouse.move(box.x + 80 + i * 9, box.y + 80 + offset + (i % 3) * 4);
  await agent.mouse.up();
}
