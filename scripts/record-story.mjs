import { chromium } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { browserFlags, chromePath } from './browser.mjs';

/**
 * `npm run stories:record`: records stories/pages/basket.html with the built kit, as a session would, and writes the frames
 * of its first epoch to stories/pages/basket.json. To be run when the page, or the layout of frames, has changed.
 */
process.chdir(new URL('..', import.meta.url).pathname);
const { createSyncServer } = await import('../dist/server/index.js');
const { signToken } = await import('../dist/server/token.js');
const secret = 'a-secret-of-the-recorder-of-stories-32';
const page = readFileSync('stories/pages/basket.html', 'utf8');
const web = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/cdn/')) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(`dist${pathname}`));
  } else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pages[pathname] ?? '');
});
await new Promise((resolve) => web.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${web.address().port}`;
const sync = createSyncServer({ port: 0, secret, allowedOrigins: [origin], logger: false });
const { url } = await sync.listen();
const tag = async (role, inside) => {
  const token = await signToken({ sub: role, name: role, role, session: 'story' }, secret, { expiresIn: 600 });
  return `<script type="module" src="/cdn/${role}.js"></script><cobrowse-session server="${url}" session="story" token="${token}">${inside}</cobrowse-session>`;
};
const pages = {
  '/consumer': page.replace('</body>', `${await tag('consumer', '<cobrowse-consent></cobrowse-consent>')}</body>`),
  '/agent': await tag('agent', '<cobrowse-agent-view></cobrowse-agent-view>'),
};

const browser = await chromium.launch({ executablePath: chromePath(), args: browserFlags });
try {
  const consumer = await browser.newPage({ viewport: { width: 1120, height: 720 } });
  const agent = await browser.newPage();
  const frames = [];
  consumer.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (!socket.url().includes('/mirror/') || typeof payload === 'string' || payload[1] !== 1) return;
      const [flags, seq, start] = [payload[2], payload.readUInt32BE(8), 12 + payload[3]];
      frames.push({ flags, seq, payload: payload.subarray(start).toString('base64') });
    }),
  );
  await consumer.goto(`${origin}/consumer`);
  await agent.goto(`${origin}/agent`);
  const until = (of, name, value) =>
    of.waitForFunction(
      ([field, wanted]) => document.querySelector('cobrowse-session')?.store?.getState()[field] === wanted,
      [name, value],
    );
  const act = (of, action) =>
    of.evaluate((one) => document.querySelector('cobrowse-session').store.dispatch(one), action);
  await until(agent, 'connection', 'online');
  await until(consumer, 'connection', 'online');
  await act(agent, { type: 'request', mode: 'screen-share' });
  await until(consumer, 'status', 'requested');
  const requestId = await consumer.evaluate(
    () => document.querySelector('cobrowse-session').store.getState().request.id,
  );
  await act(consumer, { type: 'answer', requestId, decision: 'allow' });
  await until(agent, 'status', 'allowed');
  await act(agent, { type: 'view' });
  await agent.waitForFunction(() => document.querySelector('cobrowse-agent-view').matches(':state(live)'));
  const last = frames.findLastIndex(({ flags }) => flags & 1);
  const more = frames.slice(last).findIndex(({ flags }) => !(flags & 2));
  writeFileSync('stories/pages/basket.json', `${JSON.stringify(frames.slice(last, last + more + 1), null, 2)}\n`);
  console.log(`stories/pages/basket.json: ${more + 1} frames`);
} finally {
  await browser.close();
  await sync.close();
  web.close();
  web.closeAllConnections();
}
