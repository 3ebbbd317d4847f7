import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { deliverOnce, startOnce } from '#services/bookings/press-once.server.ts'
import { deliverSchema } from '#services/bookings/provider-forms.schema.ts'
import { providerTodayPage } from '#services/bookings/provider-today-page.server.ts'
import { isId } from '#services/kernel/ids.ts'
import { notFound } from '#services/kernel/errors.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { OtherOrganisations } from '~/components/listing/other-organisations.tsx'
import { Money, Papers } from '~/components/provider/owed.tsx'
import {
  DayList,
  LookedFor,
  Next,
  Questions,
  Requests,
  Unsaid,
  Urgent,
} from '~/components/provider/today.tsx'
import { countWords } from '~/components/provider/words.ts'
import { Tile } from '~/components/tile/picture.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Today – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => providerTodayPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const org = url.searchParams.get('org')
    const here = org && isId(org) ? `/provider?org=${org}` : '/provider'
    const visitId = text(form, 'visitId')
    if (!isId(visitId)) throw notFound()
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'deliver':
          await deliverOnce(deps, actor, { visitId, ...deliverSchema.parse(valuesOf(form)) })
          return redirectWithNotice(here, 'Said. They are asked to say yes to it.')
        case 'start':
          await startOnce(deps, actor, visitId)
          return redirectWithNotice(here, 'Started. Say how long it took when it is over.')
        default:
          throw notFound()
      }
    })
  })

export default function Today() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors = answered && 'errors' in answered ? answered.errors : null
  const requests = page.office?.requestsInAll ?? 0
  return (
    <div className="phone stack-l">
      <ErrorSummary errors={errors} />
      <header className="who">
        <Tile id={page.provider.id} kind={page.provider.kind} size="m" />
        <div className="stack-s">
          <h1>Today</h1>
          <p>
            {page.today}. {countWords(page.todays, 'visit', 'No visits')}
            {page.office ? `, ${countWords(requests, 'request', 'no requests').toLowerCase()}` : ''}.
          </p>
          <p className="small soft">{page.provider.name}</p>
        </div>
      </header>
      <Urgent missed={page.missed} different={page.different} mayAnswer={page.mayAnswer} />
      <Next visit={page.next} />
      <Unsaid visits={page.unsaid} />
      {page.office ? (
        <Requests
          requests={page.office.requests}
          inAll={page.office.requestsInAll}
          waitingForThem={page.office.waitingForThem}
        />
      ) : null}
      {page.office ? <Questions count={page.office.questions} /> : null}
      {page.office ? <LookedFor count={page.office.lookedFor} org={page.provider.id} /> : null}
      {page.laterToday.length > 0 ? (
        <section className="stack-s" aria-labelledby="later">
          <h2 id="later">Later today</h2>
          <DayList visits={page.laterToday} />
        </section>
      ) : null}
      {page.office ? <Money {...page.office.money} /> : null}
      {page.office ? <Papers papers={page.office.papers} org={page.provider.id} /> : null}
      <section className="stack" aria-labelledby="ahead">
        <h2 id="ahead">The next 7 days</h2>
        {page.ahead.length === 0 ? <p className="soft">Nothing is booked after today.</p> : null}
        {page.ahead.map(({ day, visits }) => (
          <div key={day} className="stack-s">
            <h3>{day}</h3>
            <DayList visits={visits} />
          </div>
        ))}
      </section>
      <p>
        Worried about somebody you saw? <a href="/concern">Tell the adult safeguarding team</a>
      </p>
      <OtherOrganisations others={page.others} path="/provider" />
    </div>
  )
}
