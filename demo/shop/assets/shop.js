import { onCart, readCart } from './cart.js';

/** What every page does: the cart's count, the theme, dialogs that buttons open. */
const count = document.querySelector('[data-cart-count]');

function showCount(lines, moved) {
  const things = lines.reduce((sum, line) => sum + line.quantity, 0);
  count.hidden = things === 0;
  count.textContent = things;
  count.closest('a').setAttribute('aria-label', `Cart, ${things} ${things === 1 ? 'thing' : 'things'}`);
  if (!moved) return;
  count.classList.add('bump');
  count.addEventListener('animationend', () => count.classList.remove('bump'), { once: true });
}
showCount(readCart(), false);
onCart((lines) => showCount(lines, true));

const toggle = document.querySelector('[data-theme-toggle]');
const root = document.documentElement;
toggle.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
toggle.addEventListener('click', () => {
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('halden-theme', root.dataset.theme);
  toggle.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
});

document.addEventListener('click', (event) => {
  const opener = event.target.closest?.('[data-open-dialog]');
  if (opener) document.getElementById(opener.dataset.openDialog).showModal();
  // a click on the backdrop has the dialog itself as target
  if (event.target instanceof HTMLDialogElement && event.target.matches('.picture-dialog')) event.target.close();
});
