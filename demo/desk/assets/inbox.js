import { paintAvatar } from './avatar.js';

/** The list of conversations, the one with news first. */
export class Inbox {
  #list = document.querySelector('[data-rows]');
  #empty = document.querySelector('[data-rows-empty]');
  #template = document.querySelector('[data-row-template]');
  #conversations = new Map();
  #unread = new Map();
  #open;
  #current;

  /** @param open called with the id of the conversation that is chosen */
  constructor(open) {
    this.#open = open;
  }

  get(id) {
    return this.#conversations.get(id);
  }

  set(conversation) {
    this.#conversations.set(conversation.id, conversation);
    this.#render();
  }

  replace(conversations) {
    this.#conversations = new Map(conversations.map((conversation) => [conversation.id, conversation]));
    this.#render();
  }

  select(id) {
    this.#current = id;
    this.#unread.delete(id);
    this.#render();
  }

  /** Something came in that was not read yet. */
  notice(id) {
    if (id === this.#current) return;
    this.#unread.set(id, (this.#unread.get(id) ?? 0) + 1);
    this.#render();
  }

  #render() {
    const focused = document.activeElement?.closest?.('[data-id]')?.dataset.id;
    const time = ({ last, startedAt }) => last?.at ?? startedAt;
    const sorted = [...this.#conversations.values()].sort((a, b) => time(b) - time(a));
    this.#list.replaceChildren(...sorted.map((conversation) => this.#row(conversation)));
    this.#empty.hidden = sorted.length > 0;
    if (focused) this.#list.querySelector(`[data-id="${focused}"]`)?.focus();
  }

  #row({ id, consumer, last, startedAt, online }) {
    const item = this.#template.content.cloneNode(true);
    const part = (name) => item.querySelector(`.${name}`);
    const unread = this.#unread.get(id) ?? 0;
    part('row').dataset.id = id;
    part('row').setAttribute('aria-current', String(id === this.#current));
    part('row').addEventListener('click', () => this.#open(id));
    paintAvatar(part('avatar'), consumer);
    part('avatar').classList.toggle('online', online);
    part('row-name').textContent = consumer;
    part('row-time').textContent = new Date(last?.at ?? startedAt).toTimeString().slice(0, 5);
    part('row-last').textContent = last ? preview(last) : 'New conversation';
    part('row-unread').hidden = unread === 0;
    part('row-unread').textContent = unread;
    return item;
  }
}

function preview({ author, kind, text }) {
  if (kind === 'request') return 'Co-browsing was requested';
  return author === 'agent' ? `You: ${text}` : text;
}
