import type { Person } from '../chat/tokens.js';
import { html, trusted, type Html } from '../web/html.js';

export interface DeskPage {
  readonly sync: string;
  readonly shopUrl: string;
  readonly agent: Person;
  /** Under a strict policy the mirror needs a page of its own. */
  readonly strict: boolean;
  /** Where a consumer can start. */
  readonly places: readonly { readonly path: string; readonly title: string }[];
}

const paths = {
  inbox: '<path d="M3.500 13.500 6.500 5h11l3 8.500v5.500h-17zM3.500 13.500h5l1.500 2.500h4l1.500-2.500h5"/>',
  moon: '<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  bolt: '<path d="M13 3 5 13.500h5.500L10 21l8.500-11h-6z"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1"/>',
  screen: '<path d="M3.500 5h17v11.500h-17zM9 20h6M12 16.500V20"/>',
  wave: '<path d="M4 12c2.500-5 5-5 8 0s5.500 5 8 0"/>',
  box: '<path d="m12 3.500 8 4v9l-8 4-8-4v-9zM4 7.500l8 4 8-4M12 11.500v9"/>',
  again: '<path d="M4 12a8 8 0 1 0 2.500-5.800M4 4.500v4h4"/>',
  send: '<path d="M3.500 20.500 21 12 3.500 3.500 3.500 10l11 2-11 2z"/>',
} as const;

function icon(name: keyof typeof paths): Html {
  return trusted(
    `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`,
  );
}

