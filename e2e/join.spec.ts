import { expect, test, type Page } from '@playwright/test';
import { signToken } from '../sync-server/token.js';
import { reach, shareScreen, stateOf } from './support/sides.js';
import { createStage, secret, type Stage } from './support/stage.js';

/** A consumer comes by the code that an agent reads out: a real server makes it, and takes it once. */
let stage: Stage;

test.beforeEach(async () => {
  stage = await createStage();
});
test.afterEach(() => stage.close());

async function invite(): Promise<{ id: string; code: string }> {
  const response = await fetch(`${stage.syncUrl.replace('ws', 'http')}/v1/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await signToken({ sub: 'crm', role: 'service' }, secret)}` },
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; code: string };
}

const entry = {
  isDormant: true,
  token: null,
  attributes: 'id="kit"',
  body: '<cobrowse-join for="kit"></cobrowse-join>',
};
const field = (page: Page) => page.getByLabel('Code from your agent');
const button = (page: Page) => page.getByRole('button', { name: 'Join' });

test('by the code that is typed, once; a reload goes on; nothing is shared before the question', async ({
  browser,
}) => {
  const { id, code } = await invite();
  const [consumerUrl, agentUrl] = await Promise.all([stage.consumerPage(entry), stage.agentPage({ session: id })]);
  const [consumer, agent] = await Promise.all([browser.newPage(), browser.newPage()]);
  await Promise.all([consumer.goto(consumerUrl), agent.goto(agentUrl)]);
  await field(consumer).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await consumer.screenshot({ path: 'test-results/join-entry.png' });
  await button(consumer).click();
  await expect(consumer.locator('[part~="joined"]')).toContainText('Nothing is shared until you allow it');
  expect((await stateOf(consumer)).mode).toBeNull();
  await shareScreen(consumer, agent);
  await consumer.reload();
  await reach(consumer, { status: 'active', mode: 'screen-share' });

  // somebody else with the same code
  const other = await browser.newPage();
  await other.goto(consumerUrl);
  await field(other).fill(code);
  await button(other).click();
  await expect(other.locator('cobrowse-join [role="alert"]')).toContainText('was used before');
  await expect(field(other)).toBeFocused();
  await other.screenshot({ path: 'test-results/join-wrong.png' });
  await agent.locator('cobrowse-toolbar [part~="end"]').click();
  await expect(field(consumer)).toBeVisible();
  await Promise.all([consumer, agent, other].map((page) => page.close()));
});

test('by the link; the code leaves the address; Enter, Arabic digits, and a server that does not answer', async ({
  browser,
}) => {
  const url = await stage.consumerPage(entry);
  const page = await browser.newPage();
  const first = await invite();
  await page.goto(`${url}#cobrowse=${first.code}`);
  await reach(page, { connection: 'online', session: first.id });
  expect(new URL(page.url()).hash).toBe('');
  await page.close();

  const arabic = await browser.newPage();
  const second = await invite();
  await arabic.goto(url);
  await arabic.evaluate(() => (document.documentElement.lang = 'ar'));
  await arabic.getByRole('textbox').fill(second.code.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!));
  await arabic.screenshot({ path: 'test-results/join-arabic.png' });
  await arabic.getByRole('textbox').press('Enter');
  await reach(arabic, { connection: 'online', session: second.id });
  await arabic.close();

  const late = await browser.newPage();
  await late.goto(url);
  await stage.stopServer();
  await field(late).fill('123456');
  await button(late).click();
  await expect(late.locator('cobrowse-join [role="alert"]')).toContainText('does not answer');
  await stage.startServer();
  await late.close();
});
