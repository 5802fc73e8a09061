import { readFileSync } from 'node:fs';

/** The budgets of package.json over what a browser really loads: an entry, and the chunks it can reach. */
const { budgets } = JSON.parse(readFileSync('package.json', 'utf8'));
const chunks = JSON.parse(readFileSync('dist/cdn/chunks.json', 'utf8'));

/** An entry with its static imports, and with `lazy` also what these load later; languages are counted by themselves. */
function reach(entry, lazy) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || !chunks[file] || chunks[file].language) return;
    found.add(file);
    chunks[file].imports.forEach(visit);
    if (lazy) chunks[file].dynamicImports.forEach(visit);
  };
  visit(entry);
  return [...found].map((file) => `dist/cdn/${file}`);
}

const check = (name, path, limit) => ({ name, path, limit, gzip: true, brotli: false });

export default [
  check('consumer, before a request', reach('consumer.js', false), budgets.consumerDormant),
  check('consumer, while sharing', reach('consumer.js', true), budgets.consumerSharing),
  check('agent, all', reach('agent.js', true), budgets.agent),
];