/** The agent's page: conversations on the left, what the consumer sees in the middle, the chat on the right. */
export function deskPage(page: DeskPage): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Halden Desk</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <script src="/assets/theme.js"></script>
        <link rel="stylesheet" href="/assets/desk.css" />
        <link rel="stylesheet" href="/assets/chat-panel.css" />
        <script type="module" src="/kit/agent.js"></script>
        <script type="module" src="/assets/desk.js"></script>
      </head>
      <body data-shop-url="${page.shopUrl}">
        ${rail(page.agent)} ${inbox()} ${stage(page)} ${chat(page)} ${nameDialog(page.agent)}
        <template data-row-template>
          <li>
            <button class="row" type="button">
              <span class="avatar" aria-hidden="true"></span>
              <span class="row-name"></span>
              <time class="row-time"></time>
              <span class="row-last"></span>
              <span class="row-unread" hidden></span>
            </button>
          </li>
        </template>
      </body>
    </html>`;
}

function rail(agent: Person): Html {
  return html`<nav class="rail" aria-label="Desk">
    <span class="logo" aria-hidden="true">H</span>
    <button
      class="rail-button"
      type="button"
      data-inbox-toggle
      aria-expanded="true"
      aria-controls="inbox"
      title="Inbox"
    >
      ${icon('inbox')}<span class="hidden-text">Inbox</span>
    </button>
    <button class="rail-button" type="button" data-theme-toggle aria-pressed="false" title="Dark colours">
      ${icon('moon')}<span class="hidden-text">Dark colours</span>
    </button>
    <button class="rail-button person" type="button" data-name-open title="You">
      <span class="avatar" data-agent-avatar data-name="${agent.name}" aria-hidden="true"></span>
      <span class="hidden-text">You: <span data-agent-name>${agent.name}</span></span>
    </button>
  </nav>`;
}

function inbox(): Html {
  return html`<aside class="inbox" id="inbox" aria-labelledby="inbox-title">
    <header>
      <h1 id="inbox-title">Inbox</h1>
      <button class="primary" type="button" data-new-conversation>${icon('plus')} New conversation</button>
    </header>
    <ul class="rows" data-rows></ul>
    <p class="inbox-empty" data-rows-empty>
      Nobody has written yet. Open a conversation, and hand its link to a consumer.
    </p>
  </aside>`;
}

function stage({ sync, strict }: DeskPage): Html {
  return html`<main class="stage" aria-label="Co-browsing">
    <div class="welcome" data-welcome>
      <span class="welcome-art" aria-hidden="true"><span></span><span></span><span></span></span>
      <h2>See what they see</h2>
      <p>Choose a conversation, then ask to co-browse with <strong>SmartActions</strong>.</p>
      <button class="primary" type="button" data-new-conversation>${icon('plus')} New conversation</button>
    </div>
    <div class="work" data-work hidden>
      <header class="person-head">
        <span class="avatar large" data-person-avatar aria-hidden="true"></span>
        <div>
          <h2 data-person-name></h2>
          <p><span class="presence" data-presence></span> <span data-person-place></span></p>
        </div>
      </header>
      <cobrowse-session id="session" server="${sync}" token-url="/api/token" company="Halden" site="halden.example">
        <cobrowse-toolbar></cobrowse-toolbar>
        <cobrowse-agent-view ${strict ? html`frame-url="/kit/mirror-frame.html"` : ''}></cobrowse-agent-view>
      </cobrowse-session>
    </div>
  </main>`;
}

function chat({ places }: DeskPage): Html {
  return html`<section class="chat-panel" aria-labelledby="chat-title" data-chat hidden>
    <header>
      <h2 id="chat-title">Conversation</h2>
      <button class="quiet-button" type="button" popovertarget="invite">${icon('link')} Link</button>
    </header>
    <div class="invite" id="invite" popover>
      <h3>Bring the consumer in</h3>
      <p>Whoever opens this link joins the conversation.</p>
      <label
        >They start on
        <select data-invite-place>
          ${places.map(({ path, title }) => html`<option value="${path}">${title}</option>`)}
        </select>
      </label>
      <div class="copy-row">
        <input readonly aria-label="Link for the consumer" data-invite-link />
        <button class="primary" type="button" data-invite-copy>Copy</button>
      </div>
      <p class="copy-note" role="status" data-invite-note></p>
    </div>
    <ol class="transcript" aria-live="polite" aria-label="Messages" tabindex="0" data-transcript></ol>
    <div class="empty-chat" data-chat-empty>
      <p>Nothing said yet.</p>
      <button class="quiet-button" type="button" popovertarget="invite">${icon('link')} Get the consumer's link</button>
    </div>
    <form class="composer" data-composer>
      <label class="hidden-text" for="message">Your message</label>
      <textarea id="message" name="text" rows="2" maxlength="2000" placeholder="Write a reply" required></textarea>
      <div class="composer-row">
        ${smartActions()} <button class="primary" type="submit">${icon('send')} Send</button>
      </div>
      <p class="composer-note" role="status" data-composer-note></p>
    </form>
  </section>`;
}

function smartActions(): Html {
  const reply = (iconName: keyof typeof paths, title: string, text: string) =>
    html`<button role="menuitem" type="button" tabindex="-1" data-reply="${text}">
      ${icon(iconName)} <span>${title}<small>${text}</small></span>
    </button>`;
  return html`<button
      class="quiet-button smart"
      type="button"
      id="smart-actions"
      popovertarget="smart-menu"
      aria-haspopup="menu"
    >
      ${icon('bolt')} SmartActions
    </button>
    <div class="smart-menu" id="smart-menu" role="menu" aria-labelledby="smart-actions" popover>
      <button role="menuitem" type="button" tabindex="-1" data-request-cobrowse>
        ${icon('screen')} <span>Request co-browse<small data-request-note></small></span>
      </button>
      <button role="menuitem" type="button" tabindex="-1" data-new-session hidden>
        ${icon('again')} <span>New co-browsing session<small>The last one can't be used again</small></span>
      </button>
      <hr />
      ${reply('wave', 'Greet', 'Hello! How can I help you today?')}
      ${reply('box', 'Ask for the order', 'May I have the number of your order? It begins with H.')}
    </div>`;
}

function nameDialog({ name }: Person): Html {
  return html`<dialog class="name-dialog" data-name-dialog aria-labelledby="name-title">
    <form data-name-form>
      <h2 id="name-title">Your name</h2>
      <p>Consumers read it when you ask to see their page.</p>
      <label>Name <input name="name" value="${name}" maxlength="60" autocomplete="off" required /></label>
      <div class="dialog-row">
        <button class="quiet-button" type="button" data-name-cancel>Cancel</button>
        <button class="primary" type="submit">Save</button>
      </div>
    </form>
  </dialog>`;
}
