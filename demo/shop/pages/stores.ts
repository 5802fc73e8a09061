import { html, trusted, type Html } from '../../web/html.js';
import { icon } from '../icons.js';
import type { Page } from '../layout.js';

/** Stores and delivery slots; the map is a page of its own in a frame. */
export function storesPage(): Page {
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const hours = ['8 to 12', '12 to 16', '16 to 20'];
  return {
    title: 'Stores and delivery',
    current: 'stores',
    scripts: ['stores.js'],
    content: html`<section class="stores">
      <h1>Stores &amp; delivery</h1>
      <div class="stores-columns">
        <iframe class="map-frame" src="/frames/map" title="Map of our stores" width="640" height="460"></iframe>
        <div class="panel">
          <h2>${icon('pin')} <span data-store-name>Södermalm</span></h2>
          <p data-store-text>Skånegatan 71. Open every day from 10 to 19.</p>
          <h3>Delivery near you</h3>
          <div class="table-scroll" tabindex="0" role="region" aria-label="Delivery slots">
            <table class="slots" data-slots>
              <thead>
                <tr>
                  <td></td>
                  ${days.map((day) => html`<th scope="col">${day}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${hours.map(
                  (hour, row) =>
                    html`<tr>
                      <th scope="row">${hour}</th>
                      ${days.map((day, column) => slot(day, hour, (row * 5 + column * 3) % 4 === 1))}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
          <p class="hint" role="status" data-slot-note>Pick a time that suits you.</p>
        </div>
      </div>
    </section>`,
  };
}

function slot(day: string, hour: string, full: boolean): Html {
  return html`<td>
    <button
      type="button"
      aria-pressed="false"
      aria-label="${day}, ${hour}"
      data-slot="${day}, ${hour}"
      ${full ? html`disabled` : ''}
    >
      ${full ? 'Full' : 'Free'}
    </button>
  </td>`;
}

const stores = [
  { name: 'Södermalm', text: 'Skånegatan 71. Open every day from 10 to 19.', x: 372, y: 300 },
  { name: 'Vasastan', text: 'Upplandsgatan 22. Open Monday to Saturday from 10 to 18.', x: 238, y: 128 },
  { name: 'Nacka', text: 'In the old mill by the water. Open Thursday to Sunday.', x: 532, y: 224 },
];

const land = `<path class="water" d="M0 0h640v460H0z"/>
  <path class="land" d="M0 0h640v60c-80 20-120 4-180 40s-60 90-130 96-120-40-190-20S40 240 0 232z"/>
  <path class="land" d="M180 300c40-50 120-70 200-60s110-40 180-60 80-20 80-20v300H60c20-60 60-100 120-160z"/>
  <path class="park" d="M60 40c60-20 120 0 120 50s-70 60-110 30-70-60-10-80zM420 350c40-30 110-20 110 20s-60 60-100 40-50-30-10-60z"/>
  <g class="roads"><path d="M0 110c120 0 220 10 330-40S560 20 640 20M240 0c0 80-20 120 10 190s110 60 130 110 0 100 10 160M120 460c40-80 100-110 200-120s220-10 320-80M560 180c-20 60-30 140 0 280"/></g>`;

/** The framed page: a map whose pins tell the page around it which store was picked. */
export function mapFrame(): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Map of our stores</title>
        <script src="/assets/theme.js"></script>
        <link rel="stylesheet" href="/assets/map.css" />
        <script type="module" src="/assets/map.js"></script>
      </head>
      <body>
        <svg viewBox="0 0 640 460" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${trusted(land)}</svg>
        <ul class="pins">
          ${stores.map(
            ({ name, text, x, y }, index) =>
              html`<li data-x="${x}" data-y="${y}">
                <button type="button" data-name="${name}" data-text="${text}" aria-pressed="${String(index === 0)}">
                  <span>${name}</span>
                </button>
              </li>`,
          )}
        </ul>
      </body>
    </html>`;
}
