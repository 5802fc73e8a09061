import { createBubble } from './bubble.js';
import { Coordinator } from './cobrowse.js';
import { Transcript } from './transcript.js';

/**
 * The chat of every page. Which conversation it is stays in the tab's `sessionStorage`, so that the chat goes along from
 * page to page; the words are asked of the server again. A link of the desk brings a conversation: `/?chat=<id>`.
 */
const element = document.querySelector('[data-chat]');
const part = (name) => element.querySelector(`[data-chat-${name}]`);
const storageKey = 'halden-chat';

const transcript = new Transcript(part('transcript'));
const bubble = createBubble(part);
const cobrowse = new Coordinator(element, transcript, {
  open: bubble.open,
  yieldToPage: bubble.closeIfCovering,
  ended,
});

let conversation = sessionStorage.getItem(storageKey);
let stream;
adoptFromAddress();
if (conversation) join();

function adoptFromAddress() {
  const address = new URL(location.href);
  const id = address.searchParams.get('chat');
  if (!id) return;
  address.searchParams.delete('chat');
  window.history.replaceState(window.history.state, '', address);
  remember(id);
  bubble.open();
}

function remember(id) {
  conversation = id;
  sessionStorage.setItem(storageKey, id);
}

function join() {
  const place = new URLSearchParams({ title: document.title, path: location.pathname });
  const known = transcript.lastId;
  stream = new EventSource(`/api/chat/${conversation}/stream?${place}&after=${known}`);
  stream.addEventListener('message', (event) => receive(JSON.parse(event.data)));
  stream.addEventListener('ready', () => cobrowse.caughtUp());
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) leaveIfUnknown().catch(() => undefined);
  });
}

// a stream that is refused is closed for good, as one is by leaving the page: so the server is asked. One that has been
// started anew knows no conversation
async function leaveIfUnknown() {
  const { status } = await fetch(`/api/chat/${conversation}`);
  if (status !== 404) return;
  sessionStorage.removeItem(storageKey);
  conversation = null;
}

function receive(message) {
  if (!transcript.add(message)) return;
  if (message.author === 'agent') part('status').textContent = `You are talking with ${message.name}`;
  if (message.author !== 'consumer' && cobrowse.isCaughtUp) bubble.announce();
  cobrowse.receive(message);
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function say(text) {
  if (conversation) {
    await post(`/api/chat/${conversation}/messages`, { text });
    return;
  }
  remember((await post('/api/chat', { text })).id);
  join();
}

function ended(session) {
  if (conversation) post(`/api/chat/${conversation}/ended`, { session }).catch(() => undefined);
}

const form = part('form');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const field = form.elements.text;
  const text = field.value.trim();
  if (!text) return;
  field.value = '';
  try {
    await say(text);
    part('note').hidden = true;
  } catch {
    field.value = text;
    part('note').textContent = 'That was not sent. Try again.';
    part('note').hidden = false;
  }
});
form.elements.text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
