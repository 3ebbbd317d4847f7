import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { refusePage } from '#services/holding/account-page.server.ts'
import { refuseInstruction } from '#services/holding/answer-instruction.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Why do you not pay this? – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) =>
    refusePage(deps, actor, params['allocationId'] ?? '', params['instructionId'] ?? ''),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    return answer(form, async () => {
      await refuseInstruction(deps, actor, {
        allocationId,
        instructionId: params['instructionId'] ?? '',
        answer: text(form, 'answer'),
      })
      return redirectWithNotice(
        `/provider/money/accounts/${allocationId}`,
        'They have been told why. It is still owed.',
      )
    })
  })

export default function Refuse() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { line, person } = page
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/money/accounts/${page.allocationId}`}>{person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <h1>Why do you not pay this?</h1>
      <p>
        {pounds(line.pence)} to {line.provider}: {line.what}. {line.why}
        {line.note ? ` “${line.note}”` : ''}
      </p>
      <form method="post" className="stack" noValidate>
        <Textarea
          name="answer"
          label={`The reason, for ${person.shortName} to read`}
          hint="Say what is in the way and what would help, such as: “The bill says two hours and you said yes to one. Ask them for a new bill.”"
          rows={4}
          maxLength={500}
          defaultValue={typed(answered, 'answer')}
          error={answered?.errors['answer']}
          required
        />
        <p>
          <Button>Tell {person.shortName}</Button>
        </p>
      </form>
    </div>
  )
}
