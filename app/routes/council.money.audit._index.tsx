import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { auditListPage } from '#services/audit-packs/audit-list.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink, Pages } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Audit of a fund – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10)
    return auditListPage(deps, actor, { search: '', page: Number.isSafeInteger(page) ? page : 1 })
  })

/** A search by name is posted: a name belongs in no address bar and no history. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const search = text(await readForm(request), 'name').replaceAll('\0', '')
    return { search, found: await auditListPage(deps, actor, { search, page: 1 }) }
  })

export default function AuditList() {
  const all = useLoaderData<typeof loader>()
  const searched = useActionData<typeof action>()
  const page = searched?.found ?? all
  const count = `${String(page.total)} ${page.total === 1 ? 'fund' : 'funds'}`
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <header className="narrow stack-s">
        <h1>Audit of a fund</h1>
        <p className="lead">
          Everything about one fund, from grant to spend, with its papers. Before it opens you say why, and
          the person sees that you looked.
        </p>
      </header>
      <form method="post" className="stack-s narrow" role="search">
        <TextField
          name="name"
          label="Find by the person’s name, or by a case reference"
          type="search"
          maxLength={120}
          defaultValue={searched?.search}
        />
        <Button kind="second">Find</Button>
      </form>
      <section className="stack-s" aria-label="Funds found">
        <p role="status">
          {searched?.search ? `${count} for “${searched.search}”.` : `${count}.`}
          {searched?.search && page.pages > 1 ? ' The first 25 are shown: type more of the name.' : ''}
        </p>
        {page.funds.length === 0 ? (
          <Empty title="No fund">
            <p>Check the spelling, or search for a part of the name.</p>
          </Empty>
        ) : (
          <DataTable
            caption="Funds of people of your council"
            hideCaption
            columns={[
              { key: 'person', label: 'Person' },
              { key: 'fund', label: 'Fund' },
              { key: 'held', label: 'How it is held' },
              { key: 'until', label: 'Until' },
              { key: 'looked', label: 'Last looked at' },
            ]}
            rows={page.funds.map((one) => ({
              key: one.id,
              cells: {
                person: (
                  <a href={`/council/money/audit/${one.id}`}>
                    {one.person}
                    <span className="vh">, {one.fund}</span>
                  </a>
                ),
                fund: one.fund,
                held: one.held,
                until: one.until,
                looked: one.looked ?? 'Never',
              },
            }))}
          />
        )}
        {searched?.search ? null : (
          <Pages
            current={page.page}
            total={page.pages}
            base="/council/money/audit?page="
            label="Pages of funds"
          />
        )}
      </section>
    </div>
  )
}
