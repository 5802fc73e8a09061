import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { cutLibraries } from './scripts/build-cuts.mjs';

const typescript = () => esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' });
const builtins = [/^node:/, ...builtinModules];
/** What a front-end team installs with the package; the server's libraries are inside `dist/server`. */
const dependencies = [
  /^(lit|@lit|yjs|y-websocket|y-protocols|lib0|@rrweb|fflate|perfect-freehand|@shoelace-style)(\/|$)/,
];

const files = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => `${folder}/${name}`);

/** Writes which chunk loads which, for the size budgets. */
const chunkList = (side) => ({
  name: 'chunk-list',
  generateBundle(_options, bundle) {
    const list = {};
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const language = chunk.moduleIds.length > 0 && chunk.moduleIds.every((id) => id.includes('/i18n/'));
      list[chunk.fileName] = { imports: chunk.imports, dynamicImports: chunk.dynamicImports, language };
    }
    this.emitFile({ type: 'asset', fileName: `chunks/${side}.json`, source: JSON.stringify(list, null, 2) });
  },
});

const live = [
  'session/live-session.ts',
  'session-provider/live-page.ts',
  'session-provider/token-url.ts',
  'session-provider/tab-copy.ts',
];
/** What a page loads at a time, in this order; each is one chunk, since many small ones compress worse. */
const stages = {
  consumer: {
    entry: ['consumer.ts'],
    live: [...live, 'session/consumer-side.ts'],
    page: ['session-provider/consumer-page.ts', 'consent/consent-view.ts'],
    recorder: ['mirror/recorder.ts', 'mirror/privacy.ts'],
    // on a screen that is touched
    touch: ['mirror/touch-screen.ts'],
    ink: ['session-provider/page-ink.ts', 'annotations/ink-layer.ts', 'annotations/page-space.ts'],
    pen: ['annotations/pen.ts'],
    // when the consumer wants to see what is hidden, or an agent copies
    hidden: ['consent/hidden-areas.ts'],
    performer: ['control/performer/performer.ts'],
    control: ['consent/control-view.ts'],
    screen: ['consent/screen-desk.ts'],
    // in a web view
    shell: ['screen/shell-capture.ts'],
    // where a code is typed
    join: ['cobrowse-join.ts'],
    // with another tab of the site
    guest: ['session-provider/tab-guest.ts', 'session-provider/tab-home.ts'],
    // on a page whose token is an agent's
    agent: ['session/agent-side.ts'],
  },
  agent: {
    entry: ['agent.ts'],
    live: [...live, 'session/agent-side.ts'],
    stage: ['agent-view/stage.ts'],
    page: ['session-provider/consumer-page.ts', 'cobrowse-consent.ts', 'consent/consent-view.ts'],
    recorder: ['mirror/recorder.ts', 'mirror/privacy.ts'],
    // on a screen that is touched
    touch: ['mirror/touch-screen.ts'],
    consumer: ['session/consumer-side.ts'],
    hidden: ['consent/hidden-areas.ts'],
    performer: ['control/performer/performer.ts'],
    control: ['consent/control-view.ts'],
    guest: ['session-provider/tab-guest.ts', 'session-provider/tab-home.ts'],
  },
};

/** The index of `protocol/` names them to everyone, and only the stage needs them. */
const apart = { consumer: { 'input-messages.ts': 'performer', 'screen-messages.ts': 'screen' }, agent: {} };

/** Puts a module into the chunk of the first stage that needs it. */
const chunkOf = (side) => {
  let found;
  return (id, { getModuleInfo, getModuleIds }) => {
    found ??= stagesOf(side, [...getModuleIds()], getModuleInfo);
    return found.get(id);
  };
};

function stagesOf(side, ids, getModuleInfo) {
  const found = new Map();
  for (const [name, stage] of Object.entries(apart[side]))
    found.set(
      ids.find((id) => id.endsWith(`/protocol/${name}`)),
      stage,
    );
  const visit = (id, stage) => {
    if (found.has(id)) return;
    found.set(id, stage);
    for (const imported of getModuleInfo(id).importedIds) visit(imported, stage);
  };
  for (const [stage, names] of Object.entries(stages[side]))
    for (const name of names) {
      const id = ids.find((id) => id.endsWith(`/components/${name}`));
      if (!id) throw new Error(`no module ${name} in the bundle of the ${side}`);
      // the entry's own stay with it
      visit(id, stage === 'entry' ? undefined : stage);
    }
  return found;
}

/**
 * The bundle of one side for `<script type="module">`: an entry, and what is needed later in chunks beside it. Each side has
 * chunks of its own, so that neither loads what only the other needs.
 */
const cdn = (side) => ({
  input: { [side]: `components/${side}.ts` },
  // chunks import from the entry itself: a file that only points to another one costs the page a round trip
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist/cdn',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: `chunks/${side}-[name]-[hash].js`,
    sourcemap: true,
    hoistTransitiveImports: false,
    manualChunks: chunkOf(side),
    onlyExplicitManualChunks: true,
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production', 'browser'] }),
    commonjs(),
    cutLibraries(),
    minifyTemplateLiterals({
      options: {
        // an unclosed path would swallow the next one
        minifyOptions: { keepClosingSlash: true },
        // parts of style sheets, which it can't read
        shouldMinifyCSS: (template) => template.tag === 'css' && template.parts.length === 1,
      },
    }),
    typescript(),
    terser({ ecma: 2022, module: true, compress: { passes: 2 }, format: { comments: false } }),
    chunkList(side),
  ],
});

/** The package's modules, one file each, dependencies left as imports. */
const modules = {
  input: [...files('components'), ...files('components/i18n')],
  external: [...builtins, ...dependencies],
  output: { dir: 'dist/esm', format: 'es', preserveModules: true, preserveModulesRoot: '.', sourcemap: true },
  plugins: [nodeResolve(), typescript()],
};

/** The server and its command, and the token helper, with their libraries inside. */
const server = {
  input: { index: 'sync-server/index.ts', cli: 'sync-server/cli.ts', token: 'sync-server/token.ts' },
  external: [...builtins, /^(yjs|y-protocols|lib0)(\/|$)/, 'bufferutil', 'utf-8-validate'],
  output: { dir: 'dist/server', format: 'es', chunkFileNames: 'chunks/[name]-[hash].js', sourcemap: false },
  plugins: [
    nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }),
    commonjs({ ignoreDynamicRequires: true }),
    json(),
    typescript(),
  ],
  onwarn: (warning, warn) => {
    // the libraries inside have cycles of their own
    if (warning.code !== 'CIRCULAR_DEPENDENCY' && warning.code !== 'THIS_IS_UNDEFINED') warn(warning);
  },
};

export default [cdn('consumer'), cdn('agent'), modules, server];
