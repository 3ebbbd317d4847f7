import { defineConfig } from '@playwright/test'

const port = process.env['E2E_PORT'] ?? '3119'
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/**
 * Every journey runs twice: with JavaScript on a desk's screen, and without on a telephone's. A test that makes sense
 * in one of them only is tagged @js or @nojs. The browser is in New York: pages show London's time all the same.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  retries: 0,
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: ['--disable-dev-shm-usage'] },
  },
  projects: [
    {
      name: 'desk, with JavaScript',
      grepInvert: /@nojs/,
      use: { viewport: { width: 1280, height: 900 } },
    },
    {
      name: 'telephone, without JavaScript',
      grepInvert: /@js/,
      use: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
    },
  ],
  webServer: {
    command: 'node scripts/start.mjs',
    cwd: '../..',
    url: `http://localhost:${port}/healthz`,
    timeout: 180_000,
    reuseExistingServer: !process.env['CI'] && !process.env['E2E_DATA'],
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      PORT: port,
      DEMO: '1',
      LOG_LEVEL: 'warn',
      SIGN_IN_LIMIT: '10000',
      ...(process.env['E2E_DATA'] ? { DATA_DIR: process.env['E2E_DATA'] } : {}),
    },
  },
})
