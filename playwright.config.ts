import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './test/browser/support/chromium.ts';

/** A real Chromium, from npm, against the built server. Tests wait half of their time, so two run at once. */
export default defineConfig({
  testDir: 'test/browser',
  // The same PostgreSQL for all suites that jest's have.
  globalSetup: './test/integration/setup/start-postgres.mjs',
  globalTeardown: './test/integration/setup/stop-postgres.mjs',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 2,
  forbidOnly: true,
  use: {
    launchOptions: await chromiumLaunch(),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // A third of a browser's time: TRACE=1 where a failure has to be looked into.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
});
