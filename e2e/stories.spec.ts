import { expect, test, type Page } from '@playwright/test';
import { createRequire } from 'node:module';
import { serveStories, showStory, storyAddress, untilRendered } from '../scripts/serve-stories.mjs';

/** Every story comes to its state without a word in the console, and axe finds nothing in it. */
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
test.use({ contextOptions: { reducedMotion: 'reduce' } });
const { origin, stories, close } = await serveStories();
test.afterAll(() => close());

interface Axe {
  run(context: object, options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
}

const titles = [...new Set(stories.map(({ title }) => title))];
for (const title of titles) {
  test(`stories of ${title}`, async ({ page }) => {
    const own = stories.filter((story) => story.title === title);
    const said: string[] = [];
    page.on('pageerror', ({ message }) => said.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) said.push(message.text());
    });
    // the addon would run axe at the same time
    await page.goto(storyAddress(origin, own[0]!.id, { 'a11y.manual': '!true' }));
    await untilRendered(page);
    const found: string[] = [];
    for (const { id } of own) {
      await showStory(page, id);
      found.push(...(await violations(page)).map((text) => `${id}: ${text}`));
    }
    expect([...found, ...said]).toEqual([]);
  });
}

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    const { axe: tool } = window as unknown as { axe: Axe };
    // the recorded page has rules of its own; a story is no whole page
    const options = {
      iframes: false,
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
    };
    const { violations: list } = await tool.run({ include: ['#storybook-root'], exclude: ['iframe'] }, options);
    return list.map(({ id: rule, nodes }) => `${rule}: ${JSON.stringify(nodes.map(({ target }) => target))}`);
  });
}
