import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { duePage } from '#services/runs/due-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'What is due – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    duePage(deps, actor, {
      council: url.searchParams.get('council'),
      show: url.searchParams.get('show'),
      page: url.searchParams.get('page'),
    }),
  )

/** Where each thing that is missing can be given. */
const WHERE: Record<string, { href: string; label: string } | null> = {
  supplier: { href: '/council/money/suppliers', label: 'Give supplier numbers' },
  order: { href: '/council/money/orders', label: 'See the orders' },
  payee: { href: '/council/money/payees', label: 'See the bank details' },
  credit: null,
}

export default function Due() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <MoneyHead title="What is due" csv="/council/money/due.csv" />
      {page.total.payments === 0 ? (
        <Empty title="Nothing is due" level={2}>
          <p>What the council owes shows here once a visit is confirmed and settled.</p>
        </Empty>
      ) : (
        <>
          <Total
            sentence={
              <>
                <span className="num">{pounds(page.total.pence)}</span> is due to providers in{' '}
                {many(page.total.payments, 'payment', 'payments')}, the oldest for{' '}
                {many(page.oldest, 'day', 'days')}.{' '}
                {page.blocked.payments === 0 ? (
                  'All of it can be paid now.'
                ) : (
                  <>
                    <span className="num">{pounds(page.payable.pence)}</span> of it can be paid now.
                  </>
                )}
              </>
            }
          >
            {page.payable.payments > 0 ? (
              <p>
                <LinkButton href="/council/money/runs/new">Make a payment run</LinkButton>
              </p>
            ) : null}
          </Total>
          {page.blocked.payments > 0 ? (
            <Notice
              tone="warn"
              title={`${pounds(page.blocked.pence)} cannot be paid yet, in ${many(page.blocked.payments, 'payment', 'payments')}`}
              level={2}
            >
              <ul>
                {page.blocked.why.map((one) => {
                  const where = WHERE[one.block]
                  return (
                    <li key={one.block}>
                      {many(one.payments, 'payment', 'payments')} to{' '}
                      {many(one.providers, 'provider', 'providers')}: {one.words}.{' '}
                      {where ? <a href={where.href}>{where.label}</a> : 'It waits until more is due.'}
                    </li>
                  )
                })}
              </ul>
            </Notice>
          ) : null}
          <section className="stack" aria-label="Payments that are due">
            <Tabs
              label="Which payments"
              tabs={[
                { label: 'All', href: '/council/money/due', current: page.show === 'all' },
                {
                  label: 'Cannot be paid yet',
                  href: '/council/money/due?show=blocked',
                  current: page.show === 'blocked',
                },
              ]}
            />
            {page.rows.length === 0 ? (
              <p>Everything that is due can be paid.</p>
            ) : (
              <DataTable
                caption="Due, by provider, person and order"
                columns={[
                  { key: 'provider', label: 'Provider' },
                  { key: 'person', label: 'Person' },
                  { key: 'order', label: 'Order', nowrap: true },
                  { key: 'cost', label: 'Cost code' },
                  { key: 'since', label: 'Oldest visit' },
                  { key: 'due', label: 'Due', numeric: true },
                  { key: 'why', label: 'Can it be paid?' },
                ]}
                rows={page.rows.map((row) => ({
                  key: row.key,
                  cells: {
                    provider: row.provider,
                    person: row.person,
                    order: row.order ?? 'None',
                    cost: row.costCode ?? 'None',
                    since: `${row.since} (${many(row.days, 'day', 'days')})`,
                    due: pounds(row.pence),
                    why: canBePaid(row),
                  },
                }))}
              />
            )}
            <Pages
              current={page.page}
              total={page.pages}
              base={`/council/money/due?${page.show === 'blocked' ? 'show=blocked&' : ''}page=`}
              label="Pages of payments"
            />
          </section>
        </>
      )}
    </div>
  )
}

/** A sum of nothing is in a run, too: what came back is set off there, and no money is sent. */
function canBePaid({ pence, why }: { pence: number; why: readonly string[] }): string {
  if (why.length > 0) return `No: ${why.join('; ')}`
  return pence === 0 ? 'Yes: what came back is set off' : 'Yes'
}
