import type { Browser, Page } from '@playwright/test';
import type { Demo } from '../../demo/start-demo.js';

/** A conversation of the demo: the agent at the desk, the consumer on the page that the link leads to. */
export interface Conversation {
  readonly agent: Page;
  readonly consumer: Page;
  readonly errors: string[];
  close(): Promise<void>;
}

/**
 * @param path where the consumer starts, such as `/apps/grid/`.
 * @param onConsumer gets the consumer's page before anything is loaded in it
 */
export async function openConversation(
  browser: Browser,
  demo: Demo,
  path = '/',
  onConsumer?: (consumer: Page) => void,
): Promise<Conversation> {
  const contexts = await Promise.all([
    browser.newContext({ viewport: { width: 1440, height: 900 } }),
    browser.newContext(),
  ]);
  const [agent, consumer] = await Promise.all([contexts[0].newPage(), contexts[1].newPage()]);
  onConsumer?.(consumer);
  const errors: string[] = [];
  for (const page of [agent, consumer]) page.on('pageerror', (error) => errors.push(`${page.url()}: ${String(error)}`));
  await agent.goto(demo.deskUrl);
  await agent.locator('[data-new-conversation]').first().click();
  const link = new URL(await linkOf(agent));
  link.pathname = path;
  await consumer.goto(link.href);
  const close = async () => {
    await Promise.all(contexts.map((context) => context.close()));
  };
  return { agent, consumer, errors, close };
}

async function linkOf(agent: Page): Promise<string> {
  const field = agent.locator('[data-invite-link]');
  await agent.waitForFunction(() =>
    document.querySelector<HTMLInputElement>('[data-invite-link]')?.value.startsWith('http'),
  );
  return field.inputValue();
}

/** By the desk's menu, as an agent does. */
export async function requestCobrowse(agent: Page): Promise<void> {
  await agent.keyboard.press('Escape');
  await agent.locator('#smart-actions').click();
  await agent.locator('[data-request-cobrowse]').click();
}
