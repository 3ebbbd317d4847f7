import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { abandonRun, approveRun, submitRun } from '#services/runs/move-run.server.ts'
import { runPage } from '#services/runs/runs-page.server.ts'
import { markRunSent } from '#services/runs/send-run.server.ts'
import { Total } from '~/components/card/card.tsx'
import { many } from '~/components/council-money/page-head.tsx'
import { RunLines } from '~/components/council-money/run-lines.tsx'
import { RunPresses } from '~/components/council-money/run-presses.tsx'
import { RUN_TONE } from '~/components/council-money/run-tone.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A payment run – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    runPage(deps, actor, {
      runId: params['runId'] ?? '',
      page: url.searchParams.get('page'),
      show: url.searchParams.get('show'),
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const runId = params['runId'] ?? ''
    const here = `/council/money/runs/${runId}`
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'submit':
          await submitRun(deps, actor, runId)
          return redirectWithNotice(here, 'It waits for approval. Your colleagues in finance are told.')
        case 'approve':
          await approveRun(deps, actor, runId)
          return redirectWithNotice(here, 'It is approved. Its file can be taken now.')
        case 'sent':
          await markRunSent(deps, actor, runId)
          return redirectWithNotice(here, 'It is recorded as sent. The providers are told.')
        default:
          await abandonRun(deps, actor, runId, { note: text(form, 'note') })
          return redirectWithNotice(here, 'It is given up. What was in it is due again.')
      }
    })
  })

export default function Run() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="stack-l">
      <BackLink href="/council/money/runs">Payment runs</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Payment run {page.number}</h1>
        <p>
          <Tag tone={RUN_TONE[page.state] ?? 'plain'}>{page.stateWords}</Tag>
        </p>
      </header>
      <Total
        sentence={
          <>
            <span className="num">{pounds(page.total.pence)}</span> in{' '}
            {many(page.total.payments, 'payment', 'payments')} to{' '}
            {many(page.providers, 'provider', 'providers')}, for visits up to {page.until}.
          </>
        }
      >
        {page.state === 'sent' || page.state === 'finished' ? (
          <p>
            {pounds(page.paid.pence)} is paid, {pounds(page.open.pence)} is on its way,{' '}
            {pounds(page.failed.pence)} did not arrive.
          </p>
        ) : null}
      </Total>
      <RunPresses page={page} note={typed(answered, 'note')} noteError={answered?.errors['note']} />
      <section className="stack" aria-labelledby="who">
        <h2 id="who">Who did what</h2>
        <SummaryList
          rows={[
            { term: 'Made', value: page.made ?? '' },
            { term: 'Approved', value: page.approved ?? 'Not yet' },
            { term: 'File taken', value: page.fileTaken ?? 'Not yet' },
            { term: 'Sent', value: page.sent ?? 'Not yet' },
            ...(page.note ? [{ term: 'Given up, because', value: page.note }] : []),
          ]}
        />
      </section>
      <RunLines page={page} />
    </div>
  )
}
