import type { CaseLine } from './read-caseload.server.ts'

/** A spreadsheet runs a cell that begins with one of these as a formula. */
const RUNS = /^[=+\-@\t\r]/
const words = (text: string | null): string =>
  text === null ? '' : `"${(RUNS.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
const money = (pence: number): string => (pence / 100).toFixed(2)

const HEAD =
  'Person,Fund,In the account (£),Free (£),Set aside (£),Kept back (£),Owed (£),To pay now (£),On its way (£),Due in and not arrived (£),Review due,Insurance ends,What needs doing'

/** A holder's caseload as a file: the same lines as on the page; lines end as RFC 4180 says, the mark at the start is for Excel. */
export const caseloadCsv = (lines: readonly CaseLine[]): string =>
  `\uFEFF${[
    HEAD,
    ...lines.map((line) =>
      [
        words(line.person),
        words(line.fund),
        ...[
          line.cash,
          line.free,
          line.setAside,
          line.keptBack,
          line.owed,
          line.toPay,
          line.onTheWay,
          line.payInOwed,
        ].map(money),
        words(line.review),
        words(line.insurance),
        words(line.needs.map((need) => need.words).join('; ')),
      ].join(','),
    ),
  ].join('\r\n')}\r\n`
