/** What people pay, as files for a spreadsheet. Pure. */
import { AGES, AGE_WORDS, type Age } from './owed.rules.ts'

/** A spreadsheet runs a cell that begins with one of these as a formula. */
const RUNS = /^[=+\-@\t\r]/
const words = (text: string): string => `"${(RUNS.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
/** Pounds without the sign, so that a sheet can add them up. */
const money = (pence: number): string => (pence / 100).toFixed(2)

/** Lines end as RFC 4180 says; the mark at the start tells Excel that it is UTF-8. */
const file = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.join(',')).join('\r\n')}\r\n`

export function csvOfWeeks(
  weeks: readonly {
    monday: string
    costPence: number
    assessedPence: number
    chargedPence: number
    owed: number
  }[],
): string {
  return file([
    ['Week from', 'Care cost (£)', 'Assessed (£)', 'You pay (£)', 'The council pays (£)', 'Still owed (£)'],
    ...weeks.map((week) => [
      week.monday,
      money(week.costPence),
      money(week.assessedPence),
      money(week.chargedPence),
      money(week.costPence - week.chargedPence),
      money(week.owed),
    ]),
  ])
}

export interface ArrearsRow {
  name: string
  how: string
  weekly: number
  byAge: Readonly<Record<Age, number>>
  owed: number
  credit: number
  payInOverdue: number
  questions: number
}

export function csvOfArrears(rows: readonly ArrearsRow[]): string {
  return file([
    [
      'Person',
      'How they pay',
      'A week (£)',
      ...AGES.map((age) => `Owed ${AGE_WORDS[age]} (£)`),
      'Owed in all (£)',
      'In their favour (£)',
      'Not yet paid in (£)',
      'Open questions',
    ],
    ...rows.map((row) => [
      words(row.name),
      words(row.how),
      money(row.weekly),
      ...AGES.map((age) => money(row.byAge[age])),
      money(row.owed),
      money(row.credit),
      money(row.payInOverdue),
      String(row.questions),
    ]),
  ])
}
