import { pounds } from '#services/kernel/money.ts'
import { Empty } from '../empty/empty.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

export interface FundStatementView {
  words: string
  /** All in pence. */
  opening: number
  in: number
  out: number
  closing: number
  notArrived: number
  lines: readonly {
    key: string
    day: string
    date: string
    what: string
    visitId: string | null
    out: number | null
    in: number | null
    stands: { tone: 'plain' | 'asked' | 'done' | 'stop'; words: string }
  }[]
  leftOut: number
}

const amount = (pence: number | null): string => (pence === null || pence === 0 ? '' : pounds(pence))

/** What went into one fund and out of it: what there was, each line, what there is. */
export function FundStatementTable({
  statement,
  caption,
  visits = false,
  whole = true,
}: {
  statement: FundStatementView
  caption: string
  /** Whether a line leads to its visit: only for the person's side. */
  visits?: boolean
  /** All lines in their order, with what there was before and after; else the newest ones. */
  whole?: boolean
}) {
  const { lines, opening, closing } = statement
  if (lines.length === 0 && !whole)
    return (
      <Empty title="Nothing happened in this time">
        <p>When money arrives, or something is paid, it is written here.</p>
      </Empty>
    )
  return (
    <DataTable
      caption={caption}
      rowHeader="what"
      columns={[
        { key: 'day', label: 'Date', nowrap: true },
        { key: 'what', label: 'What' },
        { key: 'out', label: 'Out', numeric: true },
        { key: 'in', label: 'In', numeric: true },
        { key: 'stands', label: 'Where it stands' },
      ]}
      rows={[
        ...(whole
          ? [{ key: 'opening', cells: { what: 'In the fund at the beginning', in: pounds(opening) } }]
          : []),
        ...lines.map((line) => ({
          key: line.key,
          cells: {
            day: <time dateTime={line.date}>{line.day}</time>,
            what: visits && line.visitId ? <a href={`/my/visits/${line.visitId}`}>{line.what}</a> : line.what,
            out: amount(line.out),
            in: amount(line.in),
            stands: <Tag tone={line.stands.tone}>{line.stands.words}</Tag>,
          },
        })),
      ]}
      {...(whole
        ? {
            foot: {
              key: 'closing',
              cells: { what: 'In the fund at the end', in: pounds(closing), out: '' },
            },
          }
        : {})}
    />
  )
}

/** The sum in one sentence, before the table. */
export function statementSentence(statement: FundStatementView): string {
  const { words, opening, in: came, out, closing, notArrived } = statement
  const sums = `${words}: there was ${pounds(opening)}; ${pounds(came)} came in and ${pounds(out)} went out; there is ${pounds(closing)}. What is set aside is part of it.`
  return notArrived > 0
    ? `${sums} What is owed counts as gone out: ${pounds(notArrived)} of it has not been paid or has not arrived yet.`
    : sums
}
