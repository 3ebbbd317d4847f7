import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { removeOwnPlan } from '#services/bookings/keep-own-plan.server.ts'
import { removePlanSchema } from '#services/bookings/own-plan.schema.ts'
import { pressSchema, readSchema, yesSchema } from '#services/bookings/visit-forms.schema.ts'
import { weekPage, type WeekPage } from '#services/bookings/week-page.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { notFound } from '#services/kernel/errors.ts'
import { markRead } from '#services/messages/mark-read.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { StatusTag } from '~/components/visit/states.tsx'
import { VisitCard, WeekDay } from '~/components/visit/visit.tsx'
import { AskVisits } from '~/components/week/ask-visits.tsx'
import { LateVisit } from '~/components/week/late-visit.tsx'
import { OwnPlan } from '~/components/week/own-plan.tsx'
import { WeekSide } from '~/components/week/week-side.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? whoseThing(page.person, 'week') : 'My week'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return weekPage(deps, actor, url.searchParams.get('week'))
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const personId = text(form, 'personId')
    return answer(form, async () => {
      requirePersonInView(actor, personId)
      switch (text(form, 'intent')) {
        case 'yes': {
          const input = yesSchema.parse({ personId, visitIds: texts(form, 'visit') })
          return redirectWithNotice('/my/week', yesWords(await confirmVisits(deps, actor, input)))
        }
        case 'missed':
          await sayNobodyCame(deps, actor, pressSchema.parse({ personId, visitId: text(form, 'visitId') }))
          return redirectWithNotice(
            '/my/week',
            'We have told the provider that nobody came. They have 48 hours to answer. Nothing is paid meanwhile.',
          )
        case 'read':
          await markRead(deps, actor, readSchema.parse({ personId, noticeIds: texts(form, 'notice') }))
          return redirectWithNotice('/my/week', 'The messages are marked as read.')
        case 'plan_out': {
          const input = { personId, planId: text(form, 'planId'), day: text(form, 'day') }
          await removeOwnPlan(deps, actor, removePlanSchema.parse(input))
          return redirectWithNotice(
            form.has('week') && /^\d{4}-\d{2}-\d{2}$/.test(text(form, 'week'))
              ? `/my/week?week=${text(form, 'week')}`
              : '/my/week',
            input.day === '' ? 'It is out of the week.' : 'It is out of the week on that day.',
          )
        }
        default:
          throw notFound()
      }
    })
  })

function yesWords(said: { now: number; already: number }): string {
  if (said.now === 0)
    return said.already === 1
      ? 'You have already said yes to this visit.'
      : 'You have already said yes to these visits.'
  return said.now === 1
    ? 'Thank you. You said yes to one visit.'
    : `Thank you. You said yes to ${String(said.now)} visits.`
}

export default function Week() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  const { person } = page
  return (
    <>
      <div className="stack-l">
        <ErrorSummary errors={said?.errors} ids={{ visitIds: 'visit' }} />
        <header className="stack">
          <h1>{whoseThing(person, 'week')}</h1>
          <p className="lead">{page.sentence}</p>
        </header>
        {page.urgent.map((visit) => (
          <LateVisit
            key={visit.id}
            visit={visit}
            person={person}
            council={page.council}
            mayConfirm={page.mayConfirm}
          />
        ))}
        <AskVisits
          visits={page.waiting}
          person={person}
          mayConfirm={page.mayConfirm}
          error={said?.errors['visitIds']}
          ticked={ticked(said, 'visit')}
        />
        <StillOpen page={page} />
        <Asked page={page} />
        <Notices page={page} />
      </div>
      <div className="split section">
        <section aria-labelledby="agenda">
          <div className="head">
            <h2 id="agenda">{page.thisWeek ? 'This week' : page.weekWords}</h2>
            <p className="row-s no-print">
              <a href={`/my/week?week=${page.lastWeek}`}>{page.thisWeek ? 'Last week' : 'The week before'}</a>
              {page.thisWeek ? null : <a href="/my/week">This week</a>}
              <a href={`/my/week?week=${page.nextWeek}`}>{page.thisWeek ? 'Next week' : 'The week after'}</a>
            </p>
          </div>
          {page.days.map((day) => (
            <WeekDay key={day.key} name={day.name} date={day.date} today={day.today}>
              {[...day.visits, ...day.plans]
                .sort((a, b) => a.fromMinute - b.fromMinute)
                .map((item) =>
                  'weekly' in item ? (
                    <OwnPlan key={item.id} plan={item} person={person} mayChange={page.mayBook} />
                  ) : (
                    <DayVisit key={item.id} visit={item} />
                  ),
                )}
            </WeekDay>
          ))}
        </section>
        <WeekSide
          person={person}
          money={page.money}
          again={page.again}
          mayBook={page.mayBook}
          mayAsk={page.mayAsk}
          maySeePlan={page.maySeePlan}
          maySeeQuestions={page.maySeeQuestions}
          authority={page.authority}
        />
      </div>
    </>
  )
}

