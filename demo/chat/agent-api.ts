import { HttpError, type Exchange } from '../web/exchange.js';
import { EventStream } from '../web/event-stream.js';
import type { Routes } from '../web/site.js';
import type { Conversations } from './conversations.js';

/** The agent who sits at this desk, or undefined before sign-in. */
export type AgentOf = (exchange: Exchange) => { id: string; name: string } | undefined;

/** What the desk asks of the chat. */
export function agentChatRoutes(conversations: Conversations, agentOf: AgentOf): Routes {
  const agentName = (exchange: Exchange): string => {
    const agent = agentOf(exchange);
    if (!agent) throw new HttpError(401, 'Sign in first');
    return agent.name;
  };
  return {
    'GET /api/conversations': (exchange) => {
      agentName(exchange);
      exchange.sendJson(conversations.list());
    },
    // without `conversation` a new one; with it a fresh session for one whose session has ended
    'POST /api/sessions': async (exchange) => {
      agentName(exchange);
      const { conversation, consumer } = await exchange.readJson();
      const created =
        typeof conversation === 'string'
          ? conversations.renewSession(conversation)
          : conversations.start(typeof consumer === 'string' ? consumer : '');
      exchange.sendJson({ id: created.session, conversation: created }, 201);
    },
    'GET /api/chat/:id': (exchange, id) => {
      agentName(exchange);
      exchange.sendJson({ conversation: conversations.get(id), messages: conversations.messages(id) });
    },
    'POST /api/chat/:id/messages': async (exchange, id) => {
      const name = agentName(exchange);
      const { text } = await exchange.readJson();
      if (typeof text !== 'string') throw new HttpError(422, 'A message needs words');
      exchange.sendJson(conversations.post(id, { author: 'agent', name, kind: 'text', text }), 201);
    },
    // the message that brings a co-browsing session to the consumer's page
    'POST /api/chat/:id/request': (exchange, id) => say(conversations, exchange, id, agentName(exchange), 'request'),
    'POST /api/chat/:id/ended': (exchange, id) => say(conversations, exchange, id, agentName(exchange), 'ended'),
    'GET /api/events': (exchange) => {
      agentName(exchange);
      const stop = conversations.listen((event) => events.send(event.type, event));
      const events = new EventStream(exchange, () => stop());
      events.send('ready', {});
    },
  };
}

async function say(
  conversations: Conversations,
  exchange: Exchange,
  id: string,
  name: string,
  kind: 'request' | 'ended',
): Promise<void> {
  const { session } = await exchange.readJson();
  if (typeof session !== 'string') throw new HttpError(422, 'Which session?');
  const message =
    kind === 'request'
      ? ({ author: 'agent', name, kind, text: 'I would like to see this page with you.', session } as const)
      : ({ author: 'system', name: '', kind, text: 'Co-browsing has ended.', session } as const);
  exchange.sendJson(conversations.post(id, message), 201);
}
