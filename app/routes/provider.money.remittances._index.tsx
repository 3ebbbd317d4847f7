import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { remittancesPage } from '#services/runs/remittances-page.server.ts'
import { Total } from '~/components/card/card.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { PAYMENT_TONE } from '~/components/council-money/run-tone.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { Pages } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Payments from councils – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    remittancesPage(deps, actor, { org: url.searchParams.get('org'), page: url.searchParams.get('page') }),
  )

export default function Remittances() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <MoneyHead
        title="Payments from councils"
        csv={`/provider/money/remittances.csv?org=${page.org}`}
        back={{ href: `/provider/money?org=${page.org}`, label: 'Money' }}
      />
      {page.count === 0 ? (
        <Empty title="No council has sent you anything yet" level={2}>
          <p>
            What a council owes you shows under Money. It pays in runs.{' '}
            <a href={`/provider/money/bank-details?org=${page.org}`}>See your bank details</a>
          </p>
        </Empty>
      ) : (
        <>
          <Total
            sentence={
              <>
                Councils have paid you <span className="num">{pounds(page.paid)}</span>.{' '}
                {page.onItsWay > 0 ? (
                  <>
                    <span className="num">{pounds(page.onItsWay)}</span> is on its way.
                  </>
                ) : (
                  'Nothing is on its way.'
                )}
              </>
            }
          />
          <DataTable
            caption="Payments, newest first"
            columns={[
              { key: 'sent', label: 'Sent on' },
              { key: 'council', label: 'From' },
              { key: 'person', label: 'Person' },
              { key: 'reference', label: 'Reference', nowrap: true },
              { key: 'sum', label: 'Amount', numeric: true },
              { key: 'state', label: 'How it stands' },
            ]}
            rows={page.payments.map((one) => ({
              key: one.id,
              cells: {
                sent: (
                  <a href={`/provider/money/remittances/${one.id}`}>
                    {one.sentOn}
                    <span className="vh">, {one.reference}</span>
                  </a>
                ),
                council: one.council,
                person: `${one.person} ${many(one.visits, 'visit', 'visits')}`,
                reference: one.reference,
                sum: pounds(one.pence),
                state: <Tag tone={PAYMENT_TONE[one.state] ?? 'plain'}>{one.stateWords}</Tag>,
              },
            }))}
          />
          <Pages
            current={page.page}
            total={page.pages}
            base={`/provider/money/remittances?org=${page.org}&page=`}
            label="Pages of payments"
          />
        </>
      )}
    </div>
  )
}
