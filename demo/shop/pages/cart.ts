import { html } from '../../web/html.js';
import { icon } from '../icons.js';
import type { Page } from '../layout.js';

/** The cart. Its lines are in the browser's storage: `cart-page.js` fills the template. */
export function cartPage(): Page {
  return {
    title: 'Your cart',
    current: 'cart',
    scripts: ['stepper.js', 'cart-page.js'],
    content: html`<section class="cart" data-cart>
      <h1>Your cart</h1>
      <div class="cart-columns" data-cart-full hidden>
        <div>
          <p class="progress-text" data-delivery-text></p>
          <progress
            class="delivery-progress"
            max="90"
            value="0"
            aria-label="Towards free delivery"
            data-delivery
          ></progress>
          <ul class="lines" data-lines></ul>
        </div>
        <aside class="summary" aria-labelledby="summary-title">
          <h2 id="summary-title">Summary</h2>
          <dl>
            <div>
              <dt>Things</dt>
              <dd data-subtotal></dd>
            </div>
            <div data-discount-row hidden>
              <dt>Promo code</dt>
              <dd data-discount></dd>
            </div>
            <div>
              <dt>Delivery</dt>
              <dd data-delivery-price></dd>
            </div>
            <div class="total">
              <dt>Total</dt>
              <dd data-total></dd>
            </div>
          </dl>
          <form class="promo" data-promo>
            <label class="field">Promo code <input name="code" autocomplete="off" placeholder="WARMLIGHT" /></label>
            <button class="button quiet" type="submit">Apply</button>
            <p class="hint" role="status" data-promo-note></p>
          </form>
          <a class="button big" href="/checkout">To the checkout</a>
          <p class="hint">${icon('shield')} Pay by card, after we have packed it.</p>
        </aside>
      </div>
      <div class="nothing" data-cart-empty hidden>
        <h2>Nothing in it yet</h2>
        <p>The Ode lamp is lonely.</p>
        <a class="button" href="/">Look around</a>
      </div>
      <template data-line-template>
        <li class="line">
          <img alt="" width="120" height="120" />
          <div>
            <a data-line-name></a>
            <p class="quiet" data-line-finish></p>
            <button class="link" type="button" data-remove>Remove</button>
          </div>
          <halden-stepper min="1" max="9" label="How many"></halden-stepper>
          <p class="line-price" data-line-price></p>
        </li>
      </template>
    </section>`,
  };
}
