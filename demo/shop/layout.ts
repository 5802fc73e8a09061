import { chatHead, chatWidget, type ChatSetting } from '../chat/widget.js';
import { html, type Html } from '../web/html.js';
import { icon } from './icons.js';

export interface Page {
  readonly title: string;
  /** Which entry of the menu is marked. */
  readonly current?: 'shop' | 'stores' | 'account' | 'cart';
  /** Modules of `/assets/` that this page runs. */
  readonly scripts?: readonly string[];
  readonly content: Html;
}

/** The frame of every page of the shop. Nothing inline: the pages also work under a strict policy. */
export function layout({ title, current, scripts = [], content }: Page, chat: ChatSetting): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Halden</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <script src="/assets/theme.js"></script>
        <link rel="stylesheet" href="/assets/base.css" />
        <link rel="stylesheet" href="/assets/pages.css" />
        <script type="module" src="/assets/shop.js"></script>
        ${scripts.map((name) => html`<script type="module" src="/assets/${name}"></script>`)} ${chatHead()}
      </head>
      <body>
        <a class="skip-link" href="#content">Skip to the content</a>
        ${header(current)}
        <main id="content">${content}</main>
        ${footer()}
        <div class="toasts" role="status" data-toasts></div>
        ${chatWidget(chat)}
      </body>
    </html>`;
}

function header(current: Page['current']): Html {
  const link = (name: NonNullable<Page['current']>, href: string, text: string) =>
    html`<a href="${href}" ${current === name ? html`aria-current="page"` : ''}>${text}</a>`;
  return html`<header class="site-header">
    <p class="strip">Free delivery over 90 € · thirty days to change your mind</p>
    <div class="bar">
      <a class="brand" href="/">Halden</a>
      <nav aria-label="Main">${link('shop', '/', 'Shop')} ${link('stores', '/stores', 'Stores & delivery')}</nav>
      <form class="search" role="search" action="/" method="get">
        ${icon('search')}
        <input type="search" name="q" placeholder="Search lamps, chairs, wool" aria-label="Search the shop" />
      </form>
      <div class="tools">
        <button class="tool" type="button" data-theme-toggle aria-label="Dark colours" aria-pressed="false">
          ${icon('moon')}
        </button>
        <button class="tool" type="button" popovertarget="account-menu" aria-label="Account">${icon('person')}</button>
        <a class="tool" href="/cart" aria-label="Cart" ${current === 'cart' ? html`aria-current="page"` : ''}
          >${icon('bag')}<span class="count" data-cart-count hidden></span
        ></a>
      </div>
    </div>
    <div class="menu" id="account-menu" popover>
      <p>Signed in as <strong data-cobrowse-mask>Maya Lindqvist</strong></p>
      <a href="/account">Your account</a>
      <a href="/account#orders">Orders</a>
      <a href="/account#password">Change your password</a>
      <a href="/stores">Your store: Södermalm</a>
    </div>
  </header>`;
}

function footer(): Html {
  return html`<footer class="site-footer">
    <div>
      <p class="brand">Halden</p>
      <p>Things for rooms, made slowly since 1968.</p>
    </div>
    <ul>
      <li>${icon('truck')} Delivered in two to four days</li>
      <li>${icon('back')} Thirty days to return</li>
      <li>${icon('shield')} Ten-year guarantee</li>
    </ul>
    <p class="small">A fictional shop: the demo of Cobrowse Kit. Nothing can be bought here.</p>
  </footer>`;
}
