import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { recordResult } from '#services/runs/record-results.server.ts'
import { runLinePage } from '#services/runs/runs-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'What became of a payment – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const page = await runLinePage(deps, actor, {
      runId: params['runId'] ?? '',
      paymentId: params['paymentId'] ?? '',
    })
    if (!page) throw notFound()
    return page
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const runId = params['runId'] ?? ''
    return answer(form, async () => {
      await recordResult(deps, actor, {
        runId,
        paymentId: params['paymentId'] ?? '',
        outcome: text(form, 'outcome'),
        failure: text(form, 'failure'),
      })
      return redirectWithNotice(
        `/council/money/runs/${runId}`,
        text(form, 'outcome') === 'paid'
          ? 'It is recorded as paid.'
          : 'It is recorded. It is due again, and the provider is told.',
      )
    })
  })

export default function RunLine() {
  const { runId, number, line, canBePaid, canReturn, reasons } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/council/money/runs/${runId}`}>{`Payment run ${String(number)}`}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header>
        <h1>What became of this payment?</h1>
      </header>
      <SummaryList
        rows={[
          { term: 'Provider', value: line.provider },
          { term: 'Person', value: line.person },
          { term: 'Amount', value: pounds(line.pence) },
          { term: 'Reference', value: line.reference },
          { term: 'How it stands', value: line.why ? `${line.stateWords}. ${line.why}` : line.stateWords },
        ]}
      />
      {canBePaid || canReturn ? (
        <form method="post" className="stack" noValidate>
          <Radios
            name="outcome"
            label={canReturn ? 'It was recorded as paid. What happened since?' : 'What does the bank say?'}
            error={answered?.errors['outcome']}
            defaultValue={typed(answered, 'outcome') ?? null}
            options={
              canReturn
                ? [{ value: 'returned', label: 'The bank sent it back', hint: 'It is due again.' }]
                : [
                    { value: 'paid', label: 'It arrived' },
                    {
                      value: 'failed',
                      label: 'It did not arrive',
                      hint: 'It is due again, and the provider is told.',
                    },
                  ]
            }
          />
          {canReturn ? null : (
            <Radios
              name="failure"
              label="Why not, if it did not arrive?"
              error={answered?.errors['failure']}
              defaultValue={typed(answered, 'failure') ?? null}
              options={reasons}
            />
          )}
          <p>
            <Button size="big">Record it</Button>
          </p>
        </form>
      ) : (
        <p>Nothing more can be recorded of it.</p>
      )}
    </div>
  )
}
