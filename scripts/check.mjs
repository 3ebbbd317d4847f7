// npm run check: what can be known in a minute: types, lint, architecture, dead code, format, unit tests.
import { checks, runChecks } from './lib/checks.mjs'
import { fail } from './lib/fail.mjs'
import { prepare } from './lib/install.mjs'
import { inRoot, say } from './lib/paths.mjs'

try {
  await prepare()
  const unit = {
    name: 'unit tests',
    file: inRoot('node_modules/vitest/vitest.mjs'),
    args: ['run', '--project', 'unit'],
  }
  const { passed, failed } = await runChecks([...checks, unit])
  say(`${String(passed)} passed, ${String(failed)} failed`)
  process.exitCode = failed === 0 ? 0 : 1
} catch (error) {
  fail(error)
}
