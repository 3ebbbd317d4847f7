import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { bringHolderFile, holderBankPage, pressHolderLine } from '#services/holding/holder-bank.server.ts'
import { BankLines } from '~/components/bank/bank-lines.tsx'
import { ColumnsForm } from '~/components/bank/columns-form.tsx'
import { ImportResult, importWords } from '~/components/bank/import-result.tsx'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, fileOf, readFormWithFile, text } from '~/http/answer.server.ts'
import { bankFileOf, orAskForColumns } from '~/http/bank-forms.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Bank file of an account – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    holderBankPage(deps, actor, params['allocationId'] ?? '', {
      state: url.searchParams.get('state'),
      page: url.searchParams.get('page'),
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readFormWithFile(request)
    const allocationId = params['allocationId'] ?? ''
    const here = `/provider/money/accounts/${allocationId}/bank`
    return answer(form, async () => {
      if (text(form, 'intent') === 'line') {
        const done = await pressHolderLine(deps, actor, allocationId, {
          press: text(form, 'press'),
          lineId: text(form, 'lineId'),
          subject: text(form, 'subject'),
        })
        return redirectWithNotice(
          here,
          done === 'matched' ? 'Thank you. That is done.' : 'The line is left out.',
        )
      }
      const name = (await fileOf(form, 'file'))?.name ?? text(form, 'fileName')
      return orAskForColumns(form, name, async () => {
        const done = await bringHolderFile(deps, actor, allocationId, await bankFileOf(form))
        return done.refused.length > 0 ? { done } : redirectWithNotice(here, importWords(done))
      })
    })
  })

export default function BankFile() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const sent = useActionData<typeof action>()
  const done = sent && 'done' in sent ? sent.done : null
  const choose = sent && 'choose' in sent ? sent.choose : null
  const lineId = typed(answered, 'lineId')
  const { head } = page
  const base = `/provider/money/accounts/${head.allocationId}`
  return (
    <div className="stack-l">
      <BackLink href={base}>{head.person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={lineId ? { subject: `subject-${lineId}` } : {}} />
      <header className="narrow stack-s">
        <h1>Bank file of {head.person.name}’s account</h1>
        <p className="lead">
          Bring the file of this one account. What arrived and what was paid is recognised exactly, or you are
          asked. A payment that the bank shows is “paid” for everybody.
        </p>
      </header>
      {done ? <ImportResult {...done} /> : null}
      {choose ? (
        <section className="stack" aria-labelledby="choose">
          <h2 id="choose">Which column is what?</h2>
          <ColumnsForm
            {...choose}
            hidden={{}}
            errors={answered?.errors}
            value={(name) => typed(answered, name)}
            ticked={(name) => ticked(answered, name)}
          />
        </section>
      ) : (
        <section className="narrow stack" aria-labelledby="bring">
          <h2 id="bring">Bring a file</h2>
          <form method="post" encType="multipart/form-data" className="stack" noValidate>
            <input type="hidden" name="intent" value="file" />
            <FileField
              name="file"
              label="The file from the bank"
              hint="A CSV file, up to 2 MB. The same days twice do no harm."
              accept=".csv,text/csv"
              error={answered?.errors['file']}
            />
            <Button size="big">Read this file</Button>
          </form>
          {page.files.length > 0 ? (
            <Details summary="Files that were brought">
              <ul>
                {page.files.map((file) => (
                  <li key={file.id}>
                    {file.name}: {file.rows} lines, on {file.when}
                  </li>
                ))}
              </ul>
            </Details>
          ) : null}
        </section>
      )}
      <BankLines
        {...page}
        path={`${base}/bank`}
        hidden={{}}
        refused={lineId ? { lineId, error: answered?.errors['subject'] ?? null } : null}
      />
    </div>
  )
}
