import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Notice } from '../notice/notice.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { DataTable } from '../table/data-table.tsx'

interface Amounts {
  cost: number
  assessed: number
  charged: number
}
/** What a decision would change, as the service worked it out. */
export interface PreviewShown {
  assessmentId: string
  words: {
    weekly: string
    how: string
    from: string
    until: string | null
    reason: string
    /** As the person will read it. */
    told: string
  }
  weeks: readonly { monday: string; words: string; before: Amounts; after: Amounts; difference: number }[]
  difference: number
  funds: readonly {
    fundId: string
    name: string
    overpaid: number
    councilLeft: number
    periods: readonly {
      dueOn: string
      words: string
      councilBefore: number | null
      councilAfter: number | null
      ownBefore: number
      ownAfter: number
    }[]
  }[]
  digest: string
}

const signed = (pence: number): string =>
  pence === 0 ? pounds(0) : pence > 0 ? `+${pounds(pence)}` : pounds(pence)
const fromTo = (before: number, after: number): string =>
  before === after ? pounds(after) : `${pounds(before)} → ${pounds(after)}`

/** Everything that changes, to the penny, and the one button that saves it. */
export function AssessmentPreview({
  shown,
  shortName,
  values,
}: {
  shown: PreviewShown
  shortName: string
  values: Readonly<Record<string, string | string[]>>
}) {
  const kept = Object.entries(values).filter(([name]) => name !== 'intent')
  const hidden = kept.flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => (
      <input key={name + one} type="hidden" name={name} value={one} />
    )),
  )
  return (
    <>
      <header className="stack-s">
        <h1>What changes for {shortName}</h1>
        <p className="lead">
          {shown.difference > 0
            ? `For weeks that are over ${shortName} pays ${pounds(shown.difference)} more.`
            : shown.difference < 0
              ? `For weeks that are over ${shortName} gets ${pounds(-shown.difference)} back.`
              : 'Nothing changes for weeks that are over.'}{' '}
          Nothing is saved yet.
        </p>
      </header>
      <SummaryList
        rows={[
          { term: 'They pay', value: shown.words.weekly },
          { term: 'From', value: shown.words.from },
          { term: 'Until', value: shown.words.until ?? 'The next decision' },
          { term: 'How', value: shown.words.how },
          { term: 'What it rests on', value: shown.words.reason },
        ]}
      />
      {shown.weeks.length > 0 ? (
        <DataTable
          caption="Weeks that change"
          columns={[
            { key: 'week', label: 'Week' },
            { key: 'cost', label: 'Care cost', numeric: true },
            { key: 'before', label: 'Charged now', numeric: true },
            { key: 'after', label: 'Will be charged', numeric: true },
            { key: 'difference', label: 'Difference', numeric: true },
          ]}
          rows={shown.weeks.map((week) => ({
            key: week.monday,
            cells: {
              week: week.words,
              cost: pounds(week.after.cost),
              before: pounds(week.before.charged),
              after: pounds(week.after.charged),
              difference: signed(week.difference),
            },
          }))}
          foot={{
            key: 'all',
            cells: { week: 'In all', cost: '', before: '', after: '', difference: signed(shown.difference) },
          }}
        />
      ) : null}
      {shown.funds.map((fund) => (
        <section key={fund.fundId} className="stack" aria-label={`Paid into ${fund.name}`}>
          {fund.periods.length === 0 ? (
            <p>Nothing changes in what is paid into {fund.name}.</p>
          ) : (
            <DataTable
              caption={`What changes in payments into ${fund.name}`}
              columns={[
                { key: 'due', label: 'Due' },
                { key: 'council', label: 'From the council', numeric: true },
                { key: 'own', label: `From ${shortName}`, numeric: true },
              ]}
              rows={fund.periods.map((period) => ({
                key: period.dueOn,
                cells: {
                  due: period.words,
                  council:
                    period.councilAfter === null
                      ? '–'
                      : fromTo(period.councilBefore ?? 0, period.councilAfter),
                  own: fromTo(period.ownBefore, period.ownAfter),
                },
              }))}
            />
          )}
          {fund.overpaid > 0 ? (
            <Notice tone="warn">
              <p>
                {pounds(fund.overpaid)} was paid in beyond what is assessed, and no later payment can be made
                smaller by it. Agree with {shortName} how they get it back.
              </p>
            </Notice>
          ) : null}
          {fund.councilLeft < 0 ? (
            <Notice tone="warn">
              <p>
                The council would pay {pounds(-fund.councilLeft)} more, and no payment is still to come that
                it could be added to.
              </p>
            </Notice>
          ) : null}
        </section>
      ))}
      <Notice title={`What ${shortName} will be told`} level={2}>
        <p>{shown.words.told}</p>
      </Notice>
      <div className="row">
        <form method="post">
          {hidden}
          <input type="hidden" name="assessmentId" value={shown.assessmentId} />
          <input type="hidden" name="seen" value={shown.digest} />
          <Button name="intent" value="save" size="big">
            Save this decision
          </Button>
        </form>
        <form method="post">
          {hidden}
          <Button name="intent" value="change" kind="second" size="big">
            Change something
          </Button>
        </form>
      </div>
    </>
  )
}
