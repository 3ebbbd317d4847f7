import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { personContributionPage } from '#services/contributions/person-contribution-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import {
  Decisions,
  PayInTable,
  PaymentsTable,
  Questions,
  WeeksTable,
} from '~/components/contributions/standing.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'What somebody pays towards it – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    personContributionPage(deps, actor, params['personId'] ?? '', {
      allWeeks: url.searchParams.get('weeks') === 'all',
    }),
  )

type Page = Awaited<ReturnType<typeof personContributionPage>>

export default function PersonContribution() {
  const page = useLoaderData<typeof loader>()
  const here = `/council/money/contributions/${page.person.id}`
  return (
    <>
      <div className="stack-l">
        <BackLink href="/council/money/contributions">What people pay towards it</BackLink>
        <header className="head">
          <h1>What {page.person.name} pays towards it</h1>
          <p className="no-print">
            <PrintButton />
          </p>
        </header>
        {page.person.aftercare ? (
          <Notice title="Nothing can be charged" level={2}>
            <p>{page.person.aftercare}</p>
          </Notice>
        ) : null}
        <Total sentence={<Sentence page={page} />}>
          {page.now ? <p>{page.now.how.council}</p> : null}
          {page.next ? (
            <p>
              From {page.next.from}: {page.next.weekly.toLowerCase()}.
            </p>
          ) : null}
          <p>
            {page.owed > 0
              ? `Owed: ${pounds(page.owed)} (${page.byAge.map(({ words, pence }) => `${pounds(pence)} for ${words}`).join(', ')}).`
              : page.credit > 0
                ? `${pounds(page.credit)} in their favour: it counts for the next weeks.`
                : 'Nothing is owed.'}
            {page.onItsWay > 0 ? ` ${pounds(page.onItsWay)} is said to be on its way.` : ''}
            {page.disputed > 0 ? ` ${pounds(page.disputed)} is questioned and not collected meanwhile.` : ''}
          </p>
        </Total>
        <p className="row-s no-print">
          <LinkButton href={`${here}/assess`}>
            {page.decisions.length > 0 ? 'Assess anew' : 'Assess'}
          </LinkButton>
          <LinkButton href={`${here}/record`} kind="second">
            Write down a payment
          </LinkButton>
          {page.owed > 0 ? (
            <LinkButton href={`${here}/let-go`} kind="second">
              Let go of a part
            </LinkButton>
          ) : null}
        </p>
      </div>
      {page.questions.length > 0 ? (
        <section className="section stack" aria-labelledby="questions">
          <h2 id="questions">What {page.person.shortName} says is wrong</h2>
          <Questions
            questions={page.questions}
            act={(question) =>
              question.state === 'open' ? (
                <p className="no-print">
                  <LinkButton href={`${here}/questions/${question.id}`}>Answer</LinkButton>
                </p>
              ) : null
            }
          />
        </section>
      ) : null}
      {page.payIns
        .filter(({ ended }) => !ended)
        .map((fund) => (
          <section key={fund.id} className="section stack" aria-labelledby={`pay-in-${fund.id}`}>
            <h2 id={`pay-in-${fund.id}`}>Paid into {fund.fund}</h2>
            <p>
              {fund.overdue > 0
                ? `${pounds(fund.overdue)} was due on ${fund.overdueSince ?? ''} and has not arrived.`
                : 'Nothing is late.'}
            </p>
            <PayInTable lines={fund.lines} fund={fund.fund} payer={`From ${page.person.shortName}`} />
          </section>
        ))}
      {page.weeks.length > 0 ? (
        <section className="section stack" aria-labelledby="weeks">
          <h2 id="weeks">Each week of council-paid care</h2>
          <WeeksTable weeks={page.weeks} caption="What each week came to" payer="They pay" />
          {page.moreWeeks > 0 ? (
            <p className="no-print">
              <a href={`${here}?weeks=all`}>Show all weeks ({String(page.moreWeeks)} more)</a>
            </p>
          ) : null}
        </section>
      ) : null}
      {page.payments.length > 0 ? (
        <section className="section stack" aria-labelledby="paid">
          <h2 id="paid">What was paid</h2>
          <PaymentsTable payments={page.payments} receipts={false} />
        </section>
      ) : null}
      {page.letGo.length > 0 ? (
        <section className="section stack-s" aria-labelledby="let-go">
          <h2 id="let-go">What was let go</h2>
          <ul>
            {page.letGo.map((one) => (
              <li key={one.id}>
                {pounds(one.pence)} on {one.day}: {one.reason}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="section stack-s" aria-labelledby="decided">
        <h2 id="decided">Decisions</h2>
        <p>The newest decision for a day holds. None is ever changed.</p>
        {page.decisions.length === 0 ? (
          <p>There is none: {page.person.shortName} was never assessed.</p>
        ) : (
          <Decisions decisions={page.decisions} />
        )}
      </section>
    </>
  )
}

function Sentence({ page }: { page: Page }) {
  const { now, person } = page
  if (!now || now.pence === 0) return <>{person.shortName} pays nothing at the moment.</>
  return (
    <>
      {person.shortName} pays {now.method === 'gross_invoice' ? 'up to ' : ''}
      <span className="num">{pounds(now.pence)}</span> a week.
    </>
  )
}
