import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { bookingPage, isDraft, type BookingPage } from '#services/bookings/booking-page.server.ts'
import { endBooking, withdrawRequest } from '#services/bookings/end-booking.server.ts'
import { pauseSchema } from '#services/bookings/pause.schema.ts'
import { pauseOnce } from '#services/bookings/press-once.server.ts'
import { takeCounterOffer } from '#services/bookings/take-counter-offer.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { BookingStanding } from '~/components/booking-page/standing.tsx'
import { Button } from '~/components/button/button.tsx'
import { Who } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { QuoteTable } from '~/components/money/tables.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { StatusTag } from '~/components/visit/states.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { type Answer, typed, typedDate, useAnswer } from '~/http/typed.ts'

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
      requirePersonInView(actor, personId)
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
        case 'pause': {
          const input = pauseSchema.parse({ personId, from: readDate(form, 'from') })
          const done = await pauseOnce(deps, actor, { bookingId, ...input })
          return redirectWithNotice(`/my/bookings/${bookingId}`, done ? pausedWords(done) : 'It is paused.')
        }
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
  const answered = useAnswer()
  const errors = answered && 'errors' in answered ? answered.errors : null
  const standing = moneyWords(page)
  return (
    <div className="flow">
      <BackLink href="/my/week">{page.person.self ? 'My week' : `${page.person.shortName}’s week`}</BackLink>
      <ErrorSummary errors={errors} />
      <BookingStanding page={page} />
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
        {standing ? <p>{standing}</p> : null}
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
                  <StatusTag
                    {...(visit.paused ? { booking: 'paused' } : { visit: visit.state })}
                    outcome={visit.outcome}
                    reader="person"
                  />
                ),
            },
          }))}
        />
      </section>
      <section className="stack" aria-labelledby="terms">
        <h2 id="terms">Terms</h2>
        <p>{page.cancelling}</p>
        {page.contingency ? <p>If the worker cannot come: {page.contingency}</p> : null}
      </section>
      <Change page={page} answered={answered} />
      <p className="small soft">
        Your reference: {page.reference}.{' '}
        {page.askedBy
          ? `${page.askedBy} asked for this${page.forSomebodyElse ? ` for ${page.person.shortName}` : ''}${page.askedAt ? ` on ${page.askedAt}` : ''}.`
          : ''}
      </p>
    </div>
  )
}

/** '£126.00 is set aside in Social care budget.'; empty when nothing of it is in any fund. */
function moneyWords(page: BookingPage): string {
  const words = (page.money?.funds ?? []).flatMap((fund) => [
    ...(fund.pence > 0 ? [`${pounds(fund.pence)} is set aside in ${fund.name}`] : []),
    ...(fund.planned > 0 ? [`${pounds(fund.planned)} is planned from ${fund.name}`] : []),
    ...(fund.used > 0 ? [`${pounds(fund.used)} is spent from ${fund.name}`] : []),
  ])
  return words.length > 0 ? `${words.join('. ')}.` : ''
}

const visitsWords = (count: number): string => (count === 1 ? 'One visit' : `${String(count)} visits`)

function pausedWords(done: { visits: number; back: number; standing: number }): string {
  const stopped = `It is paused. ${visitsWords(done.visits)} ${done.visits === 1 ? 'stops' : 'stop'}.`
  const money = done.back > 0 ? ` ${pounds(done.back)} is back in the funds.` : ''
  const near =
    done.standing > 0
      ? ` ${visitsWords(done.standing)} ${done.standing === 1 ? 'is' : 'are'} too near to stop free and still booked.`
      : ''
  return stopped + money + near
}

function Pause({ page, answered }: { page: BookingPage; answered: Answer | undefined }) {
  const said = answered && 'errors' in answered && typed(answered, 'intent') === 'pause' ? answered : null
  return (
    <Details summary="Pause it for a while" open={said !== null}>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="pause" />
        <input type="hidden" name="personId" value={page.person.id} />
        <p>
          The visits stop, and their money comes back at once, until you start again. Their time is not kept
          free: when you start again, we look for times when somebody is free.
          {page.pause.windowHours > 0
            ? ` Visits in the next ${String(page.pause.windowHours)} hours still happen. You can cancel them one by one.`
            : ''}
        </p>
        <DateField
          name="from"
          label="From which day do they stop?"
          hint={`For example ${exampleDay(page.pause.from)}`}
          defaultValue={typedDate(said, 'from') ?? page.pause.from}
          error={said?.errors['from']}
        />
        <p>
          <Button kind="second">Pause this support</Button>
        </p>
      </form>
    </Details>
  )
}

const exampleDay = (iso: string): string => iso.split('-').reverse().map(Number).join(' ')

/** Pausing and ending, for those who may. */
function Change({ page, answered }: { page: BookingPage; answered: Answer | undefined }) {
  if (!page.mayBook || (page.state !== 'accepted' && page.state !== 'paused')) return null
  return (
    <section className="stack" aria-labelledby="change">
      <h2 id="change">{page.pause.possible ? 'Pause or end it' : 'End it'}</h2>
      {page.pause.possible ? <Pause page={page} answered={answered} /> : null}
      <Details summary="End this support">
        <form method="post" className="stack">
          <input type="hidden" name="intent" value="end" />
          <input type="hidden" name="personId" value={page.person.id} />
          <p>
            You give {page.endNoticeDays === 1 ? 'one day’s' : `${String(page.endNoticeDays)} days’`} notice.
            Visits after that are cancelled, and their money comes back at once. Visits before that still
            happen. You can cancel them one by one.
          </p>
          <Button kind="danger">End this support</Button>
        </form>
      </Details>
    </section>
  )
}
