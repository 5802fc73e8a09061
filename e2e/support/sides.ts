import { expect, type Browser, type Page } from '@playwright/test';
import type { Action, DispatchResult, SessionState, SessionStore } from '../../components/session/types.js';

type SessionElement = HTMLElement & { store: SessionStore };

/** The state that the page's tag shows. */
export function stateOf(page: Page): Promise<SessionState> {
  return page.evaluate(() => document.querySelector<SessionElement>('cobrowse-session')!.store.getState());
}

/** Waits until fields of the state are as wanted. */
export async function reach(
  page: Page,
  wanted: Partial<Record<keyof SessionState, unknown>>,
  timeout = 15_000,
): Promise<void> {
  await page.waitForFunction(
    (fields) => {
      const state = document.querySelector<SessionElement>('cobrowse-session')?.store?.getState() as
        Record<string, unknown> | undefined;
      return state !== undefined && Object.entries(fields).every(([name, value]) => state[name] === value);
    },
    wanted as Record<string, unknown>,
    { timeout, polling: 30 },
  );
}

export async function dispatch(page: Page, action: Action): Promise<DispatchResult> {
  return page.evaluate(
    (value) => document.querySelector<SessionElement>('cobrowse-session')!.store.dispatch(value),
    action,
  );
}

/** A browser context of its own for each side, as for two people. */
export async function openSides(
  browser: Browser,
  consumerUrl: string,
  agentUrl: string,
): Promise<{ consumer: Page; agent: Page; errors: string[]; close(): Promise<void> }> {
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [consumer, agent] = await Promise.all(contexts.map((context) => context.newPage()));
  const errors: string[] = [];
  for (const page of [consumer!, agent!]) page.on('pageerror', (error) => errors.push(String(error)));
  await Promise.all([consumer!.goto(consumerUrl), agent!.goto(agentUrl)]);
  return {
    consumer: consumer!,
    agent: agent!,
    errors,
    close: async () => Promise.all(contexts.map((context) => context.close())).then(() => undefined),
  };
}

/** From the request to the live view, by the buttons that people use. */
export async function shareScreen(consumer: Page, agent: Page): Promise<void> {
  await Promise.all([reach(consumer, { connection: 'online' }), reach(agent, { connection: 'online' })]);
  await agent.locator('cobrowse-toolbar [part~="request"]').click();
  await allow(consumer);
  await reach(agent, { status: 'allowed' });
  await agent.locator('cobrowse-toolbar [part~="view"]').click();
  await reach(agent, { status: 'active' });
  await expect.poll(async () => (await stateOf(agent)).view.phase, { timeout: 15_000 }).toBe('live');
}

export const allow = (consumer: Page): Promise<void> => answer(consumer, 'allow');
export const deny = (consumer: Page): Promise<void> => answer(consumer, 'deny');

async function answer(consumer: Page, decision: 'allow' | 'deny'): Promise<void> {
  const button = consumer.locator(`[part~="${decision}"]`).first();
  await button.waitFor();
  // a click in the first half second is taken for one that was meant for something else
  await expect(async () => {
    if (await button.isVisible()) await button.click({ timeout: 1000 });
    expect((await stateOf(consumer)).request).toBeNull();
  }).toPass({ timeout: 10_000 });
}

/** Text of the first match in the mirror, or null. */
export function mirrorText(agent: Page, selector: string): Promise<string | null> {
  return agent.evaluate((wanted) => {
    const frame = document.querySelector('cobrowse-agent-view')?.shadowRoot?.querySelector('iframe');
    return frame?.contentDocument?.querySelector(wanted)?.textContent ?? null;
  }, selector);
}
