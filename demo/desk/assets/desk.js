import { get, post } from './api.js';
import { paintAvatar } from './avatar.js';
import { ConversationPanel } from './conversation.js';
import { Inbox } from './inbox.js';
import { SmartActions } from './smart-actions.js';

const part = (name) => document.querySelector(`[data-${name}]`);
const session = document.getElementById('session');
const inbox = new Inbox((id) => openConversation(id));
const panel = new ConversationPanel();
const smartActions = new SmartActions({
  request: () => session.store.dispatch({ type: 'request', mode: 'screen-share' }),
  newSession: () => renewSession(),
  reply: (text) => panel.suggest(text),
});
let current;

// --- conversations

async function openConversation(id) {
  current = id;
  location.hash = id;
  inbox.select(id);
  part('welcome').hidden = true;
  part('work').hidden = false;
  if (window.matchMedia('(width < 64rem)').matches) showInbox(false);
  showPerson();
  joinSession(id);
  await panel.open(id);
}

// the conversation's own session; leaving another one harms nobody
async function joinSession(id) {
  await customElements.whenDefined('cobrowse-session');
  if (current === id) session.connect({ session: inbox.get(id).session });
}

async function newConversation() {
  const { conversation } = await post('/api/sessions', { consumer: 'Maya Lindqvist' });
  inbox.set(conversation);
  await openConversation(conversation.id);
  document.getElementById('invite').showPopover();
}

async function renewSession() {
  const { id, conversation } = await post('/api/sessions', { conversation: current });
  inbox.set(conversation);
  session.connect({ session: id });
}

function showPerson() {
  const { consumer, online, place } = inbox.get(current);
  paintAvatar(part('person-avatar'), consumer);
  part('person-name').textContent = consumer;
  part('presence').classList.toggle('online', online);
  part('person-place').textContent = online ? `On ${place.title.split(' · ')[0]}` : 'Not here yet';
  if (online) document.getElementById('invite').hidePopover();
}

function listen() {
  const events = new EventSource('/api/events');
  // after a break the list is asked for again: what was missed is in it
  events.addEventListener('ready', loadAll);
  events.addEventListener('conversation', ({ data }) => {
    const { conversation } = JSON.parse(data);
    inbox.set(conversation);
    if (conversation.id === current) showPerson();
  });
  events.addEventListener('message', ({ data }) => {
    const { conversation, message } = JSON.parse(data);
    panel.add(conversation, message);
    if (message.author === 'consumer') inbox.notice(conversation);
  });
}

async function loadAll() {
  inbox.replace(await get('/api/conversations'));
  const wanted = current ?? location.hash.slice(1);
  if (wanted && inbox.get(wanted)) await openConversation(wanted);
}

// --- co-browsing: what a desk adds to the tags

const told = new Set(JSON.parse(sessionStorage.getItem('desk-told') ?? '[]'));

/** A request of ours is there, from the menu or from the toolbar: the chat takes the session's id to the consumer. */
function bringRequest({ request, me, session: id }) {
  if (!request || request.agent.id !== me?.id || told.has(request.id)) return;
  told.add(request.id);
  sessionStorage.setItem('desk-told', JSON.stringify([...told].slice(-200)));
  post(`/api/chat/${current}/request`, { session: id }).catch(() => told.delete(request.id));
}

function onState(state) {
  smartActions.update(state);
  if (current && state.session === inbox.get(current)?.session) bringRequest(state);
}

// the inbox makes room for the page while there is one to look at
session.addEventListener('cobrowse-status-change', () => {
  if (session.store.getState().status === 'active') showInbox(false);
});
session.addEventListener('cobrowse-end', () => {
  const { session: id } = session.store.getState();
  if (current && id) post(`/api/chat/${current}/ended`, { session: id }).catch(() => undefined);
});

customElements.whenDefined('cobrowse-session').then(() => {
  session.store.subscribe(onState);
  onState(session.store.getState());
});
smartActions.update(undefined);

// --- the frame

function showInbox(isShown) {
  document.body.classList.toggle('narrow-inbox', !isShown);
  part('inbox-toggle').setAttribute('aria-expanded', String(isShown));
}
part('inbox-toggle').addEventListener('click', () => showInbox(document.body.classList.contains('narrow-inbox')));

const root = document.documentElement;
const toggle = part('theme-toggle');
toggle.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
toggle.addEventListener('click', () => {
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('desk-theme', root.dataset.theme);
  toggle.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
});

paintAvatar(part('agent-avatar'), part('agent-avatar').dataset.name);
part('name-open').addEventListener('click', () => part('name-dialog').showModal());
part('name-cancel').addEventListener('click', () => part('name-dialog').close());
part('name-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  await post('/api/agent', { name: event.target.elements.name.value });
  // a name is in the token: the page joins anew with it
  location.reload();
});
for (const button of document.querySelectorAll('[data-new-conversation]'))
  button.addEventListener('click', newConversation);

listen();
