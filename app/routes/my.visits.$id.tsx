import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { acceptAsSaid, sayMinutes } from '#services/bookings/agree-minutes.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { cancelOnce, disputeOnce } from '#services/bookings/press-once.server.ts'
import { agreeSchema } from '#services/bookings/provider-forms.schema.ts'
import { sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { cancelSchema, differentSchema } from '#services/bookings/visit-forms.schema.ts'
import { visitPage, type VisitPage } from '#services/bookings/visit-page.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { reviewSchema } from '#services/quality/review.schema.ts'
import { writeReview } from '#services/quality/write-review.server.ts'
import { Who } from '~/components/card/card.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { QuoteTable } from '~/components/money/tables.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { VisitAnswers } from '~/components/visit-page/visit-answers.tsx'
import { ReviewSection } from '~/components/visit-page/review-section.tsx'
import { StatusTag } from '~/components/visit/states.tsx'
import { Timeline } from '~/components/visit/visit.tsx'
import { tel, whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? `${page.title}, ${page.when}` : 'A visit'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => visitPage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const visitId = params['id'] ?? ''
    const here = `/my/visits/${visitId}`
    const personId = text(form, 'personId')
    return answer(form, async () => {
      requirePersonInView(actor, personId)
      switch (text(form, 'intent')) {
        case 'yes':
          return redirectWithNotice(
            here,
            (await confirmVisits(deps, actor, { personId, visitIds: [visitId] })).now === 1
              ? 'Thank you. You said that this visit happened.'
              : 'You have already said yes to this visit.',
          )
        case 'different': {
          const { reason } = differentSchema.parse(valuesOf(form))
          await disputeOnce(deps, actor, { personId, visitId, reason })
          return redirectWithNotice(here, 'We have told the provider. Nothing is paid until you both agree.')
        }
        case 'accept':
          await acceptAsSaid(deps, actor, { visitId, personId })
          return redirectWithNotice(here, 'You accept what the provider said.')
        case 'say': {
          const { minutes } = agreeSchema.parse(valuesOf(form))
          const said = await sayMinutes(deps, actor, { visitId, by: 'person', minutes })
          return redirectWithNotice(
            here,
            said === 'agreed'
              ? 'Agreed. The provider has been told.'
              : 'We have told the provider how long you say it was. Nothing is paid until you both agree.',
          )
        }
        case 'missed':
          await sayNobodyCame(deps, actor, { visitId, personId })
          return redirectWithNotice(
            here,
            'We have told the provider that nobody came. They have 48 hours to answer.',
          )
        case 'cancel': {
          const { expectedFee } = cancelSchema.parse(valuesOf(form))
          await cancelOnce(deps, actor, { visitId, personId, expectedFee })
          return redirectWithNotice(
            here,
            expectedFee === 0
              ? 'The visit is cancelled. There is nothing to pay.'
              : `The visit is cancelled. ${pounds(expectedFee)} is owed by the terms.`,
          )
        }
        case 'review':
          await writeReview(deps, actor, { visitId, review: reviewSchema.parse(valuesOf(form)) })
          return redirectWithNotice(
            here,
            'Thank you. What you wrote now shows on their page, without your name.',
          )
        default:
          throw notFound()
      }
    })
  })

