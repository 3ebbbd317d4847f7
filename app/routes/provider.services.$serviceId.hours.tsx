import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { serviceHoursPage } from '#services/availability/hours-page.server.ts'
import {
  addException,
  removeException,
  removeHours,
  saveHours,
} from '#services/availability/save-hours.server.ts'
import { isId } from '#services/kernel/ids.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
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
import { typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Days and hours – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params, url }) =>
    serviceHoursPage(deps, actor, params['serviceId'] ?? '', url.searchParams.get('hours')),
  )

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
      if (intent === 'remove-hours') {
        await removeHours(deps, actor, serviceId, text(form, 'period'))
        return redirectWithNotice(here, 'These hours are taken away. Your usual hours hold instead.')
      }
      await saveHours(deps, actor, serviceId, {
        ...valuesOf(form),
        validFrom: readDate(form, 'validFrom'),
        validUntil: readDate(form, 'validUntil'),
      })
      if (text(form, 'period') !== 'usual') return redirectWithNotice(here, 'These hours are saved.')
      return text(form, 'then') === 'next'
        ? redirectWithNotice(`/provider/services/${serviceId}/terms`, 'Your hours are saved.')
        : redirectWithNotice(`/provider/services/${serviceId}`, 'Your hours are saved.')
    })
  })

export default function ServiceHours() {
  const { service, values, week, period, periods, exceptions, mayEdit } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const adding = answered?.values['intent'] === 'add'
  const said = adding ? undefined : answered
  const draft = service.state === 'draft'
  const usual = period.key === 'usual'
  return (
    <div className="stack-l">
      <BackLink href={`/provider/services/${service.id}`}>{service.title}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Days and hours</h1>
        <p className="lead">{week.length === 0 ? 'Say when people can have it.' : week.join('. ') + '.'}</p>
        {draft ? null : <p>A change counts at once for new bookings. Visits that are booked already stay.</p>}
      </header>
      <Periods serviceId={service.id} periods={periods} shown={period.key} mayEdit={mayEdit} />
      {mayEdit ? (
        <form method="post" className="stack" noValidate>
          <h2>{usual ? 'Your usual hours' : period.words}</h2>
          <input type="hidden" name="period" value={period.key} />
          {usual ? null : (
            <>
              <p>While these hours hold, your usual hours do not.</p>
              <div className="grid grid-2">
                <DateField
                  name="validFrom"
                  label="First day"
                  hint="For example 1 6 2027"
                  defaultValue={typedDate(said, 'validFrom') ?? period.from}
                  error={said?.errors['validFrom']}
                />
                <DateField
                  name="validUntil"
                  label="Last day"
                  hint="Leave it empty if there is none yet."
                  defaultValue={typedDate(said, 'validUntil') ?? period.until}
                  error={said?.errors['validUntil']}
                />
              </div>
            </>
          )}
          <p>
            Write times such as 09:00 or 5:30pm. Leave a day empty when you are closed. If there is a break in
            the day, use the second pair of boxes. Hours can go past midnight: from 22:00 until 07:00 is a
            night, and from 00:00 until 00:00 is the whole day.
          </p>
          <div className="grid grid-2">
            <HoursFields values={said?.values ?? values} errors={said?.errors} />
          </div>
          <div className="row">
            {draft && usual ? (
              <Button name="then" value="next">
                Save and go on
              </Button>
            ) : null}
            <Button kind={draft && usual ? 'second' : 'main'} name="then" value="overview">
              Save the hours
            </Button>
            {usual || period.key === 'new' ? null : (
              <Button kind="quiet" name="intent" value="remove-hours">
                Take these hours away
              </Button>
            )}
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

/** The usual hours and those that hold for a time, each with the way to change it. */
function Periods({
  serviceId,
  periods,
  shown,
  mayEdit,
}: {
  serviceId: string
  periods: readonly { key: string; words: string; week: string[] }[]
  shown: string
  mayEdit: boolean
}) {
  const base = `/provider/services/${serviceId}/hours`
  const others = periods.filter((period) => period.key !== shown)
  if (!mayEdit || (periods.length === 0 && shown !== 'new')) return null
  return (
    <section className="stack-s" aria-labelledby="periods">
      <h2 id="periods">Summer, winter, holidays</h2>
      {others.length > 0 ? (
        <ul className="plain stack-s">
          {others.map((period) => (
            <li key={period.key}>
              <strong>{period.words}</strong>: {period.week.join('; ')}{' '}
              <a href={period.key === 'usual' ? base : `${base}?hours=${period.key}`}>
                Change<span className="vh"> the hours: {period.words}</span>
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <p>You can keep other hours for a time of the year, for example in summer.</p>
      )}
      {shown === 'new' ? null : (
        <p>
          <LinkButton kind="quiet" href={`${base}?hours=new`}>
            Add hours for a time of the year
          </LinkButton>
        </p>
      )}
    </section>
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
