import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { remittancePage } from '#services/runs/remittances-page.server.ts'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { PAYMENT_TONE } from '~/components/council-money/run-tone.ts'
import { Total } from '~/components/card/card.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'A payment from a council – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => remittancePage(deps, actor, params['paymentId'] ?? ''))

export default function Remittance() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <MoneyHead
        title={`Payment ${page.reference}`}
        csv={`/provider/money/remittances/${page.id}/visits.csv`}
        back={{ href: `/provider/money/remittances?org=${page.org}`, label: 'Payments from councils' }}
      >
        <PrintButton />
      </MoneyHead>
      <Total
        sentence={
          <>
            {page.council.name} pays {page.provider} <span className="num">{pounds(page.pence)}</span> for{' '}
            {many(page.visits.length, 'visit', 'visits')}.
          </>
        }
      >
        <p>
          <Tag tone={PAYMENT_TONE[page.state] ?? 'plain'}>{page.stateWords}</Tag>
        </p>
      </Total>
      {page.state === 'failed' || page.state === 'returned' ? (
        <Notice tone="stop" title="It did not arrive, and is owed to you again" level={2}>
          <p>
            {page.why} <a href={`/provider/money/bank-details?org=${page.org}`}>Look at your bank details</a>
          </p>
        </Notice>
      ) : null}
      <SummaryList
        rows={[
          { term: 'Reference', value: page.reference },
          { term: 'Sent on', value: page.sentOn ?? 'Not yet' },
          ...(page.arrivedOn ? [{ term: 'Arrived on', value: page.arrivedOn }] : []),
          ...(page.order
            ? [
                { term: 'Your supplier number', value: page.order.supplier },
                { term: 'Order', value: page.order.number },
                { term: 'Case', value: page.order.case },
              ]
            : []),
          { term: 'Questions', value: `${page.council.name}, ${page.council.phone}` },
        ]}
      />
      <DataTable
        caption="The visits that it pays for"
        columns={[
          { key: 'day', label: 'Day' },
          { key: 'time', label: 'Time' },
          { key: 'person', label: 'Person' },
          { key: 'what', label: 'Support' },
          { key: 'length', label: 'How long' },
          { key: 'sum', label: 'Amount', numeric: true },
        ]}
        rows={page.visits.map((one) => ({
          key: one.key,
          cells: {
            day: one.visitId ? (
              <a href={`/provider/visits/${one.visitId}`}>
                {one.dayWords}
                <span className="vh">
                  , {one.time}, {one.person}
                </span>
              </a>
            ) : (
              one.dayWords
            ),
            time: one.time,
            person: one.person,
            what: one.title,
            length: one.length,
            sum: pounds(one.pence),
          },
        }))}
        foot={{ key: 'total', cells: { day: 'In all', sum: pounds(page.pence) } }}
      />
    </div>
  )
}
