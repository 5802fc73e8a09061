import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, jwtVerify } from 'jose';
import { applications } from './apps/applications.js';
import { views } from './shop/pictures/picture.js';
import { pictureUrl, products } from './shop/products.js';
import { startDemo, type Demo } from './start-demo.js';
import { fromRoot } from './web/paths.js';

let demo: Demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo.close());

interface Created {
  id: string;
  conversation: { id: string; session: string };
}

/** A signed-in agent's cookie: the desk's start page gives one. */
async function signIn(name?: string): Promise<string> {
  const answer = name
    ? await post(`${demo.deskUrl}/api/agent`, { name })
    : await fetch(demo.deskUrl, { redirect: 'manual' });
  await answer.body?.cancel();
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function newConversation(cookie: string): Promise<Created> {
  const answer = await post(`${demo.deskUrl}/api/sessions`, { consumer: 'Maya' }, { cookie });
  assert.equal(answer.status, 201);
  return (await answer.json()) as Created;
}

/** What `fetch` would tidy up before it leaves: the path as it is. */
function rawStatus(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('pages', () => {
  const shopPages = ['/', '/cart', '/checkout', '/thanks', '/account', '/stores', '/frames/map'];
  const productPages = products.map(({ slug }) => `/product/${slug}`);
  const appPages = applications.map(({ name }) => `/apps/${name}/`);
  for (const path of [...shopPages, ...productPages, ...appPages]) {
    it(`the shop has ${path}, and everything that it names of its own`, async () => {
      const answer = await fetch(demo.shopUrl + path);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      await everythingIsThere(await answer.text(), demo.shopUrl + path);
    });
  }

  it('the desk has its page, and everything that it names of its own', async () => {
    const answer = await fetch(demo.deskUrl);
    assert.equal(answer.status, 200);
    await everythingIsThere(await answer.text(), `${demo.deskUrl}/`);
  });

  it('every picture of every product is an SVG', async () => {
    for (const product of products) {
      for (const finish of product.finishes) {
        for (const view of views) {
          const answer = await fetch(demo.shopUrl + pictureUrl(product, finish, view));
          assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
          assert.match(await answer.text(), /^<svg .*<\/svg>$/s);
        }
      }
    }
  });

  it('nothing inline is on the pages that a strict policy is for', async () => {
    for (const url of [...shopPages.map((path) => demo.shopUrl + path), `${demo.deskUrl}/`]) {
      const text = await (await fetch(url)).text();
      assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:/i, url);
    }
  });

  async function everythingIsThere(text: string, page: string): Promise<void> {
    const named = [...text.matchAll(/(?:src|href)="([^"#?]+)/g)].map((match) => new URL(match[1]!, page));
    assert.ok(named.length > 2);
    for (const url of named) {
      // what the build makes may not be there yet
      if (url.pathname.startsWith('/kit/') && !existsSync(fromRoot(url.pathname.replace('/kit', 'dist/cdn')))) continue;
      const answer = await fetch(url);
      assert.equal(answer.status, 200, url.href);
      await answer.body?.cancel();
    }
  }
});

describe('bounds', () => {
  it('no path leads out of the folders', async () => {
    for (const path of [
      '/assets/../site.ts',
      '/assets/%2e%2e/site.ts',
      '/assets/..%2fsite.ts',
      '/kit/%00',
      '/chat/%',
    ]) {
      assert.equal(await rawStatus(demo.shopUrl, path), 404, path);
    }
    assert.equal(await rawStatus(demo.shopUrl, '/apps/swagger/vendor/ui/../../yjs/package.json'), 404);
    assert.equal(await rawStatus(demo.shopUrl, '/apps/swagger/vendor/yjs/package.json'), 404);
    assert.equal(await rawStatus(demo.shopUrl, '/assets/base.css'), 200);
  });

  it('a body has an end, a type and a site', async () => {
    const url = `${demo.shopUrl}/api/chat`;
    assert.equal((await post(url, { text: 'x'.repeat(20_000) })).status, 413);
    assert.equal((await post(url, ['no object'])).status, 400);
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 415);
    assert.equal((await post(url, { text: 'hi' }, { origin: 'https://elsewhere.example' })).status, 403);
    assert.equal((await post(url, { text: '  ' })).status, 422);
  });

  it('an unknown page is 404', async () => {
    assert.equal((await fetch(`${demo.shopUrl}/product/none`)).status, 404);
    assert.equal((await fetch(`${demo.deskUrl}/none`)).status, 404);
  });
});

describe('tokens', () => {
  it('the shop gives a consumer, the desk an agent with the name chosen there', async () => {
    const cookie = await signIn('Ada Lovelace');
    const { id: session } = await newConversation(cookie);
    const key = new TextEncoder().encode(demo.secret);
    for (const [url, role, name] of [
      [demo.shopUrl, 'consumer', 'Maya'],
      [demo.deskUrl, 'agent', 'Ada Lovelace'],
    ] as const) {
      const answer = await post(`${url}/api/token`, { session, role: 'agent', reason: 'connect' }, { cookie });
      const { token, expiresAt } = (await answer.json()) as { token: string; expiresAt: number };
      const { payload } = await jwtVerify(token, key);
      assert.equal(payload['role'], role);
      assert.equal(payload['name'], name);
      assert.equal(payload['session'], session);
      assert.ok(Math.abs(expiresAt - payload.exp!) <= 1);
    }
  });

  it('a browser is the same consumer each time, another one is not', async () => {
    const { id: session } = await newConversation(await signIn());
    const subject = async (cookie?: string) => {
      const answer = await post(`${demo.shopUrl}/api/token`, { session }, cookie ? { cookie } : {});
      const { token } = (await answer.json()) as { token: string };
      return { sub: decodeJwt(token).sub, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] };
    };
    const first = await subject();
    assert.equal((await subject(first.cookie)).sub, first.sub);
    assert.notEqual((await subject()).sub, first.sub);
  });

  it('there is none for a session that nobody opened, nor without sign-in', async () => {
    assert.equal((await post(`${demo.shopUrl}/api/token`, { session: 'guessed' })).status, 404);
    assert.equal((await post(`${demo.deskUrl}/api/token`, { session: 'guessed' })).status, 401);
    assert.equal((await post(`${demo.deskUrl}/api/sessions`, {})).status, 401);
    assert.equal((await fetch(`${demo.deskUrl}/api/conversations`)).status, 401);
  });
});

describe('chat', () => {
  it('a message of one side comes out of the stream of the other', async () => {
    const cookie = await signIn();
    const { conversation } = await newConversation(cookie);
    const shop = await Events.open(`${demo.shopUrl}/api/chat/${conversation.id}/stream?path=/cart&title=Cart`);
    const desk = await Events.open(`${demo.deskUrl}/api/events`, { cookie });
    await desk.next('ready');
    await post(`${demo.deskUrl}/api/chat/${conversation.id}/messages`, { text: 'Hello' }, { cookie });
    assert.equal((await shop.next('message'))['text'], 'Hello');
    await post(`${demo.shopUrl}/api/chat/${conversation.id}/messages`, { text: 'Hi <b>' });
    const isReply = ({ message }: Record<string, unknown>) => (message as { author: string }).author === 'consumer';
    const { message } = await desk.next('message', isReply);
    assert.equal((message as { text: string }).text, 'Hi <b>');
    await shop.close();
    await desk.next('conversation', (event) => !(event['conversation'] as { online: boolean }).online);
    await desk.close();
  });

  it('a request carries its session, and its end is said once', async () => {
    const cookie = await signIn();
    const { conversation } = await newConversation(cookie);
    const { id, session } = conversation;
    const say = (kind: string, body: unknown) => post(`${demo.deskUrl}/api/chat/${id}/${kind}`, body, { cookie });
    assert.equal((await say('request', { session: 'of another' })).status, 422);
    await say('request', { session });
    await say('ended', { session });
    await post(`${demo.shopUrl}/api/chat/${id}/ended`, { session });
    await say('request', { session });
    const { messages } = (await (await fetch(`${demo.shopUrl}/api/chat/${id}`)).json()) as {
      messages: { kind: string; session: string }[];
    };
    assert.deepEqual(
      messages.map(({ kind }) => kind),
      ['request', 'ended', 'request'],
    );
    assert.ok(messages.every((message) => message.session === session));
  });

  it('a conversation can get a fresh session', async () => {
    const cookie = await signIn();
    const { id: old, conversation } = await newConversation(cookie);
    const answer = await post(`${demo.deskUrl}/api/sessions`, { conversation: conversation.id }, { cookie });
    const { id } = (await answer.json()) as Created;
    assert.notEqual(id, old);
    for (const session of [id, old]) assert.equal((await post(`${demo.shopUrl}/api/token`, { session })).status, 200);
  });
});

describe('the strict policy', () => {
  it('is on after /strict and off after /strict/off, with the query kept', async () => {
    for (const [url, part] of [
      [demo.shopUrl, 'trusted-types lit-html cobrowse-kit'],
      [demo.deskUrl, "frame-src 'self'"],
    ] as const) {
      const on = await fetch(`${url}/strict?chat=abc`, { redirect: 'manual' });
      assert.equal(on.headers.get('location'), '/?chat=abc');
      const cookie = on.headers.getSetCookie()[0]!.split(';')[0]!;
      const policy = (await fetch(url, { headers: { cookie } })).headers.get('content-security-policy') ?? '';
      for (const directive of ["script-src 'self';", "style-src 'self';", demo.syncUrl, part])
        assert.ok(policy.includes(directive), directive);
      const off = await fetch(`${url}/strict/off`, { redirect: 'manual', headers: { cookie } });
      const without = off.headers.getSetCookie()[0]!.split(';')[0]!;
      const answer = await fetch(url, { headers: { cookie: without } });
      assert.equal(answer.headers.get('content-security-policy'), null);
    }
  });
});

describe('the demo', () => {
  it('starts its sync server again on the same port', async () => {
    const health = () => fetch(`${demo.syncUrl.replace('ws', 'http')}/healthz`);
    assert.equal((await health()).status, 200);
    await demo.restartSync();
    assert.equal((await health()).status, 200);
  });

  it('leaves nothing behind when a port is taken', async () => {
    const port = Number(new URL(demo.shopUrl).port);
    await assert.rejects(startDemo({ deskPort: port }), { code: 'EADDRINUSE' });
  });
});

/** Reads server-sent events one by one. */
class Events {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Events> {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
    assert.equal(answer.status, 200);
    return new Events(answer.body!);
  }

  /** The next event of this kind that fits; others are dropped. */
  async next(
    kind: string,
    fits: (data: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await this.#reader.read();
        assert.equal(done, false, `the stream ended before ${kind}`);
        this.#text += this.#decoder.decode(value, { stream: true });
        continue;
      }
      const block = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (!data || /^event: (.*)$/m.exec(block)?.[1] !== kind) continue;
      const value = JSON.parse(data) as Record<string, unknown>;
      if (fits(value)) return value;
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}
