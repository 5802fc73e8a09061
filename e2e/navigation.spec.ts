import { expect, test, type Page } from '@playwright/test';
import { openLine, type Line } from './support/network.js';
import { dispatch, openSides, reach, shareScreen, stateOf } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/** Ways from page to page, and ways to get lost: what the agent sees meanwhile. One session for all. */
let stage: Stage;
let consumer: Page;
let agent: Page;
let close: () => Promise<void>;
let first: string;
let second: string;
/** The ways of both to the server. */
let line: Line;
let agentLine: Line;

test.beforeAll(async ({ browser }) => {
  stage = await createStage();
  [line, agentLine] = await Promise.all([openLine(stage.syncUrl), openLine(stage.syncUrl)]);
  const server = line.url;
  second = await stage.consumerPage({ server, isDormant: true, body: '<h1>Second</h1><button id="b">Go</button>' });
  const links = `<h1>First</h1>
    <a id="link" href="${second}">Link</a><a id="blank" href="${second}" target="_blank">Blank</a>
    <form method="get" action="${second}"><input name="q" value="x"><button id="send">Send</button></form>`;
  first = await stage.consumerPage({ server, body: links });
  const agentUrl = await stage.agentPage({ server: agentLine.url });
  ({ consumer, agent, close } = await openSides(browser, first, agentUrl));
  await agent.evaluate(notePhases);
  await shareScreen(consumer, agent);
});
test.afterAll(async () => {
  await close();
  await Promise.all([line.close(), agentLine.close()]);
  await stage.close();
});

/** Every phase that the view went through, with its time. */
function notePhases(): void {
  const { store } = document.querySelector<
    HTMLElement & { store: import('../components/session/types.js').SessionStore }
  >('cobrowse-session')!;
  const phases: [string, number][] = [];
  Object.assign(window, { phases });
  store.subscribe(({ view }) => {
    if (phases.at(-1)?.[0] !== view.phase) phases.push([view.phase, Date.now()]);
  });
}
const forgetPhases = () => agent.evaluate(() => ((window as unknown as { phases: unknown[] }).phases.length = 0));
const phases = () => agent.evaluate(() => (window as unknown as { phases: [string, number][] }).phases);
const names = async () => (await phases()).map(([name]) => name);

const heading = () =>
  agent.evaluate(
    () =>
      document
        .querySelector('cobrowse-agent-view')!
        .shadowRoot!.querySelector('iframe')
        ?.contentDocument?.querySelector('h1')?.textContent ?? '',
  );

async function arrives(title: string): Promise<void> {
  await expect.poll(heading).toBe(title);
  await reach(agent, { status: 'active', mode: 'screen-share' });
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
  expect((await stateOf(consumer)).request).toBeNull();
}

async function start(): Promise<void> {
  if (!consumer.url().startsWith(first)) await consumer.goto(first);
  await arrives('First');
  await forgetPhases();
}

const ways: readonly [name: string, go: () => Promise<unknown>][] = [
  ['a link', () => consumer.click('#link')],
  ['a form', () => consumer.click('#send')],
  ['script', () => consumer.evaluate((url) => location.assign(url), second)],
  ['another address', () => consumer.goto(second)],
];
for (const [name, go] of ways) {
  test(`by ${name}: "loading" at once, then the new page, without a question`, async () => {
    await start();
    await go();
    await arrives('Second');
    const seen = await names();
    expect(seen[0]).toBe('loading');
    expect(seen).not.toContain('reconnecting');
  });
}

test('back, forward and reload', async () => {
  await start();
  await consumer.click('#link');
  await arrives('Second');
  await consumer.goBack();
  await arrives('First');
  await consumer.goForward();
  await arrives('Second');
  await consumer.reload();
  await arrives('Second');
});

test('the address by script: no loading, and the agent sees the new one', async () => {
  await start();
  await consumer.evaluate(() => {
    history.pushState({}, '', location.pathname + '/part');
    document.title = 'Part';
  });
  await expect.poll(async () => (await stateOf(agent)).page).toMatchObject({ title: 'Part' });
  expect((await stateOf(agent)).page!.url).toContain('/part');
  expect(await names()).not.toContain('loading');
  await consumer.goBack();
});

test('strokes end with their page', async () => {
  await start();
  const { page } = await stateOf(agent);
  const stroke = {
    tool: 'pencil' as const,
    color: '#d6336c',
    width: 4,
    page: page!.id,
    anchor: { node: 1, x: 0.5, y: 0.5 },
    points: [0, 0, 0.5, 9, 9, 0.5],
  };
  expect(await dispatch(agent, { type: 'annotate', stroke })).toEqual({ ok: true });
  await expect.poll(async () => (await stateOf(consumer)).annotations.length).toBe(1);
  await consumer.click('#link');
  await arrives('Second');
  await expect.poll(async () => (await stateOf(agent)).annotations.length).toBe(0);
});

test('a new tab is not shown, and asks nothing', async () => {
  await start();
  const opened = consumer.context().waitForEvent('page');
  await consumer.click('#blank');
  const tab = await opened;
  await tab.waitForLoadState();
  expect((await stateOf(tab)).status).toBe('idle');
  await tab.close();
  await arrives('First');
});

test('the network is lost: the agent is told within 3 s, and nothing is asked when it is back', async () => {
  await start();
  const cut = Date.now();
  line.cut();
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('reconnecting');
  expect((await stateOf(agent)).view.since - cut, 'milliseconds').toBeLessThan(3000);
  await reach(consumer, { connection: 'reconnecting' });
  await consumer.evaluate(() => (document.querySelector('h1')!.textContent = 'First again'));
  line.mend();
  await arrives('First again');
  await consumer.reload();
});

test('the agent loses the network: it is told, and sees what has changed meanwhile', async () => {
  await start();
  agentLine.cut();
  await reach(agent, { connection: 'reconnecting' });
  await consumer.evaluate(() => (document.querySelector('h1')!.textContent = 'First meanwhile'));
  agentLine.mend();
  await arrives('First meanwhile');
  await consumer.reload();
});

test('the tab crashes: the agent is told, and sees the page when it is loaded again', async () => {
  await start();
  const crashed = consumer.waitForEvent('crash');
  const client = await consumer.context().newCDPSession(consumer);
  client.send('Page.crash').catch(() => undefined);
  await crashed;
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('reconnecting');
  await client.send('Page.reload');
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe('live');
  expect(await heading()).toBe('First');
});
