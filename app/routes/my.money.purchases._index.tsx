import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { purchasesPage, type PurchasesPage } from '#services/purchases/purchases-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Things bought elsewhere – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return purchasesPage(deps, actor)
  })

export default function Purchases() {
  const page = useLoaderData<typeof loader>()
  const { person } = page
  return (
    <>
      <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
      <div className="stack-l">
        <header className="stack">
          <h1>Things bought elsewhere</h1>
          <p className="lead">
            A fund can pay somebody who is not listed here, too: a holiday cottage, a washing machine, a
            course. It is agreed first, then its money is set aside, then it is paid.
          </p>
          {person.self ? null : <p className="small">“You” in the words below means {person.shortName}.</p>}
          {page.mayPropose ? (
            <p>
              <LinkButton href="/my/money/purchases/new">Ask to buy something</LinkButton>
            </p>
          ) : null}
        </header>
        <List title="Now" purchases={page.open} none="Nothing is asked for or set aside just now." />
        {page.over.length > 0 ? <List title="Before" purchases={page.over} none="" /> : null}
      </div>
    </>
  )
}

function List({ title, purchases, none }: { title: string; purchases: PurchasesPage['open']; none: string }) {
  const id = title.toLowerCase()
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {purchases.length === 0 ? (
        <Empty title={none} />
      ) : (
        <DataTable
          caption={title === 'Now' ? 'What is asked for, agreed or set aside' : 'What was bought, or not'}
          columns={[
            { key: 'what', label: 'What' },
            { key: 'fund', label: 'Fund' },
            { key: 'price', label: 'Price', numeric: true },
            { key: 'on', label: 'Put forward on' },
            { key: 'stands', label: 'Where it stands' },
          ]}
          rows={purchases.map((one) => ({
            key: one.id,
            cells: {
              what: (
                <a href={`/my/money/purchases/${one.id}`}>
                  {one.what}, {one.seller}
                </a>
              ),
              fund: one.fund,
              price: pounds(one.pence),
              on: one.on,
              stands: <Tag tone={one.standing.tone}>{one.standing.words}</Tag>,
            },
          }))}
        />
      )}
    </section>
  )
}