function DayVisit({ visit }: { visit: WeekPage['days'][number]['visits'][number] }) {
  const asked = visit.bookingState === 'requested' || visit.bookingState === 'countered'
  const detail = [
    visit.worker
      ? `With ${visit.worker}, ${visit.length}`
      : visit.length.replace(/^./, (first) => first.toUpperCase()),
    visit.place,
    visit.free ? 'Free' : '',
    visit.planned ? 'Planned: its money comes later' : '',
  ]
  return (
    <VisitCard
      provider={visit.provider}
      time={visit.time}
      title={visit.title}
      href={visit.href}
      detail={`${detail.filter(Boolean).join('. ')}.`}
      status={
        visit.warning ? (
          <Tag tone="stop">{visit.warning}</Tag>
        ) : asked ? (
          <StatusTag
            booking={visit.bookingState}
            next={
              visit.bookingState === 'countered'
                ? `Answer by ${visit.answerBy ?? ''}`
                : `They answer by ${visit.answerBy ?? ''}`
            }
          />
        ) : (
          <StatusTag
            {...(visit.paused ? { booking: 'paused' } : { visit: visit.state })}
            outcome={visit.outcome}
          />
        )
      }
    />
  )
}

const WHY = {
  disputed: 'Something was said to be different. They have not answered yet.',
  missed_said: 'It was said that nobody came. They have 48 hours to answer.',
  no_word: 'Nobody has said whether this visit happened.',
} as const

function StillOpen({ page }: { page: WeekPage }) {
  if (page.stillOpen.length === 0) return null
  return (
    <Card labelledBy="open">
      <h2 id="open">Not settled yet</h2>
      <ul className="plain stack">
        {page.stillOpen.map((visit) => (
          <li key={visit.id}>
            <a href={`/my/visits/${visit.id}`}>
              {visit.title}, {visit.when}
            </a>
            <br />
            <span className="small">
              {visit.provider.name}. {WHY[visit.why]}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What waits for somebody's answer, and what was begun and not asked. */
function Asked({ page }: { page: WeekPage }) {
  if (page.asked.length + page.countered.length + page.drafts.length === 0) return null
  return (
    <Card labelledBy="asked">
      <h2 id="asked">Asked for and not booked yet</h2>
      <ul className="plain stack">
        {page.countered.map((booking) => (
          <li key={booking.id} className="stack-s">
            <p>
              <a href={`/my/bookings/${booking.id}`}>{booking.title}</a>, {booking.provider.name}
            </p>
            <p>
              <StatusTag booking="countered" next={`Answer by ${booking.answerBy ?? ''}`} />
            </p>
          </li>
        ))}
        {page.asked.map((booking) => (
          <li key={booking.id} className="stack-s">
            <p>
              <a href={`/my/bookings/${booking.id}`}>{booking.title}</a>, {booking.provider.name}
            </p>
            <p>
              <StatusTag booking="requested" next={`They answer by ${booking.answerBy ?? ''}`} />
            </p>
          </li>
        ))}
        {page.drafts.map((booking) => (
          <li key={booking.id} className="stack-s">
            <p>
              <a href={`/bookings/${booking.id}/funds`}>
                {page.mayBook ? `Go on: ${booking.title}` : booking.title}
              </a>
              , {booking.provider.name}
            </p>
            <p>
              <StatusTag booking="draft" />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Notices({ page }: { page: WeekPage }) {
  if (page.notices.length === 0) return null
  return (
    <Card labelledBy="news">
      <h2 id="news">New for {page.person.self ? 'you' : page.person.shortName}</h2>
      <ul className="plain stack">
        {page.notices.map((notice) => (
          <li key={notice.id}>
            <strong>{notice.path ? <a href={notice.path}>{notice.title}</a> : notice.title}</strong>{' '}
            <span className="small soft nowrap">{notice.when}</span>
            <br />
            {notice.body}
          </li>
        ))}
      </ul>
      <form method="post">
        <input type="hidden" name="intent" value="read" />
        <input type="hidden" name="personId" value={page.person.id} />
        {page.notices.map((notice) => (
          <input key={notice.id} type="hidden" name="notice" value={notice.id} />
        ))}
        <Button kind="quiet" size="small">
          {page.notices.length === 1 ? 'I have read this' : 'I have read these'}
        </Button>
      </form>
    </Card>
  )
}
