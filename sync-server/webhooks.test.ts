import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { silentLog } from './log.js';
import { join, request, startServer, until } from './testing/rig.js';
import { Webhooks } from './webhooks.js';

const secret = 'the secret of the webhooks';

interface Received {
  id: string;
  signature: string;
  body: string;
  event: { id: string; type: string; session: string; at: string; data: Record<string, unknown> };
}

/** An integrator's back end. @param answer the status for each request, by its number. */
async function backEnd(t: TestContext, answer: (number: number) => number = () => 204) {
  const received: Received[] = [];
  let count = 0;
  const web = createServer((message, response) => {
    void readBody(message).then((body) => {
      const status = answer(count++);
      if (status < 300) received.push({ ...headersOf(message), body, event: JSON.parse(body) as Received['event'] });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  t.after(() => web.close());
  const { port } = web.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/hook`, count: () => count, web, port };
}

async function readBody(message: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of message) body += String(part);
  return body;
}

const headersOf = ({ headers }: IncomingMessage) => ({
  id: String(headers['cobrowse-webhook-id']),
  signature: String(headers['cobrowse-signature']),
});

/** As docs/operations.md says that it is checked. */
function isGenuine({ signature, body }: Received): boolean {
  const { t, v1 } = Object.fromEntries(signature.split(',').map((part) => part.split('='))) as {
    t: string;
    v1: string;
  };
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return v1 === expected && Math.abs(Date.now() / 1000 - Number(t)) < 300;
}

const pauses = [20, 20, 20, 20, 20];
const createWebhooks = (
  t: TestContext,
  url: string,
  more: { pauses?: readonly number[]; onLost?: () => void } = {},
) => {
  const webhooks = new Webhooks({ url, secret, log: silentLog, pauses, ...more });
  t.after(() => webhooks.close(0));
  return webhooks;
};

test('a session is told from its beginning to its end, signed, with the receipt', async (t) => {
  const { url, received } = await backEnd(t);
  const rig = await startServer(t, { webhookUrl: url, webhookSecret: secret });
  const consumer = await join(t, rig);
  const agent = await join(t, rig, { role: 'agent' });
  agent.doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  await until(() => consumer.doc.getMap('requests').size === 1, 'the request');
  const session = consumer.doc.getMap('session');
  consumer.doc.getMap('answers').set('agent-1:1', { decision: 'allow', at: 1 });
  consumer.doc.transact(() => session.set('status', 'active') && session.set('mode', 'screen-share'));
  session.set('status', 'paused');
  session.set('status', 'active');
  consumer.doc.transact(() => session.set('status', 'ended') && session.set('endedBy', 'consumer'));
  await until(() => received.some(({ event }) => event.type === 'session.ended'), 'the end');
  assert.deepEqual(
    received.map(({ event }) => event.type),
    ['session.created', 'request.created', 'answer.recorded', 'session.started', 'mode.changed', 'session.ended'],
  );
  assert.ok(received.every(isGenuine));
  assert.ok(received.every(({ id, event }) => id === event.id && event.session === 's'));
  assert.equal(new Set(received.map(({ id }) => id)).size, received.length);
  const { data } = received[2]!.event;
  assert.deepEqual([data['request'], data['decision']], ['agent-1:1', 'allow']);
  assert.match(String(data['jws']), /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.equal(received[5]!.event.data['reason'], 'consumer');
});

test('tried again until it is taken, in order, under the same id', async (t) => {
  const { url, received, count } = await backEnd(t, (number) => (number < 3 ? 503 : 200));
  const webhooks = createWebhooks(t, url);
  for (const n of [1, 2, 3]) webhooks.send({ type: 'mode.changed', session: 's', data: { n } });
  await until(() => webhooks.waiting === 0, 'all delivered');
  assert.deepEqual(received.map(({ event }) => event.data['n']), [1, 2, 3]); // prettier-ignore
  assert.equal(count(), 6);
});

test('a back end that is away for a while misses nothing', async (t) => {
  const { url, received, web, port } = await backEnd(t);
  web.close();
  const webhooks = createWebhooks(t, url, { pauses: Array<number>(100).fill(20) });
  webhooks.send({ type: 'session.ended', session: 's', data: {} });
  await until(() => !web.listening, 'closed');
  web.listen(port, '127.0.0.1');
  await until(() => received.length === 1, 'delivered');
});

test('what is refused for good is given up after three tries, what fails after the last; the next one comes', async (t) => {
  const rejects = await backEnd(t, (number) => (number < 3 ? 400 : 200));
  let lost = 0;
  const webhooks = createWebhooks(t, rejects.url, { onLost: () => lost++ });
  for (const n of [1, 2]) webhooks.send({ type: 'mode.changed', session: 's', data: { n } });
  await until(() => webhooks.waiting === 0, 'done');
  assert.deepEqual([lost, rejects.received.map(({ event }) => event.data['n'])], [1, [2]]);
  const fails = await backEnd(t, () => 500);
  const others = createWebhooks(t, fails.url, { onLost: () => lost++ });
  others.send({ type: 'mode.changed', session: 's', data: {} });
  await until(() => others.waiting === 0, 'given up');
  assert.deepEqual([lost, fails.count()], [2, pauses.length + 1]);
});

test('the queue is bounded', async (t) => {
  const { url } = await backEnd(t, () => 503);
  let lost = 0;
  const webhooks = createWebhooks(t, url, { onLost: () => lost++, pauses: [60_000] });
  for (let n = 0; n < 10_100; n++) webhooks.send({ type: 'mode.changed', session: `s${n}`, data: {} });
  assert.deepEqual([webhooks.waiting, lost], [10_000, 100]);
});

test('a redirect is not followed: what is signed goes to the address that was set', async (t) => {
  const { url, received } = await backEnd(t);
  const web = createServer((_request, response) => response.writeHead(307, { location: url }).end());
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  t.after(() => web.close());
  let lost = 0;
  const address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const webhooks = createWebhooks(t, address, { onLost: () => lost++, pauses: [10] });
  webhooks.send({ type: 'mode.changed', session: 's', data: {} });
  await until(() => lost === 1, 'given up');
  assert.equal(received.length, 0);
});

test('an address without a secret stops the start', async (t) => {
  await assert.rejects(startServer(t, { webhookUrl: 'https://desk.example/hook' }), { name: 'ConfigurationError' });
});
