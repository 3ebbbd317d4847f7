import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openingSchema, stillOpen } from '#services/audit-packs/opening.rules.ts'
import { packCsv, packPaper } from '#services/audit-packs/pack-paper.rules.ts'
import { addsUp, missingReceipts, missingWords, wholeLife } from '#services/audit-packs/pack.rules.ts'
import { grantTable, linesTable } from '#services/audit-packs/pack-tables.rules.ts'
import type { StatementLine } from '#services/budgets/statement-words.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)

describe('the time of a pack', () => {
  test('is the whole life of the fund up to today', () => {
    const period = wholeLife({ startsOn: day('2026-10-01'), endsOn: day('2027-03-31') }, day('2026-11-28'))
    expect([period.from.toString(), period.until.toString()]).toEqual(['2026-10-01', '2026-11-28'])
  })
  test('goes on for 60 days after the fund has ended, and no longer', () => {
    const period = wholeLife({ startsOn: day('2025-10-01'), endsOn: day('2026-03-31') }, day('2026-11-28'))
    expect(period.until.toString()).toBe('2026-05-30')
  })
  test('of a fund that is yet to begin is today', () => {
    const period = wholeLife({ startsOn: day('2026-12-24'), endsOn: day('2027-03-31') }, day('2026-11-28'))
    expect([period.from.toString(), period.until.toString()]).toEqual(['2026-11-28', '2026-11-28'])
  })
  test('is never longer than a statement may be, and never ends before it begins', () => {
    const days = fc.integer({ min: -2_000, max: 2_000 })
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 3_000 }), days, (start, length, now) => {
        const startsOn = day('2026-11-28').add({ days: start })
        const today = day('2026-11-28').add({ days: now })
        const period = wholeLife({ startsOn, endsOn: startsOn.add({ days: length }) }, today)
        const long = period.from.until(period.until).days
        expect(long).toBeGreaterThanOrEqual(0)
        expect(long).toBeLessThanOrEqual(400)
        expect(period.until.until(today).days).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('the purpose', () => {
  const now = Temporal.Instant.from('2026-11-28T10:00:00Z')
  test.each([
    ['at once', 0, true],
    ['at the end of a day at work', 479, true],
    ['the next day', 480, false],
    ['before it was said', -1, false],
  ])('opens the pack %s: %s minutes later', (_when, minutes, open) => {
    expect(stillOpen(now, now.add({ minutes }))).toBe(open)
  })
  test.each([
    [{ purpose: '', words: 'To look at it.' }, ['purpose']],
    [{ purpose: 'curious', words: 'To look at it.' }, ['purpose']],
    [{ purpose: 'sample', words: '  ' }, ['words']],
    [{ purpose: 'sample', words: 'x'.repeat(501) }, ['words']],
  ])('is refused beside its field: %j', (input, fields) => {
    const read = openingSchema.safeParse(input)
    expect(read.success ? [] : read.error.issues.map(({ path }) => path.join('.'))).toEqual(fields)
  })
})

describe('receipts', () => {
  const bought = (changes: object) => ({
    id: 'a', what: 'A kettle, Hartley', paid: true, asked: true, pence: 2_999, day: '3 November 2026', papers: 0, ...changes,
  }) // prettier-ignore
  test('are missing only where the scheme asks, it is paid, and there is none', () => {
    expect(missingReceipts([bought({})])).toHaveLength(1)
    for (const changes of [{ asked: false }, { paid: false }, { papers: 1 }])
      expect(missingReceipts([bought(changes)])).toEqual([])
  })
  test('that nobody asks for are said so, and what Kith knows is never asked for', () => {
    expect(missingWords('This fund asks for no receipts.', [])).toBe(
      'This fund asks for no receipts. Nothing is missing. What was booked and paid in Kith is known, so nobody is asked for a receipt for it.',
    )
    expect(missingWords('It asks.', missingReceipts([bought({}), bought({ id: 'b' })]))).toContain(
      '2 receipts are missing, for £59.98.',
    )
  })
})

const amount = fc.integer({ min: 1, max: 1_000_000 })
const line: fc.Arbitrary<StatementLine> = fc.record({
  key: fc.uuid(),
  day: fc.constant('3 Nov'),
  date: fc.constant('2026-11-03'),
  what: fc.string(),
  visitId: fc.constant(null),
  purchaseId: fc.constant(null),
  fund: fc.constant('Social care budget'),
  out: fc.option(amount),
  in: fc.constant(null),
  setAside: fc.constant(0),
  stands: fc.constant({ tone: 'done' as const, words: 'Paid' }),
})

describe('the figures', () => {
  test('agree only when both sums do', () => {
    const sums = { opening: 100, in: 50, out: 30, closing: 120, left: 90, setAside: 20, kept: 10 }
    expect(addsUp(sums)).toBe(true)
    expect(addsUp({ ...sums, closing: 121 })).toBe(false)
    expect(addsUp({ ...sums, kept: 11 })).toBe(false)
  })
  test('in the file: what was there, and in, less out, comes to nothing with the last line, whatever the words', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), amount, (lines, opening) => {
        const out = lines.reduce((sum, one) => sum + (one.out ?? 0), 0)
        const sums = {
          opening: opening + out, in: 0, out, closing: opening, left: opening, setAside: 0, kept: 0,
        } // prettier-ignore
        const table = linesTable(lines, () => ({ documents: [], payment: null }), sums, 0)
        const text = packCsv({
          tables: [table], sums, period: { words: '', from: '2026-10-01', until: '2026-11-28' },
        }) // prettier-ignore
        // The figures stand behind the words, which are quoted where they could be taken for cells.
        const figures = [...text.matchAll(/,(-?\d+\.\d\d|),(-?\d+\.\d\d|),(?:Paid|),,\r\n/g)]
        const sum = figures.reduce(
          (all, [, gone, came]) => all + Math.round(Number(came) * 100) - Math.round(Number(gone) * 100),
          0,
        )
        expect(figures.length).toBe(lines.length + 2)
        expect(sum).toBe(0)
      }),
    )
  })
  test('of what was to come and what came stand under the table', () => {
    const one = { id: 'a', payIn: false, dueOn: day('2026-11-02'), pence: 42_000, arrivedOn: day('2026-11-03'), arrivedPence: 41_000, source: 'file' } // prettier-ignore
    const table = grantTable([one, { ...one, id: 'b', payIn: true, pence: 6_000, arrivedOn: null, arrivedPence: null }], 'Aldermere Council') // prettier-ignore
    expect(table.foot).toEqual(['In all', '', 48_000, '', 41_000, ''])
    expect(table.rows[1]?.cells).toEqual([
      '2 November 2026',
      'The person, towards it',
      6_000,
      'Not yet',
      null,
      '',
    ])
  })
})

test('the paper says what the page says, and who has looked', () => {
  const paper = packPaper(
    {
      allocationId: 'a',
      person: { name: 'Ada Test', shortName: 'Ada' },
      fund: 'Social care budget',
      council: 'A council',
      facts: [{ term: 'For', value: 'Ada Test' }],
      period: { words: '1 October 2026 to 28 November 2026', from: '2026-10-01', until: '2026-11-28' },
      sums: { opening: 0, in: 48_000, out: 2_750, closing: 45_250, left: 45_250, setAside: 0, kept: 0 },
      sentence: 'It is so.',
      addsUp: true,
      tables: [],
      missing: { words: 'Nothing is missing.', rows: [] },
      openings: [{ id: 'o', by: 'Gill Maker', at: '3 November 2026, 10:00', purpose: 'It is in a sample', words: 'All visits.' }],
    },
    Temporal.Instant.from('2026-11-28T10:00:00Z'),
  ) // prettier-ignore
  const said = JSON.stringify(paper.blocks)
  for (const words of [
    'It is so.',
    '£452.50',
    'Nothing is missing.',
    'Gill Maker',
    'It is in a sample. All visits.',
  ])
    expect(said).toContain(words)
})
