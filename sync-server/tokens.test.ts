import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { CLOSE_CODES, SUBPROTOCOL } from '../protocol/index.js';
import type { SyncServerOptions } from './index.js';
import { DEV_SECRET } from './options.js';
import { open, secret, startServer, tokenFor, until, type RawOptions, type Rig } from './testing/rig.js';
import { signToken } from './token.js';

const now = () => Math.floor(Date.now() / 1000);
const claims = { sub: 'a', role: 'agent', session: 's' } as const;

async function closeOf(t: TestContext, rig: Rig, options: RawOptions) {
  const results = [];
  for (const channel of ['sync', 'mirror'] as const) {
    const side = await open(t, rig, { ...options, channel, without: 'waiting' });
    results.push(await side.closed);
  }
  assert.deepEqual(results[0], results[1]);
  return results[0]!;
}

async function withToken(t: TestContext, rig: Rig, token: string, more: RawOptions = {}) {
  return closeOf(t, rig, { protocols: [SUBPROTOCOL, token], ...more });
}

async function isAccepted(t: TestContext, rig: Rig, token: string) {
  const side = await open(t, rig, { protocols: [SUBPROTOCOL, token] });
  return side.socket.protocol === SUBPROTOCOL;
}

test('bad tokens: each is closed with its name, on both channels', async (t) => {
  const rig = await startServer(t);
  const good = await tokenFor({ role: 'agent' });
  const cases: [string, string, keyof typeof CLOSE_CODES][] = [
    ['forged', await signToken(claims, 'another secret, as long as the right one'), 'unauthorized'],
    ['damaged', `${good.slice(0, -3)}abc`, 'unauthorized'],
    ['no token at all', 'hello', 'unauthorized'],
    ['unsigned', unsigned({ ...claims, exp: now() + 60 }), 'unauthorized'],
    ['expired', await signToken({ ...claims, exp: now() - 120 }, secret), 'token-expired'],
    ['for another session', await tokenFor({ role: 'agent', session: 'other' }), 'forbidden'],
    ['unknown role', await signToken({ ...claims, role: 'admin' as 'agent' }, secret), 'forbidden'],
    ['another audience', await signToken({ ...claims, aud: 'mail' }, secret), 'unauthorized'],
    ['too long', await signToken({ ...claims, name: 'x'.repeat(5000) }, secret), 'unauthorized'],
    ['sub too long in bytes', await signToken({ ...claims, sub: '日'.repeat(100) }, secret), 'unauthorized'],
    ['sub too long', await signToken({ ...claims, sub: 'x'.repeat(200) }, secret), 'unauthorized'],
  ];
  for (const [what, token, name] of cases)
    assert.deepEqual(await withToken(t, rig, token), { code: CLOSE_CODES[name], reason: name }, what);
  assert.equal(rig.server.sessions.size, 0);
});

test('no subprotocol, no token, a version of the future', async (t) => {
  const rig = await startServer(t);
  assert.equal((await closeOf(t, rig, { protocols: [] })).reason, 'unauthorized');
  assert.equal((await closeOf(t, rig, { protocols: [SUBPROTOCOL] })).reason, 'unauthorized');
  assert.equal((await closeOf(t, rig, { protocols: ['cobrowse.v9', 'x.y.z'] })).reason, 'upgrade-required');
});

test('session ids that can’t be one', async (t) => {
  const rig = await startServer(t);
  const token = await tokenFor({ role: 'agent' });
  for (const path of ['', 'x'.repeat(129), '%00', 'a%0Ab', '%ZZ'])
    assert.equal((await withToken(t, rig, token, { path })).reason, 'bad-request', path);
});

test('the name of a person is cleaned', async (t) => {
  const rig = await startServer(t);
  const token = await signToken({ ...claims, name: '\u202eAna\u0007  B.' }, secret);
  const agent = await open(t, rig, { protocols: [SUBPROTOCOL, token], channel: 'sync' });
  assert.equal(agent.socket.readyState, 1);
  assert.equal(
    rig.logged.some(({ fields }) => JSON.stringify(fields).includes(token)),
    false,
  );
});

test('an open connection is closed when its token expires', async (t) => {
  const rig = await startServer(t, { leeway: 0 });
  const agent = await open(t, rig, { role: 'agent', exp: now() + 1 });
  assert.deepEqual(await agent.closed, { code: CLOSE_CODES['token-expired'], reason: 'token-expired' });
});

