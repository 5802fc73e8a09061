import { defineConfig } from '@playwright/test';
import { browserFlags, chromePath } from './scripts/browser.mjs';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  reporter: process.env.COUNTS_FILE ? [['list'], ['json', { outputFile: process.env.COUNTS_FILE }]] : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromePath(), args: browserFlags },
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
  },
});
