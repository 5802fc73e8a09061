import { addToCart } from './cart.js';
import { toast } from './toast.js';

const { product: slug } = document.querySelector('[data-product]').dataset;
const main = document.querySelector('[data-gallery-main]');
const zoom = document.querySelector('[data-gallery-zoom]');
const thumbs = [...document.querySelectorAll('[data-view]')];
const form = document.querySelector('[data-buy]');
let view = 'front';

function show() {
  const finish = form.elements.finish.value;
  const picture = (name) => `/pictures/${slug}-${finish}-${name}.svg`;
  main.src = zoom.src = picture(view);
  for (const thumb of thumbs) {
    thumb.firstElementChild.src = picture(thumb.dataset.view);
    thumb.setAttribute('aria-pressed', String(thumb.dataset.view === view));
  }
}

for (const thumb of thumbs) {
  thumb.addEventListener('click', () => {
    view = thumb.dataset.view;
    show();
  });
}
form.addEventListener('change', (event) => {
  if (event.target.name !== 'finish') return;
  document.querySelector('[data-finish-name]').textContent = event.target.dataset.name;
  show();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(form);
  addToCart(slug, data.get('finish'), Number(data.get('quantity')));
  toast('In your cart.', { href: '/cart', text: 'See the cart' });
});
document.querySelector('.write-review').addEventListener('submit', (event) => {
  event.target.reset();
  toast('Thank you. We read every one.');
});
