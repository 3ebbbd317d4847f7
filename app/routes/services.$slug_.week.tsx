import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { addOwnPlan } from '#services/bookings/keep-own-plan.server.ts'
import { ownPlanPage } from '#services/bookings/own-plan-page.server.ts'
import { addPlanSchema } from '#services/bookings/own-plan.schema.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { Button } from '~/components/button/button.tsx'
import { Who } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TimeField } from '~/components/forms/select.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Put ${page.title} in a week – Kith` : 'Put it in a week – Kith' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => ownPlanPage(deps, actor, params['slug'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const input = addPlanSchema.parse({
        personId: text(form, 'personId'),
        session: text(form, 'session'),
        often: text(form, 'often'),
        time: text(form, 'time'),
      })
      requirePersonInView(actor, input.personId)
      const { title, day, words } = await addOwnPlan(deps, actor, { ...input, slug: params['slug'] ?? '' })
      const from = input.often === 'weekly' ? `every week from ${words}` : `on ${words}`
      return redirectWithNotice(
        `/my/week?week=${day}`,
        `${title}, ${from}: it is in the week. Nobody was told.`,
      )
    })
  })

export default function PutInWeek() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  const whose = page.person.self ? 'my' : `${page.person.shortName}’s`
  const theirs = page.person.self ? 'your' : whose
  return (
    <>
      <BackLink href={`/services/${page.slug}`}>{`Back to ${page.title}`}</BackLink>
      <div className="narrow stack-l">
        <ErrorSummary errors={said?.errors} />
        <header className="stack">
          <h1>
            Put {page.title} in {whose} week
          </h1>
          <p className="lead">
            It is free. This is only a note in {theirs} week: nothing is booked, and nobody is told.
          </p>
          <Who id={page.provider.id} kind={page.provider.kind} name={page.provider.name} />
        </header>
        {page.sessions.length === 0 ? (
          <Empty title="They have not said when">
            <p>
              {page.provider.phone
                ? `Ring them on ${page.provider.phone} and ask when you can come.`
                : 'They have given no hours for the next 60 days.'}
            </p>
          </Empty>
        ) : (
          <form method="post" className="stack-l" noValidate>
            <input type="hidden" name="personId" value={page.person.id} />
            <Radios
              name="session"
              label="Which day?"
              options={page.sessions}
              defaultValue={typed(said, 'session') ?? page.sessions[0]?.value ?? ''}
              error={said?.errors['session']}
            />
            {page.asksTime ? (
              <TimeField
                name="time"
                label="At what time? You can leave this open"
                hint="Any time in the hours of that day."
                stepMinutes={15}
                defaultValue={typed(said, 'time') ?? ''}
                error={said?.errors['time']}
              />
            ) : (
              <input type="hidden" name="time" value="" />
            )}
            <Radios
              name="often"
              label="How often?"
              options={[
                { value: 'once', label: 'Just this once' },
                { value: 'weekly', label: 'Every week on this day' },
              ]}
              defaultValue={typed(said, 'often') ?? 'once'}
              error={said?.errors['often']}
            />
            <Button>Put it in {whose} week</Button>
          </form>
        )}
      </div>
    </>
  )
}
