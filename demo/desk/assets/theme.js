// before the page is drawn, so that it never flashes
const wanted = localStorage.getItem('desk-theme');
const dark = wanted ? wanted === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
