import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { exportColumnsPage, saveExportColumns } from '#services/runs/export-columns.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Columns of the payment file – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => exportColumnsPage(deps, actor, url.searchParams.get('council')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const reset = text(form, 'intent') === 'reset'
      const lines = Math.min(Number(text(form, 'lines')) || 0, 24)
      await saveExportColumns(deps, actor, {
        councilId: text(form, 'councilId'),
        columns: reset
          ? []
          : Array.from({ length: lines }, (_, index) => ({
              column: text(form, `column-${String(index)}`),
              field: text(form, `field-${String(index)}`),
            })),
      })
      return redirectWithNotice(
        '/council/money/export',
        reset ? 'The file has our columns again.' : 'The columns are saved. The next file has them.',
      )
    })
  })

export default function Export() {
  const { councilId, columns, own, fields, most } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const lines = Math.min(most, columns.length + 3)
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Columns of the payment file</h1>
        <p className="lead">
          {own ? 'These are your own columns' : 'These are our columns, until you choose your own'}, in their
          order. Name each as your finance system calls it.
        </p>
      </header>
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="councilId" value={councilId} />
        <input type="hidden" name="lines" value={lines} />
        {Array.from({ length: lines }, (_, index) => {
          const place = String(index)
          const saved = columns[index]
          return (
            <fieldset key={place} className="stack-s">
              <legend>Column {index + 1}</legend>
              <div className="grid grid-2">
                <TextField
                  name={`column-${place}`}
                  label="Its name"
                  maxLength={40}
                  defaultValue={typed(answered, `column-${place}`) ?? saved?.column}
                  error={answered?.errors[`column-${place}`]}
                />
                <Select
                  name={`field-${place}`}
                  label="What stands in it"
                  firstLine="Nothing: leave it out"
                  options={fields}
                  defaultValue={typed(answered, `field-${place}`) ?? saved?.field}
                  error={answered?.errors[`field-${place}`]}
                />
              </div>
            </fieldset>
          )
        })}
        <p className="row">
          <Button size="big">Save the columns</Button>
          {own ? (
            <Button kind="second" name="intent" value="reset">
              Use our columns again
            </Button>
          ) : null}
        </p>
      </form>
    </div>
  )
}
