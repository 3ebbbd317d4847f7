import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { decideAssessment, previewAssessment } from '#services/contributions/assess.server.ts'
import { assessPage } from '#services/contributions/person-contribution-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { AssessmentPreview, type PreviewShown } from '~/components/contributions/preview.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { MoneyField, Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Assess what somebody pays – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => assessPage(deps, actor, params['personId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const personId = params['personId'] ?? ''
    const input = {
      method: text(form, 'method') as 'gross_invoice',
      weekly: text(form, 'weekly'),
      startsOn: readDate(form, 'startsOn'),
      endsOn: readDate(form, 'endsOn'),
      council: text(form, 'council') as '',
      reason: text(form, 'reason'),
    }
    return answer(form, async () => {
      if (text(form, 'intent') === 'change') return { errors: {}, values: valuesOf(form) }
      if (text(form, 'intent') === 'save') {
        await decideAssessment(deps, actor, personId, {
          ...input,
          assessmentId: text(form, 'assessmentId'),
          seen: text(form, 'seen'),
        })
        return redirectWithNotice(
          `/council/money/contributions/${personId}`,
          'Saved. They have been told, with how to ask for a review.',
        )
      }
      const preview = await previewAssessment(deps, actor, personId, input)
      return { errors: {}, values: valuesOf(form), preview }
    })
  })

const METHODS = [
  {
    value: 'gross_invoice',
    label: 'The council sends a bill',
    hint: 'The council pays for all of the care and charges week by week: what was assessed, and never more than the week’s care cost.',
  },
  {
    value: 'net_pay_in',
    label: 'They pay into the same account',
    hint: 'For a direct payment: the council pays its part, and the person theirs, into one account.',
  },
]

export default function Assess() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const shown = useActionData<{ preview?: PreviewShown }>()?.preview
  const here = `/council/money/contributions/${page.person.id}`
  return (
    <div className="stack-l">
      <BackLink href={here}>{page.person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      {shown && answered ? (
        <AssessmentPreview shown={shown} shortName={page.person.shortName} values={answered.values} />
      ) : (
        <Form />
      )}
    </div>
  )
}

function Form() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const field = fieldProps({ errors: answered?.errors, value: (name) => typed(answered, name) })
  const method = typed(answered, 'method') ?? page.now?.method ?? (page.funds.length > 0 ? 'net_pay_in' : '')
  return (
    <div className="narrow stack-l">
      <header className="stack-s">
        <h1>Assess what {page.person.shortName} pays</h1>
        <p className="lead">
          {page.now && page.now.pence > 0
            ? `At the moment it is ${page.now.weekly.toLowerCase()}.`
            : 'At the moment it is nothing.'}{' '}
          You see what changes before anything is saved.
        </p>
      </header>
      {page.person.aftercare ? (
        <Notice title="Only nothing can be saved" level={2}>
          <p>{page.person.aftercare}</p>
        </Notice>
      ) : null}
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="look" />
        <MoneyField
          {...field('weekly')}
          label="What they pay each week"
          hint="As assessed from income and savings. 0 if they pay nothing."
          required
        />
        <DateField
          name="startsOn"
          label="The first day on which it holds"
          hint="It may lie in the past: weeks that are over are then worked out again."
          defaultValue={typedDate(answered, 'startsOn')}
          error={answered?.errors['startsOn']}
        />
        <DateField
          name="endsOn"
          label="The last day, if there is one"
          hint="Leave it empty if it holds until the next decision."
          defaultValue={typedDate(answered, 'endsOn')}
          error={answered?.errors['endsOn']}
        />
        <Radios
          name="method"
          label="How do they pay?"
          look="box"
          options={METHODS}
          defaultValue={method}
          error={answered?.errors['method']}
        />
        {page.firstPayIn ? (
          <Radios
            name="council"
            label="If they pay into the same account: the council’s payments"
            options={[
              {
                value: 'within',
                label: 'Become smaller by it',
                hint: 'They are as large as the whole budget now.',
              },
              { value: 'beside', label: 'Leave it out already', hint: 'The budget becomes larger by it.' },
            ]}
            defaultValue={typed(answered, 'council') ?? 'within'}
            error={answered?.errors['council']}
          />
        ) : null}
        <Textarea
          {...field('reason')}
          label="What it rests on"
          hint="The person reads this. Such as: from the assessment of your pension and savings of 3 March."
          rows={3}
          maxLength={500}
          required
        />
        <Button size="big">See what changes</Button>
      </form>
    </div>
  )
}
