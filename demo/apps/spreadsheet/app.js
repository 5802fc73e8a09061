/* global jspreadsheet */
const months = ['January', 'February', 'March', 'April', 'May', 'June'];
const lines = [
  ['Rent', 4200, 4200, 4200, 4200, 4350, 4350],
  ['Wages', 18200, 18200, 18950, 18950, 18950, 19400],
  ['Wool', 2300, 1750, 1900, 2600, 900, 650],
  ['Oak', 3100, 2800, 3350, 2950, 3700, 3300],
  ['Clay', 820, 640, 900, 770, 810, 930],
  ['Delivery', 1420, 1380, 1510, 1605, 1590, 1720],
  ['Lamps sold', 29800, 27400, 31200, 33800, 30100, 28900],
];
const columns = 'BCDEFG'.split('');
const total = ['Left over', ...columns.map((letter) => `=${letter}7-SUM(${letter}1:${letter}6)`)];

jspreadsheet(document.getElementById('sheet'), {
  toolbar: false,
  worksheets: [
    {
      worksheetName: 'Half year',
      data: [...lines, total],
      columns: [
        { title: 'Line', width: 180, align: 'left' },
        ...months.map((title) => ({ title, width: 120, align: 'right' })),
      ],
      minDimensions: [9, 16],
    },
  ],
});
