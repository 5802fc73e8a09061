import { Transcript } from '/chat/transcript.js';
import { get, post } from './api.js';

const part = (name) => document.querySelector(`[data-${name}]`);

/** The chat of the chosen conversation, and the link that brings its consumer in. */
export class ConversationPanel {
  #transcript = new Transcript(part('transcript'), 'agent');
  #id;

  constructor() {
    const form = part('composer');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(form.elements.text);
    });
    form.elements.text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    part('invite-place').addEventListener('change', () => this.#showLink());
    part('invite-copy').addEventListener('click', () => this.#copy());
    part('invite-link').addEventListener('focus', ({ target }) => target.select());
  }

  async open(id) {
    this.#id = id;
    this.#transcript.clear();
    part('chat').hidden = false;
    this.#showLink();
    const { messages } = await get(`/api/chat/${id}`);
    if (this.#id !== id) return;
    for (const message of messages) this.add(id, message);
    part('chat-empty').hidden = messages.length > 0;
  }

  add(id, message) {
    if (id !== this.#id) return;
    this.#transcript.add(message);
    part('chat-empty').hidden = true;
  }

  /** Puts words into the composer, to be sent by hand. */
  suggest(text) {
    const field = part('composer').elements.text;
    field.value = text;
    field.focus();
  }

  async #send(field) {
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    try {
      await post(`/api/chat/${this.#id}/messages`, { text });
      part('composer-note').textContent = '';
    } catch {
      field.value = text;
      part('composer-note').textContent = 'That was not sent. Try again.';
    }
  }

  #showLink() {
    part('invite-link').value = `${document.body.dataset.shopUrl}${part('invite-place').value}?chat=${this.#id}`;
    part('invite-note').textContent = '';
  }

  async #copy() {
    const field = part('invite-link');
    try {
      await navigator.clipboard.writeText(field.value);
      part('invite-note').textContent = 'Copied. Open it in another browser window.';
    } catch {
      field.select();
      part('invite-note').textContent = 'Press Ctrl+C to copy it.';
    }
  }
}
