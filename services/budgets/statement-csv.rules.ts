import type { StatementLine } from './statement-words.rules.ts'

/** A spreadsheet runs a cell that begins with one of these as a formula. */
const RUNS = /^[=+\-@\t\r]/

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
/** One field of text, safe in a spreadsheet. */
export const words = (text: string): string => quoted(RUNS.test(text) ? `'${text}` : text)
/** Pounds without the sign, so that a sheet can add them up. */
const money = (pence: number | null): string => (pence === null ? '' : (pence / 100).toFixed(2))

/** The statement as a file: the same lines as on the page, dates as ISO, money as figures; lines end as RFC 4180 says. */
export function statementCsv(lines: readonly StatementLine[]): string {
  const rows = lines.map((line) =>
    [
      line.date,
      words(line.what),
      words(line.fund),
      money(line.out),
      money(line.in),
      money(line.setAside === 0 ? null : line.setAside),
      words(line.stands.words),
    ].join(','),
  )
  // The mark at the start tells Excel that it is UTF-8.
  return `\uFEFF${['Date,What,Fund,Out (£),In (£),Set aside (£),Where it stands', ...rows].join('\r\n')}\r\n`
}
