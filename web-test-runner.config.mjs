import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { browserFlags, chromePath } from './scripts/browser.mjs';
import { countsReporter } from './scripts/counts-reporter.mjs';

export default {
  files: ['components/**/*.test.ts', '!**/*.node.test.ts'],
  nodeResolve: { exportConditions: ['production', 'default'] },
  plugins: [esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022' })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: chromePath(), args: browserFlags } })],
  // One page at a time: a page behind another gets no animation frames, and a test that waits for one never ends.
  concurrency: 1,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  reporters: [countsReporter()],
};
