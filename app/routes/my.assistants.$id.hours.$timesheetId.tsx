import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { approveHours, returnHours } from '#services/employing/answer-hours.server.ts'
import { hoursPage } from '#services/employing/hours-page.server.ts'
import { payNow } from '#services/employing/pay-wages.server.ts'
import { recordOwnPayroll } from '#services/employing/record-own-payroll.server.ts'
import { saveHours } from '#services/employing/save-hours.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { HoursWritten } from '~/components/employing/hours-fields.tsx'
import { Answer, Money, OwnPayroll, Write } from '~/components/employing/sheet.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? `Hours, ${page.period}` : 'Hours'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    hoursPage(deps, actor, {
      employmentId: params['id'] ?? '',
      timesheetId: params['timesheetId'] ?? '',
      fill: url.searchParams.get('fill'),
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const [employmentId, timesheetId] = [params['id'] ?? '', params['timesheetId'] ?? '']
    const here = `/my/assistants/${employmentId}/hours/${timesheetId}`
    const sheet = { employmentId, timesheetId, personId: text(form, 'personId') }
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'hours': {
          const submit = text(form, 'send') === 'yes'
          await saveHours(deps, actor, { ...sheet, submit, typed: hoursOf(form) })
          return redirectWithNotice(
            here,
            submit ? 'The hours are sent.' : 'The hours are saved. They are not sent yet.',
          )
        }
        case 'yes': {
          const { missing } = await approveHours(deps, actor, {
            ...sheet,
            submitted: text(form, 'submitted'),
          })
          return redirectWithNotice(
            here,
            missing > 0
              ? `You said yes. The fund does not reach for all that is due: ${pounds(missing)} is not kept back yet. It is as soon as money comes.`
              : 'You said yes. The wages are kept back in the fund until the payroll has worked them out.',
          )
        }
        case 'return':
          await returnHours(deps, actor, {
            ...sheet,
            submitted: text(form, 'submitted'),
            reason: text(form, 'reason'),
          })
          return redirectWithNotice(here, 'The hours are sent back. They can be put right and sent again.')
        case 'record': {
          const done = await recordOwnPayroll(deps, actor, { ...sheet, figures: valuesOf(form) })
          return redirectWithNotice(
            here,
            done === 'waits'
              ? 'It is written down. The fund has less left, so it waits for money.'
              : 'It is written down and taken from the fund.',
          )
        }
        case 'pay':
          await payNow(deps, actor, { timesheetId, providerId: null, personId: sheet.personId })
          return redirectWithNotice(here, 'The wages are taken from the fund.')
        default:
          throw notFound()
      }
    })
  })

/** The boxes of the days, by name. */
function hoursOf(form: FormData): Map<string, string> {
  const hours = new Map<string, string>()
  for (const [name, value] of form)
    if (/^(worked|holiday|sick)-/.test(name) && typeof value === 'string') hours.set(name, value)
  return hours
}

export default function Hours() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const employer = page.side === 'employer'
  const value = (name: string) => typed(answered, name)
  return (
    <div className="flow">
      <BackLink href={employer ? `/my/assistants/${page.employmentId}` : '/my/hours'}>
        {employer ? page.name : 'My hours'}
      </BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>
          {employer ? `Hours of ${page.name}` : `My hours for ${page.person.shortName}`}, {page.period}
        </h1>
        <p>
          <Tag tone={page.standing.tone}>{page.standing.words}</Tag>
        </p>
        {page.sentBy ? <p>{page.sentBy}</p> : null}
      </header>
      {page.reason ? (
        <Notice tone="warn" title="Why they were sent back" level={2}>
          <p className="pre">{page.reason}</p>
        </Notice>
      ) : null}
      {page.mayWrite ? (
        <Write page={page} value={value} errors={answered?.errors} />
      ) : (
        <section className="stack" aria-labelledby="written">
          <h2 id="written">{page.hours.words}</h2>
          <HoursWritten weeks={page.weeks} />
        </section>
      )}
      {page.money && !page.mayWrite ? <Money page={page} money={page.money} /> : null}
      {page.mayAnswer ? <Answer page={page} value={value} errors={answered?.errors} /> : null}
      {page.mayRecord ? <OwnPayroll page={page} value={value} errors={answered?.errors} /> : null}
    </div>
  )
}
