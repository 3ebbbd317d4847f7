// What is checked without running Kith; each is one line in the count.
import { cpus } from 'node:os'
import { inRoot, say } from './paths.mjs'
import { runNode } from './run-command.mjs'

const bin = (path) => inRoot('node_modules', path)

export const checks = [
  {
    name: 'types',
    file: bin('typescript/bin/tsc'),
    args: ['--noEmit', '-p', '.'],
  },
  { name: 'lint', file: bin('eslint/bin/eslint.js'), args: ['.', '--max-warnings', '0'] },
  {
    name: 'architecture',
    file: bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    args: ['app', 'services', 'prisma', 'scripts', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'dead code', file: bin('knip/bin/knip.js'), args: ['--no-config-hints'] },
  {
    name: 'format',
    file: bin('prettier/bin/prettier.cjs'),
    args: ['.', '--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier'],
  },
]

/** Runs jobs side by side, as many as there are cores; tells each one's words only when it failed. */
export async function runChecks(list) {
  const waiting = [...list]
  const failed = []
  const work = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const startedAt = performance.now()
      const { code, output } = await runNode(job.file, job.args, {
        capture: true,
        env: job.env ?? process.env,
      })
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
      say(`${code === 0 ? 'ok     ' : 'FAILED '} ${job.name} (${seconds} s)`)
      if (code !== 0) {
        failed.push(job.name)
        say(output.trimEnd())
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, cpus().length)) }, work))
  return { passed: list.length - failed.length, failed: failed.length }
}
