// npm run bench -- [--only NAME] [--json FILE]: ratios measured in one run, floor and case in turn, medians of three.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { bookingRequest } from './booking-request.ts'
import { coldStart } from './cold-start.ts'
import { ledgerPost } from './ledger-post.ts'
import type { Row } from './measure.ts'
import { longHistory, settleMonth } from './money.ts'
import { pageWeight } from './page-weight.ts'
import { paymentRun } from './payment-run.ts'
import { postcodeImport } from './postcode-import.ts'
import { resultsPage, resultsPageOfEngland } from './results-page.ts'
import { searchOfEngland } from './search.ts'
import { BENCH_DATA, emptyFolder, script } from './site.ts'

const CASES: { names: readonly string[]; needsMarket: boolean; run: () => Promise<Row[]> }[] = [
  { names: ['results-page', 'results-page-p95', 'memory'], needsMarket: true, run: resultsPage },
  {
    names: ['search-p50', 'search-p95', 'search-growth', 'index-lag', 'reindex'],
    needsMarket: false,
    run: searchOfEngland,
  },
  { names: ['results-page-100k'], needsMarket: false, run: resultsPageOfEngland },
  { names: ['postcode-import', 'postcode-import-memory'], needsMarket: false, run: postcodeImport },
  { names: ['page-weight', 'page-weight-whole'], needsMarket: true, run: pageWeight },
  { names: ['booking-request'], needsMarket: false, run: bookingRequest },
  { names: ['ledger-post'], needsMarket: false, run: ledgerPost },
  { names: ['my-money-growth', 'ledger-verify'], needsMarket: false, run: longHistory },
  { names: ['settle-month'], needsMarket: false, run: settleMonth },
  { names: ['payment-run'], needsMarket: false, run: paymentRun },
  { names: ['cold-start'], needsMarket: false, run: coldStart },
]

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' } },
  allowPositionals: true,
})
const chosen = CASES.filter((entry) => values.only === undefined || entry.names.includes(values.only))
if (chosen.length === 0) {
  console.error(
    `There is no bench called ${values.only ?? ''}. Choose one of: ${CASES.flatMap((entry) => entry.names).join(', ')}.`,
  )
  globalThis.process.exit(2)
}

await emptyFolder(BENCH_DATA)
if (chosen.some((entry) => entry.needsMarket))
  await script(['scripts/run.mjs', 'scripts/seed.ts', '--scale', '10000'], {
    DATA_DIR: BENCH_DATA,
    DEMO: '0',
  })
const rows: Row[] = []
// What is measured in one go is told together, whichever of it was asked for.
for (const entry of chosen) rows.push(...(await entry.run()))
const cell = (value: number | null): string =>
  value === null ? '' : value >= 100 ? value.toFixed(0) : value.toFixed(2)
console.table(
  rows.map((row) => ({
    name: row.name,
    value: `${cell(row.value)} ${row.unit}`,
    floor: cell(row.floor),
    ratio: cell(row.ratio),
    target: row.target,
    ok: row.ok ? 'yes' : 'NO',
  })),
)
if (values.json) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`)
await emptyFolder(BENCH_DATA)
globalThis.process.exitCode = rows.every((row) => row.ok) ? 0 : 1
