import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { personBankPage, pressPersonLine, bringPersonFile } from '#services/bank/person-bank.server.ts'
import { BankLines } from '~/components/bank/bank-lines.tsx'
import { ColumnsForm } from '~/components/bank/columns-form.tsx'
import { ImportResult, importWords } from '~/components/bank/import-result.tsx'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { answer, fileOf, readFormWithFile, text } from '~/http/answer.server.ts'
import { bankFileOf, orAskForColumns } from '~/http/bank-forms.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Bank file – Kith' }]

const PATH = '/my/money/bank'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return personBankPage(deps, actor, {
      state: url.searchParams.get('state'),
      page: url.searchParams.get('page'),
    })
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readFormWithFile(request)
    const personId = text(form, 'personId')
    return answer(form, async () => {
      if (text(form, 'intent') === 'line') {
        const done = await pressPersonLine(deps, actor, personId, {
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
        const done = await bringPersonFile(deps, actor, personId, await bankFileOf(form))
        return done.refused.length > 0
          ? { done, errors: {}, values: {} }
          : redirectWithNotice(PATH, importWords(done))
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
  const lineError = lineId ? (answered?.errors['subject'] ?? null) : null
  return (
    <div className="stack-l">
      <BackLink href="/my/money">{whoseThing(page.person, 'money')}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={lineId ? { subject: `subject-${lineId}` } : {}} />
      <header className="narrow stack-s">
        <h1>{page.person.self ? 'Your bank file' : `${page.person.shortName}’s bank file`}</h1>
        <p className="lead">
          Your bank can say what came in and what was paid. Bring its file, and Kith finds what belongs to
          your funds: exactly, or it asks you.
        </p>
      </header>
      {done ? <ImportResult {...done} /> : null}
      {choose ? (
        <section className="stack" aria-labelledby="choose">
          <h2 id="choose">Which column is what?</h2>
          <ColumnsForm
            {...choose}
            hidden={{ personId: page.person.id }}
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
            <input type="hidden" name="personId" value={page.person.id} />
            <FileField
              name="file"
              label="The file from your bank"
              hint="A CSV file, up to 2 MB. The same days twice do no harm."
              accept=".csv,text/csv"
              error={answered?.errors['file']}
            />
            <Button size="big">Read this file</Button>
          </form>
          <Details summary="How do I get it from my bank?">
            <p>
              Sign in to your bank on a computer or a telephone. Open the account that your funds come into,
              and look for “Export”, “Download” or “Statement”. Choose “CSV”, or “spreadsheet”, and the days
              since you last did this. Save it, and choose it here.
            </p>
            <p>Only you, and supporters who manage your money, see what is in it.</p>
          </Details>
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
        path={PATH}
        hidden={{ personId: page.person.id }}
        refused={lineId ? { lineId, error: lineError } : null}
      />
    </div>
  )
}
