import { signToken } from '../../sync-server/token.js';
import { HttpError, type Exchange } from '../web/exchange.js';
import type { Conversation, Conversations } from './conversations.js';

/** Seconds. The tags ask for a new token by themselves before it is over. */
const lifetime = 600;

export interface Person {
  readonly id: string;
  readonly name: string;
}

/**
 * Answers `token-url`: the tag posts `{session, role, reason}`. Who the person is, and which role a site gives, is decided
 * here and never by the page.
 */
export async function sendToken(
  exchange: Exchange,
  conversations: Conversations,
  secret: string,
  role: 'consumer' | 'agent',
  personOf: (conversation: Conversation) => Person,
): Promise<void> {
  const { session } = await exchange.readJson();
  const conversation = typeof session === 'string' ? conversations.ofSession(session) : undefined;
  if (!conversation) throw new HttpError(404, 'There is no such session');
  const { id: sub, name } = personOf(conversation);
  const token = await signToken({ sub, name, role, session: session as string }, secret, { expiresIn: lifetime });
  exchange.sendJson({ token, expiresAt: Math.floor(Date.now() / 1000) + lifetime });
}
