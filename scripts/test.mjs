import { ensureBrowser, ensureDisplay, ensurePackages } from './prepare.mjs';

/**
 * `npm test`: installs what is missing, then runs every check and every test runner. The last line is
 * `N passed, N failed` from the true counts of all runners; a check without counts of its own is one.
 * `npm test -- unit e2e` runs these steps only.
 */
process.chdir(new URL('..', import.meta.url).pathname);
ensurePackages();
ensureBrowser();
ensureDisplay();
const { runSteps } = await import('./test-steps.mjs');
const failed = await runSteps(process.argv.slice(2));
process.exitCode = failed ? 1 : 0;
