import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { importCardFile, previewCardFile } from '#services/cards/import-card-file.server.ts'
import { cardFilePage } from '#services/cards/programmes-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { HiddenFields } from '~/components/forms/hidden-fields.tsx'
import { Select } from '~/components/forms/select.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { FileLines } from '~/components/prepaid/file-lines.tsx'
import { MappingFields } from '~/components/prepaid/mapping-fields.tsx'
import { answer, fileOf, readFormWithFile, text, valuesOf } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A card scheme’s file – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => cardFilePage(deps, actor, { council: url.searchParams.get('council') }))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readFormWithFile(request)
    return answer(form, async () => {
      const { text: _text, file: _file, ...values } = valuesOf(form)
      const input = { ...values, councilId: text(form, 'councilId') }
      if (text(form, 'intent') === 'import') {
        const done = await importCardFile(deps, actor, { ...input, file: text(form, 'text') })
        return { done, preview: null, kept: null, errors: {}, values }
      }
      const chosen = await fileOf(form, 'file')
      // What is no UTF-8 becomes U+FFFD, which the reader refuses by its line.
      const file = chosen ? new TextDecoder('utf-8').decode(chosen.bytes) : undefined
      const preview = await previewCardFile(deps, actor, { ...input, file })
      return { done: null, preview, kept: file ?? null, errors: {}, values }
    })
  })

export default function CardFilePage() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const sent = useActionData<typeof action>()
  const shown = sent && 'preview' in sent ? sent : null
  const value = (name: string): string =>
    typed(answered, name) ?? (page.form as Readonly<Record<string, string>>)[name] ?? ''
  return (
    <div className="stack-l">
      <BackLink href="/council/money/cards">Prepaid cards</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="narrow stack-s">
        <h1>A card scheme’s file</h1>
        <p className="lead">
          What was paid with cards of a scheme that does not ask Kith comes in by file. Look at each line
          first; a file that was here before changes nothing.
        </p>
      </header>
      {shown?.done ? <FileLines file={shown.done} done /> : null}
      {shown?.preview ? (
        <>
          <FileLines file={shown.preview} done={false} />
          {shown.preview.fresh > 0 ? (
            <form method="post" encType="multipart/form-data" className="stack">
              <input type="hidden" name="intent" value="import" />
              <HiddenFields values={shown.values} />
              <input type="hidden" name="text" value={shown.kept ?? ''} />
              <Button size="big">
                {shown.preview.fresh === 1
                  ? 'Take this line in'
                  : `Take these ${String(shown.preview.fresh)} lines in`}
              </Button>
            </form>
          ) : null}
        </>
      ) : null}
      {page.programmes.length === 0 ? (
        <Empty title="There is no card scheme yet" level={2}>
          <p>Set one up first, and write down which cards are of it.</p>
        </Empty>
      ) : (
        <section className="narrow stack" aria-labelledby="bring">
          <h2 id="bring">{shown ? 'Bring another file' : 'Bring a file'}</h2>
          <form method="post" encType="multipart/form-data" className="stack" noValidate>
            <input type="hidden" name="intent" value="preview" />
            <input type="hidden" name="councilId" value={page.councilId} />
            <Select
              name="programmeId"
              label="Of which card scheme?"
              options={page.programmes.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={value('programmeId') || page.programmes[0]?.id}
              error={answered?.errors['programmeId']}
            />
            <FileField
              name="file"
              label="The file of transactions"
              hint="A CSV file, up to 2 MB."
              accept=".csv,text/csv"
              error={answered?.errors['file']}
            />
            <Details
              summary="Which column is what"
              kind="box"
              open={Object.keys(answered?.errors ?? {}).some(
                (name) => name !== 'file' && name !== 'programmeId',
              )}
            >
              <MappingFields value={value} errors={answered?.errors ?? {}} />
            </Details>
            <Button size="big">Look at this file</Button>
          </form>
        </section>
      )}
    </div>
  )
}
