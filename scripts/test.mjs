// npm test: everything. The last line is the count, the exit code says whether all is well.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { build } from './lib/build.mjs'
import { checks, runChecks } from './lib/checks.mjs'
import { findChromium } from './lib/chromium.mjs'
import { failedOfPlaywright, failedOfVitest } from './lib/failed.mjs'
import { prepare } from './lib/install.mjs'
import { inRoot, say } from './lib/paths.mjs'
import { folderOfThisRun } from './lib/quick-folder.mjs'
import { runNode } from './lib/run-command.mjs'

const total = { passed: 0, failed: 0 }
/** A line for each test that failed. */
const failures = []
const count = ({ passed, failed }) => {
  total.passed += passed
  total.failed += failed
}
const report = (name) => inRoot('.cache', `${name}.json`)
const readReport = async (name) => JSON.parse(await readFile(report(name), 'utf8'))

/** One part of the run: when it breaks altogether that is one failure, and the rest still runs. */
async function part(name, work) {
  const startedAt = performance.now()
  say(`\n— ${name}`)
  try {
    count(await work())
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    count({ passed: 0, failed: 1 })
  }
  say(`  ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
}

/** Counts from a report; a run that ended badly without a failed test (no tests, a crash) is one failure. */
const withCode = (code, { passed, failed }) => ({
  passed,
  failed: code !== 0 && failed === 0 ? 1 : failed,
})

async function vitest() {
  await rm(report('vitest'), { force: true })
  const { code } = await runNode(inRoot('node_modules/vitest/vitest.mjs'), [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report('vitest')}`,
  ])
  const written = await readReport('vitest')
  const { numPassedTests, numFailedTests, testResults } = written
  failures.push(...failedOfVitest(written, inRoot()))
  // A file that could not be loaded has no tests to fail.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return withCode(code, { passed: numPassedTests, failed: numFailedTests + broken.length })
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

async function playwright() {
  const chromium = await findChromium()
  if ('problem' in chromium) throw new Error(chromium.problem)
  const data = await folderOfThisRun('kith-browser-')
  await rm(report('playwright'), { force: true })
  const env = {
    ...process.env,
    CHROMIUM_PATH: chromium.path,
    E2E_PORT: String(await freePort()),
    E2E_CLOCK_PORT: String(await freePort()),
    E2E_TILES_PORT: String(await freePort()),
    E2E_DATA: data,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright'),
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  }
  const { code } = await runNode(
    inRoot('node_modules/@playwright/test/cli.js'),
    ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=dot,json'],
    { env },
  )
  await rm(data, { recursive: true, force: true })
  const written = await readReport('playwright')
  failures.push(...failedOfPlaywright(written))
  const { stats } = written
  return withCode(code, { passed: stats.expected, failed: stats.unexpected + stats.flaky })
}

/** The public pages as Lighthouse sees them: accessibility, good practice and search engines count, speed is only told. */
async function lighthouse() {
  await rm(report('lighthouse'), { force: true })
  const { code } = await runNode(inRoot('scripts/run.mjs'), [
    'tests/lighthouse/main.ts',
    '--report',
    '--json',
    report('lighthouse'),
  ])
  return withCode(code, await readReport('lighthouse'))
}

try {
  await prepare()
  await mkdir(inRoot('.cache'), { recursive: true })
  await part('types, lint, architecture, dead code, format', () => runChecks(checks))
  await part('unit, integration and contract tests', vitest)
  await part('build', async () => {
    await build()
    return { passed: 1, failed: 0 }
  })
  await part('browser tests', playwright)
  await part('Lighthouse', lighthouse)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  total.failed += 1
}
if (failures.length > 0) say(`\nFailed:\n${failures.map((line) => `- ${line}`).join('\n')}`)
process.exitCode = total.failed === 0 ? 0 : 1
say(`\n${String(total.passed)} passed, ${String(total.failed)} failed`)