test('leeway is for clocks that differ', async (t) => {
  const rig = await startServer(t, { leeway: 60 });
  assert.ok(await isAccepted(t, rig, await signToken({ ...claims, exp: now() - 20 }, secret)));
});

test('an audience and an issuer that are set are asked for', async (t) => {
  const rig = await startServer(t, { audience: 'bank', issuer: 'https://bank.example' });
  assert.equal((await withToken(t, rig, await signToken(claims, secret))).reason, 'unauthorized');
  const token = await signToken({ ...claims, aud: 'bank', iss: 'https://bank.example' }, secret);
  assert.ok(await isAccepted(t, rig, token));
});

test('a token without an audience is accepted by default', async (t) => {
  const rig = await startServer(t);
  const { SignJWT } = await import('jose');
  const token = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode(secret));
  assert.ok(await isAccepted(t, rig, token));
});

test('rotation: either secret is accepted', async (t) => {
  const rig = await startServer(t, { secret: ['the new secret, long enough for HS256.', secret] });
  for (const key of [secret, 'the new secret, long enough for HS256.'])
    assert.ok(await isAccepted(t, rig, await signToken(claims, key)));
});

for (const algorithm of ['ES256', 'RS256', 'EdDSA'])
  test(`a public key, ${algorithm}`, async (t) => {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const rig = await startServer(t, { publicKey: await exportSPKI(publicKey) });
    assert.ok(await isAccepted(t, rig, await signToken(claims, await exportPKCS8(privateKey), { algorithm })));
    // the classic trick: the public key as an HS256 secret
    const forged = await signToken(claims, (await exportSPKI(publicKey)).replace(/-----BEGIN/, '----BEGIN'));
    assert.equal((await withToken(t, rig, forged)).reason, 'unauthorized');
  });

test('a JWKS, and one that can’t be had', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
  const web = createServer((_request, response) => response.end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  t.after(() => web.close());
  const jwksUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/keys`;
  const rig = await startServer(t, { jwksUrl });
  const token = await signToken(claims, { ...(await exportJWK(privateKey)), alg: 'ES256' }, { keyId: 'k1' });
  assert.ok(await isAccepted(t, rig, token));
  const lost = await startServer(t, { jwksUrl: 'http://127.0.0.1:9/keys' });
  assert.deepEqual(await withToken(t, lost, token), { code: 4500, reason: 'server-error' });
});

test('a JWKS whose keys change: the new one is found at its first token, the one that is taken out fits no more', async (t) => {
  const pairs = await Promise.all(['k1', 'k2'].map((kid) => createKey(kid)));
  const served = { keys: [pairs[0]!.key] };
  const web = createServer((_request, response) => response.end(JSON.stringify(served)));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  t.after(() => web.close());
  const rig = await startServer(t, { jwksUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}/keys` });
  const [older, newer] = await Promise.all(pairs.map(({ sign }) => sign()));
  assert.ok(await isAccepted(t, rig, older!));
  assert.equal((await withToken(t, rig, newer!)).reason, 'unauthorized');
  served.keys = [pairs[1]!.key];
  const accepted = async () => {
    const side = await open(t, rig, { protocols: [SUBPROTOCOL, newer!], without: 'waiting' });
    await until(() => side.controls().length > 0 || side.socket.readyState === 3, 'in or not');
    return side.socket.readyState === 1;
  };
  // not more than once a second are the keys fetched
  for (const deadline = Date.now() + 4000; !(await accepted());) assert.ok(Date.now() < deadline, 'never found');
  assert.equal((await withToken(t, rig, older!)).reason, 'unauthorized');
});

async function createKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256' };
  return {
    key: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' },
    sign: () => signToken(claims, jwk, { keyId: kid }),
  };
}

test('keys that don’t fit stop the start', async (t) => {
  const wrong: SyncServerOptions[] = [{}, { secret: '' }, { secret: 'x', publicKey: 'y' }];
  for (const options of wrong)
    await assert.rejects(startServer(t, { secret: undefined, ...options }), {
      name: 'ConfigurationError',
    });
  await assert.rejects(startServer(t, { insecureDev: true, host: '0.0.0.0' }), { name: 'ConfigurationError' });
  const rig = await startServer(t, { insecureDev: true });
  assert.ok(await isAccepted(t, rig, await signToken(claims, DEV_SECRET)));
});

test('signToken wants the claims that count', async () => {
  for (const missing of ['sub', 'role', 'session'])
    await assert.rejects(signToken({ ...claims, [missing]: '' }, secret), TypeError);
});

function unsigned(payload: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.`;
}
