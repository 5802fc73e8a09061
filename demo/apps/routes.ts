import { chatHead, chatWidget, type ChatSetting } from '../chat/widget.js';
import { HttpError } from '../web/exchange.js';
import { sendFile } from '../web/files.js';
import { html, type Html } from '../web/html.js';
import { fromRoot } from '../web/paths.js';
import type { Routes } from '../web/site.js';
import { applications, type Application } from './applications.js';

/**
 * Applications that nobody here wrote, as they come from the npm registry, each on a page with the two tags added.
 * They need inline styles: the strict policy is not for them.
 */
export function appRoutes(chat: ChatSetting): Routes {
  return {
    'GET /apps/:name/': (exchange, name) => exchange.sendPage(appPage(find(name), chat)),
    'GET /apps/:name': (exchange, name) => exchange.redirect(`/apps/${find(name).name}/${exchange.url.search}`),
    'GET /apps/:name/vendor/*': (exchange, name, path) => {
      const [key, folder] = Object.entries(find(name).folders).find(([prefix]) => path.startsWith(`${prefix}/`)) ?? [];
      if (!key || !folder) throw new HttpError(404, 'Not found');
      return sendFile(exchange, fromRoot(`node_modules/${folder}`), path.slice(key.length + 1));
    },
    'GET /apps/:name/own/*': (exchange, name, path) =>
      sendFile(exchange, fromRoot(`demo/apps/${find(name).name}`), path),
  };
}

function find(name: string): Application {
  const found = applications.find((application) => application.name === name);
  if (!found) throw new HttpError(404, 'There is no such application');
  return found;
}

function appPage({ title, styles, scripts, module, content }: Application, chat: ChatSetting): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        ${styles.map((href) => html`<link rel="stylesheet" href="vendor/${href}" />`)}
        <link rel="stylesheet" href="own/app.css" />
        ${scripts.map((src) => html`<script src="vendor/${src}"></script>`)}
        <script type="module" src="own/${module}"></script>
        ${chatHead()}
      </head>
      <body>
        ${content} ${chatWidget(chat)}
      </body>
    </html>`;
}
