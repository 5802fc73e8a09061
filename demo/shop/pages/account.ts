import { html, type Html } from '../../web/html.js';
import { icon } from '../icons.js';
import type { Page } from '../layout.js';

const orders = [
  { id: 'H-20418', day: '2026-03-02', things: 'Ode table lamp, Sund mugs', total: 161, state: 'On its way' },
  { id: 'H-19877', day: '2026-01-19', things: 'Drift throw', total: 119, state: 'Delivered' },
  { id: 'H-19203', day: '2025-11-28', things: 'Rung shelf', total: 249, state: 'Delivered' },
  { id: 'H-18551', day: '2025-09-06', things: 'Noon wall clock, Lull candles', total: 103, state: 'Returned' },
  { id: 'H-17990', day: '2025-06-14', things: 'Pebble vase', total: 58, state: 'Delivered' },
  { id: 'H-17312', day: '2025-03-30', things: 'Tern lounge chair', total: 389, state: 'Delivered' },
];

/** The account. Personal data is marked for the mirror as a careful shop would: masked, blocked, or left out. */
export function accountPage(): Page {
  return {
    title: 'Your account',
    current: 'account',
    scripts: ['account.js'],
    content: html`<section class="account">
      <h1>Your account</h1>
      <nav class="tabs" aria-label="Parts of this page">
        <a href="#orders">Orders</a> <a href="#you">About you</a> <a href="#cards">Cards</a>
        <a href="#password">Password</a>
      </nav>
      ${orderTable()}
      <div class="account-columns">${personal()} ${cards()} ${password()} ${wishes()}</div>
    </section>`,
  };
}

function orderTable(): Html {
  const head = (key: string, text: string) =>
    html`<th scope="col" aria-sort="none"><button type="button" data-sort-by="${key}">${text}</button></th>`;
  return html`<section id="orders" class="panel" aria-labelledby="orders-title">
    <h2 id="orders-title">Orders</h2>
    <div class="table-scroll" tabindex="0" role="region" aria-labelledby="orders-title">
      <table data-orders>
        <thead>
          <tr>
            ${head('id', 'Order')} ${head('day', 'Day')} ${head('things', 'Things')} ${head('total', 'Total')}
            ${head('state', 'Where')}
          </tr>
        </thead>
        <tbody>
          ${orders.map(
            ({ id, day, things, total, state }) =>
              html`<tr>
                <td data-value="${id}"><a href="#orders">${id}</a></td>
                <td data-value="${day}"><time datetime="${day}">${day}</time></td>
                <td data-value="${things}">${things}</td>
                <td data-value="${total}" class="number">${total} €</td>
                <td data-value="${state}">
                  <span class="state ${state.toLowerCase().replaceAll(' ', '-')}">${state}</span>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function personal(): Html {
  return html`<section id="you" class="panel" aria-labelledby="you-title">
    <h2 id="you-title">About you</h2>
    <dl class="facts" data-cobrowse-mask>
      <div>
        <dt data-cobrowse-unmask>Name</dt>
        <dd>Maya Lindqvist</dd>
      </div>
      <div>
        <dt data-cobrowse-unmask>E-mail</dt>
        <dd>maya.lindqvist@example.com</dd>
      </div>
      <div>
        <dt data-cobrowse-unmask>Telephone</dt>
        <dd>+46 70 555 01 82</dd>
      </div>
      <div>
        <dt data-cobrowse-unmask>Address</dt>
        <dd>Bondegatan 12, 116 33 Stockholm</dd>
      </div>
      <div data-cobrowse-unmask>
        <dt>Member since</dt>
        <dd>2021</dd>
      </div>
    </dl>
  </section>`;
}

function cards(): Html {
  return html`<section id="cards" class="panel" aria-labelledby="cards-title">
    <h2 id="cards-title">Saved card</h2>
    <div class="bank-card" data-cobrowse-block>
      <p>Halden Pay</p>
      <p class="bank-number">4000 0012 3456 7899</p>
      <p>MAYA LINDQVIST <span>04 / 28</span></p>
    </div>
    <p class="hint">${icon('shield')} Blocked for co-browsing: our agents can't see this card.</p>
  </section>`;
}

function password(): Html {
  return html`<section id="password" class="panel" aria-labelledby="password-title">
    <h2 id="password-title">Change your password</h2>
    <form data-password-form>
      <input type="hidden" name="form-key" value="k-7731-maya" />
      <label class="field">Now <input type="password" name="old" autocomplete="current-password" required /></label>
      <label class="field"
        >New <input type="password" name="new" autocomplete="new-password" minlength="10" required
      /></label>
      <meter class="strength" min="0" max="4" value="0" aria-label="Strength" data-strength></meter>
      <button class="button quiet" type="submit">Change it</button>
      <p class="hint" role="status" data-password-note></p>
    </form>
  </section>`;
}

function wishes(): Html {
  return html`<section class="panel" aria-labelledby="letters-title">
    <h2 id="letters-title">Letters from us</h2>
    <label class="switch"><input type="checkbox" role="switch" checked /> <span>When an order moves</span></label>
    <label class="switch"><input type="checkbox" role="switch" /> <span>New things, monthly</span></label>
    <label class="switch"
      ><input type="checkbox" role="switch" checked /> <span>When something you like is back</span></label
    >
  </section>`;
}
