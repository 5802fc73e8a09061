import { HttpError, type Exchange } from '../web/exchange.js';
import { EventStream, lastEventId } from '../web/event-stream.js';
import type { Routes } from '../web/site.js';
import type { Conversations } from './conversations.js';

/** What the shop's pages ask of the chat. A conversation's id is its key: who has the link is in. */
export function consumerChatRoutes(conversations: Conversations, consumerName: string): Routes {
  return {
    'POST /api/chat': async (exchange) => {
      const { text } = await exchange.readJson();
      const conversation = conversations.start(consumerName);
      say(conversations, conversation.id, text);
      exchange.sendJson({ id: conversation.id }, 201);
    },
    'GET /api/chat/:id': (exchange, id) => {
      exchange.sendJson({ id, messages: conversations.messages(id) });
    },
    'POST /api/chat/:id/messages': async (exchange, id) => {
      const { text } = await exchange.readJson();
      exchange.sendJson(say(conversations, id, text), 201);
    },
    'POST /api/chat/:id/ended': async (exchange, id) => {
      const { session } = await exchange.readJson();
      if (typeof session !== 'string') throw new HttpError(422, 'Which session?');
      const message = { author: 'system', name: '', kind: 'ended', text: 'Co-browsing has ended.', session } as const;
      exchange.sendJson(conversations.post(id, message), 201);
    },
    'GET /api/chat/:id/stream': (exchange, id) => stream(conversations, exchange, id),
  };
}

function say(conversations: Conversations, id: string, text: unknown) {
  if (typeof text !== 'string') throw new HttpError(422, 'A message needs words');
  const { consumer: name } = conversations.get(id);
  return conversations.post(id, { author: 'consumer', name, kind: 'text', text });
}

function stream(conversations: Conversations, exchange: Exchange, id: string): void {
  const query = exchange.url.searchParams;
  const leave = conversations.arrive(id, { title: query.get('title') ?? '', path: query.get('path') ?? '/' });
  const stop = conversations.listen((event) => {
    if (event.type === 'message' && event.conversation === id) events.send('message', event.message, event.message.id);
  });
  const events = new EventStream(exchange, () => {
    stop();
    leave();
  });
  for (const message of conversations.messages(id, lastEventId(exchange))) events.send('message', message, message.id);
  events.send('ready', {});
}
