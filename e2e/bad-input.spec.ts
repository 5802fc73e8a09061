import { expect, test, type Page } from '@playwright/test';
import { createStage, type Stage } from './support/stage.js';
import { allow, dispatch, mirrorText, openSides, reach, shareScreen, stateOf } from './support/sides.js';

let stage: Stage;
test.beforeEach(async () => {
  stage = await createStage();
});
test.afterEach(() => stage.close());

const greeting = '<h1 id="greeting">Hello</h1><button id="buy">Buy</button>';

/** The page works as if the kit were not there. */
async function expectUnharmed(page: Page): Promise<void> {
  await expect(page.locator('#greeting')).toHaveText('Hello');
  await page.locator('#buy').click();
}

test.describe('tokens', () => {
  const cases: Record<string, { code: string; token: (stage: Stage) => Promise<string | null> }> = {
    expired: { code: 'token-expired', token: (at) => at.token({ exp: Math.floor(Date.now() / 1000) - 3600 }) },
    forged: { code: 'unauthorized', token: async (at) => (await at.token({})).replace(/.{8}$/, 'AAAAAAAA') },
    missing: { code: 'unauthorized', token: async () => null },
    'of another session': { code: 'forbidden', token: (at) => at.token({ session: 'another' }) },
    'that is none': { code: 'unauthorized', token: async () => 'rubbish' },
  };
  for (const [name, { code, token }] of Object.entries(cases)) {
    test(`a token ${name} gives ${code}`, async ({ page }) => {
      await page.goto(await stage.consumerPage({ body: greeting, token: await token(stage) }));
      await expect.poll(async () => (await stateOf(page)).error?.code).toBe(code);
      await expectUnharmed(page);
    });
  }
});

test('an origin that is not allowed is refused by name', async ({ page }) => {
  await stage.close();
  stage = await createStage({ allowedOrigins: ['https://other.example.com'] });
  await page.goto(await stage.consumerPage({ body: greeting }));
  await expect.poll(async () => (await stateOf(page)).error?.code).toBe('origin-refused');
  await expectUnharmed(page);
});

for (const session of ['a b/c?d#e%', 'ünïcödé-☂', 'x'.repeat(128)]) {
  test(`a session named ${session.slice(0, 20)} works`, async ({ browser }) => {
    const sides = await openSides(
      browser,
      await stage.consumerPage({ session, body: greeting }),
      await stage.agentPage({ session }),
    );
    await shareScreen(sides.consumer, sides.agent);
    await expect.poll(() => mirrorText(sides.agent, '#greeting')).toBe('Hello');
    await sides.close();
  });
}

test('a session that no address can carry is refused by name', async ({ page }) => {
  await page.goto(await stage.consumerPage({ session: '..', body: greeting }));
  await expect.poll(async () => (await stateOf(page)).error?.code).toBe('bad-request');
  await expectUnharmed(page);
});

test('a page that patches prototypes and throws in its own handlers is co-browsed', async ({ browser }) => {
  const script = `
    Array.prototype.last = function () { return this[this.length - 1]; };
    Object.prototype.surprise = 'enumerable';
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, listener, options) { return add.call(this, type, listener, options); };
    const append = Node.prototype.appendChild;
    Node.prototype.appendChild = function (node) { return append.call(this, node); };
    Date.now = () => 0;
    add.call(window, 'click', () => { throw new Error('the page throws'); });
    add.call(document, 'scroll', () => { throw new Error('the page throws'); });
  `;
  const sides = await openSides(browser, await stage.consumerPage({ body: greeting, script }), await stage.agentPage());
  await shareScreen(sides.consumer, sides.agent);
  await sides.consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'Changed'));
  await expect.poll(() => mirrorText(sides.agent, '#greeting')).toBe('Changed');
  expect(sides.errors.filter((error) => !error.includes('the page throws'))).toEqual([]);
  await sides.close();
});

