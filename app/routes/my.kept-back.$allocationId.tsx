import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { changeRingFence } from '#services/employing/change-ring-fence.server.ts'
import { keepPage } from '#services/employing/kept-back-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { MoneyField, TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Keep money back – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => keepPage(deps, actor, params['allocationId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const id = params['allocationId'] ?? ''
    return answer(form, async () => {
      await changeRingFence(deps, actor, id, valuesOf(form))
      return redirectWithNotice(`/my/kept-back/${id}`, 'It is kept back as you say.')
    })
  })

export default function Keep() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const field = fieldProps({ errors: answered?.errors, value: (name) => typed(answered, name) })
  const whose = page.person.self && !page.holder ? 'your' : `${page.person.shortName}’s`
  return (
    <div className="narrow stack-l">
      <BackLink href={page.holder ? '/provider/money/payroll' : '/my/kept-back'}>
        {page.holder ? 'Payroll' : 'Money kept back'}
      </BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Keep money back in {whose} fund</h1>
        <p className="lead">
          {page.name}, until {page.until}. {page.available} is left in it.
        </p>
      </header>
      <SummaryList
        rows={page.rows.map((row) => ({
          term: row.name,
          value: (
            <>
              {row.pence}
              <br />
              <span className="small soft">{row.explained}</span>
            </>
          ),
        }))}
      />
      <form method="post" className="stack" noValidate>
        <Radios
          {...field('purpose')}
          label="What for?"
          options={page.rows
            .filter(({ byHand }) => byHand)
            .map((row) => ({ value: row.purpose, label: row.name }))}
        />
        <MoneyField
          {...field('amount')}
          label="How much is kept back for it, in all?"
          hint={page.advice ?? 'What you enter takes the place of what is kept now. Nothing frees it.'}
        />
        <TextField {...field('reason')} label="Why, in a few words" maxLength={200} />
        <Button size="big">Keep it back</Button>
      </form>
    </div>
  )
}
