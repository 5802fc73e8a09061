import { euros, loadProducts, onCart, priceCart, promoCode, readCart, writeCart } from './cart.js';

const part = (name) => document.querySelector(`[data-${name}]`);
const products = await loadProducts();

function line({ slug, finish, quantity }, index) {
  const product = products.get(slug);
  if (!product) return '';
  const item = part('line-template').content.cloneNode(true);
  const name = item.querySelector('[data-line-name]');
  item.querySelector('img').src = `/pictures/${slug}-${finish}-front.svg`;
  name.href = `/product/${slug}`;
  name.textContent = `${product.name} ${product.kind.toLowerCase()}`;
  item.querySelector('[data-line-finish]').textContent = product.finishes.find(({ id }) => id === finish)?.name ?? '';
  item.querySelector('[data-line-price]').textContent = euros(product.price * quantity);
  const stepper = item.querySelector('halden-stepper');
  stepper.setAttribute('value', quantity);
  stepper.addEventListener('change', () => change(index, stepper.value));
  item.querySelector('[data-remove]').addEventListener('click', () => change(index, 0));
  return item;
}

function change(index, quantity) {
  const lines = readCart();
  lines[index].quantity = quantity;
  writeCart(lines.filter((entry) => entry.quantity > 0));
}

async function show(lines) {
  const { subtotal, discount, delivery, total, freeDeliveryFrom } = await priceCart(lines);
  const missing = freeDeliveryFrom - subtotal;
  part('cart-full').hidden = lines.length === 0;
  part('cart-empty').hidden = lines.length > 0;
  part('lines').replaceChildren(...lines.map(line));
  part('delivery').value = Math.min(subtotal, freeDeliveryFrom);
  part('delivery-text').textContent = missing > 0 ? `${euros(missing)} more and delivery is free` : 'Delivery is free';
  part('subtotal').textContent = euros(subtotal);
  part('discount-row').hidden = discount === 0;
  part('discount').textContent = `− ${euros(discount)}`;
  part('delivery-price').textContent = delivery ? euros(delivery) : 'Free';
  part('total').textContent = euros(total);
}

part('promo').addEventListener('submit', (event) => {
  event.preventDefault();
  const code = event.target.elements.code.value.trim().toUpperCase();
  const known = code === promoCode.name;
  if (known) localStorage.setItem('halden-promo', code);
  part('promo-note').textContent = known ? 'Ten percent off. Enjoy.' : 'We do not know that code.';
  show(readCart());
});
onCart(show);
show(readCart());
