import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { offerOtherTimes } from '#services/bookings/offer-other-times.server.ts'
import { acceptOnce, declineOnce, endOnce } from '#services/bookings/press-once.server.ts'
import { counterSchema } from '#services/bookings/provider-forms.schema.ts'
import { type RequestPage, requestPage } from '#services/bookings/request-page.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { QuoteTable } from '~/components/money/tables.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { AnswerRequest } from '~/components/provider/answer-request.tsx'
import { RequestStanding } from '~/components/provider/request-standing.tsx'
import { countWords, telHref } from '~/components/provider/words.ts'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { StatusTag } from '~/components/visit/states.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A request – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => requestPage(deps, actor, params['bookingId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const bookingId = params['bookingId'] ?? ''
    const here = `/provider/requests/${bookingId}`
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'accept':
          await acceptOnce(deps, actor, { bookingId, laneId: text(form, 'laneId') || null })
          return redirectWithNotice(here, 'It is booked. They have been told.')
        case 'decline':
          await declineOnce(deps, actor, { bookingId, reason: text(form, 'reason') })
          return redirectWithNotice(here, 'You said no. They have been told, and can read why.')
        case 'counter': {
          const offer = counterSchema.parse({ ...valuesOf(form), date: readDate(form, 'date') })
          await offerOtherTimes(deps, actor, { bookingId, offer })
          return redirectWithNotice(here, 'Offered. It is not booked yet: they answer first.')
        }
        case 'end':
          await endOnce(deps, actor, bookingId)
          return redirectWithNotice(here, 'They have been told that this support ends.')
        default:
          throw notFound()
      }
    })
  })

export default function Request() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  const open = page.state === 'requested'
  return (
    <div className="flow">
      <BackLink href={`/provider?org=${page.org}`}>Today</BackLink>
      <ErrorSummary errors={said?.errors} />
      <RequestStanding page={page} />
      <div className={open && page.mayAnswer ? 'split' : 'flow'}>
        <div className="stack-l">
          <Asked page={page} />
          <Visits page={page} />
          {open || !page.money ? null : <Price page={page} />}
          {page.mayEnd ? <EndIt page={page} /> : null}
          <p className="small soft">Reference: {page.reference}.</p>
        </div>
        {open && page.mayAnswer ? (
          <aside className="side stack-l" aria-label="Your answer">
            <AnswerRequest page={page} said={said} />
            <Price page={page} />
          </aside>
        ) : null}
      </div>
    </div>
  )
}

function Asked({ page }: { page: RequestPage }) {
  return (
    <section className="stack" aria-labelledby="asked">
      <h2 id="asked">What {page.person} asked for</h2>
      <SummaryList
        rows={[
          { term: 'Support', value: <a href={`/services/${page.slug}`}>{page.title}</a> },
          {
            term: 'When',
            value: (
              <>
                {page.when}
                <br />
                <span className="small soft">
                  {countWords(page.visits.length, 'visit', 'No visits')}, {page.length}
                  {page.visits.length > 1 ? ' each' : ''}
                </span>
              </>
            ),
          },
          {
            term: 'Who',
            value: (
              <>
                {page.person}
                <br />
                <span className="small soft">
                  {page.together === 0
                    ? 'You have not been to them before.'
                    : `You have been to them ${page.together === 1 ? 'once' : `${String(page.together)} times`}.`}
                </span>
              </>
            ),
          },
          {
            term: 'Where',
            value: (
              <>
                {page.where}
                {page.addressHidden ? (
                  <>
                    <br />
                    <span className="small soft">You see the address when it is booked.</span>
                  </>
                ) : null}
              </>
            ),
          },
          ...(page.phone
            ? [{ term: 'Telephone', value: <a href={telHref(page.phone)}>{page.phone}</a> }]
            : []),
          ...(page.note ? [{ term: 'What they want you to know', value: `“${page.note}”` }] : []),
          ...(page.askedAt ? [{ term: 'Asked', value: page.askedAt }] : []),
        ]}
      />
    </section>
  )
}

/** Every date: while it is asked, who could go; then where it stands. */
function Visits({ page }: { page: RequestPage }) {
  const open = page.state === 'requested'
  const booked = page.state === 'accepted' || page.state === 'paused' || page.state === 'ended'
  if (page.visits.length === 0) return null
  return (
    <section className="stack" aria-labelledby="visits">
      <h2 id="visits">{page.visits.length === 1 ? 'The visit' : 'Every visit'}</h2>
      {open ? (
        <p>
          {page.nobodyFor.length === 0
            ? page.visits.length === 1
              ? 'Somebody in your team is free then.'
              : 'Somebody in your team is free on every date.'
            : `Nobody in your team is free on ${page.nobodyFor.length === 1 ? 'one date' : `${String(page.nobodyFor.length)} dates`}.`}
        </p>
      ) : null}
      <DataTable
        caption={countWords(page.visits.length, 'visit', 'No visits')}
        hideCaption
        cards
        columns={[
          { key: 'when', label: 'When' },
          ...(open ? [{ key: 'free', label: 'Who is free' }] : []),
          ...(booked ? [{ key: 'worker', label: 'Who goes' }] : []),
          ...(page.money ? [{ key: 'price', label: 'You get', numeric: true }] : []),
          ...(open ? [] : [{ key: 'state', label: 'Where it stands' }]),
        ]}
        rowHeader="when"
        rows={page.visits.map((visit) => ({
          key: visit.id,
          cells: {
            when: booked ? <a href={`/provider/visits/${visit.id}`}>{visit.when}</a> : visit.when,
            free:
              visit.free.length === 0 ? (
                <strong>Nobody: another visit is booked</strong>
              ) : (
                visit.free.join(', ')
              ),
            worker: visit.worker ?? '–',
            price: visit.pence === null ? '' : pounds(visit.pence),
            state: booked ? (
              <StatusTag
                {...(visit.paused ? { booking: 'paused' } : { visit: visit.state })}
                outcome={visit.outcome}
                reader="provider"
              />
            ) : page.state === 'countered' ? (
              'Asked for first'
            ) : (
              'Not booked'
            ),
          },
        }))}
      />
    </section>
  )
}

function Price({ page }: { page: RequestPage }) {
  if (!page.money) return null
  return (
    <QuoteTable
      caption="What you get"
      showCaption
      totalLabel="In all"
      lines={page.money.lines.map((line) => ({
        label: line.label,
        pence: line.pence,
        ...(line.note ? { note: line.note } : {}),
      }))}
      total={page.money.total}
    />
  )
}

function EndIt({ page }: { page: RequestPage }) {
  return (
    <Details summary="End this support" kind="box">
      <form method="post" className="stack">
        <p>
          You give {page.endNoticeDays === 1 ? 'one day’s' : `${String(page.endNoticeDays)} days’`} notice.
          Visits after that are cancelled. Visits before that still happen: if you cannot make one, say so on
          its own page. {page.person} is told at once.
        </p>
        <p>
          <Button kind="danger" name="intent" value="end">
            End this support by notice
          </Button>
        </p>
      </form>
    </Details>
  )
}
