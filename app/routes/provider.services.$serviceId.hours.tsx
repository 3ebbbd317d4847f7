import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { serviceHoursPage } from '#services/availability/hours-page.server.ts'
import { addException, removeException, saveHours } from '#services/availability/save-hours.server.ts'
import { isId } from '#services/kernel/ids.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Group } from '~/components/forms/field.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { ClockBox, HoursFields } from '~/components/listing/hours-fields.tsx'
import { type FormValues, field, one } from '~/components/listing/values.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Days and hours – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => serviceHoursPage(deps, actor, params['serviceId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request, params }) => {
    const serviceId = params['serviceId'] ?? ''
    const here = `/provider/services/${serviceId}/hours`
    const form = await readForm(request)
    const intent = text(form, 'intent')
    return answer(form, async () => {
      if (intent === 'add') {
        await addException(deps, actor, serviceId, { ...valuesOf(form), day: readDate(form, 'day') })
        return redirectWithNotice(here, 'The day is saved.')
      }
      if (intent.startsWith('remove:')) {
        const exceptionId = intent.slice('remove:'.length)
        if (!isId(exceptionId)) throw notFound()
        await removeException(deps, actor, serviceId, exceptionId)
        return redirectWithNotice(here, 'That day is as usual again.')
      }
      await saveHours(deps, actor, serviceId, valuesOf(form))
      return text(form, 'then') === 'next'
        ? redirectWithNotice(`/provider/services/${serviceId}/terms`, 'Your hours are saved.')
        : redirectWithNotice(`/provider/services/${serviceId}`, 'Your hours are saved.')
    })
  })

export default function ServiceHours() {
  const { service, values, week, exceptions, mayEdit } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const adding = answered?.values['intent'] === 'add'
  const draft = service.state === 'draft'
  return (
    <div className="stack-l">
      <BackLink href={`/provider/services/${service.id}`}>{service.title}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Days and hours</h1>
        <p className="lead">{week.length === 0 ? 'Say when people can have it.' : week.join('. ') + '.'}</p>
        {draft ? null : <p>A change holds at once for new bookings. What is agreed stays.</p>}
      </header>
      {mayEdit ? (
        <form method="post" className="stack" noValidate>
          <p>
            Write times such as 09:00 or 5:30pm. Leave days empty on which you are closed. Hours may run past
            midnight: from 22:00 until 07:00 is a night, from 00:00 until 00:00 the whole day. The second pair
            is for days with a break.
          </p>
          <div className="grid grid-2">
            <HoursFields values={adding ? values : (answered?.values ?? values)} errors={answered?.errors} />
          </div>
          <div className="row">
            {draft ? (
              <Button name="then" value="next">
                Save and go on
              </Button>
            ) : null}
            <Button kind={draft ? 'second' : 'main'} name="then" value="overview">
              Save the hours
            </Button>
          </div>
        </form>
      ) : null}
      <section className="stack" aria-labelledby="different">
        <h2 id="different">Days that differ</h2>
        {exceptions.length === 0 ? (
          <p>None so far. Add holidays, closed days and days with other hours.</p>
        ) : null}
        {exceptions.length > 0 ? (
          <form method="post">
            <ul className="plain stack-s">
              {exceptions.map((exception) => (
                <li key={exception.id} className="row">
                  <span>
                    <strong>{exception.day}</strong>: {exception.words.toLowerCase()}
                    {exception.note ? ` (${exception.note})` : ''}
                  </span>
                  {mayEdit ? (
                    <Button kind="quiet" size="small" name="intent" value={`remove:${exception.id}`}>
                      Take away<span className="vh"> {exception.day}</span>
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          </form>
        ) : null}
        {mayEdit ? (
          <AddDay
            values={adding ? answered.values : {}}
            errors={adding ? answered.errors : undefined}
            typedDay={adding ? answered.values : null}
          />
        ) : null}
      </section>
    </div>
  )
}

function AddDay({
  values,
  errors,
  typedDay,
}: {
  values: FormValues
  errors: Record<string, string[]> | undefined
  typedDay: FormValues | null
}) {
  const props = { values, errors }
  const wrong = [...(errors?.['from'] ?? []), ...(errors?.['until'] ?? [])]
  return (
    <form method="post" className="card stack" noValidate aria-labelledby="add-day">
      <h3 id="add-day">Add a day</h3>
      <DateField
        name="day"
        label="Which day?"
        error={errors?.['day']}
        defaultValue={
          typedDay
            ? {
                day: one(typedDay, 'day.day'),
                month: one(typedDay, 'day.month'),
                year: one(typedDay, 'day.year'),
              }
            : null
        }
      />
      <Radios
        {...field(props, 'closed')}
        label="What is different?"
        options={[
          { value: 'yes', label: 'Closed all day' },
          { value: 'no', label: 'Open, but only at these hours' },
        ]}
      />
      <Group name="hours" label="Hours on that day" error={wrong}>
        <div className="row">
          <ClockBox name="from" label="From" value={one(values, 'from')} bad={Boolean(errors?.['from'])} />
          <ClockBox
            name="until"
            label="Until"
            value={one(values, 'until')}
            bad={Boolean(errors?.['until'])}
          />
        </div>
      </Group>
      <TextField
        {...field(props, 'note')}
        label="Note for yourself"
        hint="May be empty. Only your team sees it."
        maxLength={120}
      />
      <p>
        <Button kind="second" name="intent" value="add">
          Add this day
        </Button>
      </p>
    </form>
  )
}
