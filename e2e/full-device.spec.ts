import { expect, test, type Browser, type Page } from '@playwright/test';
import { FRAME_KINDS, FRAME_VERSION } from '../protocol/index.js';
import { startDisplay, type Display } from './support/display.js';
import { startRealBrowser, type RealBrowser } from './support/real-browser.js';
import {
  allowForReal,
  askFullDevice,
  isPhase,
  isShown,
  isState,
  part,
  shareForReal,
  type RealSides,
} from './support/real-sides.js';
import { dispatch, mirrorText, reach, stateOf } from './support/sides.js';
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

async function share(desk: Browser, person = browser): Promise<RealSides> {
  const name = `full-${++session}`;
  const [consumerUrl, agentUrl] = await Promise.all([
    stage.consumerPage({ session: name, style: inOur }),
    stage.agentPage({ session: name }),
  ]);
  return shareForReal(desk, person, { consumerUrl, agentUrl, initAgent: noteColors });
}

interface Noted {
  color: [number, number, number];
}

/** Notes the color of each picture, and what the agent has seen in each frame, once for each change. */
function noteColors(): void {
  const noted: Noted[] = [];
  const seen: string[] = [];
  Object.assign(window, { noted, seen });
  const look = () => {
    requestAnimationFrame(look);
    const root = document.querySelector('cobrowse-agent-view')?.shadowRoot;
    const base = root?.querySelector<HTMLElement>('.base');
    if (!root || !base) return;
    const isScreen = base.dataset['source'] === 'screen';
    const { width, height } = root.querySelector(isScreen ? '.screen' : '.mirror')!.getBoundingClientRect();
    const isThere = width > 0 && height > 0 && (!isScreen || noted.length > 0);
    const now = `${base.dataset['situation']} ${isThere ? base.dataset['source'] : 'nothing'}`;
    if (now !== seen.at(-1)) seen.push(now);
  };
  look();
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
    Reflect.apply(draw, this, given);
    const { width, height } = this.canvas;
    const [red = 0, green = 0, blue = 0] = this.getImageData(width / 4, height * 0.75, 1, 1).data;
    noted.push({ color: [red, green, blue] });
  };
}

/** What the agent sees from now on, in turn. */
const startSeeing = (agent: Page) =>
  agent.evaluate(() => (window as unknown as { seen: string[] }).seen.splice(0).length);
const seen = (agent: Page): Promise<string[]> => agent.evaluate(() => (window as unknown as { seen: string[] }).seen);
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
  await allowForReal(consumer);
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

const capture = async (agent: Page) => (await stateOf(agent)).screen?.capture;
const openElsewhere = () => browser.open(elsewhere('rgb(0, 160, 60)'));
const keepStream = `{
  const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = (options) => ask(options).then((stream) => (window.captured = stream));
}`;
/** Notes for each picture that leaves whether the page was in view then. */
const keepSent = `{
  window.sent = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset) : [];
    if (bytes[0] === ${FRAME_VERSION} && bytes[1] === ${FRAME_KINDS.screen}) window.sent.push(document.visibilityState);
    return send.call(this, data);
  };
}`;
const trackState = 'window.captured.getVideoTracks()[0].readyState';

test('no picture of a page of ours leaves; a late agent sees what there is; the toggle ends it', async ({
  browser: desk,
}) => {
  const both = await share(desk);
  const { consumer, agent } = both;
  await consumer.evaluate(keepStream);
  await consumer.evaluate(keepSent);
  await askFullDevice(both);
  await allowForReal(consumer);
  await expect.poll(() => capture(agent)).toBe('on');
  await startSeeing(agent);
  for (let round = 0; round < 3; round++) {
    const other = await openElsewhere();
    await expect.poll(() => shown(agent)).toBe('screen');
    await consumer.show();
    await expect.poll(() => shown(agent)).toBe('mirror');
    await consumer.evaluate(`document.body.append('round ${round}')`);
    await expect.poll(() => mirrorText(agent, 'body')).toContain(`round ${round}`);
    await other.close();
    await consumer.show();
  }
  const sent = await consumer.evaluate<string[]>('window.sent');
  expect(sent.length).toBeGreaterThan(2);
  expect(new Set(sent)).toEqual(new Set(['hidden']));
  // from the one to the other without a message or an empty moment between
  const turns = ['live screen', 'live mirror'];
  expect((await seen(agent)).slice(-6)).toEqual([...turns, ...turns, ...turns]);
  // by anyone who joins meanwhile
  const context = await desk.newContext();
  const late = await context.newPage();
  await late.addInitScript(noteColors);
  await late.goto(await stage.agentPage({ session: `full-${session}`, claims: { sub: 'agent-2', name: 'Bo' } }));
  await reach(late, { mode: 'full-device' });
  const other = await openElsewhere();
  await expect.poll(async () => isLike(await lastColor(late), [0, 160, 60])).toBe(true);
  const secret = (colors: Noted[]) => colors.filter(({ color }) => isLike(color, [250, 0, 250]));
  expect(secret(await noted(agent))).toEqual([]);
  expect(secret(await noted(late))).toEqual([]);
  expect(await dispatch(agent, { type: 'request', mode: 'remote-control' })).toMatchObject({ ok: false });
  await agent.locator('cobrowse-toolbar [part~="full-device"]').first().click();
  await reach(agent, { mode: 'screen-share' });
  await isPhase(agent, 'hidden');
  await consumer.until(`${trackState} === 'ended'`);
  await consumer.show();
  await isPhase(agent, 'live');
  expect(await shown(agent)).toBe('mirror');
  await context.close();
  await other.close();
  await both.close();
});

