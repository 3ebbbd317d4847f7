import { pounds } from '#services/kernel/money.ts'
import { Empty } from '../empty/empty.tsx'
import { Pages, Tabs } from '../navigation/navigation.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

export interface StatementProps {
  statement: {
    month: string
    words: string
    tabs: { value: string; label: string; current: boolean }[]
    lines: {
      key: string
      day: string
      date: string
      what: string
      visitId: string | null
      purchaseId?: string | null
      fund: string
      out: number | null
      in: number | null
      setAside: number
      stands: { tone: 'plain' | 'asked' | 'done' | 'stop'; words: string }
    }[]
    holds: boolean
    out: number
    in: number
    owed: number
    page: number
    pages: number
  }
}

const amount = (pence: number | null): string => (pence === null || pence === 0 ? '' : pounds(pence))

/** What went out and came in, newest first, and where each thing stands. */
export function Statement({ statement }: StatementProps) {
  const { month, holds } = statement
  const address = (changes: { month?: string; holds?: boolean }): string => {
    const all = (changes.holds ?? holds) ? '&set-aside=yes' : ''
    return `/my/money?month=${changes.month ?? month}${all}#statement`
  }
  return (
    <section className="section stack" aria-labelledby="statement">
      <h2 id="statement">Statement</h2>
      <div className="no-print">
        <Tabs
          label="Months"
          tabs={statement.tabs.map((tab) => ({
            label: tab.label,
            href: address({ month: tab.value }),
            current: tab.current,
          }))}
        />
      </div>
      <p>{sentence(statement)}</p>
      {statement.lines.length === 0 ? (
        <Empty title="Nothing happened in this time">
          <p>When money arrives, or a visit is paid, it is written here.</p>
        </Empty>
      ) : (
        <DataTable
          caption={statement.words}
          label={`Statement for ${statement.words}`}
          rowHeader="what"
          columns={[
            { key: 'day', label: 'Date', nowrap: true },
            { key: 'what', label: 'What' },
            { key: 'fund', label: 'Fund' },
            { key: 'out', label: 'Out', numeric: true },
            { key: 'in', label: 'In', numeric: true },
            ...(holds ? [{ key: 'aside', label: 'Set aside', numeric: true }] : []),
            { key: 'stands', label: 'Where it stands' },
          ]}
          rows={statement.lines.map((line) => ({
            key: line.key,
            cells: {
              day: (
                <time dateTime={line.date}>
                  {month === 'all' ? `${line.day} ${line.date.slice(0, 4)}` : line.day}
                </time>
              ),
              what: line.visitId ? (
                <a href={`/my/visits/${line.visitId}`}>{line.what}</a>
              ) : line.purchaseId ? (
                <a href={`/my/money/purchases/${line.purchaseId}`}>{line.what}</a>
              ) : (
                line.what
              ),
              fund: line.fund,
              out: amount(line.out),
              in: amount(line.in),
              aside: amount(line.setAside),
              stands: <Tag tone={line.stands.tone}>{line.stands.words}</Tag>,
            },
          }))}
          {...(statement.pages === 1
            ? {
                foot: {
                  key: 'all',
                  cells: { what: 'In all', out: pounds(statement.out), in: pounds(statement.in) },
                },
              }
            : {})}
        />
      )}
      <Pages
        current={statement.page}
        total={statement.pages}
        base={`/my/money?month=${month}${holds ? '&set-aside=yes' : ''}&page=`}
        label="Pages of the statement"
      />
      <p className="row-s no-print">
        <a href={address({ holds: !holds })}>
          {holds ? 'Show only what went out and came in' : 'Show what was set aside, too'}
        </a>
      </p>
      <p className="no-print">
        You do not need to keep receipts for what is written here. If a fund asks for one of something that
        you bought elsewhere, its page says so.
      </p>
    </section>
  )
}

function sentence({ month, words, out, in: came, owed }: StatementProps['statement']): string {
  const time = month === 'all' ? 'Since your funds began' : `In ${words}`
  const money = (pence: number): string => (pence === 0 ? 'nothing' : pounds(pence))
  const first = `${time} ${money(out)} went out and ${money(came)} came in.`
  return owed > 0 ? `${first} ${pounds(owed)} of that is owed and not yet paid.` : first
}
