import { type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { towardsPage, type TowardsPage } from '#services/contributions/towards-page.server.ts'
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
import { Details, Term } from '~/components/details/details.tsx'
import { EasyWords } from '~/components/easy-read/easy-read.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { tel, whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'What you pay towards it – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return towardsPage(deps, actor, { allWeeks: url.searchParams.get('weeks') === 'all' })
  })

export default function Towards() {
  const page = useLoaderData<typeof loader>()
  const { person } = page
  const nothing =
    !page.now && page.weeks.length === 0 && page.payIns.length === 0 && page.payments.length === 0
  return (
    <>
      <div className="stack-l">
        <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
        <header className="head">
          <h1>{person.self ? 'What you pay towards it' : `What ${person.shortName} pays towards it`}</h1>
          <p className="row-s no-print">
            <PrintButton />
            {page.weeks.length > 0 ? (
              <LinkButton href="/my/money/towards.csv" kind="second" size="small" download>
                Save the weeks as a table (CSV)
              </LinkButton>
            ) : null}
          </p>
        </header>
        <p className="print-only">
          {person.name}, printed on {page.today}.
        </p>
        {person.self ? null : <p className="small">“You” in the words below means {person.shortName}.</p>}
        {page.aftercare ? (
          <Notice title="You pay nothing" level={2}>
            <p>{page.aftercare}</p>
          </Notice>
        ) : nothing ? (
          <Empty title="There is nothing that you pay towards it" level={2}>
            <p>
              When the council works out that you pay a part of your care yourself, it shows here: how much,
              why, and what to do if it is wrong.
            </p>
          </Empty>
        ) : (
          <Now page={page} />
        )}
      </div>
      {page.payIns
        .filter(({ ended }) => !ended)
        .map((fund) => (
          <PayIns key={fund.id} fund={fund} page={page} />
        ))}
      {page.payIns
        .filter(({ ended }) => ended)
        .map((fund) => (
          <Details key={fund.id} kind="box" summary={`Earlier: ${fund.fund}, ${fund.lines[0]?.due ?? ''} on`}>
            <PayInTable lines={fund.lines} fund={`${fund.fund} until it ended`} payer="From you" />
          </Details>
        ))}
      <Weeks page={page} />
      {page.payments.length > 0 ? (
        <section className="section stack" aria-labelledby="paid">
          <h2 id="paid">What you have paid</h2>
          <PaymentsTable payments={page.payments} receipts />
        </section>
      ) : null}
      {nothing ? null : <Wrong page={page} />}
      {page.decisions.length > 0 ? (
        <section className="section stack" aria-labelledby="decided">
          <h2 id="decided">What the council decided</h2>
          <p>The newest decision for a day holds. Older ones stay as they were.</p>
          <Decisions decisions={page.decisions} />
        </section>
      ) : null}
    </>
  )
}

function Now({ page }: { page: TowardsPage }) {
  const gross = page.now?.method === 'gross_invoice'
  return (
    <>
      <Total sentence={<Sentence page={page} />}>
        {page.now ? <p>{page.now.how.person}</p> : null}
        {page.next ? (
          <p>
            From {page.next.from} it is {page.next.weekly.toLowerCase()}.
          </p>
        ) : null}
        <OwedWords page={page} />
        {page.mayPay && page.owed > 0 ? (
          <p className="no-print">
            <LinkButton href="/my/money/towards/pay">Pay</LinkButton>
          </p>
        ) : null}
      </Total>
      <Term asks="Why do I pay towards it?">
        The council looks at your income and savings and works out what you can pay each week. You never pay
        more than your care costs. If you cannot pay it, or it is wrong, ask for a review: your support goes
        on meanwhile.
      </Term>
      <EasyWords
        lines={[
          { picture: 'care', words: 'You have care and support. It costs money.' },
          { picture: 'council', words: 'The council pays most of it.' },
          gross
            ? { picture: 'part', words: 'You pay a part. The council sends you a bill.' }
            : { picture: 'bank', words: 'You pay a part. You pay it into the account for your care.' },
          { picture: 'less', words: 'You never pay more than your care costs.' },
          {
            picture: 'question',
            words: 'Is it wrong? Is it too much? Tell us. You do not pay that part until we answer.',
          },
          { picture: 'check', words: 'Your care goes on.' },
        ]}
      />
    </>
  )
}

