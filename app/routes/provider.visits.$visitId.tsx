import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { sayMinutes } from '#services/bookings/agree-minutes.server.ts'
import { giveVisit } from '#services/bookings/give-visit.server.ts'
import {
  agreeMissedOnce,
  cannotComeOnce,
  deliverOnce,
  noAnswerOnce,
  startOnce,
} from '#services/bookings/press-once.server.ts'
import { agreeSchema, deliverSchema, noAnswerSchema } from '#services/bookings/provider-forms.schema.ts'
import { providerVisitPage, type ProviderVisitPage } from '#services/bookings/provider-visit-page.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { VisitForms } from '~/components/provider/visit-forms.tsx'
import { telHref } from '~/components/provider/words.ts'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { StatusTag } from '~/components/visit/states.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A visit – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const page = await providerVisitPage(deps, actor, params['visitId'] ?? '')
    // Before it is booked there is no visit to speak of: the request says how it stands.
    return page.booked ? page : redirect(`/provider/requests/${page.bookingId}`)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const visitId = params['visitId'] ?? ''
    const here = `/provider/visits/${visitId}`
    return answer(form, async () => {
      const values = valuesOf(form)
      switch (text(form, 'intent')) {
        case 'start':
          await startOnce(deps, actor, visitId)
          return redirectWithNotice(here, 'Started. Say how long it took when it is over.')
        case 'deliver':
          await deliverOnce(deps, actor, { visitId, ...deliverSchema.parse(values) })
          return redirectWithNotice(here, 'Said. They are asked to say yes to it.')
        case 'door':
          await noAnswerOnce(deps, actor, { visitId, note: noAnswerSchema.parse(values).doorNote })
          return redirectWithNotice(
            here,
            'Said: no answer at the door. They can say within 7 days if it was different.',
          )
        case 'cannot':
          await cannotComeOnce(deps, actor, { visitId, reason: text(form, 'reason') })
          return redirectWithNotice(here, 'Cancelled. They have been told that you cannot come, and why.')
        case 'agree': {
          const { minutes } = agreeSchema.parse(values)
          const said = await sayMinutes(deps, actor, { visitId, by: 'provider', minutes })
          return redirectWithNotice(
            here,
            said === 'agreed'
              ? 'Agreed. They have been told.'
              : 'Said. They are asked whether it was so long. Nothing is owed until they agree.',
          )
        }
        case 'give':
          await giveVisit(deps, actor, { visitId, laneId: text(form, 'laneId') })
          return redirectWithNotice(here, 'Given. They have been told that somebody else comes.')
        case 'missed':
          await agreeMissedOnce(deps, actor, visitId)
          return redirectWithNotice(here, 'You agree that nobody came. Nothing is owed for it.')
        default:
          throw notFound()
      }
    })
  })

export default function Visit() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  return (
    <div className="phone stack-l">
      <BackLink href={`/provider?org=${page.org}`}>Today</BackLink>
      <ErrorSummary errors={said?.errors} />
      <header className="stack">
        <p>
          <StatusTag
            {...(page.paused ? { booking: 'paused' } : { visit: page.state })}
            outcome={page.outcome}
            reader="provider"
          />
        </p>
        <h1>
          {page.title}, with {page.person}
        </h1>
        <p className="lead">{page.when}</p>
      </header>
      <Standing page={page} />
      <VisitForms page={page} said={said} />
      <section className="stack" aria-labelledby="details">
        <h2 id="details">The visit</h2>
        <SummaryList
          rows={[
            { term: 'Where', value: page.where },
            ...(page.phone
              ? [{ term: 'Telephone', value: <a href={telHref(page.phone)}>{page.phone}</a> }]
              : []),
            ...(page.note
              ? [{ term: `What ${page.person} wants you to know`, value: `“${page.note}”` }]
              : []),
            { term: 'Booked', value: page.length },
            ...(page.worker
              ? [
                  {
                    term: WHO[page.state] ?? 'Who went',
                    value: page.worker,
                  },
                ]
              : []),
            ...(page.actual && page.outcome !== 'no_answer'
              ? [{ term: 'You said', value: page.actual }]
              : []),
            ...(page.providerNote ? [{ term: 'Your note', value: page.providerNote }] : []),
            ...(page.pence !== null && !['cancelled_free', 'missed_by_provider'].includes(page.state)
              ? [{ term: 'You get', value: <span className="num">{pounds(page.pence)}</span> }]
              : []),
          ]}
        />
        <p className="go">
          <a href={`/provider/requests/${page.bookingId}`}>The whole booking and its other visits</a>
        </p>
        {page.state === 'settled' && page.pence !== null ? (
          <p className="go">
            <a href={`/provider/visits/${page.id}/refund`}>Give money back, or see what was given back</a>
          </p>
        ) : null}
      </section>
      <p>
        Worried about {page.person}? <a href="/concern">Tell the adult safeguarding team</a>
      </p>
    </div>
  )
}

