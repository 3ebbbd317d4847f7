import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { peoplePage } from '#services/circle/people-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { Pages } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'People – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10)
    return peoplePage(deps, actor, { name: '', page: Number.isSafeInteger(page) ? page : 1 })
  })

/** A search by name is posted: a name belongs in no address bar and no history. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const name = text(await readForm(request), 'name').replaceAll('\0', '')
    return { name, found: await peoplePage(deps, actor, { name, page: 1 }) }
  })

export default function People() {
  const all = useLoaderData<typeof loader>()
  const searched = useActionData<typeof action>()
  const page = searched?.found ?? all
  const sentence = searched?.name
    ? `${String(page.total)} ${page.total === 1 ? 'person has' : 'people have'} “${searched.name}” in their name.`
    : `${String(page.total)} ${page.total === 1 ? 'person' : 'people'}.`
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>People</h1>
        <p className="lead">Set somebody up, and write down who may act for them.</p>
        <p>
          <a href="/council/people/too-small">Budgets that are said to be too small</a>
        </p>
      </header>
      <p>
        <LinkButton href="/council/people/new">Set up a person</LinkButton>
      </p>
      <form method="post" className="stack-s narrow" role="search">
        <TextField
          name="name"
          label="Find by name"
          type="search"
          maxLength={120}
          defaultValue={searched?.name}
        />
        <Button kind="second">Find</Button>
      </form>
      <section className="stack-s" aria-label="People found">
        <p role="status">{sentence}</p>
        {page.people.length === 0 ? (
          <Empty title="Nobody">
            <p>Check the spelling, or search for a part of the name.</p>
          </Empty>
        ) : (
          <DataTable
            caption="People of your council"
            hideCaption
            cards
            columns={[
              { key: 'name', label: 'Name' },
              { key: 'council', label: 'Council' },
              { key: 'signsIn', label: 'Signs in' },
              { key: 'supporters', label: 'Supporters', numeric: true },
            ]}
            rowHeader="name"
            rows={page.people.map((one) => ({
              key: one.id,
              cells: {
                name: <a href={`/council/people/${one.id}`}>{one.name}</a>,
                council: one.council,
                signsIn: one.signsIn
                  ? 'Yes'
                  : one.supporters > 0
                    ? 'No, is acted for'
                    : 'No, and nobody acts for them yet',
                supporters: one.supporters,
              },
            }))}
          />
        )}
        {!searched?.name && page.pages > 1 ? (
          <Pages
            current={page.page}
            total={page.pages}
            base="/council/people?page="
            label="Pages of people"
          />
        ) : null}
      </section>
    </div>
  )
}
