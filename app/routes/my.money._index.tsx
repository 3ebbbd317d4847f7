import { type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { moneyPage, type MoneyPage } from '#services/budgets/money-page.server.ts'
import { asksForHours } from '#services/hours-saved/person-hours.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { LineChart } from '~/components/charts/line-chart.tsx'
import { Details, Term } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { AllFunds } from '~/components/money/all-funds.tsx'
import { Fund } from '~/components/money/fund-bar.tsx'
import { FundTable } from '~/components/money/tables.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { Statement } from '~/components/statement/statement.tsx'
import { counted, whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { LinkCards, QuietLinks } from '~/components/links/link-cards.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? whoseThing(page.person, 'money') : 'My money'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    const page = await moneyPage(deps, actor, {
      month: url.searchParams.get('month'),
      page: url.searchParams.get('page'),
      holds: url.searchParams.get('set-aside') === 'yes',
    })
    return { ...page, asksForHours: await asksForHours(deps, actor) }
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
        {page.toPay > 0 ? (
          <Notice title={`${pounds(page.toPay)} waits to be paid by you`} level={2}>
            <p>
              For support that has happened. <a href="/my/money/pay">See what it is for, and pay</a>
            </p>
          </Notice>
        ) : null}
        {page.owedTowards > 0 ? (
          <Notice title={`${pounds(page.owedTowards)} of what you pay towards it is owed`} level={2}>
            <p>
              To the council, for weeks that have passed.{' '}
              <a href="/my/money/towards">See why, pay it, or say that it is wrong</a>
            </p>
          </Notice>
        ) : null}
        {page.questions.map((question) => (
          <Notice key={question.id} title={`${question.fund}: is this money needed?`} level={2}>
            <p>
              {question.words}{' '}
              <a href={`/my/money/surplus/${question.id}`}>
                See what the council asks<span className="vh">: {question.fund}</span>
              </a>
            </p>
          </Notice>
        ))}
      </div>
      {page.together ? <AllFunds {...page.together} /> : null}
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
      {page.asksForHours ? (
        <div className="section">
          <Notice tone="plain" title="How long did paperwork take?" level={2}>
            <p>
              Once every three months we ask how many hours went into the paperwork of{' '}
              {person.self ? 'your' : `${person.shortName}’s`} support.{' '}
              <a href="/my/money/hours">Answer, or say that you would rather not</a>
            </p>
          </Notice>
        </div>
      ) : null}
      <section className="section stack no-print" aria-labelledby="more">
        <h2 id="more">More about {person.self ? 'your' : `${person.shortName}’s`} money</h2>
        <LinkCards links={page.links.near} level={3} />
        <QuietLinks title="Other pages about money" links={page.links.others} />
      </section>
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
          <p>
            <a href={`/my/money/audit/${fund.id.slice(2)}`}>
              Everything about it, with every paper<span className="vh">: {fund.name}</span>
            </a>
          </p>
        </>
      }
    >
      {fund.payIn?.late ? (
        <Notice tone="warn">
          <p>
            {fund.payIn.words} <a href="/my/money/towards">See what you pay towards it</a>
          </p>
        </Notice>
      ) : fund.payIn ? (
        <p className="small">{fund.payIn.words}</p>
      ) : null}
      {fund.planned ? <p className="small">{fund.planned}</p> : null}
      {fund.warnings.map((warning) => (
        <Notice key={warning.kind} tone="warn">
          <p>
            <strong>{warning.title}</strong> {warning.words}{' '}
            {warning.kind === 'ends_soon' ? (
              <a href="/find">See what it can pay for</a>
            ) : (
              <a href={`/my/money/short?fund=${fund.id.slice(2)}`}>See what you can do</a>
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
