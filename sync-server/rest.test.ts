import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { generateKeyPair, exportPKCS8, exportSPKI } from 'jose';
import { ERRORS, SUBPROTOCOL } from '../protocol/index.js';
import { openApi } from './openapi.js';
import type { SyncServerOptions } from './options.js';
import { join, open, request, secret, startServer, until, type Rig } from './testing/rig.js';
import { signToken } from './token.js';

type Json = Record<string, unknown>;

interface Reply {
  status: number;
  body: Json;
  headers: Headers;
}

interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** Default: that of a service. */
  token?: string | null;
}

async function api(t: TestContext, options: SyncServerOptions = {}) {
  const rig = await startServer(t, options);
  const service = await signToken({ sub: 'crm', role: 'service' }, secret);
  const call = async (what: string, { body, headers = {}, token = service }: CallOptions = {}): Promise<Reply> => {
    const [method, path] = what.split(' ') as [string, string];
    const response = await fetch(`${rig.url.replace('ws', 'http')}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json), headers: response.headers };
  };
  return { rig, call };
}

const enter = (t: TestContext, rig: Rig, session: unknown, token: unknown) =>
  open(t, rig, { session: String(session), protocols: [SUBPROTOCOL, String(token)] });

test('from a new session, its tokens and its code, to its end', async (t) => {
  const { rig, call } = await api(t, { joinUrl: 'https://shop.example/help' });
  const made = await call('POST /v1/sessions', { body: { reference: 'chat 42', modes: ['screen-share'], locale: 'en' } });
  assert.equal(made.status, 201);
  const { id, code, joinUrl, expiresAt, ...rest } = made.body;
  assert.deepEqual(rest, { reference: 'chat 42', modes: ['screen-share'], locale: 'en' });
  assert.match(String(code), /^\d{6}$/);
  assert.equal(joinUrl, `https://shop.example/help#cobrowse=${String(code)}`);
  assert.ok(Math.abs(Date.parse(String(expiresAt)) - Date.now() - 600_000) < 5000);
  assert.deepEqual((await call('GET /v1/sessions?state=waiting')).body, {
    sessions: [{ id, reference: 'chat 42', status: 'waiting', mode: null, participants: [] }],
  });

  const agent = await call(`POST /v1/sessions/${String(id)}/tokens`, { body: { role: 'agent', sub: 'a', name: 'Ana', ttl: 60 } });
  assert.equal(agent.status, 201);
  const agentSide = await enter(t, rig, id, agent.body['token']);
  const joined = await call(`POST /v1/codes/${String(code)}/redeem`, { token: null });
  assert.deepEqual([joined.status, joined.body['session'], joined.body['role']], [200, id, 'consumer']);
  const consumerSide = await enter(t, rig, id, joined.body['token']);
  const { body: session } = await call(`GET /v1/sessions/${String(id)}`);
  assert.deepEqual(session, {
    id,
    reference: 'chat 42',
    status: 'idle',
    mode: null,
    participants: [
      { sub: 'a', name: 'Ana', role: 'agent' },
      { sub: joined.body['sub'], name: joined.body['sub'], role: 'consumer' },
    ],
  });
  assert.deepEqual((await call('GET /v1/sessions?state=open&reference=chat%2042')).body, { sessions: [session] });
  assert.deepEqual((await call('GET /v1/sessions?state=active')).body, { sessions: [] });

  assert.equal((await call(`DELETE /v1/sessions/${String(id)}`)).status, 204);
  for (const side of [agentSide, consumerSide])
    assert.deepEqual(await side.closed, { code: 4410, reason: 'session-ended' });
  const again = await open(t, rig, { session: String(id), protocols: [SUBPROTOCOL, String(agent.body['token'])], without: 'waiting' });
  assert.equal((await again.closed).reason, 'session-ended', 'the token is good, the session is not');
}); // prettier-ignore

test('a code is good once, not for long, and not after the end of its session', async (t) => {
  const { call } = await api(t, { codeSeconds: 1 });
  const redeem = async (code: unknown) => (await call(`POST /v1/codes/${String(code)}/redeem`, { token: null })).status;
  const { code, id } = (await call('POST /v1/sessions')).body;
  assert.deepEqual([await redeem(code), await redeem(code)], [200, 404]);
  const second = (await call(`POST /v1/sessions/${String(id)}/codes`)).body['code'];
  await call(`DELETE /v1/sessions/${String(id)}`);
  assert.equal(await redeem(second), 404);
  const third = (await call('POST /v1/sessions')).body;
  const expiry = Date.parse(String(third['expiresAt']));
  await until(() => Date.now() > expiry, 'expired');
  assert.equal(await redeem(third['code']), 404);
});

test('codes can’t be guessed: ten tries from an address', async (t) => {
  const { call } = await api(t, { trustProxy: 1 });
  const guess = async (n: number, address: string) =>
    (await call(`POST /v1/codes/00000${n % 10}/redeem`, { token: null, headers: { 'x-forwarded-for': address } }))
      .status;
  const tries: number[] = [];
  for (let n = 0; n < 12; n++) tries.push(await guess(n, '1.2.3.4'));
  assert.deepEqual(tries, [...Array<number>(10).fill(404), 429, 429]);
  assert.equal(await guess(0, '5.6.7.8'), 404, 'others may');
});

test('who may ask, and what is wrong, by name', async (t) => {
  const { call } = await api(t, { allowedOrigins: ['https://shop.example'] });
  const person = await signToken({ sub: 'a', role: 'agent', session: 's' }, secret);
  const expired = await signToken({ sub: 'crm', role: 'service', exp: 1 }, secret);
  const forged = await signToken({ sub: 'crm', role: 'service' }, 'another secret, as long as the right one');
  const token = { body: { role: 'agent', sub: 'a' } };
  const cases: [string, CallOptions, number, string][] = [
    ['GET /v1/sessions', { token: null }, 401, 'unauthorized'],
    ['GET /v1/sessions', { token: 'nonsense' }, 401, 'unauthorized'],
    ['GET /v1/sessions', { token: forged }, 401, 'unauthorized'],
    ['GET /v1/sessions', { token: expired }, 401, 'token-expired'],
    ['GET /v1/sessions', { token: person }, 403, 'forbidden'],
    ['GET /v1/sessions?state=odd', {}, 400, 'bad-request'],
    ['GET /v1/nothing', {}, 404, 'bad-request'],
    ['PUT /v1/sessions', {}, 405, 'bad-request'],
    ['GET /v1/sessions/unknown', {}, 404, 'session-not-found'],
    ['GET /v1/receipts/unknown', {}, 404, 'session-not-found'],
    ['POST /v1/sessions', { body: '{oops' }, 400, 'bad-request'],
    ['POST /v1/sessions', { body: '[]' }, 400, 'bad-request'],
    ['POST /v1/sessions', { body: { reference: 'x'.repeat(129) } }, 400, 'bad-request'],
    ['POST /v1/sessions', { body: { modes: ['tv'] } }, 400, 'bad-request'],
    ['POST /v1/sessions', { body: { note: 'x'.repeat(20_000) } }, 413, 'message-too-big'],
    ['POST /v1/sessions', { body: 'a=b', headers: { 'content-type': 'text/plain' } }, 415, 'bad-request'],
    ['POST /v1/sessions/s/tokens', { body: { role: 'service', sub: 'x' } }, 400, 'bad-request'],
    ['POST /v1/sessions/s/tokens', { body: { role: 'agent' } }, 400, 'bad-request'],
    ['POST /v1/sessions/s/tokens', { body: { ...token.body, ttl: 1e9 } }, 400, 'bad-request'],
    ['POST /v1/sessions/%E0%A4%A/tokens', token, 404, 'bad-request'],
    ['POST /v1/codes/123456/redeem', { token: null, headers: { origin: 'https://evil.example' } }, 403, 'origin-refused'],
  ];
  for (const [what, options, status, code] of cases) {
    const reply = await call(what, options);
    assert.deepEqual([reply.status, reply.body['code'], reply.body['status']], [status, code, status], what);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json', what);
    assert.ok(String(reply.body['code']) in ERRORS);
  }
}); // prettier-ignore

test('a page of an allowed origin may redeem a code', async (t) => {
  const { call } = await api(t, { allowedOrigins: ['https://shop.example'] });
  const { code } = (await call('POST /v1/sessions')).body;
  const headers = { origin: 'https://shop.example' };
  const asked = await call(`OPTIONS /v1/codes/${String(code)}/redeem`, { token: null, headers });
  assert.equal(asked.status, 204);
  const reply = await call(`POST /v1/codes/${String(code)}/redeem`, { token: null, headers });
  assert.equal(reply.status, 200);
  for (const one of [asked, reply]) assert.equal(one.headers.get('access-control-allow-origin'), headers.origin);
});

test('a call that is repeated with its key does nothing twice', async (t) => {
  const { call } = await api(t);
  const headers = { 'idempotency-key': 'k-1' };
  const [one, two] = [await call('POST /v1/sessions', { headers }), await call('POST /v1/sessions', { headers })];
  assert.deepEqual(one.body, two.body);
  const other = await call('POST /v1/sessions', { headers: { 'idempotency-key': 'k-2' } });
  assert.notEqual(other.body['id'], one.body['id']);
});

test('a service that asks too often is told to wait', async (t) => {
  const { call } = await api(t);
  const replies = await Promise.all(Array.from({ length: 400 }, () => call('GET /v1/sessions')));
  const late = replies.filter(({ status }) => status === 429);
  assert.ok(late.length > 0);
  assert.ok(replies.length - late.length >= 100, 'the burst');
  assert.equal(late[0]!.headers.get('retry-after'), '1');
  assert.equal(replies[0]!.headers.get('ratelimit-limit'), '100');
});

test('receipts can be fetched, with the reference of the token', async (t) => {
  const { rig, call } = await api(t);
  const consumer = await join(t, rig, { reference: 'chat-42' });
  const agent = await join(t, rig, { role: 'agent', reference: 'chat-42' });
  agent.doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  await until(() => consumer.doc.getMap('requests').size === 1, 'the request');
  consumer.doc.getMap('answers').set('agent-1:1', { decision: 'deny', at: 1 });
  await until(() => agent.doc.getMap('answers').size === 1, 'the answer');
  const { receipts } = (await call('GET /v1/sessions/s/receipts')).body as { receipts: Json[] };
  assert.equal(receipts.length, 1);
  const { id, reference, decision, jws } = receipts[0]!;
  assert.deepEqual([reference, decision], ['chat-42', 'deny']);
  assert.deepEqual((await call(`GET /v1/receipts/${String(id)}`)).body, receipts[0]);
  assert.match(String(jws), /^eyJ/);
});

test('with a public key there is nothing to sign with, and it is said', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { call } = await api(t, { publicKey: await exportSPKI(publicKey) });
  const token = await signToken({ sub: 'crm', role: 'service' }, await exportPKCS8(privateKey));
  assert.equal((await call('GET /v1/sessions', { token })).status, 200);
  const reply = await call('POST /v1/sessions/s/tokens', { token, body: { role: 'agent', sub: 'a' } });
  assert.deepEqual([reply.status, reply.body['code']], [501, 'forbidden']);
});

