import { html, type Html } from '../../web/html.js';
import { icon } from '../icons.js';
import type { Page } from '../layout.js';

const countries = ['Sweden', 'Denmark', 'Finland', 'Norway', 'Germany', 'Netherlands', 'France', 'Spain', 'Ireland'];

/** The checkout: address, delivery day, card. The autocomplete names are the standard's, as the mirror masks by them. */
export function checkoutPage(): Page {
  return {
    title: 'Checkout',
    current: 'cart',
    scripts: ['checkout.js'],
    content: html`<section class="checkout" data-checkout>
        <h1>Checkout</h1>
        <div class="cart-columns">
          <form class="checkout-form" data-checkout-form novalidate>
            ${contact()} ${delivery()} ${payment()}
            <div class="error-summary" role="alert" data-errors hidden></div>
            <button class="button big" type="submit">Place the order</button>
          </form>
          <aside class="summary" aria-labelledby="summary-title">
            <h2 id="summary-title">Your order</h2>
            <ul class="mini-lines" data-mini-lines></ul>
            <dl>
              <div class="total">
                <dt>Total</dt>
                <dd data-total></dd>
              </div>
            </dl>
            <a class="link" href="/cart">Change the cart</a>
          </aside>
        </div>
      </section>
      ${confirmDialog()}`,
  };
}

function contact(): Html {
  return html`<fieldset>
    <legend>Who</legend>
    <div class="row">
      <label class="field">First name <input name="given" autocomplete="given-name" required /></label>
      <label class="field">Last name <input name="family" autocomplete="family-name" required /></label>
    </div>
    <div class="row">
      <label class="field">E-mail <input name="email" type="email" autocomplete="email" required /></label>
      <label class="field">Telephone <input name="tel" type="tel" autocomplete="tel" /></label>
    </div>
  </fieldset>`;
}

function delivery(): Html {
  return html`<fieldset>
    <legend>Where and when</legend>
    <label class="field">Street and number <input name="street" autocomplete="street-address" required /></label>
    <div class="row three">
      <label class="field"
        >Postcode <input name="postcode" autocomplete="postal-code" inputmode="numeric" required
      /></label>
      <label class="field">Town <input name="town" autocomplete="address-level2" required /></label>
      <label class="field"
        >Country
        <select name="country" autocomplete="country-name">
          ${countries.map((name) => html`<option>${name}</option>`)}
        </select>
      </label>
    </div>
    <div class="row">
      <label class="field">Delivery day <input name="day" type="date" data-delivery-day required /></label>
      <div class="field">
        <span id="slot-label">Part of the day</span>
        <div class="segments" role="radiogroup" aria-labelledby="slot-label">
          <label><input type="radio" name="slot" value="morning" checked /> <span>Morning</span></label>
          <label><input type="radio" name="slot" value="afternoon" /> <span>Afternoon</span></label>
          <label><input type="radio" name="slot" value="evening" /> <span>Evening</span></label>
        </div>
      </div>
    </div>
    <label class="field">A note for the driver <textarea name="note" rows="2" maxlength="200"></textarea></label>
    <label class="check"><input type="checkbox" name="gift" /> It is a gift: no prices in the box</label>
  </fieldset>`;
}

function payment(): Html {
  return html`<fieldset class="payment">
    <legend>${icon('card')} Card</legend>
    <label class="field"
      >Card number
      <input name="number" autocomplete="cc-number" inputmode="numeric" placeholder="0000 0000 0000 0000" required
    /></label>
    <div class="row three">
      <label class="field">Name on the card <input name="holder" autocomplete="cc-name" required /></label>
      <label class="field">Valid to <input name="expiry" autocomplete="cc-exp" placeholder="MM / YY" required /></label>
      <label class="field"
        >Security code <input name="code" autocomplete="cc-csc" inputmode="numeric" placeholder="000" required
      /></label>
    </div>
  </fieldset>`;
}

function confirmDialog(): Html {
  return html`<dialog class="dialog small" id="confirm" aria-labelledby="confirm-title">
    <h2 id="confirm-title">Place this order?</h2>
    <p>We charge <strong data-confirm-total></strong> when the box leaves the house.</p>
    <form method="dialog" class="dialog-buttons">
      <button class="button quiet" value="no">Not yet</button>
      <button class="button" value="yes">Yes, order</button>
    </form>
  </dialog>`;
}

/** After the order. */
export function thanksPage(): Page {
  return {
    title: 'Thank you',
    content: html`<section class="thanks">
      <span class="tick" aria-hidden="true"><span></span></span>
      <h1>Thank you</h1>
      <p>Your order is with the packers. We write to you when it leaves.</p>
      <p>
        <a class="button" href="/account#orders">See your orders</a> <a class="button quiet" href="/">Keep looking</a>
      </p>
    </section>`,
  };
}
