// the map is a page of its own in a frame: it says by message which pin was pressed
window.addEventListener('message', ({ origin, data }) => {
  if (origin !== location.origin || data?.type !== 'store') return;
  document.querySelector('[data-store-name]').textContent = data.name;
  document.querySelector('[data-store-text]').textContent = data.text;
});

document.querySelector('[data-slots]').addEventListener('click', (event) => {
  const slot = event.target.closest('[data-slot]');
  if (!slot) return;
  for (const other of document.querySelectorAll('[data-slot]')) {
    other.setAttribute('aria-pressed', String(other === slot));
    if (!other.disabled) other.textContent = other === slot ? 'Yours' : 'Free';
  }
  document.querySelector('[data-slot-note]').textContent = `Kept for you: ${slot.dataset.slot}.`;
});
