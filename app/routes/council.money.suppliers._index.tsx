import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { suppliersPage } from '#services/orders/suppliers-page.server.ts'
import { Total } from '~/components/card/card.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Suppliers – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => suppliersPage(deps, actor, url.searchParams.get('council')))

export default function Suppliers() {
  const { suppliers, missing, missingDue } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <MoneyHead title="Suppliers" csv="/council/money/suppliers.csv" />
      {suppliers.length === 0 ? (
        <Empty title="No provider is paid by the council yet" level={2}>
          <p>Providers show here when somebody asks for an order, or something is owed to them.</p>
        </Empty>
      ) : (
        <>
          <Total
            sentence={
              missing === 0 ? (
                <>Each of the {many(suppliers.length, 'provider has', 'providers has')} a supplier number.</>
              ) : (
                <>
                  {many(missing, 'provider has', 'providers have')} no supplier number and cannot be paid.{' '}
                  <span className="num">{pounds(missingDue)}</span> is due to them.
                </>
              )
            }
          />
          <DataTable
            caption="Providers and their numbers in your finance system"
            columns={[
              { key: 'name', label: 'Provider' },
              { key: 'number', label: 'Supplier number' },
              { key: 'people', label: 'People', numeric: true },
              { key: 'due', label: 'Due', numeric: true },
              { key: 'change', label: 'What to do' },
            ]}
            rows={suppliers.map((one) => ({
              key: one.providerId,
              cells: {
                name: one.name,
                number: one.number ?? <strong>None yet</strong>,
                people: String(one.people),
                due: pounds(one.due),
                change: (
                  <a href={`/council/money/suppliers/${one.providerId}`}>
                    {one.number === null ? 'Give a number' : 'Change it'}
                    <span className="vh">: {one.name}</span>
                  </a>
                ),
              },
            }))}
          />
        </>
      )}
    </div>
  )
}
