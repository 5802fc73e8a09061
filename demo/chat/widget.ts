import { html, type Html } from '../web/html.js';

/** What a page needs to know to have the chat. */
export interface ChatSetting {
  /** `ws://` address of the sync server. */
  readonly sync: string;
}

/** The scripts and styles of the chat, for a page's head. */
export function chatHead(): Html {
  return html`<link rel="stylesheet" href="/chat/chat.css" />
    <script type="module" src="/kit/consumer.js"></script>
    <script type="module" src="/chat/chat.js"></script>`;
}

/**
 * The chat in the corner of every page, with co-browsing in it. The tag stands here without a session: it sleeps until
 * a message of the desk brings one. `chat.js` puts the consent tag into that message.
 */
export function chatWidget({ sync }: ChatSetting): Html {
  return html`<cobrowse-session
    class="chat"
    server="${sync}"
    token-url="/api/token"
    company="Halden"
    site="halden.example"
    data-cobrowse-ignore
    data-chat
  >
    <button class="chat-bubble" type="button" aria-expanded="false" aria-controls="chat-panel" data-chat-bubble>
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
        <path
          fill="currentColor"
          d="M12 3.500c5 0 9 3.300 9 7.600s-4 7.600-9 7.600c-.9 0-1.800-.1-2.600-.3L5 20.800l.7-3.900C4 15.500 3 13.400 3 11.100c0-4.300 4-7.600 9-7.600z"
        />
      </svg>
      <span class="chat-hidden" data-chat-bubble-label>Open the chat</span>
      <span class="chat-unread" data-chat-unread hidden></span>
    </button>
    <section class="chat-panel" id="chat-panel" aria-label="Chat with Halden" data-chat-panel hidden>
      <header class="chat-header">
        <span class="chat-logo" aria-hidden="true">H</span>
        <div>
          <h2>Halden support</h2>
          <p data-chat-status>We usually answer in a minute</p>
        </div>
        <button class="chat-close" type="button" data-chat-close>
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <path d="m6 9.500 6 6 6-6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
          </svg>
          <span class="chat-hidden">Close the chat</span>
        </button>
      </header>
      <ol class="chat-transcript" aria-live="polite" aria-label="Messages" tabindex="0" data-chat-transcript>
        <li class="chat-message" data-author="agent">
          <p class="chat-text">Hello! Ask us anything about an order, or about which lamp goes where.</p>
        </li>
      </ol>
      <form class="chat-form" data-chat-form>
        <label class="chat-hidden" for="chat-text">Your message</label>
        <textarea
          id="chat-text"
          name="text"
          rows="1"
          maxlength="2000"
          placeholder="Write a message"
          required
        ></textarea>
        <button class="chat-send" type="submit">
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <path fill="currentColor" d="M3.400 20.400 21 12 3.400 3.600 3.400 10l11 2-11 2z" />
          </svg>
          <span class="chat-hidden">Send</span>
        </button>
      </form>
      <p class="chat-note" role="status" data-chat-note hidden></p>
    </section>
  </cobrowse-session>`;
}
