import { type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { moneyPage, type MoneyPage } from '#services/budgets/money-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { LineChart } from '~/components/charts/line-chart.tsx'
import { Details, Term } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Fund } from '~/components/money/fund-bar.tsx'
import { FundTable } from '~/components/money/tables.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { Statement } from '~/components/statement/statement.tsx'
import { counted, whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? whoseThing(page.person, 'money') : 'My money'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return moneyPage(deps, actor, {
      month: url.searchParams.get('month'),
      page: url.searchParams.get('page'),
      holds: url.searchParams.get('set-aside') === 'yes',
    })
  })

export default function Money() {
  const page = useLoaderData<typeof loader>()
  const { person } = page
  return (
    <>
      <div className="stack-l">
        <header className="head">
          <h1>{whoseThing(person, 'money')}</h1>
          <p className="row-s no-print">
            <PrintButton />
            <LinkButton href="/my/money.csv" kind="second" size="small" download>
              Save as a table (CSV)
            </LinkButton>
          </p>
        </header>
        <p className="print-only">
          {person.name}, printed on {page.today}.
        </p>
        {page.total.funds === 0 ? null : (
          <Total sentence={<TotalWords page={page} />}>
            <p>
              {person.self ? 'You have' : `${person.shortName} has`} spent {pounds(page.total.spent)} since
              these funds began. Today is {page.today}.
            </p>
            {person.self ? null : <p className="small">“You” in the words below means {person.shortName}.</p>}
          </Total>
        )}
      </div>
      <section className="section stack" aria-labelledby="funds">
        <h2 id="funds">{person.self ? 'Your funds' : `${person.shortName}’s funds`}</h2>
        {page.current.length === 0 ? (
          <Empty title="There is no fund just now">
            <p>
              When a council or the NHS agrees a budget, it shows here. Free support needs none.{' '}
              <a href="/find?max=0">Find free support</a>
            </p>
          </Empty>
        ) : (
          <>
            <div>
              {page.current.map((fund) => (
                <OneFund key={fund.id} fund={fund} />
              ))}
            </div>
            <Term asks="What do “spent”, “set aside” and “left” mean?">
              Spent: the visit has happened and you said yes, or 7 days passed. Set aside: kept for support
              that you have asked for or booked. Left: free to use. Still to arrive: agreed, and paid later.
            </Term>
            <Details kind="box" summary="All funds as a table" className="no-print">
              <Figures funds={page.current} />
            </Details>
          </>
        )}
        {page.ended.length > 0 ? (
          <Details
            kind="box"
            className="no-print"
            summary={`Ended: ${counted(page.ended.length, 'fund', 'funds')}`}
          >
            <p>What was left in them is not part of the figures above.</p>
            <Figures funds={page.ended} />
          </Details>
        ) : null}
      </section>
      <Lasting page={page} />
      <Statement statement={page.statement} />
    </>
  )
}

function TotalWords({ page }: { page: MoneyPage }) {
  const { total, person } = page
  return (
    <>
      {person.self ? 'You have' : `${person.shortName} has`} <span className="num">{pounds(total.left)}</span>{' '}
      left to use in
      {' ' + counted(total.funds, 'fund', 'funds')}.{' '}
      {total.setAside > 0 ? (
        <>
          <span className="num">{pounds(total.setAside)}</span> more is set aside for support that is asked
          for or booked.
        </>
      ) : (
        'Nothing is set aside.'
      )}
    </>
  )
}

type FundView = MoneyPage['current'][number]

function OneFund({ fund }: { fund: FundView }) {
  return (
    <Fund
      id={fund.id}
      name={fund.name}
      detail={[`${fund.detail}.`, fund.contribution, fund.begins ? `It begins on ${fund.begins}.` : null]
        .filter(Boolean)
        .join(' ')}
      agreed={fund.agreed}
      received={fund.received}
      parts={fund.parts}
      until={fund.until}
      next={fund.next}
      canBuy={
        <>
          <p>{[fund.can, ...fund.also].join(' ')}</p>
          {fund.cannot ? <p>What it cannot pay for: {fund.cannot}</p> : null}
          {fund.chosen ? <p>{fund.chosen}</p> : null}
          <p>
            <a href="/find">Find support</a>
          </p>
        </>
      }
    >
      {fund.planned ? <p className="small">{fund.planned}</p> : null}
      {fund.warnings.map((warning) => (
        <Notice key={warning.kind} tone="warn">
          <p>
            <strong>{warning.title}</strong> {warning.words}{' '}
            {warning.kind === 'ends_soon' ? (
              <a href="/find">See what it can pay for</a>
            ) : (
              <a href="/help">Talk to a person</a>
            )}
          </p>
        </Notice>
      ))}
    </Fund>
  )
}

function Figures({ funds }: { funds: readonly FundView[] }) {
  return (
    <FundTable
      rows={funds.map((fund) => ({
        id: fund.id,
        name: `${fund.name}, until ${fund.until}`,
        agreed: fund.agreed,
        received: fund.received ?? fund.agreed,
        setAside: fund.parts.setAside,
        spent: fund.parts.spent,
        left: fund.parts.left,
        next: fund.nextWords,
      }))}
    />
  )
}

function Lasting({ page }: { page: MoneyPage }) {
  if (page.lasting.length === 0) return null
  const [first] = page.lasting
  return (
    <section className="section stack" aria-labelledby="last">
      <h2 id="last">Will it last?</h2>
      {page.lasting.length === 1 && first ? (
        <p className="lead">{first.words}</p>
      ) : (
        <ul className="plain stack-s">
          {page.lasting.map((one) => (
            <li key={one.id}>{one.words}</li>
          ))}
        </ul>
      )}
      {page.chart ? (
        <figure>
          <LineChart
            label={page.chart.label}
            points={page.chart.points}
            axis={(value) => `£${new Intl.NumberFormat('en-GB').format(value / 100)}`}
            pointHead="Day"
            valueHead="Not yet spent"
            caption={`${page.chart.name}: not yet spent, week by week`}
          />
          <figcaption>
            {page.chart.name}. Solid line: what has happened. Dotted line: {page.chart.weekly} a week from now
            on. It is a simple sum, not a promise.
          </figcaption>
        </figure>
      ) : null}
      <Details kind="why" summary="How is this worked out?">
        <ul>
          {page.lasting.map((one) => (
            <li key={one.id}>
              {one.name}: {one.basis}.
            </li>
          ))}
        </ul>
      </Details>
    </section>
  )
}
