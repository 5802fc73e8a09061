import { expect, test, type Page } from '@playwright/test';
import type { PageToShell, ShellMessage } from '../protocol/index.js';
import { startDisplay, type Display } from './support/display.js';
import { startRealBrowser, type RealBrowser, type RealPage } from './support/real-browser.js';
import { allowForReal, askFullDevice, isPhase, isState, shareForReal, store } from './support/real-sides.js';
import { startShellSender, type ShellSender } from './support/shell-sender.js';
import { reach, stateOf } from './support/sides.js';
import { createStage, type Stage } from './support/stage.js';

/**
 * An app whose page is in a web view, on a screen of its own: the shell is here, in Node, and sends what is on that screen. The
 * agent's browser draws what comes.
 */
let display: Display;
let browser: RealBrowser;
let stage: Stage;
let shell: ShellSender | undefined;

test.beforeAll(async () => {
  display = await startDisplay(800, 600);
  browser = await startRealBrowser(display);
  stage = await createStage();
});
test.afterEach(async () => {
  await shell?.close();
  shell = undefined;
});
test.afterAll(async () => {
  await browser.close();
  await stage.close();
  await display.close();
});

/** What a shell puts into the page before its own scripts. */
const SHELL =
  'window.said = []; window.cobrowseShell = { capture: true, postMessage: (text) => said.push(JSON.parse(text)) };';
const PINK = [250, 0, 250];
const GREEN = [0, 160, 60];
const BLUE = [30, 60, 200];
const style = `body { margin: 0; background: rgb(${PINK.join()}) }`;
const otherApp = (color: readonly number[]) =>
  `data:text/html,<title>Another app</title><body style="margin:0;background:rgb(${color.join()})">`;

const tell = (page: RealPage, message: ShellMessage) =>
  page.evaluate(`void window.dispatchEvent(new CustomEvent('cobrowse-shell', { detail: ${JSON.stringify(message)} }))`);
const said = (page: RealPage) => page.evaluate<PageToShell[]>('window.said');
const shown = (agent: Page) =>
  agent.evaluate(
    () =>
      document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector<HTMLElement>('.base')!.dataset['source'],
  );
/** The color in the middle of what the agent sees of the screen. */
const color = (agent: Page) =>
  agent.evaluate(() => {
    const canvas = document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector('canvas')!;
    if (canvas.width === 0) return null;
    return [
      ...canvas
        .getContext('2d')!
        .getImageData(canvas.width / 2, canvas.height * 0.7, 1, 1)
        .data.slice(0, 3),
    ];
  });
const sees = (agent: Page, wanted: readonly number[]) =>
  expect
    .poll(async () => (await color(agent))?.every((value, index) => Math.abs(value - wanted[index]!) < 24))
    .toBe(true);

test('the agent goes on seeing the screen while the app is minimised, and the page when it is back', async ({
  browser: desk,
}) => {
  const session = 'shell';
  const [consumerUrl, agentUrl, token] = await Promise.all([
    stage.consumerPage({ session, style, script: SHELL }),
    stage.agentPage({ session }),
    stage.token({ session, device: true }),
  ]);
  const both = await shareForReal(desk, browser, { consumerUrl, agentUrl });
  const { consumer, agent } = both;

  // in screen share a minimised app is not visible, and is back without a question
  await tell(consumer, { type: 'minimised' });
  await isPhase(agent, 'hidden');
  await tell(consumer, { type: 'restored' });
  await isPhase(agent, 'live');

  await askFullDevice(both);
  await allowForReal(consumer);
  await reach(agent, { mode: 'full-device' });
  await consumer.until('window.said.length > 0');
  expect(await said(consumer)).toEqual([{ type: 'capture-wanted', session, server: stage.syncUrl }]);
  shell = await startShellSender({ display, server: stage.syncUrl, session, token });
  await tell(consumer, { type: 'capture-started' });
  await expect
    .poll(async () => (await stateOf(agent)).screen)
    .toEqual({ source: 'mirror', capture: 'on', surface: 'screen' });
  expect(await shown(agent)).toBe('mirror');
  expect(shell.sent).toBe(0);

  // the app goes out of sight; other windows come and go on that screen
  shell.minimised(true);
  await tell(consumer, { type: 'minimised' });
  const other = await browser.open(otherApp(GREEN));
  await expect.poll(() => shown(agent)).toBe('screen');
  await sees(agent, GREEN);
  await isPhase(agent, 'live');
  await other.goto(otherApp(BLUE));
  await sees(agent, BLUE);
  await agent.screenshot({ path: 'test-results/shell-minimised.png' });

  await consumer.show();
  shell.minimised(false);
  await tell(consumer, { type: 'restored' });
  await expect.poll(() => shown(agent)).toBe('mirror');
  await isPhase(agent, 'live');
  expect((await stateOf(agent)).mode).toBe('full-device');
  expect(await consumer.evaluate(`${store}.getState().request`)).toBeNull();
  const before = shell.sent;

  // the system stops the page: the shell alone says that the app is out of sight
  shell.minimised(true);
  await other.show();
  await consumer.close();
  await expect.poll(() => shown(agent)).toBe('screen');
  await isPhase(agent, 'live');
  await sees(agent, BLUE);
  expect(shell.sent).toBeGreaterThan(before);
  await both.close();
});

test('what the person says to the system counts: a no, and a stop', async ({ browser: desk }) => {
  const session = 'shell-no';
  const [consumerUrl, agentUrl] = await Promise.all([
    stage.consumerPage({ session, style, script: SHELL }),
    stage.agentPage({ session }),
  ]);
  const both = await shareForReal(desk, browser, { consumerUrl, agentUrl });
  const { consumer, agent } = both;
  await askFullDevice(both);
  await allowForReal(consumer);
  await reach(agent, { mode: 'full-device' });
  await consumer.until('window.said.length > 0');
  await tell(consumer, { type: 'capture-ended', reason: 'refused' });
  await expect.poll(async () => (await stateOf(agent)).screen?.capture).toBe('refused');
  await expect(agent.locator('cobrowse-agent-view [part~="badge"]')).toBeVisible();
  // asked again by the button of the indicator
  await consumer.click("document.querySelector('cobrowse-consent').shadowRoot.querySelector('[part~=\"choose\"]')");
  await consumer.until('window.said.length === 2');
  await tell(consumer, { type: 'capture-started' });
  await expect.poll(async () => (await stateOf(agent)).screen?.capture).toBe('on');
  await tell(consumer, { type: 'capture-ended', reason: 'stopped' });
  await consumer.until(isState({ mode: 'screen-share' }));
  await reach(agent, { mode: 'screen-share' });
  expect((await said(consumer)).at(-1)).toEqual({ type: 'capture-over' });
  await both.close();
});
