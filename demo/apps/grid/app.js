/* global Tabulator */
const products = await fetch('/api/products').then((response) => response.json());
const stores = ['Stockholm', 'Malmö', 'Göteborg', 'Oslo', 'København'];

// 600 rows, the same each time: a table that draws only what is seen
const rows = Array.from({ length: 600 }, (_, index) => {
  const product = products[(index * 7) % products.length];
  return {
    id: 1000 + index,
    name: `${product.name} ${product.kind.toLowerCase()}`,
    material: product.material,
    store: stores[(index * 3) % stores.length],
    left: (index * 37) % 61,
    price: product.price,
    stars: Math.round(product.rating),
    ordered: index % 4 === 0,
    day: new Date(Date.UTC(2026, 0, 1 + ((index * 11) % 90))).toISOString().slice(0, 10),
  };
});

const table = new Tabulator('#table', {
  data: rows,
  height: 'calc(100vh - 11rem)',
  layout: 'fitColumns',
  movableColumns: true,
  columns: [
    { title: 'No.', field: 'id', width: 80, frozen: true },
    { title: 'Thing', field: 'name', editor: 'input', headerFilter: 'input', minWidth: 180 },
    { title: 'Made of', field: 'material', editor: 'list', editorParams: { valuesLookup: true } },
    {
      title: 'Store',
      field: 'store',
      headerFilter: 'list',
      headerFilterParams: { valuesLookup: true, clearable: true },
    },
    {
      title: 'Left',
      field: 'left',
      hozAlign: 'left',
      formatter: 'progress',
      formatterParams: { max: 60 },
      sorter: 'number',
    },
    {
      title: 'Price',
      field: 'price',
      hozAlign: 'right',
      formatter: 'money',
      formatterParams: { symbol: ' €', symbolAfter: true, precision: 0 },
    },
    { title: 'Stars', field: 'stars', formatter: 'star', width: 110 },
    { title: 'Ordered', field: 'ordered', formatter: 'tickCross', hozAlign: 'center', editor: true, width: 100 },
    { title: 'Counted', field: 'day', editor: 'date' },
  ],
});

document.getElementById('find').addEventListener('input', ({ target }) => {
  const words = target.value.toLowerCase();
  table.setFilter((row) => `${row.name} ${row.material} ${row.store}`.toLowerCase().includes(words));
});
let grouped = false;
document.getElementById('group').addEventListener('click', ({ target }) => {
  grouped = !grouped;
  table.setGroupBy(grouped ? 'store' : false);
  target.textContent = grouped ? 'As one list' : 'Group by store';
});