test('both pages under a strict policy, without inline styles, with Trusted Types', async ({ browser }) => {
  const strict =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {sync}; require-trusted-types-for 'script'; trusted-types lit-html";
  const violations: string[] = [];
  const consumerUrl = await stage.consumerPage({
    body: greeting,
    style: '#greeting { color: rgb(1, 2, 3) }',
    csp: strict,
  });
  const agentUrl = await stage.agentPage({
    csp: `${strict}; frame-src 'self'`,
    view: '<cobrowse-toolbar></cobrowse-toolbar><cobrowse-agent-view frame-url="/mirror-frame.html"></cobrowse-agent-view>',
  });
  const sides = await openSides(browser, consumerUrl, agentUrl);
  for (const page of [sides.consumer, sides.agent])
    page.on(
      'console',
      (message) => /Content Security Policy|TrustedHTML/.test(message.text()) && violations.push(message.text()),
    );
  await shareScreen(sides.consumer, sides.agent);
  await expect.poll(() => mirrorText(sides.agent, '#greeting')).toBe('Hello');
  const color = await sides.agent.evaluate(() => {
    const frame = document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector('iframe')!;
    return getComputedStyle(frame.contentDocument!.querySelector('#greeting')!).color;
  });
  expect(color).toBe('rgb(1, 2, 3)');
  await expect(sides.consumer.locator('[part~="stop"]')).toBeVisible();
  expect(violations).toEqual([]);
  expect(sides.errors).toEqual([]);
  await sides.close();
});

test('under a modal dialog of the page the question and Stop can be used', async ({ browser }) => {
  const body = `${greeting}<dialog id="modal"><p>Modal</p><button id="inside">Inside</button></dialog>`;
  const sides = await openSides(browser, await stage.consumerPage({ body }), await stage.agentPage());
  const { consumer, agent } = sides;
  await Promise.all([reach(consumer, { connection: 'online' }), reach(agent, { connection: 'online' })]);
  await consumer.evaluate(() => document.querySelector<HTMLDialogElement>('#modal')!.showModal());
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await reach(consumer, { status: 'requested' });
  await allow(consumer);
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await reach(consumer, { status: 'active' });
  await consumer.locator('#inside').click();
  await consumer.locator('[part~="stop"]').click();
  await reach(consumer, { status: 'ended', endReason: 'consumer' });
  await reach(agent, { status: 'ended' });
  await sides.close();
});

test('a second consumer is refused, the first one and the agent go on', async ({ browser, page }) => {
  const sides = await openSides(browser, await stage.consumerPage({ body: greeting }), await stage.agentPage());
  await shareScreen(sides.consumer, sides.agent);
  await page.goto(await stage.consumerPage({ body: greeting, claims: { sub: 'consumer-2' } }));
  await expect.poll(async () => (await stateOf(page)).error?.code).toBe('session-full');
  await sides.consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'Still here'));
  await expect.poll(() => mirrorText(sides.agent, '#greeting')).toBe('Still here');
  await sides.close();
});

test('agent and consumer in the same browser', async ({ context }) => {
  const [consumer, agent] = [await context.newPage(), await context.newPage()];
  await consumer.goto(await stage.consumerPage({ body: greeting }));
  await agent.goto(await stage.agentPage());
  await shareScreen(consumer, agent);
  await consumer.evaluate(() => (document.querySelector('#greeting')!.textContent = 'One browser'));
  await expect.poll(() => mirrorText(agent, '#greeting')).toBe('One browser');
  expect((await stateOf(agent)).role).toBe('agent');
  expect((await stateOf(consumer)).role).toBe('consumer');
});

test('what is not an action is refused by name', async ({ page }) => {
  await page.goto(await stage.consumerPage({ body: greeting }));
  await reach(page, { connection: 'online' });
  expect(await dispatch(page, { type: 'nonsense' } as never)).toEqual({ ok: false, code: 'unknown-action' });
  expect(await dispatch(page, null as never)).toEqual({ ok: false, code: 'unknown-action' });
  expect(await dispatch(page, { type: 'view' })).toMatchObject({ ok: false });
  expect(await dispatch(page, { type: 'answer', requestId: 'none', decision: 'allow' })).toMatchObject({ ok: false });
});
