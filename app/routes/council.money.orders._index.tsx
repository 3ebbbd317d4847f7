import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ordersPage } from '#services/orders/orders-page.server.ts'
import { Total } from '~/components/card/card.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag, type Tone } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Orders – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => ordersPage(deps, actor, url.searchParams.get('council')))

const TONE: Record<string, Tone> = { asked: 'asked', placed: 'done', refused: 'stop', ended: 'plain' }

export default function Orders() {
  const { orders, waiting, standing } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <MoneyHead title="Orders" csv="/council/money/orders.csv" />
      <Total
        sentence={
          waiting === 0
            ? 'No order waits for an answer.'
            : `${many(waiting, 'order waits', 'orders wait')} for an answer. The support cannot be booked before.`
        }
      >
        <p>
          {many(standing, 'plan line has', 'plan lines have')} a standing approval with order number, cost
          code and case. What they give needs no order of its own.
        </p>
      </Total>
      {orders.length === 0 ? (
        <Empty title="Nobody has asked for an order" level={2}>
          <p>
            When somebody wants support that the council would pay for, and there is no order and no standing
            approval, they can ask for one where they book.
          </p>
        </Empty>
      ) : (
        <DataTable
          caption="Orders, those that wait first"
          columns={[
            { key: 'what', label: 'Support' },
            { key: 'person', label: 'Person' },
            { key: 'provider', label: 'Provider' },
            { key: 'number', label: 'Order' },
            { key: 'dates', label: 'Days' },
            { key: 'state', label: 'How it stands' },
          ]}
          rows={orders.map((one) => ({
            key: one.id,
            cells: {
              what: <a href={`/council/money/orders/${one.id}`}>{one.category}</a>,
              person: one.person,
              provider: one.provider,
              number: one.number ?? 'None yet',
              dates: one.dates,
              state: <Tag tone={TONE[one.state] ?? 'plain'}>{one.stateWords}</Tag>,
            },
          }))}
        />
      )}
    </div>
  )
}
