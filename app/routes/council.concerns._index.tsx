import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { concernsPage } from '#services/safeguarding/concerns-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { Chips, Pages } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Concerns – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10)
    return concernsPage(deps, actor, {
      page: Number.isSafeInteger(page) ? page : 1,
      state: url.searchParams.get('state'),
    })
  })

const FILTERS = [
  { value: null, label: 'All' },
  { value: 'received', label: 'Received' },
  { value: 'looking_into_it', label: 'Being looked into' },
  { value: 'closed', label: 'Closed' },
] as const

export default function Concerns() {
  const { rows, open, page, pages, state } = useLoaderData<typeof loader>()
  const query = state ? `state=${state}&` : ''
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Concerns</h1>
        <p className="lead">
          {open === 0
            ? 'No concern is open.'
            : `${String(open)} ${open === 1 ? 'concern is' : 'concerns are'} open.`}{' '}
          Only the adult safeguarding team sees this page.
        </p>
      </header>
      <Chips
        label="Show"
        chips={FILTERS.map(({ value, label }) => ({
          label,
          href: value ? `/council/concerns?state=${value}` : '/council/concerns',
          on: state === value,
        }))}
      />
      {rows.length === 0 ? (
        <Empty title="Nothing here">
          <p>When somebody raises a concern it appears here, and the team gets an e-mail that says so.</p>
        </Empty>
      ) : (
        <DataTable
          caption="Concerns, those not yet read first"
          hideCaption
          cards
          columns={[
            { key: 'reference', label: 'Reference', nowrap: true },
            { key: 'about', label: 'About' },
            { key: 'raised', label: 'Raised' },
            { key: 'state', label: 'How it stands' },
          ]}
          rowHeader="reference"
          rows={rows.map((row) => ({
            key: row.id,
            cells: {
              reference: <a href={`/council/concerns/${row.id}`}>{row.reference}</a>,
              about: row.about,
              raised: row.raised,
              state: (
                <>
                  <Tag tone={row.state === 'Received' ? 'asked' : row.state === 'Closed' ? 'done' : 'own'}>
                    {row.state}
                  </Tag>{' '}
                  {row.inDanger ? <Tag tone="stop">In danger now</Tag> : null}
                </>
              ),
            },
          }))}
        />
      )}
      {pages > 1 ? (
        <Pages
          current={page}
          total={pages}
          base={`/council/concerns?${query}page=`}
          label="Pages of concerns"
        />
      ) : null}
    </div>
  )
}
