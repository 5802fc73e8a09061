import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { browserFlags, chromePath } from './browser.mjs';
import { serveStories, storyAddress, untilRendered } from './serve-stories.mjs';

/**
 * `npm run pictures [-- word ...]`: a picture of each story (or those whose id has a word) in each look, in
 * `.cache/pictures/<story>.<look>.png`.
 */
process.chdir(new URL('..', import.meta.url).pathname);
const looks = {
  light: { globals: { theme: 'light' } },
  dark: { globals: { theme: 'dark' }, media: { colorScheme: 'dark' } },
  forced: { globals: {}, media: { forcedColors: 'active' } },
  arabic: { globals: { language: 'ar' } },
  narrow: { globals: {}, viewport: { width: 320, height: 640 } },
};
const words = process.argv.slice(2);
const { origin, stories, close } = await serveStories();
const browser = await chromium.launch({ executablePath: chromePath(), args: browserFlags });
mkdirSync('.cache/pictures', { recursive: true });
let failed = 0;
for (const [look, { globals, media = {}, viewport = { width: 1100, height: 700 } }] of Object.entries(looks)) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...media });
  const page = await context.newPage();
  for (const { id } of stories.filter(
    (story) => words.length === 0 || words.some((word) => `${story.id}.${look}`.includes(word)),
  )) {
    try {
      await page.goto(storyAddress(origin, id, globals));
      await untilRendered(page);
      await page.waitForTimeout(600);
      await page.screenshot({ path: `.cache/pictures/${id}.${look}.png` });
    } catch (error) {
      failed += 1;
      console.error(`${id} ${look}: ${error.message}`);
    }
  }
  await context.close();
}
await browser.close();
close();
console.log(`.cache/pictures: ${stories.length} stories, ${Object.keys(looks).length} looks, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