export default function Visit() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  const [params] = useSearchParams()
  const asked = page.bookingState === 'requested' || page.bookingState === 'countered'
  return (
    <div className="flow">
      <BackLink href="/my/week">{whoseThing(page.person, 'week')}</BackLink>
      <ErrorSummary errors={said?.errors} />
      <header className="stack">
        <p>
          {asked ? (
            <StatusTag booking={page.bookingState} />
          ) : (
            <StatusTag
              {...(page.paused ? { booking: 'paused' } : { visit: page.state })}
              outcome={page.outcome}
            />
          )}
        </p>
        <h1>{page.title}</h1>
        <p className="lead">{page.when}</p>
        <p>{page.standing}</p>
        {page.providerNote ? <p>Their note: “{page.providerNote}”</p> : null}
        {page.silentOn ? (
          <p className="small soft">
            If nobody answers, it counts as yes on {page.silentOn}. We remind you before then.
          </p>
        ) : page.neverSilent ? (
          <p className="small soft">
            {page.neverSilent === 'hospital' ? 'Because of a stay in hospital we wait for an answer. ' : ''}
            Saying nothing does not count as yes.
          </p>
        ) : null}
        {asked ? (
          <p className="go">
            <a href={`/my/bookings/${page.bookingId}`}>See the request</a>
          </p>
        ) : null}
      </header>
      <VisitAnswers
        page={page}
        errors={said?.errors ?? null}
        different={params.get('say') === 'different' || typed(said, 'intent') === 'different'}
        reason={typed(said, 'intent') === 'different' ? typed(said, 'reason') : undefined}
        minutes={typed(said, 'intent') === 'say' ? typed(said, 'minutes') : undefined}
      />
      <ReviewSection
        page={page}
        errors={said?.errors ?? null}
        typed={typed(said, 'intent') === 'review' ? (name) => typed(said, name) : null}
      />
      <About page={page} />
      <Price page={page} />
      {page.state === 'settled' && (page.seesMoney || page.mayConfirm) ? (
        <p className="go">
          <a href={`/my/visits/${page.id}/refund`}>Ask for money back, or see what was given back</a>
        </p>
      ) : null}
      {page.steps.length > 0 ? (
        <section className="stack" aria-labelledby="way">
          <h2 id="way">From booked to paid</h2>
          <Timeline label="From booked to paid" steps={page.steps} />
        </section>
      ) : null}
    </div>
  )
}

function About({ page }: { page: VisitPage }) {
  return (
    <section className="stack" aria-labelledby="about">
      <h2 id="about">About this visit</h2>
      <SummaryList
        rows={[
          { term: 'What', value: <a href={`/services/${page.slug}`}>{page.title}</a> },
          { term: 'When', value: `${page.when} (${page.length})` },
          ...(page.place ? [{ term: 'Where', value: page.place }] : []),
          {
            term: 'Who',
            value: (
              <>
                <Who
                  id={page.provider.id}
                  kind={page.provider.kind}
                  name={page.provider.name}
                  {...(page.worker ? { detail: `with ${page.worker}` } : {})}
                  size="s"
                />
                {page.provider.phone ? <a href={tel(page.provider.phone)}>{page.provider.phone}</a> : null}
              </>
            ),
          },
          ...(page.note ? [{ term: 'Note to them', value: `“${page.note}”` }] : []),
          ...(page.contingency ? [{ term: 'If the worker cannot come', value: page.contingency }] : []),
        ]}
      />
      <p className="go">
        <a href={`/my/bookings/${page.bookingId}`}>See the whole booking</a>
      </p>
    </section>
  )
}

const STANDING = {
  set_aside: { tone: 'asked', words: 'Set aside' },
  planned: { tone: 'plain', words: 'Planned: its money comes later' },
  used: { tone: 'done', words: 'Spent' },
  released: { tone: 'done', words: 'Back in your fund' },
} as const

function Price({ page }: { page: VisitPage }) {
  return (
    <section className="stack" aria-labelledby="price">
      <h2 id="price">The price and who pays it</h2>
      {page.lines.length === 0 || page.quoted === 0 ? (
        <p>This visit is free.</p>
      ) : (
        <>
          <QuoteTable caption="The price as it was asked for" lines={page.lines} total={page.quoted} />
          {page.cost === page.quoted ? null : (
            <p>
              As it stands it costs <strong className="num">{pounds(page.cost)}</strong>. What is not used
              goes back to its fund.
            </p>
          )}
        </>
      )}
      {page.funds.length > 0 ? (
        <DataTable
          caption="Which fund pays what"
          columns={[
            { key: 'name', label: 'Fund' },
            { key: 'why', label: 'Why' },
            { key: 'pays', label: 'Pays', numeric: true },
            { key: 'standing', label: 'Where it stands' },
          ]}
          rows={page.funds.map((fund) => ({
            key: fund.id,
            cells: {
              name: fund.name,
              why: fund.why,
              pays: pounds(fund.pence),
              standing: <Tag tone={STANDING[fund.standing].tone}>{STANDING[fund.standing].words}</Tag>,
            },
          }))}
        />
      ) : null}
      {page.seesMoney ? null : <p className="small soft">You may not see which fund pays.</p>}
    </section>
  )
}
