import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const root = new URL('../.cache/storybook', import.meta.url).pathname;
const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The built Storybook on a free port. @returns its address, its stories, and how to end it. */
export async function serveStories() {
  if (!existsSync(join(root, 'index.json'))) throw new Error('there are no built stories: npm run stories:build');
  const server = createServer((request, response) => {
    const file = join(root, normalize(new URL(request.url, 'http://localhost').pathname));
    if (!file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { entries } = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stories: Object.values(entries).filter(({ type }) => type === 'story'),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Address of one story with switches set, as `{theme: 'dark'}`. */
export function storyAddress(origin, id, globals = {}) {
  const set = Object.entries(globals).map(([name, value]) => `${name}:${value}`);
  return `${origin}/iframe.html?id=${id}&viewMode=story&globals=${set.join(';')}`;
}

/** Until the story has come to its state. @throws what the story threw. */
export async function untilRendered(page) {
  await page.waitForFunction(
    () => 'storyReady' in document.documentElement.dataset || document.body.classList.contains('sb-show-errordisplay'),
  );
  const error = page.locator('.sb-errordisplay');
  if (await error.isVisible()) throw new Error((await error.textContent()).trim());
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Another story on a page that shows one: quicker than loading it. */
export async function showStory(page, id) {
  await page.evaluate((storyId) => {
    delete document.documentElement.dataset.storyReady;
    window.__STORYBOOK_ADDONS_CHANNEL__.emit('setCurrentStory', { storyId, viewMode: 'story' });
    window.__STORYBOOK_ADDONS_CHANNEL__.emit('forceRemount', { storyId });
  }, id);
  await untilRendered(page);
}
