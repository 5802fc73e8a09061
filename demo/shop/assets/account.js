/** Sorts the orders by the column whose heading is pressed. */
const table = document.querySelector('[data-orders]');
const body = table.tBodies[0];

table.tHead.addEventListener('click', (event) => {
  const button = event.target.closest('[data-sort-by]');
  if (!button) return;
  const heading = button.parentElement;
  const down = heading.ariaSort === 'ascending';
  for (const other of table.tHead.rows[0].cells) other.ariaSort = 'none';
  heading.ariaSort = down ? 'descending' : 'ascending';
  const value = (row) => row.cells[heading.cellIndex].dataset.value;
  const rows = [...body.rows].sort((a, b) => value(a).localeCompare(value(b), 'en', { numeric: true }));
  body.replaceChildren(...(down ? rows.reverse() : rows));
});

const form = document.querySelector('[data-password-form]');
form.elements.new.addEventListener('input', ({ target: { value } }) => {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(value)).length;
  document.querySelector('[data-strength]').value = value.length < 10 ? Math.min(1, value.length) : kinds;
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  form.reset();
  document.querySelector('[data-strength]').value = 0;
  document.querySelector('[data-password-note]').textContent = 'Your password is changed.';
});