test('the token of a service opens no session, and one of a person no API', async (t) => {
  const { rig } = await api(t);
  const service = await signToken({ sub: 'crm', role: 'service' }, secret);
  const side = await open(t, rig, { protocols: [SUBPROTOCOL, service], without: 'waiting' });
  assert.equal((await side.closed).reason, 'forbidden');
});

test('OpenAPI has every call, and none that isn’t there', async (t) => {
  const { call } = await api(t);
  assert.deepEqual((await call('GET /v1/openapi.json', { token: null })).body, JSON.parse(JSON.stringify(openApi)));
  const methods = ['get', 'post', 'delete', 'put', 'patch'];
  const described = Object.entries(openApi.paths).flatMap(([path, item]) =>
    Object.keys(item).flatMap((method) => (methods.includes(method) ? [`${method.toUpperCase()} ${path}`] : [])),
  );
  for (const one of described) {
    const reply = await call(one.replace(/\{\w+\}/, 'x'), one.includes('openapi') ? { token: null } : {});
    // it is known: whatever is missing in the call is another matter
    assert.notEqual(reply.status, 405, one);
    assert.notEqual(reply.body['detail'], 'there is no such address', one);
  }
  assert.equal(described.length, 10);
  const references = JSON.stringify(openApi).match(/#\/components\/schemas\/\w+/g)!;
  for (const name of references.map((text) => text.split('/').at(-1)!))
    assert.ok(name in openApi.components.schemas, name);
});