const WHO: Partial<Record<ProviderVisitPage['state'], string>> = {
  planned: 'Who goes',
  started: 'Who goes',
  cancelled_free: 'Who was to go',
  missed_by_provider: 'Who was to go',
}

/** What is so now and what comes next. */
function Standing({ page }: { page: ProviderVisitPage }) {
  if (page.missed)
    return (
      <Notice tone="stop" level={2} title={`${page.person} says nobody came`}>
        <p>
          They said so: {page.missed.saidAt}. Ring them now
          {page.phone ? (
            <>
              {' '}
              on <a href={telHref(page.phone)}>{page.phone}</a>
            </>
          ) : null}
          .
        </p>
        <p>If somebody did come, say so by {page.missed.answerBy}. After that it counts as missed.</p>
      </Notice>
    )
  switch (page.state) {
    case 'planned':
      return page.paused ? (
        <p>{page.person} has paused this support. Nobody goes. We tell you when it is booked again.</p>
      ) : null
    case 'delivered':
      return (
        <p>
          You said {page.actual}
          {page.deliveredAt ? ` (${page.deliveredAt})` : ''}. {page.person} is asked to say yes.
          {page.silenceOn
            ? ` If they say nothing and our letters arrived, it counts as a yes: ${page.silenceOn}.`
            : ''}
        </p>
      )
    case 'disputed':
      return (
        <Notice tone="warn" level={2} title={`What ${page.person} says`}>
          <blockquote>“{page.reason}”</blockquote>
          <p>
            {page.outcome === 'no_answer'
              ? 'You said that there was no answer at the door.'
              : `You said ${page.actual ?? page.length}.`}{' '}
            Nothing is paid until you both agree. A telephone call often helps.
          </p>
        </Notice>
      )
    case 'confirmed':
    case 'settled':
      return <p>{agreedWords(page)}</p>
    case 'cancelled_free':
      return (
        <>
          <p>Cancelled. Nothing is owed for it.</p>
          {page.reason ? <blockquote>“{page.reason}”</blockquote> : null}
        </>
      )
    case 'missed_by_provider':
      return <p>Nobody went. Nothing is owed for it.</p>
    default:
      return null
  }
}

function agreedWords(page: ProviderVisitPage): string {
  const paid = page.state === 'settled' ? ` ${page.payment || 'It is settled.'}` : ''
  switch (page.outcome) {
    case 'no_answer':
      return `No answer at the door. By your terms ${String(page.noAnswerShare)} in every 100 pounds of the price is owed.${page.state === 'settled' ? paid : ` ${page.person} can say for 7 days that it was different; it is settled after that.`}`
    case 'late_cancellation':
      return `${page.person} cancelled late. By your terms a part of the price is owed.${paid}`
    case 'amended':
      return `You agreed on ${page.actual ?? page.length}.${paid}`
    default:
      return `${page.bySilence ? '7 days passed without a word, so it counts as a yes' : `${page.person} said yes`}.${paid}`
  }
}
