import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '../button/button.tsx'
import { DateField } from '../forms/date-field.tsx'
import { Tabs } from '../navigation/navigation.tsx'
import { PrintButton } from '../print/print-button.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { FundStatementTable, type FundStatementView, statementSentence } from './fund-statement.tsx'

export interface StatementPageProps {
  page: {
    person: { name: string }
    holder: { name: string; phone: string | null }
    council: string
    fund: string
    funder: string
    today: string
    months: readonly { value: string; label: string; current: boolean }[]
    statement: FundStatementView & { from: string; until: string }
  }
  /** Address of this page, without the period. */
  path: string
  /** Where the file is, when there is one. */
  csv?: string
  visits?: boolean
}

/** The statement of one held fund, to print: the same for the person and for whoever holds it. */
export function StatementOfFund({ page, path, csv, visits = false }: StatementPageProps) {
  const { statement } = page
  const period = `from=${statement.from}&until=${statement.until}`
  return (
    <div className="stack-l">
      <header className="head">
        <h1>Statement: {page.fund}</h1>
        <p className="row-s no-print">
          <PrintButton />
          {csv ? (
            <LinkButton href={`${csv}?${period}`} kind="second" size="small" download>
              Save as a table (CSV)
            </LinkButton>
          ) : null}
        </p>
      </header>
      <SummaryList
        rows={[
          { term: 'For', value: page.person.name },
          { term: 'Held by', value: [page.holder.name, page.holder.phone].filter(Boolean).join(', ') },
          { term: 'Money from', value: page.funder },
          { term: 'Time', value: statement.words },
          { term: 'In the fund at the beginning', value: pounds(statement.opening) },
          { term: 'Came in', value: pounds(statement.in) },
          {
            term: 'Went out',
            value:
              statement.notArrived > 0
                ? `${pounds(statement.out)}, of which ${pounds(statement.notArrived)} has not arrived yet`
                : pounds(statement.out),
          },
          { term: 'In the fund at the end', value: pounds(statement.closing) },
        ]}
      />
      <div className="no-print">
        <Tabs
          label="Months"
          tabs={page.months.map((month) => ({
            label: month.label,
            href: `${path}?month=${month.value}`,
            current: month.current,
          }))}
        />
      </div>
      <section className="stack" aria-labelledby="lines">
        <h2 id="lines">Every line</h2>
        <p>{statementSentence(statement)}</p>
        <FundStatementTable statement={statement} caption={statement.words} visits={visits} />
        {statement.leftOut > 0 ? (
          <p>
            {String(statement.leftOut)} more lines are part of the sums. Choose a shorter time to see them.
          </p>
        ) : null}
        <p className="small soft">Made on {page.today} from Kith’s books.</p>
      </section>
      <form method="get" action={path} className="card stack no-print" aria-labelledby="other">
        <h2 id="other">Another time</h2>
        <DateField name="from" label="First day" defaultValue={statement.from} />
        <DateField name="until" label="Last day" defaultValue={statement.until} />
        <p>
          <Button kind="second">Show it</Button>
        </p>
      </form>
    </div>
  )
}