function Sentence({ page }: { page: TowardsPage }) {
  const { now } = page
  if (!now || now.pence === 0) return <>You pay nothing at the moment.</>
  return now.method === 'gross_invoice' ? (
    <>
      You pay up to <span className="num">{pounds(now.pence)}</span> a week, and never more than your care
      costs.
    </>
  ) : (
    <>
      You pay <span className="num">{pounds(now.pence)}</span> a week into the account of your fund.
    </>
  )
}

function OwedWords({ page }: { page: TowardsPage }) {
  if (page.weeks.length === 0) return null
  if (page.credit > 0) return <p>{pounds(page.credit)} is in your favour: it counts for your next weeks.</p>
  if (page.owed === 0) return <p>You owe nothing.</p>
  return (
    <p>
      You owe {pounds(page.owed)}.{page.onItsWay > 0 ? ` ${pounds(page.onItsWay)} is on its way.` : ''}
      {page.disputed > 0
        ? ` ${pounds(page.disputed)} of it is not collected while the council looks at it.`
        : ''}
      {page.onItsWay > 0 || page.disputed > 0 ? ` To pay now: ${pounds(page.collectable)}.` : ''}
    </p>
  )
}

function PayIns({ fund, page }: { fund: TowardsPage['payIns'][number]; page: TowardsPage }) {
  return (
    <section className="section stack" aria-labelledby={`pay-in-${fund.id}`}>
      <h2 id={`pay-in-${fund.id}`}>Paid into {fund.fund}</h2>
      {fund.overdue > 0 ? (
        <Notice tone="warn" title={`Your ${pounds(fund.overdue)} has not arrived`}>
          <p>It was due on {fund.overdueSince}. Until it is there, you can use only what the council paid.</p>
        </Notice>
      ) : (
        <p>
          {fund.next
            ? `Next to pay in: ${pounds(fund.next.pence)} on ${fund.next.due}.`
            : 'Nothing more is to be paid in.'}
        </p>
      )}
      {fund.ownAccount ? (
        page.mayPay && fund.open > 0 ? (
          <p className="no-print">
            <LinkButton href="/my/money/towards/pay" kind="second">
              I have paid it in
            </LinkButton>
          </p>
        ) : null
      ) : (
        <p>
          {fund.holder ?? 'Somebody'} holds the account. They, or the council, write down what arrives in it.
        </p>
      )}
      <PayInTable lines={fund.lines} fund={fund.fund} payer="From you" />
    </section>
  )
}

function Weeks({ page }: { page: TowardsPage }) {
  if (page.weeks.length === 0) return null
  return (
    <section className="section stack" aria-labelledby="weeks">
      <h2 id="weeks">Each week, and why</h2>
      <p>
        The council works it out for each week from Monday to Sunday, when the visits of that week are
        settled. Money that comes back for a visit makes it less.
      </p>
      {page.owed > 0 ? (
        <p>Owed: {page.byAge.map(({ words, pence }) => `${pounds(pence)} for ${words} ago`).join(', ')}.</p>
      ) : null}
      <WeeksTable
        weeks={page.weeks}
        caption="What you pay for each week"
        payer="You pay"
        act={(week) =>
          page.mayAsk && week.charged > 0 ? (
            <a className="no-print" href={`/my/money/towards/wrong?week=${week.monday}`}>
              This is wrong<span className="vh">: {week.words}</span>
            </a>
          ) : null
        }
      />
      {page.moreWeeks > 0 ? (
        <p className="no-print">
          <a href="/my/money/towards?weeks=all">Show all weeks ({String(page.moreWeeks)} more)</a>
        </p>
      ) : null}
      {page.letGo.length > 0 ? (
        <Details kind="box" summary="What the council let go">
          <ul>
            {page.letGo.map((one) => (
              <li key={one.id}>
                {pounds(one.pence)} on {one.day}: {one.reason}
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </section>
  )
}

function Wrong({ page }: { page: TowardsPage }) {
  return (
    <section className="section stack" aria-labelledby="wrong">
      <h2 id="wrong">Is it wrong, or more than you can pay?</h2>
      <p>
        Ask for a review. Somebody at {page.council.name} looks at it again and answers with the reason. The
        part that you question is not collected meanwhile, and your support goes on. You can also ring{' '}
        <a href={tel(page.council.phone)}>{page.council.phone}</a>, or{' '}
        <a href="/help">talk to somebody else</a>.
      </p>
      {page.mayAsk ? (
        <p className="no-print">
          <LinkButton href="/my/money/towards/wrong" kind="second">
            Ask for a review
          </LinkButton>
        </p>
      ) : null}
      {page.questions.length > 0 ? <Questions questions={page.questions} /> : null}
    </section>
  )
}
