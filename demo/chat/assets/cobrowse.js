import { paragraph } from './transcript.js';

const storageKey = 'halden-outcomes';
const outcomes = {
  allowed: 'You allowed it.',
  denied: 'You did not allow it. Nothing is shared.',
  expired: 'This request has ended.',
  withdrawn: 'The request was withdrawn.',
  replaced: 'A newer request took its place.',
  refused: 'This request could not be shown.',
};

/**
 * What a chat has to do for co-browsing, and all of it: a message of the desk brings the session's id, the page hands it
 * to the tag, and the consent tag is put into that message. The tag does the rest, also on the next page.
 */
export class Coordinator {
  #element;
  #transcript;
  #actions;
  /** The messages that carried a request, the newest last. */
  #requests = [];
  #isOver = false;
  #consent;
  #outcomes = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');

  /** The messages of before are all there: what comes now is new. */
  isCaughtUp = false;

  constructor(element, transcript, actions) {
    this.#element = element;
    this.#transcript = transcript;
    this.#actions = actions;
    element.addEventListener('cobrowse-request', () => actions.open());
    element.addEventListener('cobrowse-request-end', (event) => this.#settle(event.outcome));
    element.addEventListener('cobrowse-end', () => this.#newest && actions.ended(this.#newest.session));
  }

  get #newest() {
    return this.#requests.at(-1);
  }

  /** Each message of the conversation, old and new, in order. */
  receive(message) {
    if (message.kind === 'request') {
      this.#closeCard(this.#newest);
      this.#requests.push(message);
      this.#isOver = false;
      if (this.isCaughtUp) this.#follow();
    } else if (message.kind === 'ended' && message.session === this.#newest?.session) {
      this.#isOver = true;
    }
  }

  caughtUp() {
    if (this.isCaughtUp) return;
    this.isCaughtUp = true;
    if (this.#isOver) this.#closeCard(this.#newest);
    else if (this.#newest) this.#follow();
  }

  // of several requests the newest has the tag: what is over stays as words
  async #follow() {
    this.#consent ??= document.createElement('cobrowse-consent');
    this.#transcript.cardOf(this.#newest.id).append(this.#consent);
    await customElements.whenDefined('cobrowse-session');
    this.#element.connect({ session: this.#newest.session });
  }

  #closeCard(message) {
    if (!message) return;
    this.#transcript
      .cardOf(message.id)
      .append(paragraph('chat-outcome', this.#outcomes[message.id] ?? 'This is over.'));
  }

  #settle(outcome) {
    if (!this.#newest) return;
    this.#outcomes[this.#newest.id] = outcomes[outcome];
    sessionStorage.setItem(storageKey, JSON.stringify(this.#outcomes));
    if (outcome === 'allowed') this.#actions.yieldToPage();
  }
}
