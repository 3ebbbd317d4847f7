import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS } from '../../scripts/lib/chromium.mjs'

const port = process.env['E2E_PORT'] ?? '3119'
/** Where the server that is started here writes its log, for the test that looks for what people typed. */
const log = (process.env['E2E_LOG'] ??= join(tmpdir(), `kith-e2e-${port}.log`))
/** What moves the demo's clock has a site of its own, so that nobody else's week is over meanwhile. */
const clockPort = process.env['E2E_CLOCK_PORT'] ?? String(Number(port) + 1)
/** Where the test of a map with pictures has its server of them: the second site is told of it. */
const tilesPort = (process.env['E2E_TILES_PORT'] ??= String(Number(clockPort) + 1))
const data = process.env['E2E_DATA']
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** A site with a demo; without `E2E_DATA`, one that runs at the port already is used. */
const site = (
  at: string,
  folder: string | undefined,
  logFile: string,
  settings: Record<string, string> = {},
) => ({
  command: `exec node scripts/start.mjs > "${logFile}"`,
  cwd: '../..',
  url: `http://localhost:${at}/healthz`,
  timeout: 180_000,
  reuseExistingServer: !process.env['CI'] && !data,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
  stdout: 'ignore' as const,
  stderr: 'pipe' as const,
  env: {
    PORT: at,
    DEMO: '1',
    LOG_LEVEL: 'info',
    SIGN_IN_LIMIT: '10000',
    ...(folder ? { DATA_DIR: folder } : {}),
    ...settings,
  },
})

const desk = { viewport: { width: 1280, height: 900 } }
const telephone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }
const onClockSite = { baseURL: `http://localhost:${clockPort}` }

/**
 * Every journey runs twice: with JavaScript on a desk's screen, and without on a telephone's. A test that makes sense
 * in one of them only is tagged @js or @nojs. The browser is in New York: pages show London's time all the same.
 * Each journey has its own people of the demo. What moves the demo's clock runs on a site of its own, one file at a time; what
 * moves it by weeks comes last there, and without JavaScript last on the other.
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
    launchOptions: { executablePath, args: CHROMIUM_FLAGS },
  },
  projects: [
    { name: 'refusals', testMatch: /refusals\/(?!hostile).*\.spec\.ts/ },
    { name: 'every page', testMatch: /pages\/.*\.spec\.ts/, fullyParallel: true, use: desk },
    // What is refused changes nothing: that is looked at while nobody else changes what the same people see.
    {
      name: 'hostile input',
      testMatch: /refusals\/hostile.*\.spec\.ts/,
      dependencies: ['refusals', 'every page'],
    },
    {
      name: 'desk, with JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grepInvert: /@nojs|@clock|@weeks/,
      dependencies: ['hostile input'],
      use: desk,
    },
    {
      name: 'telephone, without JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grepInvert: /@js|@clock|@weeks/,
      dependencies: ['hostile input'],
      use: telephone,
    },
    {
      name: 'later, with JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grep: /@clock/,
      // There is one clock.
      workers: 1,
      use: { ...desk, ...onClockSite },
    },
    {
      name: 'later, without JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grep: /@clock/,
      grepInvert: /@js/,
      workers: 1,
      dependencies: ['later, with JavaScript'],
      use: { ...telephone, ...onClockSite },
    },
    // Weeks later: everybody else's dates are over then, and some listings' papers have run out.
    {
      name: 'weeks later, with JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grep: /@weeks/,
      workers: 1,
      dependencies: ['later, without JavaScript'],
      use: { ...desk, ...onClockSite },
    },
    {
      name: 'weeks later, without JavaScript',
      testMatch: /journeys\/.*\.spec\.ts/,
      grep: /@weeks/,
      workers: 1,
      dependencies: ['desk, with JavaScript', 'telephone, without JavaScript'],
      use: telephone,
    },
  ],
  webServer: [
    site(port, data && join(data, 'site'), log),
    site(clockPort, join(data ?? '.cache', 'clock'), `${log}.clock`, {
      MAP_TILES_URL: `http://127.0.0.1:${tilesPort}/tiles/{z}/{x}/{y}.png`,
      MAP_TILES_ATTRIBUTION: '&copy; <a href="https://tiles.kith.example/thanks">Tile makers</a>',
    }),
  ],
})
