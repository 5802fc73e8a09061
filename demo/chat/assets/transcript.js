/** The messages of a conversation, in order, each once. The shop and the desk show them alike. */
export class Transcript {
  #list;
  #own;
  #ids = new Set();
  #lastAuthor = '';
  // what is in a message may grow, as the question does when it comes: its end stays in sight
  #growth = new ResizeObserver(() => this.scrollToEnd());

  /** @param own whose messages stand on this side's edge */
  constructor(list, own = 'consumer') {
    this.#list = list;
    this.#own = own;
  }

  /** The newest message that is shown, or 0. */
  get lastId() {
    return Math.max(0, ...this.#ids);
  }

  /** @returns false for a message that is shown already */
  add(message) {
    if (this.#ids.has(message.id)) return false;
    this.#ids.add(message.id);
    const item = document.createElement('li');
    item.className = 'chat-message';
    item.dataset.author = message.author;
    item.dataset.kind = message.kind;
    item.dataset.message = message.id;
    if (message.author !== this.#own && message.name && message.name !== this.#lastAuthor)
      item.append(paragraph('chat-author', message.name));
    this.#lastAuthor = message.name;
    item.append(message.kind === 'request' ? card(message) : paragraph('chat-text', message.text));
    this.#list.append(item);
    this.#growth.observe(item);
    this.scrollToEnd();
    return true;
  }

  clear() {
    this.#growth.disconnect();
    this.#list.replaceChildren();
    this.#ids.clear();
    this.#lastAuthor = '';
  }

  scrollToEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** The frame of a message of kind `request`, where the question is put. */
  cardOf(id) {
    return this.#list.querySelector(`[data-message="${id}"] .chat-request`);
  }
}

// the question itself is the consent tag's; around it is a message like others
function card(message) {
  const box = document.createElement('div');
  box.className = 'chat-request';
  box.append(paragraph('chat-text', message.text));
  return box;
}

export function paragraph(className, text) {
  const element = document.createElement('p');
  element.className = className;
  element.textContent = text;
  return element;
}
