import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { bringCouncilFile, councilBankPage, pressCouncilLine } from '#services/bank/council-bank.server.ts'
import { BankLines } from '~/components/bank/bank-lines.tsx'
import { ColumnsForm } from '~/components/bank/columns-form.tsx'
import { ImportResult, importWords } from '~/components/bank/import-result.tsx'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, fileOf, readFormWithFile, text } from '~/http/answer.server.ts'
import { bankFileOf, orAskForColumns } from '~/http/bank-forms.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'The council’s bank file – Kith' }]

const PATH = '/council/money/bank'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    councilBankPage(deps, actor, {
      council: url.searchParams.get('council'),
      state: url.searchParams.get('state'),
      page: url.searchParams.get('page'),
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readFormWithFile(request)
    const councilId = text(form, 'councilId')
    return answer(form, async () => {
      if (text(form, 'intent') === 'line') {
        const done = await pressCouncilLine(deps, actor, councilId, {
          press: text(form, 'press'),
          lineId: text(form, 'lineId'),
          subject: text(form, 'subject'),
        })
        return redirectWithNotice(
          PATH,
          done === 'matched' ? 'Thank you. That is done.' : 'The line is left out.',
        )
      }
      const name = (await fileOf(form, 'file'))?.name ?? text(form, 'fileName')
      return orAskForColumns(form, name, async () => {
        const done = await bringCouncilFile(deps, actor, councilId, await bankFileOf(form))
        return done.refused.length > 0
          ? { done, errors: {}, values: {} }
          : redirectWithNotice(PATH, importWords(done))
      })
    })
  })

export default function CouncilBankFile() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const sent = useActionData<typeof action>()
  const done = sent && 'done' in sent ? sent.done : null
  const choose = sent && 'choose' in sent ? sent.choose : null
  const lineId = typed(answered, 'lineId')
  const hidden = { councilId: page.council.id }
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} ids={lineId ? { subject: `subject-${lineId}` } : {}} />
      <header className="narrow stack-s">
        <h1>The council’s bank file</h1>
        <p className="lead">
          What people pay {page.council.name} towards their care counts when a line of its bank shows it: by
          its reference and amount, or because you say so.
        </p>
      </header>
      {done ? <ImportResult {...done} /> : null}
      {choose ? (
        <section className="stack" aria-labelledby="choose">
          <h2 id="choose">Which column is what?</h2>
          <ColumnsForm
            {...choose}
            hidden={hidden}
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
            <input type="hidden" name="councilId" value={page.council.id} />
            <FileField
              name="file"
              label="The file from the bank"
              hint="A CSV file of the account that people pay into, up to 2 MB. The same days twice do no harm."
              accept=".csv,text/csv"
              error={answered?.errors['file']}
            />
            <Button size="big">Read this file</Button>
          </form>
        </section>
      )}
      <BankLines
        {...page}
        path={PATH}
        hidden={hidden}
        refused={lineId ? { lineId, error: answered?.errors['subject'] ?? null } : null}
      />
    </div>
  )
}
