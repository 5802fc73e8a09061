const grid = document.querySelector('[data-grid]');
const filters = document.querySelector('[data-filters]');
const sort = document.querySelector('[data-sort]');
const cards = [...grid.children];

const orders = {
  best: (a, b) => a.dataset.order - b.dataset.order,
  low: (a, b) => a.dataset.price - b.dataset.price,
  high: (a, b) => b.dataset.price - a.dataset.price,
  rated: (a, b) => b.dataset.rating - a.dataset.rating,
};

function matches(card, wanted) {
  const { words, category, material, price } = card.dataset;
  const among = (name, value) => wanted.getAll(name).length === 0 || wanted.getAll(name).includes(value);
  const search = wanted.get('q').toLowerCase().split(/\s+/).filter(Boolean);
  return (
    search.every((word) => words.includes(word)) &&
    among('category', category) &&
    among('material', material) &&
    Number(price) <= Number(wanted.get('price'))
  );
}

function show() {
  const wanted = new FormData(filters);
  const found = cards.filter((card) => matches(card, wanted)).sort(orders[sort.value]);
  grid.replaceChildren(...found);
  const text = found.length === 1 ? '1 thing' : `${found.length} things`;
  document.querySelector('[data-result-count]').textContent = text;
  document.querySelector('[data-nothing]').hidden = found.length > 0;
  document.querySelector('[data-price-output]').textContent = `${wanted.get('price')} €`;
}

// the search in the header and links to a category come by the address
const query = new URLSearchParams(location.search);
filters.elements.q.value = query.get('q') ?? '';
for (const box of filters.querySelectorAll('[name=category]'))
  box.checked = query.getAll('category').includes(box.value);
if (query.has('q') || query.has('category')) document.querySelector('[data-catalogue]').scrollIntoView();

filters.addEventListener('input', show);
filters.addEventListener('submit', (event) => event.preventDefault());
// the fields have their first values only after the event
filters.addEventListener('reset', () => setTimeout(show));
sort.addEventListener('change', show);
document.querySelector('[data-clear-filters]').addEventListener('click', () => filters.reset());
show();