const setMuted = (isMuted: boolean) => `{
  const [track] = window.captured.getVideoTracks();
  Object.defineProperty(track, 'muted', { value: ${isMuted}, configurable: true });
  track.dispatchEvent(new Event(${isMuted ? "'mute'" : "'unmute'"}));
}`;

test('"Stop sharing" of the browser ends the mode; remote control is off and stays off', async ({ browser: desk }) => {
  const both = await share(desk);
  const { consumer, agent } = both;
  await consumer.evaluate(keepStream);
  await agent.locator('cobrowse-toolbar [part~="control"]').first().click();
  await allowForReal(consumer);
  await reach(agent, { mode: 'remote-control' });
  await askFullDevice(both);
  await allowForReal(consumer);
  await reach(agent, { mode: 'full-device', controller: null });
  await expect.poll(() => capture(agent)).toBe('on');
  // a window that is minimised gives no picture for a while
  await consumer.evaluate(setMuted(true));
  await expect.poll(() => capture(agent)).toBe('muted');
  await expect(agent.locator('cobrowse-agent-view')).toContainText('It may be minimised');
  await consumer.evaluate(setMuted(false));
  await expect.poll(() => capture(agent)).toBe('on');
  // what the browser's own bar does
  await consumer.evaluate(
    "(() => { const [track] = window.captured.getVideoTracks(); track.stop(); track.dispatchEvent(new Event('ended')); })()",
  );
  await reach(agent, { mode: 'screen-share', controller: null });
  await consumer.until(isState({ mode: 'screen-share', controller: null }));
  await both.close();
});

test('refused in the picker: the tabs of the site are followed, and the agent is told so', async ({
  browser: desk,
}) => {
  const both = await share(desk);
  const { consumer, agent } = both;
  await consumer.evaluate(
    "navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
  );
  await askFullDevice(both);
  await allowForReal(consumer);
  await reach(agent, { mode: 'full-device' });
  await expect.poll(() => capture(agent)).toBe('refused');
  await consumer.until(isShown('choose'));
  const other = await openElsewhere();
  await isPhase(agent, 'hidden');
  await expect(agent.locator('cobrowse-agent-view')).toContainText('Other windows');
  await agent.screenshot({ path: 'test-results/full-device-refused.png' });
  await consumer.show();
  await isPhase(agent, 'live');
  await consumer.click(part('back'));
  await reach(agent, { mode: 'screen-share' });
  await other.close();
  await both.close();
});

test('the tab that was chosen is closed: full device is over', async ({ browser: desk }) => {
  const other = await startRealBrowser(display, ['--auto-select-tab-capture-source-by-title=Elsewhere']);
  // Chromium without a graphics card says other colors of a tab than it captures; grey is the same in all. It stands still, too
  const chosen = await other.open(elsewhere('rgb(90, 90, 90)'));
  const both = await share(desk, other);
  const { consumer, agent } = both;
  await askFullDevice(both);
  await allowForReal(consumer);
  // the browser may bring what was chosen to the front by itself
  await expect.poll(async () => (await stateOf(agent)).screen).toMatchObject({ capture: 'on', surface: 'tab' });
  await chosen.show();
  await expect.poll(() => shown(agent)).toBe('screen');
  await expect.poll(async () => isLike(await lastColor(agent), [90, 90, 90])).toBe(true);
  await chosen.close();
  await reach(agent, { mode: 'screen-share', controller: null });
  await consumer.show();
  await isPhase(agent, 'live');
  expect(await shown(agent)).toBe('mirror');
  await both.close();
  await other.close();
});
