// What failed, in a line each, from the reports of a run: it is said once more at its end, where somebody looks first.

// eslint-disable-next-line no-control-regex -- colours are what is taken out
const COLOURS = /\u001B\[[\d;]*m/g

const LONGEST = 220

const firstLineOf = (message = '') => message.replace(COLOURS, '').trim().split('\n', 1)[0].slice(0, LONGEST)

/** Vitest's report as JSON: each failed test with the first line of why, and each file that could not be loaded. */
export function failedOfVitest({ testResults }, root = process.cwd()) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(`${root}/`, '')
    const tests = assertionResults.filter((test) => test.status === 'failed')
    if (tests.length === 0) return status === 'failed' ? [`${file}: ${firstLineOf(message)}`] : []
    return tests.map((test) => `${file} › ${test.fullName}: ${firstLineOf(test.failureMessages[0])}`)
  })
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

/** Playwright's report as JSON: each test that did not go as expected (one that passed only when repeated is one, too). */
export function failedOfPlaywright({ suites, errors = [] }) {
  const tests = suites.flatMap(specsOf).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => {
        const why = results.flatMap((result) => result.errors ?? [])[0]?.message
        return `${spec.file} › ${spec.title} [${projectName}]: ${firstLineOf(why)}`
      }),
  )
  return [...tests, ...errors.map(({ message }) => firstLineOf(message))]
}
