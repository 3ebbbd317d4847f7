import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { changeEmployment } from '#services/employing/change-employment.server.ts'
import { changePage } from '#services/employing/change-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { PayFields, PayrollFields } from '~/components/employing/term-fields.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { Select } from '~/components/forms/select.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { termsForm } from '~/http/assistant-form.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Change what was agreed with ${page?.name ?? 'an assistant'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => changePage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const id = params['id'] ?? ''
    return answer(form, async () => {
      const given = { ...termsForm(form), personId: text(form, 'personId') }
      await changeEmployment(deps, actor, id, given as Parameters<typeof changeEmployment>[3])
      return redirectWithNotice(
        `/my/assistants/${id}`,
        'It is changed from now on. Hours that were approved keep the pay that they had.',
      )
    })
  })

export default function Change() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const value = (name: string) => typed(answered, name) ?? page.values[name]
  const fields = { errors: answered?.errors, value }
  const field = fieldProps(fields)
  return (
    <div className="narrow stack-l">
      <BackLink href={`/my/assistants/${page.id}`}>{page.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Change what was agreed with {page.name}</h1>
        <p className="lead">It counts from now on. Hours that were approved keep the pay that they had.</p>
      </header>
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="personId" value={page.person.id} />
        <Select
          {...field('allocationId')}
          label="The fund that pays the wages"
          options={page.funds
            .filter(({ refuses }) => refuses === null)
            .map((fund) => ({
              value: fund.id,
              label: fund.until ? `${fund.name}, until ${fund.until}` : fund.name,
            }))}
        />
        <TextField {...field('name')} label="What you call them" autoComplete="off" maxLength={80} />
        <TextField
          {...field('email')}
          type="email"
          label="Their e-mail address, if they write down their hours themselves"
          hint="Whoever has this address sees the hours. Leave it empty to write the hours down for them."
          autoComplete="off"
          spellCheck={false}
        />
        <PayFields {...fields} choices={page} />
        <PayrollFields {...fields} choices={page} />
        <DateField
          name="insuranceEndsOn"
          label="Until when is your employer’s liability insurance paid?"
          hint="Leave it empty if you do not know."
          defaultValue={typedDate(answered, 'insuranceEndsOn') ?? page.values['insuranceEndsOn']}
          error={answered?.errors['insuranceEndsOn']}
        />
        <DateField
          name="endsOn"
          label="Their last day, if it ends"
          hint="Leave it empty while it goes on. They have notice, and holiday that is left is paid."
          defaultValue={typedDate(answered, 'endsOn') ?? page.values['endsOn']}
          error={answered?.errors['endsOn']}
        />
        <p>
          <Button size="big">Change it</Button>
        </p>
      </form>
    </div>
  )
}
