import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { bookingPage, isDraft, type BookingPage } from '#services/bookings/booking-page.server.ts'
import { endBooking, withdrawRequest } from '#services/bookings/end-booking.server.ts'
import { takeCounterOffer } from '#services/bookings/take-counter-offer.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Card, Who } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { QuoteTable } from '~/components/money/tables.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { StatusTag } from '~/components/visit/states.tsx'
import { DonePanel, Timeline } from '~/components/visit/visit.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Your booking – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const id = params['id'] ?? ''
    return (await isDraft(deps, actor, id)) ? redirect(`/bookings/${id}/funds`) : bookingPage(deps, actor, id)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const bookingId = params['id'] ?? ''
    const personId = text(form, 'personId')
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'withdraw':
          await withdrawRequest(deps, actor, { bookingId, personId })
          return redirectWithNotice(
            `/my/bookings/${bookingId}`,
            'The request is taken back. All the money set aside for it is back.',
          )
        case 'take':
          await takeCounterOffer(deps, actor, {
            bookingId,
            personId,
            expectedPence: Number(text(form, 'expectedPence')),
          })
          return redirectWithNotice(`/my/bookings/${bookingId}`, 'It is booked at the time they offered.')
        case 'end':
          await endBooking(deps, actor, { bookingId, by: 'person' })
          return redirectWithNotice(
            `/my/bookings/${bookingId}`,
            'The provider has been told that this support ends.',
          )
        default:
          throw notFound()
      }
    })
  })

export default function Booking() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const errors = answered && 'errors' in answered ? answered.errors : null
  return (
    <div className="flow">
      <BackLink href="/my/week">{page.person.self ? 'My week' : `${page.person.shortName}’s week`}</BackLink>
      <ErrorSummary errors={errors} />
      <Standing page={page} />
      <section className="stack" aria-labelledby="what">
        <h2 id="what">What was asked for</h2>
        <SummaryList
          rows={[
            { term: 'Support', value: <a href={`/services/${page.slug}`}>{page.title}</a> },
            {
              term: 'From',
              value: (
                <>
                  <Who id={page.provider.id} kind={page.provider.kind} name={page.provider.name} size="s" />
                  {page.provider.phone ? (
                    <a href={`tel:${page.provider.phone.replaceAll(' ', '')}`}>{page.provider.phone}</a>
                  ) : null}
                </>
              ),
            },
            { term: 'Where', value: page.place },
            ...(page.note ? [{ term: 'Note to them', value: `“${page.note}”` }] : []),
          ]}
        />
        <QuoteTable
          caption="The price"
          lines={page.lines.map((line) => ({
            label: line.label,
            pence: line.pence,
            ...(line.note ? { note: line.note } : {}),
          }))}
          total={page.total}
        />
        {page.money && page.money.funds.length > 0 ? (
          <p>
            {page.money.funds
              .map((fund) =>
                [
                  fund.pence > 0 ? `${pounds(fund.pence)} is set aside in ${fund.name}` : '',
                  fund.planned > 0 ? `${pounds(fund.planned)} is planned from ${fund.name}` : '',
                  fund.used > 0 ? `${pounds(fund.used)} is spent from ${fund.name}` : '',
                ]
                  .filter(Boolean)
                  .join(', '),
              )
              .filter(Boolean)
              .join('; ')}
          </p>
        ) : null}
      </section>
      <section className="stack" aria-labelledby="visits">
        <h2 id="visits">{page.visits.length === 1 ? 'The visit' : 'The visits'}</h2>
        <DataTable
          caption={page.visits.length === 1 ? 'One visit' : `${String(page.visits.length)} visits`}
          columns={[
            { key: 'when', label: 'When' },
            { key: 'price', label: 'Price', numeric: true },
            { key: 'state', label: 'Where it stands' },
          ]}
          rowHeader="when"
          rows={page.visits.map((visit) => ({
            key: visit.id,
            cells: {
              when:
                page.state === 'accepted' || page.state === 'ended' || page.state === 'paused' ? (
                  <a href={`/my/visits/${visit.id}`}>{visit.when}</a>
                ) : (
                  visit.when
                ),
              price: pounds(visit.pence),
              state:
                page.state === 'requested' || page.state === 'countered' ? (
                  visit.planned ? (
                    'Planned: its money comes later'
                  ) : (
                    'Money set aside'
                  )
                ) : (
                  <StatusTag visit={visit.state} reader="person" />
                ),
            },
          }))}
        />
      </section>
      <section className="stack" aria-labelledby="terms">
        <h2 id="terms">Terms</h2>
        <p>{page.cancelling}</p>
        {page.contingency ? <p>If the worker cannot come: {page.contingency}</p> : null}
        {page.state === 'accepted' && page.mayBook ? (
          <Details summary="End this support">
            <form method="post" className="stack">
              <input type="hidden" name="intent" value="end" />
              <input type="hidden" name="personId" value={page.person.id} />
              <p>
                The notice is {page.endNoticeDays} days. Visits after that go, and their money comes back at
                once. Visits before that stand; you can cancel them one by one.
              </p>
              <Button kind="danger">End this support</Button>
            </form>
          </Details>
        ) : null}
      </section>
      <p className="small soft">
        Your reference: {page.reference}.{' '}
        {page.askedBy
          ? `${page.askedBy} asked for this${page.forSomebodyElse ? ` for ${page.person.shortName}` : ''}${page.askedAt ? ` on ${page.askedAt}` : ''}.`
          : ''}
      </p>
    </div>
  )
}

