import { readdirSync, readFileSync } from 'node:fs';

/** The budgets of package.json over what a browser really loads: an entry, and the chunks it can reach. */
const { budgets } = JSON.parse(readFileSync('package.json', 'utf8'));

/** An entry with its static imports, and with `lazy` also what these load later, but for chunks that match `without`. */
function reach(side, lazy, without = /^$/) {
  const chunks = JSON.parse(readFileSync(`dist/cdn/chunks/${side}.json`, 'utf8'));
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || !chunks[file] || chunks[file].language || without.test(file)) return;
    found.add(file);
    chunks[file].imports.forEach(visit);
    if (lazy) chunks[file].dynamicImports.forEach(visit);
  };
  visit(`${side}.js`);
  return [...found].map((file) => `dist/cdn/${file}`);
}

const check = (name, path, limit) => ({ name, path, limit, gzip: true, brotli: false });

export default [
  check('consumer, before a request', reach('consumer', false), budgets.consumerDormant),
  check(
    'consumer, while sharing',
    reach(
      'consumer',
      true,
      /-(ink|pen|hidden|privacy-rules|performer|control|screen|shell|touch|guest|join|agent|warnings)-/,
    ),
    budgets.consumerSharing,
  ),
  // a page with an agent's token loads `agent`, one that uses a tag wrongly loads `warnings`;
  // ink comes with the first stroke or laser; the pen only where the consumer may draw
  check(
    'consumer, while sharing and drawn upon',
    reach(
      'consumer',
      true,
      /-(pen|hidden|privacy-rules|performer|control|screen|shell|touch|guest|join|agent|warnings)-/,
    ),
    budgets.consumerInk,
  ),
  // with control comes what performs the agent's input, and shows the consumer where
  check(
    'consumer, more with remote control',
    readdirSync('dist/cdn/chunks')
      .filter((file) => /^consumer-(hidden|performer|control)-.*\.js$/.test(file))
      .map((file) => `dist/cdn/chunks/${file}`),
    budgets.performer,
  ),
  check(
    'consumer, more with full device',
    readdirSync('dist/cdn/chunks')
      .filter((file) => /^consumer-screen-.*\.js$/.test(file))
      .map((file) => `dist/cdn/chunks/${file}`),
    budgets.screen,
  ),
  check(
    'agent, while viewing',
    reach(
      'agent',
      true,
      /-(page|recorder|shell|touch|hidden|privacy-rules|performer|control|guest|consumer|warnings|capture)-/,
    ),
    budgets.agent,
  ),
  // what takes the agent's hand to the page comes when control begins
  check(
    'agent, in control',
    reach(
      'agent',
      true,
      /-(page|recorder|shell|touch|hidden|privacy-rules|performer|control|guest|consumer|warnings)-/,
    ),
    budgets.agentControl,
  ),
];
