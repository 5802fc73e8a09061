import { randomBytes } from 'node:crypto';
import { appRoutes } from '../apps/routes.js';
import { consumerChatRoutes } from '../chat/consumer-api.js';
import type { Conversations } from '../chat/conversations.js';
import { sendToken } from '../chat/tokens.js';
import type { ChatSetting } from '../chat/widget.js';
import { StrictPolicy } from '../web/csp.js';
import { HttpError, type Exchange } from '../web/exchange.js';
import { sendFile } from '../web/files.js';
import type { Html } from '../web/html.js';
import { fromRoot } from '../web/paths.js';
import type { Handler, Routes } from '../web/site.js';
import { layout, type Page } from './layout.js';
import { accountPage } from './pages/account.js';
import { cartPage } from './pages/cart.js';
import { cataloguePage } from './pages/catalogue.js';
import { checkoutPage, thanksPage } from './pages/checkout.js';
import { productPage } from './pages/product.js';
import { mapFrame, storesPage } from './pages/stores.js';
import { drawPicture, views } from './pictures/picture.js';
import { findProduct, products } from './products.js';

export interface ShopOptions {
  readonly sync: string;
  readonly secret: string;
  readonly conversations: Conversations;
}

/** The one who shops here. A real shop would have a sign-in; the desk may give another name with its link. */
const defaultShopper = 'Maya Lindqvist';

/** The consumer's site: a shop of several pages, and real applications beside it. */
export function shopRoutes({ sync, secret, conversations }: ShopOptions): Routes {
  const chat: ChatSetting = { sync };
  const policy = new StrictPolicy('shop', sync, ["frame-src 'self'", "frame-ancestors 'self'"]);
  const send = (exchange: Exchange, page: Html) => {
    policy.apply(exchange);
    exchange.sendPage(page);
  };
  const page =
    (make: () => Page): Handler =>
    (exchange) =>
      send(exchange, layout(make(), chat));
  return {
    'GET /': page(cataloguePage),
    'GET /product/:slug': (exchange, slug) => {
      const product = findProduct(slug);
      if (!product) throw new HttpError(404, 'We do not have that');
      send(exchange, layout(productPage(product), chat));
    },
    'GET /cart': page(cartPage),
    'GET /checkout': page(checkoutPage),
    'GET /thanks': page(thanksPage),
    'GET /account': page(accountPage),
    'GET /stores': page(storesPage),
    'GET /frames/map': (exchange) => send(exchange, mapFrame()),
    'GET /strict': (exchange) => policy.switch(exchange, true),
    'GET /strict/off': (exchange) => policy.switch(exchange, false),
    'GET /api/products': (exchange) => exchange.sendJson(products),
    'GET /pictures/:file': sendPicture,
    'POST /api/token': (exchange) => {
      const id = shopperId(exchange);
      return sendToken(exchange, conversations, secret, 'consumer', ({ consumer: name }) => ({ id, name }));
    },
    ...consumerChatRoutes(conversations, defaultShopper),
    ...appRoutes(chat),
    ...sharedFiles('demo/shop/assets'),
  };
}

/** What both sites serve: their assets, the fonts, and the kit as it is built for a `<script type="module">`. */
export function sharedFiles(assets: string): Routes {
  const fonts: Record<string, string> = {
    'figtree.woff2': 'figtree/files/figtree-latin-wght-normal.woff2',
    'familjen-grotesk.woff2': 'familjen-grotesk/files/familjen-grotesk-latin-wght-normal.woff2',
  };
  return {
    'GET /assets/*': (exchange, file) => sendFile(exchange, fromRoot(assets), file),
    'GET /chat/*': (exchange, file) => sendFile(exchange, fromRoot('demo/chat/assets'), file),
    'GET /kit/*': (exchange, file) => sendFile(exchange, fromRoot('dist/cdn'), file),
    'GET /fonts/:file': (exchange, file) =>
      sendFile(exchange, fromRoot('node_modules/@fontsource-variable'), fonts[file] ?? file),
  };
}

// one id for each browser, so that a reload is the same person
function shopperId(exchange: Exchange): string {
  const known = exchange.cookies.get('shopper');
  if (known && /^[\w-]{16}$/.test(known)) return `shopper-${known}`;
  const id = randomBytes(12).toString('base64url');
  exchange.setCookie('shopper', id);
  return `shopper-${id}`;
}

function sendPicture(exchange: Exchange, file = ''): void {
  const [, slug, finishId, viewName] = /^([a-z-]+)-([a-z]+)-([a-z]+)\.svg$/.exec(file) ?? [];
  const product = findProduct(slug ?? '');
  const finish = product?.finishes.find(({ id }) => id === finishId);
  const view = views.find((name) => name === viewName);
  if (!product || !finish || !view) throw new HttpError(404, 'No such picture');
  exchange.sendText(drawPicture(product, finish, view), 'image/svg+xml');
}
