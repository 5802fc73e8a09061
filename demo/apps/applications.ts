import { html, type Html } from '../web/html.js';

export interface Application {
  /** Its folder here and its part of the address. */
  readonly name: string;
  readonly title: string;
  /** Folders of `node_modules` that the page may load from, by the name they have under `vendor/`. */
  readonly folders: Readonly<Record<string, string>>;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** Our few lines that start it. */
  readonly module: string;
  readonly content: Html;
}

const module = 'app.js';

export const applications: readonly Application[] = [
  {
    name: 'swagger',
    title: 'Halden API reference',
    folders: { ui: 'swagger-ui-dist' },
    styles: ['ui/swagger-ui.css'],
    scripts: ['ui/swagger-ui-bundle.js'],
    module,
    content: html`<div id="swagger-ui"></div>`,
  },
  {
    name: 'grid',
    title: 'Halden stock',
    folders: { tabulator: 'tabulator-tables/dist' },
    styles: ['tabulator/css/tabulator_simple.min.css'],
    scripts: ['tabulator/js/tabulator.min.js'],
    module,
    content: html`<header class="app-head">
        <h1>Stock</h1>
        <label>Find <input type="search" id="find" placeholder="Lamp, oak, Malmö" /></label>
        <button type="button" id="group">Group by store</button>
      </header>
      <div id="table"></div>`,
  },
  {
    name: 'spreadsheet',
    title: 'Halden budget',
    folders: { sheet: 'jspreadsheet-ce/dist', suites: 'jsuites/dist', formula: '@jspreadsheet/formula/dist' },
    styles: ['suites/jsuites.css', 'sheet/jspreadsheet.css'],
    scripts: ['suites/jsuites.js', 'formula/index.js', 'sheet/index.js'],
    module,
    content: html`<header class="app-head"><h1>Budget</h1></header>
      <div id="sheet"></div>`,
  },
  {
    name: 'editor',
    title: 'Halden journal',
    folders: { quill: 'quill/dist' },
    styles: ['quill/quill.snow.css'],
    scripts: ['quill/quill.js'],
    module,
    content: html`<main class="paper">
      <h1>Journal</h1>
      <div id="editor">
        <h2>Three lamps for a dark month</h2>
        <p>November asks for <strong>warm light at eye level</strong>. Here is what we would do:</p>
        <ol>
          <li>Put one lamp where you read.</li>
          <li>Put one where you do not.</li>
          <li>Switch the ceiling off.</li>
        </ol>
        <blockquote>A room is lit when you forget the lamp.</blockquote>
      </div>
    </main>`,
  },
  {
    name: 'calendar',
    title: 'Halden deliveries',
    folders: { temporal: 'temporal-polyfill', calendar: 'fullcalendar' },
    styles: ['calendar/skeleton.css', 'calendar/themes/classic/theme.css', 'calendar/themes/classic/palette.css'],
    scripts: ['temporal/global.js', 'calendar/all/global.js', 'calendar/themes/classic/global.js'],
    module,
    content: html`<main class="paper"><div id="calendar"></div></main>`,
  },
];
