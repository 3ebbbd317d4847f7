import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { letGo } from '#services/contributions/dispute.server.ts'
import { letGoPage } from '#services/contributions/person-contribution-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { MoneyField, Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Let go of what is owed – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => letGoPage(deps, actor, params['personId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const personId = params['personId'] ?? ''
    return answer(form, async () => {
      await letGo(deps, actor, personId, {
        writeOffId: text(form, 'writeOffId'),
        amount: text(form, 'amount'),
        reason: text(form, 'reason'),
      })
      return redirectWithNotice(
        `/council/money/contributions/${personId}`,
        'It is let go, and they have been told.',
      )
    })
  })

export default function LetGo() {
  const { person, owed, writeOffId } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const field = fieldProps({ errors: answered?.errors, value: (name) => typed(answered, name) })
  return (
    <div className="narrow stack-l">
      <BackLink href={`/council/money/contributions/${person.id}`}>{person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Let go of a part of what is owed</h1>
        <p className="lead">
          {person.shortName} owes {pounds(owed)}. What you let go is never asked for again. The record says
          who did it and why.
        </p>
      </header>
      {owed === 0 ? (
        <Empty title="Nothing is owed" level={2}>
          <p>So nothing can be let go.</p>
        </Empty>
      ) : (
        <form method="post" className="stack" noValidate>
          <input type="hidden" name="writeOffId" value={typed(answered, 'writeOffId') ?? writeOffId} />
          <MoneyField {...field('amount')} label="How much is let go?" required />
          <Textarea
            {...field('reason')}
            label="Why?"
            hint="The person reads this."
            rows={4}
            maxLength={1_000}
            required
          />
          <Button kind="danger" size="big">
            Let it go
          </Button>
        </form>
      )}
    </div>
  )
}
