import { euros, loadProducts, priceCart, readCart, writeCart } from './cart.js';

const form = document.querySelector('[data-checkout-form]');
const errors = document.querySelector('[data-errors]');
const dialog = document.getElementById('confirm');
const products = await loadProducts();
const lines = readCart().filter(({ slug }) => products.has(slug));
const { total } = await priceCart(lines);

const list = lines.map(({ slug, finish, quantity }) => {
  const item = document.createElement('li');
  const picture = Object.assign(document.createElement('img'), {
    src: `/pictures/${slug}-${finish}-front.svg`,
    alt: '',
  });
  const [name, price] = [document.createElement('span'), document.createElement('span')];
  name.textContent = `${products.get(slug).name} × ${quantity}`;
  price.textContent = euros(products.get(slug).price * quantity);
  item.append(picture, name, price);
  return item;
});
document.querySelector('[data-mini-lines]').replaceChildren(...list);
document.querySelector('[data-total]').textContent = euros(total);
document.querySelector('[data-confirm-total]').textContent = euros(total);
form.elements.day.min = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

// what belongs on a card is written in groups, as it is printed there
form.elements.number.addEventListener('input', ({ target }) => {
  target.value = target.value
    .replace(/\D/g, '')
    .slice(0, 16)
    .replace(/(.{4})(?=.)/g, '$1 ');
});
form.elements.expiry.addEventListener('input', ({ target }) => {
  target.value = target.value
    .replace(/\D/g, '')
    .slice(0, 4)
    .replace(/(..)(?=.)/, '$1 / ');
});

function check() {
  const fields = [...form.elements].filter((field) => field.matches('input, select, textarea'));
  const wrong = fields.filter((field) => !field.checkValidity());
  for (const field of fields) field.setAttribute('aria-invalid', String(wrong.includes(field)));
  errors.hidden = wrong.length === 0;
  errors.textContent =
    wrong.length === 1 ? 'One field needs another look.' : `${wrong.length} fields need another look.`;
  wrong[0]?.focus();
  return wrong.length === 0;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (check()) dialog.showModal();
});
dialog.addEventListener('close', () => {
  if (dialog.returnValue !== 'yes') return;
  writeCart([]);
  location.assign('/thanks');
});
