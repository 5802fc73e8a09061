import { html, type Html } from '../../web/html.js';
import { icon } from '../icons.js';
import type { Page } from '../layout.js';
import { views } from '../pictures/picture.js';
import { pictureUrl, products, type Product } from '../products.js';

/** One product: gallery, colours, a stepper with a shadow root, details, reviews in a modal dialog. */
export function productPage(product: Product): Page {
  const { slug, name, kind, price, rating, reviews, line } = product;
  return {
    title: `${name} ${kind.toLowerCase()}`,
    current: 'shop',
    scripts: ['rating.js', 'stepper.js', 'product.js'],
    content: html`<nav class="crumbs" aria-label="You are here">
        <a href="/">Shop</a> / <a href="/?category=${product.category}">${product.category}</a> / <span>${name}</span>
      </nav>
      <article class="product" data-product="${slug}">
        ${gallery(product)}
        <div class="product-text">
          <p class="eyebrow">${kind}</p>
          <h1>${name}</h1>
          <p class="price">${price} €</p>
          <button class="link rating-link" type="button" data-open-dialog="reviews">
            <halden-rating value="${rating}" reviews="${reviews}"></halden-rating>
          </button>
          <p class="lead">${line}</p>
          <form class="buy" data-buy>
            ${swatches(product)}
            <div class="buy-row">
              <halden-stepper name="quantity" value="1" min="1" max="9" label="How many"></halden-stepper>
              <button class="button big" type="submit">Add to cart</button>
            </div>
          </form>
          ${details(product)}
        </div>
      </article>
      ${related(product)} ${reviewsDialog(product)}`,
  };
}

function gallery(product: Product): Html {
  const { name, kind, finishes } = product;
  const [finish] = finishes;
  return html`<div class="gallery" data-gallery>
    <div class="gallery-main">
      <img
        src="${pictureUrl(product, finish, 'front')}"
        alt="${name}, ${kind.toLowerCase()}, in ${finish.name.toLowerCase()}"
        width="600"
        height="600"
        data-gallery-main
      />
      <button class="tool zoom" type="button" data-open-dialog="zoom" aria-label="Larger picture">
        ${icon('search')}
      </button>
    </div>
    <ul class="thumbs">
      ${views.map(
        (view, index) =>
          html`<li>
            <button
              type="button"
              data-view="${view}"
              aria-pressed="${String(index === 0)}"
              aria-label="Picture: ${view}"
            >
              <img src="${pictureUrl(product, finish, view)}" alt="" width="120" height="120" />
            </button>
          </li>`,
      )}
    </ul>
    <dialog class="dialog picture-dialog" id="zoom" aria-label="Larger picture">
      <img src="${pictureUrl(product, finish, 'front')}" alt="" width="600" height="600" data-gallery-zoom />
      <form method="dialog">
        <button class="tool" aria-label="Close">${icon('close')}</button>
      </form>
    </dialog>
  </div>`;
}

function swatches({ finishes }: Product): Html {
  return html`<fieldset class="swatches">
    <legend>Colour: <output data-finish-name>${finishes[0].name}</output></legend>
    ${finishes.map(
      ({ id, name }, index) =>
        html`<label class="swatch"
          ><input type="radio" name="finish" value="${id}" data-name="${name}" ${index === 0 ? html`checked` : ''} />
          <span class="dot ${id}"></span><span class="visually-hidden">${name}</span></label
        >`,
    )}
  </fieldset>`;
}

function details({ size, material, category }: Product): Html {
  return html`<div class="details">
    <details open>
      <summary>Details</summary>
      <dl>
        <div>
          <dt>Size</dt>
          <dd>${size}</dd>
        </div>
        <div>
          <dt>Mostly</dt>
          <dd>${material}</dd>
        </div>
        <div>
          <dt>Belongs to</dt>
          <dd>${category}</dd>
        </div>
      </dl>
    </details>
    <details>
      <summary>Delivery</summary>
      <p>
        In stock. At your door in two to four days, or in the <a href="/stores">Södermalm store</a> tomorrow after ten.
      </p>
    </details>
    <details>
      <summary>Care</summary>
      <p>Dry cloth, no hurry. Scratches count as character after the first year.</p>
    </details>
  </div>`;
}

function related(product: Product): Html {
  const others = products.filter((other) => other !== product).slice(0, 4);
  return html`<section class="related" aria-labelledby="related-title">
    <h2 id="related-title">Goes well with</h2>
    <ul class="grid four">
      ${others.map(
        (other) =>
          html`<li class="card">
            <a href="/product/${other.slug}">
              <span class="card-picture"><img src="${pictureUrl(other)}" alt="" width="600" height="600" /></span>
              <span class="card-line"><strong>${other.name}</strong> <span>${other.price} €</span></span>
            </a>
          </li>`,
      )}
    </ul>
  </section>`;
}

const opinions = [
  {
    name: 'Ingrid',
    stars: 5,
    text: 'Looks like the pictures, which never happens. The colour is a shade warmer in the evening.',
  },
  {
    name: 'Tomás',
    stars: 4,
    text: 'Arrived in a box with no plastic. One star off because now the rest of the room looks tired.',
  },
  { name: 'Aisha', stars: 5, text: 'Second one. The first lives with my mother, who will not give it back.' },
];

function reviewsDialog({ name, rating, reviews }: Product): Html {
  return html`<dialog class="dialog" id="reviews" aria-labelledby="reviews-title">
    <header>
      <h2 id="reviews-title">What people say about ${name}</h2>
      <form method="dialog">
        <button class="tool" aria-label="Close">${icon('close')}</button>
      </form>
    </header>
    <halden-rating value="${rating}" reviews="${reviews}"></halden-rating>
    <ul class="opinions">
      ${opinions.map(
        (opinion) =>
          html`<li>
            <halden-rating value="${opinion.stars}"></halden-rating>
            <p>${opinion.text}</p>
            <p class="quiet">${opinion.name}</p>
          </li>`,
      )}
    </ul>
    <form class="write-review" method="dialog">
      <label class="field">Your own words <textarea name="review" rows="3" maxlength="600"></textarea></label>
      <button class="button">Send review</button>
    </form>
  </dialog>`;
}
