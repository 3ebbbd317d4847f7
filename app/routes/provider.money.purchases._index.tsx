import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { holderPurchasesPage, type HolderPurchasesPage } from '#services/purchases/holder-purchases.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Things to buy for people – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => holderPurchasesPage(deps, actor, url.searchParams.get('org')))

export default function HolderPurchases() {
  const { waiting, over } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/provider/money">Money</BackLink>
      <header className="stack-s">
        <h1>Things to buy for people</h1>
        <p className="lead">
          From funds that you hold. Each is agreed and its money is set aside: pay the seller, then write down
          what it came to.
        </p>
      </header>
      <List title="To be paid" lines={waiting} />
      {over.length > 0 ? <List title="Before" lines={over} /> : null}
    </div>
  )
}

const TAG = {
  asked: { tone: 'asked', words: 'To be paid' },
  done: { tone: 'done', words: 'Paid' },
  refused: { tone: 'stop', words: 'Not paid' },
  withdrawn: { tone: 'plain', words: 'Taken back' },
} as const

function List({ title, lines }: { title: string; lines: HolderPurchasesPage['waiting'] }) {
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lines.length === 0 ? (
        <Empty title="Nothing waits for you">
          <p>When somebody whose fund you hold sets money aside for something, it shows here.</p>
        </Empty>
      ) : (
        <DataTable
          caption={title === 'Before' ? 'What was paid, or not' : 'Newest first'}
          rowHeader="what"
          columns={[
            { key: 'person', label: 'For' },
            { key: 'what', label: 'What' },
            { key: 'fund', label: 'Fund' },
            { key: 'price', label: 'Price', numeric: true },
            { key: 'on', label: 'Asked on' },
            { key: 'state', label: 'Where it stands' },
          ]}
          rows={lines.map((line) => ({
            key: line.id,
            cells: {
              person: line.person,
              what: (
                <a href={`/provider/money/purchases/${line.id}`}>
                  {line.what}, {line.seller}
                </a>
              ),
              fund: line.fund,
              price: pounds(line.pence),
              on: line.on,
              state: <Tag tone={TAG[line.state].tone}>{TAG[line.state].words}</Tag>,
            },
          }))}
        />
      )}
    </section>
  )
}
