import { expect, test } from '@playwright/test';
import { createStage, type Stage } from './support/stage.js';
import { allow, deny, dispatch, mirrorText, openSides, reach, shareScreen, stateOf } from './support/sides.js';

let stage: Stage;
test.beforeEach(async () => {
  stage = await createStage();
});
test.afterEach(() => stage.close());

const body =
  '<h1 id="greeting">Hello</h1><label>Name <input id="name"></label><label>Password <input id="password" type="password"></label><div style="height: 3000px"></div>';
const openStage = async (browser: Parameters<typeof openSides>[0]) =>
  openSides(browser, await stage.consumerPage({ body }), await stage.agentPage());

test('deny, ask again, allow', async ({ browser }) => {
  const { consumer, agent, close } = await openStage(browser);
  await Promise.all([reach(consumer, { connection: 'online' }), reach(agent, { connection: 'online' })]);
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await deny(consumer);
  await expect.poll(async () => (await stateOf(agent)).lastOutcome?.outcome).toBe('denied');
  expect((await stateOf(agent)).status).toBe('idle');
  await shareScreen(consumer, agent);
  await close();
});

test('typing, scrolling and passwords in the mirror', async ({ browser }) => {
  const { consumer, agent, close } = await openStage(browser);
  await shareScreen(consumer, agent);
  await consumer.locator('#name').pressSequentially('Grace');
  await consumer.locator('#password').pressSequentially('hunter2');
  const values = () =>
    agent.evaluate(() => {
      const mirror = document
        .querySelector('cobrowse-agent-view')!
        .shadowRoot!.querySelector('iframe')!.contentDocument!;
      return ['#name', '#password'].map((selector) => mirror.querySelector<HTMLInputElement>(selector)?.value ?? '');
    });
  await expect.poll(async () => (await values())[0]).toBe('Grace');
  expect((await values())[1]).not.toContain('hunter2');
  await consumer.evaluate(() => window.scrollTo(0, 700));
  const scrolled = () =>
    agent.evaluate(
      () => document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector('iframe')!.contentWindow!.scrollY,
    );
  await expect.poll(scrolled).toBe(700);
  await close();
});

test('a reload keeps consent, a closed tab ends it', async ({ browser }) => {
  const { consumer, agent, close } = await openStage(browser);
  await shareScreen(consumer, agent);
  await consumer.reload();
  await reach(consumer, { status: 'active', connection: 'online' });
  await consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'After the reload'));
  await expect.poll(() => mirrorText(agent, '#greeting')).toBe('After the reload');
  const again = await consumer.context().newPage();
  await again.goto(consumer.url());
  await consumer.close();
  await reach(again, { connection: 'online' });
  expect(['idle', 'ended']).toContain((await stateOf(again)).status);
  await close();
});

test('the server is killed and started again: nothing is asked twice, nothing is lost', async ({ browser }) => {
  const { consumer, agent, errors, close } = await openStage(browser);
  await shareScreen(consumer, agent);
  await dispatch(agent, { type: 'set-tool', tool: 'pencil' });
  await drawLine(agent);
  await expect.poll(async () => (await stateOf(consumer)).annotations.length).toBe(1);
  await stage.stopServer();
  await reach(agent, { connection: 'reconnecting' });
  await consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'While it was away'));
  await stage.startServer();
  await Promise.all([
    reach(consumer, { connection: 'online', status: 'active' }),
    reach(agent, { connection: 'online', status: 'active' }),
  ]);
  await expect.poll(() => mirrorText(agent, '#greeting')).toBe('While it was away');
  expect((await stateOf(agent)).annotations).toHaveLength(1);
  expect((await stateOf(consumer)).annotations).toHaveLength(1);
  expect((await stateOf(consumer)).request).toBeNull();
  expect(errors).toEqual([]);
  await close();
});

test('pause stops what leaves the page; resume shows it as it is then', async ({ browser }) => {
  const { consumer, agent, close } = await openStage(browser);
  await shareScreen(consumer, agent);
  await consumer.locator('[part~="pause"]').click();
  await reach(agent, { status: 'paused' });
  await consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'In private'));
  await consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'In public'));
  await consumer.locator('[part~="resume"]').click();
  await reach(agent, { status: 'active' });
  await expect.poll(() => mirrorText(agent, '#greeting')).toBe('In public');
  await close();
});

test('either side ends it', async ({ browser }) => {
  const { consumer, agent, close } = await openStage(browser);
  await shareScreen(consumer, agent);
  await agent.locator('cobrowse-toolbar [part~="end"]').first().click();
  await Promise.all([
    reach(consumer, { status: 'ended', endReason: 'agent' }),
    reach(agent, { status: 'ended', endReason: 'agent' }),
  ]);
  await shareScreen(consumer, agent);
  await consumer.locator('[part~="stop"]').click();
  await Promise.all([
    reach(consumer, { status: 'ended', endReason: 'consumer' }),
    reach(agent, { status: 'ended', endReason: 'consumer' }),
  ]);
  await close();
});

test('strokes and laser: drawn at the agent, seen at the consumer, in the same place', async ({ browser }) => {
  const { consumer, agent, close } = await openStage(browser);
  await shareScreen(consumer, agent);
  await agent.locator('cobrowse-toolbar [part~="pencil"]').click();
  await drawLine(agent);
  await expect.poll(async () => (await stateOf(consumer)).annotations.length).toBe(1);
  const ink = () => consumer.locator('path[part~="ink"]').first().boundingBox();
  await expect.poll(ink).not.toBeNull();
  const before = (await ink())!;
  // the click on Allow has scrolled the page to the question, at its end
  await consumer.evaluate(() => window.scrollBy(0, -40));
  await expect.poll(async () => Math.round(((await ink())?.y ?? 0) - before.y)).toBe(40);
  await agent.locator('cobrowse-toolbar [part~="undo"]').click();
  await expect.poll(async () => (await stateOf(consumer)).annotations.length).toBe(0);
  await close();
});

test('an agent that asks while the page is dormant is answered when the chat connects it', async ({ browser }) => {
  const { consumer, agent, close } = await openSides(
    browser,
    await stage.consumerPage({ body, session: '', token: await stage.token({ sub: 'consumer-1' }) }),
    await stage.agentPage(),
  );
  await reach(agent, { connection: 'online' });
  expect((await stateOf(consumer)).connection).toBe('offline');
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await consumer.evaluate(() =>
    (
      document.querySelector('cobrowse-session') as HTMLElement & { connect(options: { session: string }): void }
    ).connect({ session: 'stage' }),
  );
  await allow(consumer);
  await reach(agent, { status: 'allowed' });
  await close();
});

async function drawLine(agent: Parameters<typeof stateOf>[0]): Promise<void> {
  const box = (await agent.locator('cobrowse-agent-view iframe').boundingBox())!;
  await agent.mouse.move(box.x + 30, box.y + 30);
  await agent.mouse.down();
  for (let i = 1; i <= 10; i++) await agent.mouse.move(box.x + 30 + i * 10, box.y + 30 + (i % 3));
  await agent.mouse.up();
}
