import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { compactVerify, createLocalJWKSet, exportJWK, exportPKCS8, generateKeyPair, type JSONWebKeySet } from 'jose';
import type { AuditRecord, SyncServerOptions } from './options.js';
import { join, request, startServer, until, type Rig, type Side } from './testing/rig.js';

const text = 'Let Ana click and type for you?';
const shown = { id: 'remote-control', version: 1, locale: 'en', text };
const connections = ['open', 'join', 'leave'];

async function pair(t: TestContext, options: SyncServerOptions = {}) {
  const records: AuditRecord[] = [];
  const rig = await startServer(t, { onAudit: (record) => records.push(record), ...options });
  const consumer = await join(t, rig, { name: 'Cleo' });
  const agent = await join(t, rig, { role: 'agent', name: 'Ana' });
  return { rig, consumer, agent, records };
}

function say(side: Side, fields: Record<string, unknown>): void {
  side.doc.transact(() => {
    for (const [key, value] of Object.entries(fields)) side.doc.getMap('session').set(key, value);
  });
}

const ask = ({ doc }: Side, id: string, more: Parameters<typeof request>[1] = {}) =>
  doc.getMap('requests').set(id, request(id, { agent: { id: 'agent-1', name: 'Ana' }, ...more }));

async function answer(side: Side, id: string, decision: string, more: object = { shown }): Promise<void> {
  await until(() => side.doc.getMap('requests').has(id), `the request ${id}`);
  side.doc.getMap('answers').set(id, { decision, at: 1, ...more });
}

/** A session from the first question to the end. */
async function wholeSession({ consumer, agent, records }: Awaited<ReturnType<typeof pair>>): Promise<void> {
  ask(agent, 'agent-1:1');
  await answer(consumer, 'agent-1:1', 'allow');
  say(consumer, { status: 'allowed' });
  say(consumer, { status: 'active', mode: 'screen-share' });
  ask(agent, 'agent-1:2', { mode: 'remote-control', limits: { minutes: 5 } });
  await answer(consumer, 'agent-1:2', 'allow');
  say(consumer, {
    mode: 'remote-control',
    controller: 'agent-1',
    grant: { id: 'agent-1:2', until: 300_000, left: 300 },
  });
  say(consumer, { mode: 'screen-share', controller: null, grant: null, stepDown: 'consumer' });
  ask(agent, 'agent-1:3', { mode: 'full-device' });
  await answer(consumer, 'agent-1:3', 'deny');
  ask(agent, 'agent-1:4', { mode: 'full-device' });
  await until(() => consumer.doc.getMap('requests').has('agent-1:4'), 'the last request');
  agent.doc.getMap('requests').delete('agent-1:4');
  await until(() => records.some(({ withdrawn }) => withdrawn), 'withdrawn');
  say(consumer, { status: 'ended', mode: null, endedBy: 'agent' });
  await until(() => records.some(({ event }) => event === 'end'), 'the end');
}

test('who asked what, the words, the answer, each step down, control by whom, and the end', async (t) => {
  const world = await pair(t);
  await wholeSession(world);
  const story = world.records.filter(({ event }) => !connections.includes(event));
  const sha256 = createHash('sha256').update(text).digest('hex');
  const by = (who: 'consumer' | 'agent') => ({ session: 's', sub: `${who}-1`, role: who, name: who === 'agent' ? 'Ana' : 'Cleo' }); // prettier-ignore
  const [asker, answerer] = [by('agent'), by('consumer')];
  const ana = { sub: 'agent-1', name: 'Ana' };
  const said = { kind: 'mode', agent: ana, shown: { ...shown, sha256 }, recording: 'off' };
  const plain = story.map(({ at, connection, jws, receipt, askedAt, ...rest }) => {
    assert.ok(Date.parse(at) > Date.now() - 60_000);
    assert.match(String(connection), /^[\da-f]{8}$/);
    assert.equal(typeof askedAt, rest.event === 'answer' ? 'string' : 'undefined');
    assert.equal(typeof (jws ?? receipt), rest.event === 'answer' ? 'string' : 'undefined');
    return rest;
  });
  assert.deepEqual(plain, [
    { event: 'request', ...asker, request: 'agent-1:1', kind: 'mode', mode: 'screen-share', agent: ana },
    { event: 'answer', ...answerer, request: 'agent-1:1', mode: 'screen-share', decision: 'allow', ...said },
    { event: 'status', ...answerer, status: 'allowed', before: 'idle' },
    { event: 'status', ...answerer, status: 'active', before: 'allowed' },
    { event: 'mode', ...answerer, mode: 'screen-share', before: null },
    { event: 'request', ...asker, request: 'agent-1:2', kind: 'mode', mode: 'remote-control', agent: ana, minutes: 5 },
    { event: 'answer', ...answerer, request: 'agent-1:2', mode: 'remote-control', minutes: 5, decision: 'allow', ...said },
    { event: 'mode', ...answerer, mode: 'remote-control', before: 'screen-share' },
    { event: 'control', ...answerer, controller: 'agent-1', before: null, request: 'agent-1:2', seconds: 300 },
    { event: 'step-down', ...answerer, mode: 'screen-share', before: 'remote-control', why: 'consumer' },
    { event: 'control', ...answerer, controller: null, before: 'agent-1', why: 'consumer' },
    { event: 'request', ...asker, request: 'agent-1:3', kind: 'mode', mode: 'full-device', agent: ana },
    { event: 'answer', ...answerer, request: 'agent-1:3', mode: 'full-device', decision: 'deny', ...said },
    { event: 'request', ...asker, request: 'agent-1:4', kind: 'mode', mode: 'full-device', agent: ana },
    { event: 'request', ...asker, request: 'agent-1:4', withdrawn: true },
    { event: 'end', ...answerer, reason: 'agent', seconds: 0 },
  ]); // prettier-ignore
});

