import { html, type Html } from '../../web/html.js';
import { icon } from '../icons.js';
import type { Page } from '../layout.js';
import { categories, findProduct, materials, pictureUrl, products, type Product } from '../products.js';

const slides = [
  { slug: 'ode-table-lamp', view: 'room', title: 'Light you can lean on', text: 'The Ode lamp, in three new colours.' },
  {
    slug: 'tern-lounge-chair',
    view: 'room',
    title: 'Sit. No, properly.',
    text: 'Tern, for long books and short naps.',
  },
  { slug: 'drift-throw', view: 'detail', title: 'Wool season', text: 'Throws from one mill on the west coast.' },
] as const;

/** The start page: a carousel, and everything in the shop with search and filters. */
export function cataloguePage(): Page {
  return {
    title: 'Lamps, chairs and good things',
    current: 'shop',
    scripts: ['rating.js', 'carousel.js', 'catalogue.js'],
    content: html`${carousel()}
      <section class="catalogue" aria-labelledby="catalogue-title" data-catalogue>
        <header class="section-head">
          <h1 id="catalogue-title">Everything</h1>
          <p><span data-result-count role="status">${products.length} things</span></p>
          <label class="sort"
            >Sort by
            <select name="sort" data-sort>
              <option value="best">Best sellers</option>
              <option value="low">Price, low to high</option>
              <option value="high">Price, high to low</option>
              <option value="rated">Best rated</option>
            </select>
          </label>
        </header>
        <form class="filters" aria-label="Filters" data-filters>${filters()}</form>
        <ul class="grid" data-grid>
          ${products.map((product, index) => card(product, index))}
        </ul>
        <div class="nothing" data-nothing hidden>
          <h2>Nothing like that here</h2>
          <p>Try fewer filters or another word.</p>
          <button class="button quiet" type="button" data-clear-filters>Clear the filters</button>
        </div>
      </section>`,
  };
}

function carousel(): Html {
  return html`<section class="carousel" aria-roledescription="carousel" aria-label="New this season" data-carousel>
    <div class="slides" tabindex="0" data-slides>
      ${slides.map(({ slug, view, title, text }, index) => {
        const product = findProduct(slug)!;
        return html`<article class="slide" aria-roledescription="slide" aria-label="${index + 1} of ${slides.length}">
          <div class="slide-text">
            <h2>${title}</h2>
            <p>${text}</p>
            <a class="button" href="/product/${slug}">See ${product.name}</a>
          </div>
          <img src="${pictureUrl(product, product.finishes[0], view)}" alt="" width="600" height="600" />
        </article>`;
      })}
    </div>
    <div class="carousel-tools">
      <button class="tool" type="button" data-previous aria-label="Previous slide">${icon('left')}</button>
      <p class="dots" aria-hidden="true" data-dots>${slides.map(() => html`<span></span>`)}</p>
      <button class="tool" type="button" data-next aria-label="Next slide">${icon('right')}</button>
    </div>
  </section>`;
}

function filters(): Html {
  const boxes = (name: string, values: readonly string[]) =>
    values.map(
      (value) => html`<label class="check"><input type="checkbox" name="${name}" value="${value}" /> ${value}</label>`,
    );
  return html`<label class="field"
      >Search
      <input type="search" name="q" placeholder="Lamp, oak, kettle" />
    </label>
    <fieldset>
      <legend>Room for</legend>
      ${boxes('category', categories)}
    </fieldset>
    <fieldset>
      <legend>Made of</legend>
      ${boxes('material', materials)}
    </fieldset>
    <label class="field"
      >Up to <output data-price-output>400 €</output>
      <input type="range" name="price" min="25" max="400" step="5" value="400" />
    </label>
    <button class="link" type="reset">Clear all</button>`;
}

function card(product: Product, index: number): Html {
  const { slug, name, kind, price, rating, reviews, badge, category, material, finishes } = product;
  return html`<li
    class="card"
    data-order="${index}"
    data-category="${category}"
    data-material="${material}"
    data-price="${price}"
    data-rating="${rating}"
    data-words="${`${name} ${kind} ${category} ${material}`.toLowerCase()}"
  >
    <a href="/product/${slug}">
      <span class="card-picture">
        <img src="${pictureUrl(product)}" alt="" width="600" height="600" loading="lazy" />
        ${badge ? html`<span class="badge">${badge}</span>` : ''}
      </span>
      <span class="card-line"><strong>${name}</strong> <span>${price} €</span></span>
      <span class="card-line quiet"><span>${kind}</span> <span>${finishes.length} colours</span></span>
    </a>
    <halden-rating value="${rating}" reviews="${reviews}"></halden-rating>
  </li>`;
}
