/** The cart: a list of `{slug, finish, quantity}` in the browser's storage, the same on every page. */
const key = 'halden-cart';
const listeners = new Set();

export const promoCode = { name: 'WARMLIGHT', share: 0.1 };
const freeDeliveryFrom = 90;
const deliveryPrice = 9;

export function readCart() {
  try {
    const lines = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(lines) ? lines.filter((line) => line.slug && line.quantity > 0) : [];
  } catch {
    return [];
  }
}

export function writeCart(lines) {
  localStorage.setItem(key, JSON.stringify(lines));
  for (const listener of listeners) listener(lines);
}

export function addToCart(slug, finish, quantity) {
  const lines = readCart();
  const same = lines.find((line) => line.slug === slug && line.finish === finish);
  if (same) same.quantity = Math.min(9, same.quantity + quantity);
  else lines.push({ slug, finish, quantity });
  writeCart(lines);
}

/** Calls the listener on each change, also one made in another tab. */
export function onCart(listener) {
  listeners.add(listener);
  window.addEventListener('storage', (event) => {
    if (event.key === key) listener(readCart());
  });
}

let loading;
/** The shop's products by slug. */
export async function loadProducts() {
  loading ??= fetch('/api/products').then((response) => response.json());
  return new Map((await loading).map((product) => [product.slug, product]));
}

/** What the cart costs, in euros. */
export async function priceCart(lines) {
  const products = await loadProducts();
  const subtotal = lines.reduce((sum, { slug, quantity }) => sum + (products.get(slug)?.price ?? 0) * quantity, 0);
  const discount = localStorage.getItem('halden-promo') === promoCode.name ? subtotal * promoCode.share : 0;
  const delivery = subtotal >= freeDeliveryFrom || subtotal === 0 ? 0 : deliveryPrice;
  return { subtotal, discount, delivery, total: subtotal - discount + delivery, freeDeliveryFrom };
}

export function euros(amount) {
  return `${amount.toFixed(amount % 1 ? 2 : 0)} €`;
}
