import { describe, expect, test } from 'vitest'
import { type KnownInstalment, readInstalmentRows } from '#services/budgets/instalment-file.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const TODAY = Temporal.PlainDate.from('2026-11-28')
const due = (id: string, dueOn: string, changes: Partial<KnownInstalment> = {}): KnownInstalment => ({
  id,
  allocationId: 'a',
  dueOn,
  pence: 42_000,
  arrived: null,
  ...changes,
})
const row = (line: number, reference: string, date: string, amount: string) => ({
  line,
  cells: { reference, date, amount },
})
const read = (
  rows: ReturnType<typeof row>[],
  instalments: KnownInstalment[] | null = [due('one', '2026-11-02'), due('two', '2026-11-30')],
) =>
  // prettier-ignore
  readInstalmentRows(rows, new Map([['K7F3QX', instalments]]), TODAY)

describe('a row of payments that a council sent', () => {
  test('is the first instalment of its fund that has not arrived, however its reference is written', () => {
    const found = read([row(2, 'k7f 3qx', '02/11/2026', '420.00'), row(3, 'K7F-3QX', '28/11/2026', '£400')])
    expect(
      found.arrive.map(({ line, instalmentId, pence, due: was }) => [line, instalmentId, pence, was]),
    ).toEqual([
      [2, 'one', 42_000, 42_000],
      [3, 'two', 40_000, 42_000],
    ])
    expect(found.refused).toEqual([])
  })
  test('that is known changes nothing', () => {
    const arrived = { on: '2026-11-02', pence: 42_000 }
    expect(
      read([row(2, 'K7F-3QX', '02/11/2026', '420.00')], [due('one', '2026-11-02', { arrived })]),
    ).toMatchObject({
      known: [2],
      arrive: [],
      refused: [],
    })
  })
  test.each([
    ['no reference', row(2, '', '02/11/2026', '420.00'), 'it has no reference'],
    [
      'an unknown reference',
      row(2, 'AAA-AAA', '02/11/2026', '420.00'),
      'no fund of yours has this reference',
    ],
    ['a date to come', row(2, 'K7F-3QX', '29/11/2026', '420.00'), 'its date is in the future'],
    ['a date that is none', row(2, 'K7F-3QX', '31/11/2026', '420.00'), 'its date does not exist'],
    ['nothing due then', row(2, 'K7F-3QX', '01/10/2026', '420.00'), 'nothing is due to this fund then'],
    ['three decimals', row(2, 'K7F-3QX', '02/11/2026', '420.005'), 'its amount has more than two decimals'],
    ['20 digits', row(2, 'K7F-3QX', '02/11/2026', '12345678901234567890'), 'its amount is larger than any account of ours'], // prettier-ignore
    ['a minus', row(2, 'K7F-3QX', '02/11/2026', '-420.00'), 'its amount is not above nothing'],
    ['nothing', row(2, 'K7F-3QX', '02/11/2026', '0.00'), 'its amount is not above nothing'],
    ['no amount', row(2, 'K7F-3QX', '02/11/2026', ''), 'it has no amount'],
  ])('with %s is refused by its line', (_name, bad, why) => {
    const found = read([bad, row(3, 'K7F-3QX', '02/11/2026', '420.00')])
    expect(found.refused).toEqual([{ line: 2, why }])
    expect(found.arrive).toHaveLength(1)
  })
  test('that stands in the file twice is named', () => {
    const twice = [row(2, 'K7F-3QX', '02/11/2026', '420.00'), row(3, 'K7F3QX', '2026-11-02', '420')]
    expect(read(twice).refused).toEqual([{ line: 3, why: 'the same row stands in the file already' }])
  })
  test('of two funds with one reference is for a person', () => {
    expect(read([row(2, 'K7F-3QX', '02/11/2026', '420.00')], null).refused).toEqual([
      { line: 2, why: 'two funds have this reference: record it by hand' },
    ])
  })
})
