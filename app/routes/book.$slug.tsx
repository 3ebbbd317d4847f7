import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { bookPage } from '#services/bookings/book-page.server.ts'
import { chooseTimesSchema } from '#services/bookings/draft.schema.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { BOOKING_STEPS } from '~/components/booking/steps.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { Button } from '~/components/button/button.tsx'
import { Card, Panel, Who } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select, TimeField } from '~/components/forms/select.tsx'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'
import { BackLink, Steps } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Choose days and times: ${page.title} – Kith` : 'Choose days and times – Kith' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    bookPage(deps, actor, params['slug'] ?? '', url.searchParams.get('draft')),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      requirePersonInView(actor, text(form, 'personId'))
      const times = chooseTimesSchema.parse({ ...valuesOf(form), date: readDate(form, 'date') })
      const draft = await startDraft(deps, actor, {
        slug: params['slug'] ?? '',
        draftId: text(form, 'draftId') || null,
        times,
      })
      return redirect(`/bookings/${draft.bookingId}/funds`)
    })
  })

export default function Book() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors = answered && 'errors' in answered ? answered.errors : null
  const said = answered && 'errors' in answered ? answered : null
  const whose = page.person.self ? 'you' : page.person.shortName
  const date = said
    ? {
        day: typed(said, 'date.day') ?? '',
        month: typed(said, 'date.month') ?? '',
        year: typed(said, 'date.year') ?? '',
      }
    : page.defaults.date
  return (
    <>
      <BackLink href={`/services/${page.slug}`}>{`Back to ${page.title}`}</BackLink>
      <div className="split">
        <div className="flow">
          <Steps steps={BOOKING_STEPS} current={0} />
          <ErrorSummary errors={errors} />
          <header className="stack">
            <h1>When would {page.person.self ? 'you' : page.person.shortName} like it?</h1>
            <p className="lead">Nothing is asked yet. Next you see the price and who pays.</p>
          </header>
          <form method="post" className="stack-l" noValidate>
            <input type="hidden" name="personId" value={page.person.id} />
            {page.draftId ? <input type="hidden" name="draftId" value={page.draftId} /> : null}
            <DateField
              name="date"
              label="Date of the first visit"
              hint={`They need ${page.notice} of notice, so from ${page.earliest} on.`}
              defaultValue={date}
              error={errors?.['date']}
            />
            <TimeField
              name="time"
              label="It starts at"
              stepMinutes={15}
              defaultValue={typed(said, 'time') ?? page.defaults.time}
              error={errors?.['time']}
            />
            {page.lengthFixed ? (
              <input type="hidden" name="minutes" value={page.lengths[0]?.value ?? '60'} />
            ) : (
              <Select
                name="minutes"
                label="How long is each visit?"
                options={page.lengths}
                defaultValue={typed(said, 'minutes') ?? page.defaults.minutes}
                error={errors?.['minutes']}
              />
            )}
            <Radios
              name="repeat"
              label="How often?"
              options={[
                { value: 'once', label: 'Once' },
                { value: 'weekly', label: 'Every week, on the same day' },
              ]}
              defaultValue={typed(said, 'repeat') ?? page.defaults.repeat}
              error={errors?.['repeat']}
            />
            <TextField
              name="weeks"
              label="If every week: for how many weeks?"
              hint="From 2 to 52. You can stop at any time by the notice in the terms."
              width={3}
              inputMode="numeric"
              defaultValue={typed(said, 'weeks') ?? page.defaults.weeks}
              error={errors?.['weeks']}
            />
            <Textarea
              name="note"
              label="Is there something they should know? (you may leave this empty)"
              hint={`Only ${page.provider.name} reads it. For example how to get in, or how ${whose} like${page.person.self ? '' : 's'} things done.`}
              rows={3}
              defaultValue={typed(said, 'note') ?? page.defaults.note}
              error={errors?.['note']}
            />
            <p>
              <Button size="big">Go on: who pays</Button>
            </p>
          </form>
        </div>
        <aside className="side stack-l" aria-label="What is asked for">
          <Card labelledBy="about">
            <h2 id="about">{page.title}</h2>
            <Who id={page.provider.id} kind={page.provider.kind} name={page.provider.name} size="s" />
            {page.price.total ? (
              <p>
                <strong className="num">{page.price.total}</strong> {page.price.unit}
              </p>
            ) : (
              <p>
                <strong>Free</strong>
              </p>
            )}
            {page.price.lines.length > 1 ? (
              <Details summary="Every line of the price">
                <ul className="plain stack-s">
                  {page.price.lines.map((line) => (
                    <li key={line.label}>
                      {line.label}: <span className="num">{line.price}</span>
                    </li>
                  ))}
                </ul>
              </Details>
            ) : null}
            <h3>They can come</h3>
            <ul className="plain stack-s">
              {page.hours.map((row) => (
                <li key={row.day}>
                  {row.day}, {row.times}
                </li>
              ))}
            </ul>
            <p className="small soft">{page.cancelling}</p>
          </Card>
          <Panel labelledBy="unsure">
            <h2 id="unsure">Not sure?</h2>
            {page.provider.phone ? (
              <p>
                Ring {page.provider.name} on{' '}
                <a href={`tel:${page.provider.phone.replaceAll(' ', '')}`}>{page.provider.phone}</a> and ask.
              </p>
            ) : null}
            <p>
              <a href="/help">Talk to a person</a>. Nothing is lost if you stop here.
            </p>
          </Panel>
        </aside>
      </div>
    </>
  )
}
