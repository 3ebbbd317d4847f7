import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { reconciliationPage } from '#services/reconciliation/reconciliation-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink, Chips, Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'What does not agree – Kith' }]

const PATH = '/council/money/reconciliation'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    reconciliationPage(deps, actor, {
      show: url.searchParams.get('show'),
      source: url.searchParams.get('source'),
      page: url.searchParams.get('page'),
    }),
  )

const amount = (pence: number | null): string => (pence === null ? '–' : pounds(pence))

export default function Reconciliation() {
  const page = useLoaderData<typeof loader>()
  const address = (change: { show?: string; source?: string | null }): string => {
    const source = change.source === undefined ? page.source : change.source
    return `${PATH}?show=${change.show ?? page.show}${source ? `&source=${source}` : ''}`
  }
  return (
    <div className="stack-l">
      {page.fromMoney ? (
        <BackLink href="/council/money">Money</BackLink>
      ) : (
        <BackLink href="/council">Your pages</BackLink>
      )}
      <header className="head">
        <div className="narrow stack-s">
          <h1>What does not agree</h1>
          <p className="lead">{page.sentence}</p>
          <p>
            Each night the books are held against the payment service, payment runs, prepaid cards and bank
            files. Take what you look at, and say what it was. What agrees again goes by itself.
          </p>
        </div>
        <p className="row-s no-print">
          <LinkButton
            href={`${PATH}.csv${address({}).slice(PATH.length)}`}
            kind="second"
            size="small"
            download
          >
            Save as a table (CSV)
          </LinkButton>
        </p>
      </header>
      <div className="stack-s no-print">
        <Tabs
          label="Which"
          tabs={[
            { label: 'Open', href: address({ show: 'open' }), current: page.show === 'open' },
            { label: 'All', href: address({ show: 'all' }), current: page.show === 'all' },
          ]}
        />
        <Chips
          label="Where from"
          chips={page.sources.map(({ id, label, open }) => ({
            label: `${label} (${String(open)} open)`,
            href: address({ source: page.source === id ? null : id }),
            on: page.source === id,
          }))}
        />
      </div>
      {page.items.length === 0 ? (
        <Empty title={page.show === 'open' ? 'Everything agrees' : 'Nothing was found yet'} level={2}>
          <p>The books are held against the world outside every night.</p>
        </Empty>
      ) : (
        <>
          <DataTable
            caption="Differences, the oldest first"
            hideCaption
            rowHeader="words"
            columns={[
              { key: 'source', label: 'Where from' },
              { key: 'words', label: 'What' },
              { key: 'ledger', label: 'In Kith', numeric: true },
              { key: 'outside', label: 'Outside', numeric: true },
              { key: 'age', label: 'Age', nowrap: true },
              { key: 'owner', label: 'Who has it' },
              { key: 'state', label: 'How it stands' },
            ]}
            rows={page.items.map((item) => ({
              key: item.id,
              cells: {
                source: item.source,
                words: <a href={`${PATH}/${item.id}`}>{item.words}</a>,
                ledger: amount(item.ledger),
                outside: amount(item.outside),
                age: item.late ? <Tag tone="stop">{item.age}</Tag> : item.age,
                owner: item.owner ? (item.mine ? 'You' : item.owner) : 'Nobody yet',
                state: <StateTag state={item.state} />,
              },
            }))}
          />
          <Pages base={`${address({})}&page=`} current={page.page} total={page.pages} />
        </>
      )}
    </div>
  )
}

function StateTag({ state }: { state: 'open' | 'explained' | 'gone' }) {
  if (state === 'open') return <Tag tone="asked">Open</Tag>
  return state === 'explained' ? <Tag tone="done">Explained</Tag> : <Tag tone="plain">Agrees again</Tag>
}