/** State first, then the next step; it never says "booked" when it is not. */
function Standing({ page }: { page: BookingPage }) {
  switch (page.state) {
    case 'requested':
      return (
        <DonePanel
          state="Asked"
          level={1}
          title={`${page.provider.name} has been asked`}
          lead={`It is not booked yet. They answer by ${page.answerBy ?? ''}.`}
        >
          <Timeline
            steps={[
              {
                title: `Asked on ${page.askedAt ?? ''}`,
                detail: page.money
                  ? `${pounds(page.money.setAside)} is set aside. Nobody has been paid.`
                  : 'Nobody has been paid.',
                when: 'past',
              },
              {
                title: 'Waiting for their answer',
                detail: 'We tell you when they answer. You do not need to stay here.',
                when: 'here',
              },
              {
                title: 'If they say yes',
                detail: 'It is booked, and the visits go into the week.',
                when: 'later',
              },
              {
                title: 'If they say no, or say nothing',
                detail: 'All the money set aside comes back at once.',
                when: 'later',
              },
            ]}
          />
          <div className="row">
            <LinkButton href="/my/week">
              {page.person.self ? 'Go to my week' : `Go to ${page.person.shortName}’s week`}
            </LinkButton>
            <PrintButton />
          </div>
          {page.mayBook ? <Withdraw page={page} label="Take the request back" /> : null}
        </DonePanel>
      )
    case 'countered':
      return (
        <Card labelledBy="standing">
          <h1 id="standing">{page.provider.name} offers another time</h1>
          {page.counter ? (
            <>
              <p className="lead">
                {page.counter.when}. <strong className="num">{pounds(page.counter.total)}</strong> in all.
              </p>
              {page.counter.message ? <blockquote>“{page.counter.message}”</blockquote> : null}
              <p>It is not booked yet. Please answer by {page.answerBy}.</p>
              {page.counter.refused.length > 0 || page.counter.stopped ? (
                <Notice tone="warn" title="This time does not work any more">
                  {page.counter.refused.map((entry) => (
                    <p key={entry.words}>
                      {entry.words}: {entry.why}
                    </p>
                  ))}
                </Notice>
              ) : page.counter.short > 0 ? (
                <Notice tone="warn" title={`${pounds(page.counter.short)} is missing`}>
                  <p>The funds cannot pay for the time they offer.</p>
                </Notice>
              ) : page.mayBook ? (
                <form method="post">
                  <input type="hidden" name="intent" value="take" />
                  <input type="hidden" name="personId" value={page.person.id} />
                  <input type="hidden" name="expectedPence" value={page.counter.total} />
                  <Button size="big">Say yes to this time</Button>
                </form>
              ) : null}
              {page.mayBook ? <Withdraw page={page} label="Say no" /> : null}
            </>
          ) : null}
        </Card>
      )
    case 'accepted':
    case 'paused':
      return (
        <header className="stack">
          <p>
            <StatusTag booking={page.state} reader="person" />
          </p>
          <h1>{page.title}</h1>
          <p className="lead">
            {page.provider.name} said yes{page.answeredAt ? ` on ${page.answeredAt}` : ''}. It is booked.
          </p>
        </header>
      )
    default:
      return (
        <header className="stack">
          <p>
            <StatusTag booking={page.state} reader="person" />
          </p>
          <h1>{page.title}</h1>
          <p className="lead">{ENDED[page.state] ?? ''}</p>
          {page.reason ? <blockquote>“{page.reason}”</blockquote> : null}
          {page.state === 'ended' ? null : (
            <p className="go">
              <a href="/find">Find somebody else</a>
            </p>
          )}
        </header>
      )
  }
}

const ENDED: Record<string, string> = {
  declined: 'They cannot do this. All the money set aside for it is back in your funds.',
  withdrawn: 'You took this back. All the money set aside for it is back in your funds.',
  expired: 'Nobody answered in time, so it has ended. All the money set aside for it is back in your funds.',
  ended: 'This support has ended or is ending. Visits inside the notice still stand.',
}

function Withdraw({ page, label }: { page: BookingPage; label: string }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value="withdraw" />
      <input type="hidden" name="personId" value={page.person.id} />
      <Button kind="quiet">{label}</Button>
    </form>
  )
}
