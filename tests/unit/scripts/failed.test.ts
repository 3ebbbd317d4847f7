import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { clone } from '#services/db/clone.server.ts'

interface Failed {
  failedOfVitest: (report: unknown, root: string) => string[]
  failedOfPlaywright: (report: unknown) => string[]
}
const failed = (await import(pathToFileURL(join(clone, 'scripts', 'lib', 'failed.mjs')).href)) as Failed

test('a failed test and a file that could not be loaded are named with the first line of why', () => {
  const report = {
    testResults: [
      {
        name: '/k/tests/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'adds', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'takes away',
            failureMessages: ['\u001B[31mError: 1 is not 2\u001B[39m\n  at …'],
          },
        ],
      },
      { name: '/k/tests/b.test.ts', status: 'failed', message: 'No such module\nmore', assertionResults: [] },
      { name: '/k/tests/c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  }
  expect(failed.failedOfVitest(report, '/k')).toEqual([
    'tests/a.test.ts › takes away: Error: 1 is not 2',
    'tests/b.test.ts: No such module',
  ])
})

test('a browser test is named with its project, however deep it stands, and one that passed only when repeated is too', () => {
  const spec = (title: string, status: string, message?: string) => ({
    file: 'a.spec.ts',
    title,
    tests: [{ status, projectName: 'desk', results: [{ errors: message ? [{ message }] : [] }] }],
  })
  const report = {
    suites: [
      {
        specs: [spec('opens', 'expected')],
        suites: [{ specs: [spec('books', 'unexpected', 'Error: no\nmore')] }],
      },
      { specs: [spec('pays', 'flaky', 'Error: late')] },
    ],
    errors: [{ message: 'Error: the site did not start' }],
  }
  expect(failed.failedOfPlaywright(report)).toEqual([
    'a.spec.ts › books [desk]: Error: no',
    'a.spec.ts › pays [desk]: Error: late',
    'Error: the site did not start',
  ])
})
