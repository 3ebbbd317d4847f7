import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { type ResultsRead, recordRestPaid, recordResultFile } from '#services/runs/record-results.server.ts'
import { runPage } from '#services/runs/runs-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { LeftOut } from '~/components/council-money/left-out.tsx'
import { many } from '~/components/council-money/page-head.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readFormWithFile, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { textFileOf } from '~/http/text-file.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Record results – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const { id, number, state, open } = await runPage(deps, actor, {
      runId: params['runId'] ?? '',
      page: null,
      show: null,
    })
    return { id, number, state, open }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readFormWithFile(request)
    const runId = params['runId'] ?? ''
    return answer(form, async () => {
      if (text(form, 'intent') === 'rest') {
        const paid = await recordRestPaid(deps, actor, { runId, sure: text(form, 'sure') === 'yes' })
        return redirectWithNotice(
          `/council/money/runs/${runId}`,
          `${many(paid, 'payment is', 'payments are')} recorded as paid.`,
        )
      }
      const read = await recordResultFile(deps, actor, { runId, ...(await textFileOf(form)) })
      return data({ read })
    })
  })

export default function Results() {
  const { id, number, state, open } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const done = useActionData<{ read?: ResultsRead }>()?.read
  return (
    <div className="narrow stack-l">
      <BackLink href={`/council/money/runs/${id}`}>{`Payment run ${String(number)}`}</BackLink>
      <ErrorSummary errors={done ? undefined : answered?.errors} />
      <header className="stack-s">
        <h1>Record results</h1>
        <p className="lead">
          {open.payments === 0
            ? 'Nothing of this run is on its way any more.'
            : `${many(open.payments, 'payment', 'payments')} of ${pounds(open.pence)} in all ${open.payments === 1 ? 'is' : 'are'} on the way.`}
        </p>
      </header>
      {done ? (
        <>
          <Notice status title={many(done.recorded, 'result is recorded', 'results are recorded')} level={2}>
            {done.already > 0 ? (
              <p>{many(done.already, 'line was', 'lines were')} recorded before and changed nothing.</p>
            ) : null}
          </Notice>
          <LeftOut problems={done.problems} />
        </>
      ) : null}
      {state === 'sent' || state === 'finished' ? (
        <>
          <form
            method="post"
            encType="multipart/form-data"
            className="card stack"
            noValidate
            aria-labelledby="file-title"
          >
            <h2 id="file-title">With a file</h2>
            <input type="hidden" name="intent" value="file" />
            <FileField
              name="file"
              label="Result file (CSV)"
              hint="With the columns Reference and Result: paid, failed or returned. Amount and Reason are read if they are there."
              accept=".csv,text/csv"
              error={answered?.errors?.['file']}
            />
            <p>
              <Button>Read the file</Button>
            </p>
          </form>
          {open.payments > 0 ? (
            <form
              method="post"
              encType="multipart/form-data"
              className="card stack"
              noValidate
              aria-labelledby="rest-title"
            >
              <h2 id="rest-title">All that are left were paid</h2>
              <p>Record those that did not arrive first, in the table of the run.</p>
              <input type="hidden" name="intent" value="rest" />
              <Checkboxes
                name="sure"
                label="Are you sure?"
                error={answered?.errors?.['sure']}
                options={[{ value: 'yes', label: 'Our bank or finance system says so' }]}
              />
              <p>
                <Button kind="second">Record all that are left as paid</Button>
              </p>
            </form>
          ) : null}
        </>
      ) : (
        <p>Results can be recorded once the run was sent.</p>
      )}
    </div>
  )
}
