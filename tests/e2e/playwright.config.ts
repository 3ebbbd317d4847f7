import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const port = process.env['E2E_PORT'] ?? '3119'
/** Where the server that is started here writes its log, for the test that looks for what people typed. */
const log = (process.env['E2E_LOG'] ??= join(tmpdir(), `kith-e2e-${port}.log`))
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Chromium in a container and as root, that talks to nobody but the site. */
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const desk = { viewport: { width: 1280, height: 900 } }
const telephone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }

/**
 * Every journey runs twice: with JavaScript on a desk's screen, and without on a telephone's. A test that makes sense
 * in one of them only is tagged @js or @nojs. The browser is in New York: pages show London's time all the same.
 * One server and one demo for the whole run: each journey has its own people, and what moves the demo's clock comes last.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  retries: 0,
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    trace: 'off',
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    launchOptions: { executablePath, args },
  },
  projects: [
    { name: 'refusals', testMatch: /refusals\/.*\.spec\.ts/ },
    { name: 'every page', testMatch: /pages\/.*\.spec\.ts/, fullyParallel: true, use: desk },
    // What is refused changes nothing: that is looked at before journeys change what the same people see.
    {
      name: 'desk, with JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grepInvert: /@nojs|@clock/,
      dependencies: ['refusals'],
      use: desk,
    },
    {
      name: 'telephone, without JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grepInvert: /@js|@clock/,
      dependencies: ['refusals'],
      use: telephone,
    },
    // Moving the clock ends sessions and answers what nobody answered, so the rest is over by then.
    {
      name: 'later, with JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grep: /@clock/,
      dependencies: ['refusals', 'every page', 'desk, with JavaScript', 'telephone, without JavaScript'],
      use: desk,
    },
    {
      name: 'later, without JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grep: /@clock/,
      dependencies: ['later, with JavaScript'],
      use: telephone,
    },
  ],
  webServer: {
    command: `exec node scripts/start.mjs > "${log}"`,
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
      LOG_LEVEL: 'info',
      SIGN_IN_LIMIT: '10000',
      ...(process.env['E2E_DATA'] ? { DATA_DIR: process.env['E2E_DATA'] } : {}),
    },
  },
})
