// Runs before the page is drawn, so that it never flashes. The page says its colours itself, instead of by a media
// query: the mirror then looks as it does here, whatever the agent's own screen prefers.
const wanted = localStorage.getItem('halden-theme');
const dark = wanted ? wanted === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
