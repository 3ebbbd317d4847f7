import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { agreementPage, checkAgreement } from '#services/holding/funds-held-page.server.ts'
import { saveAgreement } from '#services/holding/save-agreement.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField, Textarea, TextField } from '~/components/forms/text-field.tsx'
import { AgreementCheck } from '~/components/holding/agreement-check.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer, type Values } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'What was agreed about a fund – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => agreementPage(deps, actor, params['allocationId'] ?? ''))

const DATES = ['startsOn', 'endsOn', 'reviewDueOn', 'insuranceEndsOn', 'feeFrom'] as const
const TEXTS = ['fee', 'feeWords', 'mostAtOnce', 'terms', 'ownServices', 'agreedWords'] as const

interface Checked {
  check: { term: string; value: string }[]
  values: Values
}

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    const given = Object.fromEntries([
      ...DATES.map((name) => [name, readDate(form, name)]),
      ...TEXTS.map((name) => [name, text(form, name)]),
    ]) as Record<string, string>
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'check': {
          const check = await checkAgreement(deps, actor, allocationId, given)
          const checked: Checked = { check, values: valuesOf(form) }
          return checked
        }
        case 'save':
          await saveAgreement(deps, actor, allocationId, given)
          return redirectWithNotice(
            `/council/funds-held/${allocationId}`,
            'It is written down. The person and the holder were told.',
          )
        // Back to the form with all that was typed.
        case 'change': {
          const again: Checked = { check: [], values: valuesOf(form) }
          return again
        }
        default:
          throw notFound()
      }
    })
  })

export default function AgreementForm() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const checked = useActionData<Partial<Checked>>()
  const { person, holder, values, managed } = page
  const errors = answered?.errors ?? {}
  const back = `/council/funds-held/${page.allocationId}`
  if (checked?.check && checked.check.length > 0)
    return <AgreementCheck rows={checked.check} values={checked.values ?? {}} back={back} page={page} />
  const value = (name: keyof typeof values): string | undefined => typed(answered, name) ?? values[name]
  const date = (name: keyof typeof values) => ({
    name,
    defaultValue: typedDate(answered, name) ?? values[name],
    error: errors[name],
  })
  const field = (name: keyof typeof values) => ({ name, defaultValue: value(name), error: errors[name] })
  return (
    <div className="narrow stack-l">
      <BackLink href={back}>{page.fund}</BackLink>
      <ErrorSummary errors={errors} />
      <header className="stack-s">
        <h1>What was agreed with {holder.name}?</h1>
        <p className="lead">
          About {person.name}’s {page.fund.toLowerCase()}. Write it with {person.shortName}, in words that
          they would use. They and {holder.name} read it.
        </p>
      </header>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="check" />
        <DateField {...date('startsOn')} label="First day" />
        <DateField
          {...date('endsOn')}
          label="Last day"
          hint="Leave it empty if it goes on until it is ended."
        />
        <Textarea
          {...field('terms')}
          label={managed ? 'What is the account for?' : 'What may be paid without asking?'}
          hint="Such as: help at home, swimming, and the bus to the group."
          rows={3}
          maxLength={1000}
          required
        />
        <MoneyField
          {...field('mostAtOnce')}
          label="At most for one payment without asking"
          hint={`Above it ${person.shortName} says yes first. Leave it empty if no limit was agreed.`}
        />
        <TextField
          {...field('ownServices')}
          label={`Which of its own services may ${holder.name} pay for from it?`}
          hint="Leave it empty if none was agreed. Then paying itself counts as a breach."
          maxLength={500}
        />
        {managed ? null : (
          <>
            <MoneyField
              {...field('fee')}
              label="Management fee for a week"
              hint="It is taken after each whole week and shown as a payment. Leave it empty if there is none."
            />
            <DateField
              {...date('feeFrom')}
              label="The fee is so from this Monday"
              hint="Leave it empty: a new agreement from its start, a change from next Monday."
            />
          </>
        )}
        <TextField
          {...field('feeWords')}
          label={managed ? 'Who pays for looking after the account?' : 'What is the fee for?'}
          hint={
            managed
              ? 'Such as: the council pays for it, apart from this money.'
              : 'In a few words, for the person.'
          }
          maxLength={300}
        />
        <DateField
          {...date('reviewDueOn')}
          label="Looked at again by"
          hint="The first time within 6 months, then every year."
        />
        <DateField
          {...date('insuranceEndsOn')}
          label="Insurance is good until"
          hint="Of an employer, or of the holder. Leave it empty if none is needed."
        />
        <TextField
          {...field('agreedWords')}
          label={`How and when did ${person.shortName} agree to this?`}
          hint="Such as: at home on 3 March, with her brother; or: by telephone with an advocate."
          maxLength={300}
          required
        />
        <p>
          <Button size="big">Go on: check</Button>
        </p>
      </form>
    </div>
  )
}
