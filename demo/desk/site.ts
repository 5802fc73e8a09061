import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { applications } from '../apps/applications.js';
import { agentChatRoutes } from '../chat/agent-api.js';
import type { Conversations } from '../chat/conversations.js';
import { sendToken, type Person } from '../chat/tokens.js';
import { sharedFiles } from '../shop/site.js';
import { cleanName } from '../../protocol/index.js';
import { StrictPolicy } from '../web/csp.js';
import { HttpError, type Exchange } from '../web/exchange.js';
import { fromRoot } from '../web/paths.js';
import type { Routes } from '../web/site.js';
import { deskPage } from './page.js';

export interface DeskOptions {
  readonly sync: string;
  readonly secret: string;
  readonly conversations: Conversations;
  /** Where links for the consumer lead. */
  readonly shopUrl: string;
}

const cookie = 'desk-agent';
const defaultName = 'Sam Rivera';

/** The agent's site: the list of conversations, the chat with SmartActions, the view. */
export function deskRoutes({ sync, secret, conversations, shopUrl }: DeskOptions): Routes {
  const policy = new StrictPolicy('desk', sync, [
    "frame-src 'self'",
    "frame-ancestors 'self'",
    `img-src 'self' data: ${shopUrl}`,
  ]);
  return {
    'GET /': (exchange) => {
      const agent = agentOf(exchange) ?? signIn(exchange, defaultName);
      policy.apply(exchange);
      exchange.sendPage(deskPage({ sync, shopUrl, agent, strict: policy.isOn(exchange), places: placesToStart() }));
    },
    'GET /strict': (exchange) => policy.switch(exchange, true),
    'GET /strict/off': (exchange) => policy.switch(exchange, false),
    // who sits here: a real desk has a sign-in with a password
    'POST /api/agent': async (exchange) => {
      const { name } = await exchange.readJson();
      const clean = typeof name === 'string' ? cleanName(name) : '';
      if (!clean) throw new HttpError(422, 'A name is needed');
      exchange.sendJson(signIn(exchange, clean));
    },
    'POST /api/token': (exchange) => {
      const agent = agentOf(exchange);
      if (!agent) throw new HttpError(401, 'Sign in first');
      return sendToken(exchange, conversations, secret, 'agent', () => agent);
    },
    ...agentChatRoutes(conversations, agentOf),
    'GET /kit/mirror-frame.html': (exchange) => sendMirrorFrame(exchange, shopUrl),
    ...sharedFiles('demo/desk/assets'),
  };
}

/**
 * The page of the mirror's frame. As the kit ships it, it loads nothing from elsewhere. This desk lets it have the shop's
 * pictures and letters, so the policy is a header here in place of the file's own.
 */
async function sendMirrorFrame(exchange: Exchange, shopUrl: string): Promise<void> {
  const file = await readFile(fromRoot('dist/cdn/mirror-frame.html'), 'utf8').catch(() => {
    throw new HttpError(404, 'The kit is not built');
  });
  const policy = [
    "default-src 'none'",
    `style-src 'unsafe-inline' ${shopUrl}`,
    `img-src blob: data: ${shopUrl}`,
    `font-src blob: data: ${shopUrl}`,
    `media-src blob: ${shopUrl}`,
    "frame-ancestors 'self'",
  ];
  exchange.response.setHeader('Content-Security-Policy', policy.join('; '));
  exchange.sendText(file.replace(/<meta\s+http-equiv[^>]*>/, ''), 'text/html; charset=utf-8');
}

function placesToStart() {
  return [{ path: '/', title: 'Shop' }].concat(
    applications.map(({ name, title }) => ({ path: `/apps/${name}/`, title })),
  );
}

// the cookie holds who it is: a restart of the demo signs nobody out
function signIn(exchange: Exchange, name: string): Person {
  const known = agentOf(exchange);
  const agent = { id: known?.id ?? `agent-${randomBytes(6).toString('base64url')}`, name };
  exchange.setCookie(cookie, Buffer.from(JSON.stringify(agent)).toString('base64url'));
  return agent;
}

function agentOf(exchange: Exchange): Person | undefined {
  try {
    const text = Buffer.from(exchange.cookies.get(cookie) ?? '', 'base64url').toString('utf8');
    const { id, name } = JSON.parse(text) as Partial<Person>;
    return typeof id === 'string' && typeof name === 'string' ? { id, name: cleanName(name) } : undefined;
  } catch {
    return undefined;
  }
}