async function verified(rig: Rig, jws: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${rig.url.replace('ws', 'http')}/.well-known/cobrowse-keys.json`);
  const keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
  const { payload } = await compactVerify(String(jws), keys);
  return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
}

for (const algorithm of ['EdDSA', 'ES256', 'RS256', undefined])
  test(`a receipt for each answer, signed: ${algorithm ?? 'with a key that the server makes'}`, async (t) => {
    const pairOfKeys = algorithm && (await generateKeyPair(algorithm, { extractable: true }));
    const receiptKey = pairOfKeys ? { receiptKey: await exportPKCS8(pairOfKeys.privateKey) } : {};
    const { rig, consumer, agent, records } = await pair(t, receiptKey);
    ask(agent, 'agent-1:1', { mode: 'remote-control', limits: { minutes: 5 } });
    await answer(consumer, 'agent-1:1', 'allow');
    await until(() => records.some(({ event }) => event === 'answer'), 'the answer');
    const { jws, receipt, askedAt, at } = records.find(({ event }) => event === 'answer')!;
    assert.deepEqual(await verified(rig, jws), {
      id: receipt,
      session: 's',
      request: 'agent-1:1',
      mode: 'remote-control',
      minutes: 5,
      decision: 'allow',
      agent: { sub: 'agent-1', name: 'Ana' },
      consumer: { sub: 'consumer-1', name: 'Cleo' },
      shown: { ...shown, sha256: createHash('sha256').update(text).digest('hex') },
      recording: 'off',
      askedAt,
      answeredAt: at,
    });
    const [head, body, signature] = String(jws).split('.');
    const forged = Buffer.from(Buffer.from(body!, 'base64url').toString().replace('allow', 'deny!')).toString('base64url'); // prettier-ignore
    await assert.rejects(verified(rig, [head, forged, signature].join('.')));
  });

test('a receipt key as JWK, and one that is none', async (t) => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  await startServer(t, { receiptKey: JSON.stringify(await exportJWK(privateKey)) });
  for (const receiptKey of ['hello', '{}', '-----BEGIN PRIVATE KEY-----'])
    await assert.rejects(startServer(t, { receiptKey }), { name: 'ConfigurationError' });
});

test('after a restart requests and answers are told again, under the same ids, and what happened since', async (t) => {
  const { rig, consumer, agent, records } = await pair(t);
  ask(agent, 'agent-1:1');
  await answer(consumer, 'agent-1:1', 'allow');
  say(consumer, { status: 'active', mode: 'remote-control', controller: 'agent-1' });
  await until(() => records.some(({ event }) => event === 'control'), 'control');
  const before = records.find(({ event }) => event === 'answer')!;
  await rig.server.close({ graceMs: 100 });
  const later: AuditRecord[] = [];
  await startServer(t, { port: rig.port, onAudit: (record) => later.push(record) });
  await until(() => later.some(({ event }) => event === 'answer'), 'again');
  say(consumer, { mode: 'screen-share', controller: null, stepDown: 'agent' });
  await until(() => later.some(({ event }) => event === 'control'), 'taken back');
  // whether the agent comes back before the consumer or after it decides who tells of the request
  const told = later.filter(({ event }) => ![...connections, 'request'].includes(event));
  assert.deepEqual(told.map(({ event }) => event), ['answer', 'step-down', 'control']); // prettier-ignore
  const { repeated, receipt } = told[0]!;
  assert.deepEqual([repeated, receipt], [true, before['receipt']]);
  assert.equal(told[2]!['before'], 'agent-1');
});

test('an audit log that can’t be written ends no session, and is counted', async (t) => {
  const onAudit = () => {
    throw new Error('no space left');
  };
  const rig = await startServer(t, { onAudit });
  const consumer = await join(t, rig);
  say(consumer, { status: 'active' });
  const agent = await join(t, rig, { role: 'agent' });
  await until(() => agent.doc.getMap('session').get('status') === 'active', 'it goes on');
  agent.provider.destroy();
  const lost = async () => /cobrowse_audit_lost_total (\d+)/.exec(await rig.server.metrics.registry.metrics())?.[1];
  assert.ok(Number(await lost()) >= 4);
  assert.ok(rig.logged.some(({ message }) => message === 'an audit record could not be written'));
});
