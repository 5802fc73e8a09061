import { expect, type Browser, type Page } from '@playwright/test';
import type { RealBrowser, RealPage } from './real-browser.js';
import { reach, stateOf } from './sides.js';

export interface RealSides {
  readonly consumer: RealPage;
  readonly agent: Page;
  close(): Promise<void>;
}

/** Expressions for a page that only the protocol of the developer tools reaches. */
export const store = "document.querySelector('cobrowse-session').store";
export const part = (name: string) =>
  `document.querySelector('cobrowse-consent').shadowRoot.querySelector('[part~="${name}"]')`;
export const isState = (fields: object) =>
  `Object.entries(${JSON.stringify(fields)}).every(([name, value]) => ${store}.getState()[name] === value)`;
export const isShown = (name: string) => `${part(name)}?.getBoundingClientRect().width > 0`;

export interface RealSidesOptions {
  consumerUrl: string;
  agentUrl: string;
  /** Runs in the agent's page before its own scripts. */
  initAgent?: () => void;
}

/** Both sides in screen share: the consumer's as a person has it, in a headed browser. */
export async function shareForReal(desk: Browser, person: RealBrowser, options: RealSidesOptions): Promise<RealSides> {
  const context = await desk.newContext();
  const agent = await context.newPage();
  if (options.initAgent) await agent.addInitScript(options.initAgent);
  await agent.goto(options.agentUrl);
  const consumer = await person.open(options.consumerUrl);
  await Promise.all([consumer.until(isState({ connection: 'online' })), reach(agent, { connection: 'online' })]);
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await allowForReal(consumer);
  await reach(agent, { status: 'allowed' });
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await reach(agent, { status: 'active' });
  await isPhase(agent, 'live');
  const close = async () => {
    await context.close();
    // a tab that is closed already, by the test
    await consumer.close().catch(() => undefined);
  };
  return { consumer, agent, close };
}

/** By the real mouse; a click in the first half second is not taken for an answer. */
export async function allowForReal(consumer: RealPage): Promise<void> {
  await consumer.until(isShown('allow'));
  await expect(async () => {
    if (await consumer.evaluate<boolean>(`Boolean(${part('allow')})`)) await consumer.click(part('allow'));
    expect(await consumer.evaluate(`${store}.getState().request`)).toBeNull();
  }).toPass({ timeout: 10_000 });
}

export async function askFullDevice({ consumer, agent }: RealSides): Promise<void> {
  await agent.locator('cobrowse-toolbar [part~="full-device"]').first().click();
  await consumer.until(isShown('allow'));
}

export async function isPhase(agent: Page, phase: string): Promise<void> {
  await expect.poll(async () => (await stateOf(agent)).view.phase).toBe(phase);
}
