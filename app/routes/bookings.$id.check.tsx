import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { checkPage } from '#services/requests/agreed-check-page.server.ts'
import { askOrTake } from '#services/requests/take-offer.server.ts'
import { FundsAfter } from '~/components/booking/funds-after.tsx'
import { BOOKING_STEPS } from '~/components/booking/steps.ts'
import { Button } from '~/components/button/button.tsx'
import { Panel, Who } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FundSplitTable, QuoteTable } from '~/components/money/tables.tsx'
import { BackLink, Steps } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Check before you ask – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const id = params['id'] ?? ''
    const page = await checkPage(deps, actor, id)
    if (!page) return redirect(`/my/bookings/${id}`)
    return page.stopped || page.short > 0 || page.refused.length > 0
      ? redirect(`/bookings/${id}/funds`)
      : page
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const bookingId = params['id'] ?? ''
    return answer(form, async () => {
      await askOrTake(deps, actor, {
        bookingId,
        personId: text(form, 'personId'),
        expectedPence: Number(text(form, 'expectedPence')),
      })
      return redirect(`/my/bookings/${bookingId}`)
    })
  })

export default function Check() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors = answered && 'errors' in answered ? answered.errors : null
  const count = page.visits.length
  const name = page.person.self ? 'you' : page.person.shortName
  const start = `/book/${page.slug}?draft=${page.id}`
  return (
    <>
      <BackLink href={`/bookings/${page.id}/funds`}>Back to who pays</BackLink>
      <div className="split">
        <div className="flow">
          <Steps steps={BOOKING_STEPS} current={2} />
          <ErrorSummary errors={errors} />
          <header className="stack">
            <h1>{page.agreed ? 'Check before you book' : 'Check before you ask'}</h1>
            <p className="lead">
              {count === 1 ? 'One visit' : `${String(count)} visits`} from {page.provider.name}.{' '}
              <strong className="num">{pounds(page.total)}</strong> in all
              {page.ownMoney > 0 ? (
                <>
                  , of it <span className="num">{pounds(page.ownMoney)}</span> from{' '}
                  {page.person.self ? 'your' : `${page.person.shortName}’s`} own money
                </>
              ) : page.total > 0 ? (
                `, and nothing from ${page.person.self ? 'your' : `${page.person.shortName}’s`} own money`
              ) : null}
              .
            </p>
          </header>
          {page.agreed ? (
            <Notice title="They have said yes already" level={2}>
              <p>
                These are the times of their offer. When you press, it is booked, and the other offers are
                declined. <a href={`/my/requests/${page.requestId ?? ''}`}>Back to the offers</a>
              </p>
            </Notice>
          ) : null}
          <section className="stack" aria-labelledby="what">
            <h2 id="what">
              What {page.person.self ? 'you are' : `${name} is`} {page.agreed ? 'booking' : 'asking for'}
            </h2>
            <SummaryList
              rows={[
                { term: 'Support', value: page.title, change: { href: '/find', what: 'the support' } },
                {
                  term: 'From',
                  value: (
                    <Who id={page.provider.id} kind={page.provider.kind} name={page.provider.name} size="s" />
                  ),
                },
                {
                  term: 'When',
                  value: (
                    <>
                      {page.when}
                      {count > 1 ? (
                        <Details kind="term" summary={`See all ${String(count)} dates`}>
                          <p>{page.visits.map((visit) => visit.words).join(', ')}.</p>
                        </Details>
                      ) : null}
                    </>
                  ),
                  change: { href: start, what: 'the days and times' },
                },
                { term: 'Where', value: page.place },
                {
                  term: 'Note to them',
                  value: page.note === '' ? 'None' : `“${page.note}”`,
                  change: { href: `${start}#note`, what: 'the note' },
                },
              ]}
            />
          </section>
          <section className="stack" aria-labelledby="price">
            <h2 id="price">The price</h2>
            <QuoteTable
              caption="Every line of the price"
              lines={page.lines.map((line) => ({
                label: line.label,
                pence: line.pence,
                ...(line.note ? { note: line.note } : {}),
              }))}
              total={page.total}
            />
            {page.cardFee > 0 ? (
              <p>
                Of what is paid by card, Kith keeps a fee: at most {pounds(page.cardFee)} of this price. You
                pay nothing on top.
              </p>
            ) : null}
          </section>
          {page.total > 0 ? (
            <section className="stack" aria-labelledby="pays">
              <h2 id="pays">Who pays</h2>
              <FundSplitTable
                rows={page.funds.map((fund) => ({
                  id: fund.id,
                  name: fund.name,
                  why: fund.why,
                  pays: fund.pays,
                  leftAfter: fund.leftAfter,
                }))}
                total={page.total}
              />
              <p className="go">
                <a href={`/bookings/${page.id}/funds`}>Use the funds in another order</a>
              </p>
            </section>
          ) : null}
          <Notice title="What “set aside” means" level={3}>
            <p>
              {page.setAside > 0
                ? `When you ${page.agreed ? 'book' : 'ask'}, ${pounds(page.setAside)} is set aside so that it cannot be spent twice. `
                : ''}
              {page.planned > 0
                ? `${pounds(page.planned)}${page.setAside > 0 ? ' more' : ''} is planned: the money for that time has not arrived yet, and is set aside when it does. `
                : ''}
              Nobody is paid yet. Each visit is paid after it has happened and you have said so.
              {page.agreed ? '' : ' If they say no, all of it comes back at once.'}
            </p>
          </Notice>
          <form method="post" className="stack">
            <input type="hidden" name="personId" value={page.person.id} />
            <input type="hidden" name="expectedPence" value={page.total} />
            <p>{page.cancelling}</p>
            {page.contingency ? <p>If the worker cannot come: {page.contingency}</p> : null}
            <div className="row">
              <Button size="big">
                {page.agreed ? 'Book' : 'Ask for'}{' '}
                {count === 1 ? 'this visit' : `these ${String(count)} visits`}
              </Button>
              <a href="/my/week">Finish later</a>
              <PrintButton />
            </div>
          </form>
        </div>
        <aside className="side sticky stack-l" aria-label="What is left after this">
          <FundsAfter page={page} />
          <Panel labelledBy="unsure">
            <h2 id="unsure">Not sure?</h2>
            <p>
              <a href="/help">Talk to a person</a>. We can check it with you. Nothing is lost if you stop
              here.
            </p>
          </Panel>
        </aside>
      </div>
    </>
  )
}
