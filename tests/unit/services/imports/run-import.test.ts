import { describe, expect, test } from 'vitest'
import { runImport, type Numbered, type ReadLine, type Saved } from '#services/imports/run-import.server.ts'
import { SkipTally } from '#services/imports/skipped.ts'

const rows = (from: number, to: number): ReadLine<number>[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ line: from + index, row: from + index }))
const saved = (batch: Numbered<number>[]): Promise<Saved> =>
  Promise.resolve({ added: batch.length, changed: 0, unchanged: 0, skips: [] })
async function* blocks(...all: (ReadLine<number>[] | Error)[]) {
  for (const block of all) {
    if (block instanceof Error) throw block
    yield await Promise.resolve(block)
  }
}
const refusal = (code: string) => Object.assign(new Error('refused'), { code })
const plan = { format: 'numbers', batch: 10 }

describe('an import', () => {
  test('saves in batches and counts every line once', async () => {
    const sizes: number[] = []
    const report = await runImport({
      ...plan,
      lines: blocks(rows(1, 25), [{ line: 26, why: 'bad_json' }]),
      save: (batch: Numbered<number>[]) => {
        sizes.push(batch.length)
        return saved(batch)
      },
    })
    expect(sizes).toEqual([10, 10, 5])
    expect(report).toMatchObject({
      lines: 26,
      added: 25,
      skippedTotal: 1,
      savedUpToLine: 26,
      stoppedBy: null,
    })
  })

  test('a file that breaks off is saved up to there, and the report says where', async () => {
    const report = await runImport({
      ...plan,
      lines: blocks(rows(1, 12), new Error('the disk went away')),
      save: saved,
    })
    expect(report).toMatchObject({ added: 12, savedUpToLine: 12, stoppedBy: 'the disk went away' })
  })

  test('a database that goes away stops it after the last batch that was saved', async () => {
    let calls = 0
    const report = await runImport({
      ...plan,
      lines: blocks(rows(1, 35)),
      save: (batch: Numbered<number>[]) => {
        calls += 1
        return calls > 2 ? Promise.reject(refusal('57P01')) : saved(batch)
      },
    })
    expect(report).toMatchObject({ added: 20, savedUpToLine: 20, lines: 30 })
    expect(report.stoppedBy).toBe('The database was shut down, or closed the connection.')
  })

  test('a row that the database refuses costs itself alone', async () => {
    const report = await runImport({
      ...plan,
      lines: blocks(rows(1, 25)),
      save: (batch: Numbered<number>[]) =>
        batch.some(({ row }) => row === 13) ? Promise.reject(refusal('22P05')) : saved(batch),
    })
    expect(report).toMatchObject({ added: 24, skippedTotal: 1, stoppedBy: null })
    expect(report.skipped).toMatchObject([{ why: 'refused_by_database', lines: '13', detail: 'code 22P05' }])
  })

  test('stops when asked, after a whole batch, and says so', async () => {
    const stop = new AbortController()
    const report = await runImport(
      {
        ...plan,
        lines: blocks(rows(1, 35)),
        save: (batch: Numbered<number>[]) => {
          stop.abort()
          return saved(batch)
        },
      },
      { signal: stop.signal },
    )
    expect(report).toMatchObject({ added: 10, savedUpToLine: 10, stoppedBy: 'You stopped it.' })
  })
})

describe('what was left out', () => {
  test('is told by reason, with stretches of line numbers', () => {
    const tally = new SkipTally()
    for (const line of [3, 17, 18, 19, 44]) tally.add({ line, why: 'bad_postcode' })
    tally.add({ line: 20, why: 'wrong_columns', detail: '9, not 10' })
    expect(tally.total).toBe(6)
    expect(tally.summary().map(({ count, lines, detail }) => [count, lines, detail])).toEqual([
      [5, '3, 17 to 19, 44', undefined],
      [1, '20', '9, not 10'],
    ])
  })

  test('takes little memory however bad the file is', () => {
    const tally = new SkipTally()
    for (let line = 1; line <= 20_000; line += 2) tally.add({ line, why: 'bad_json' })
    const [summary] = tally.summary()
    expect(summary?.count).toBe(10_000)
    expect(summary?.lines).toMatch(/and 9500 more$/)
  })
})
