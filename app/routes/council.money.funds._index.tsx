import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { fundsPage } from '#services/budgets/fund-rules.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'What each fund pays for – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => fundsPage(deps, actor))

export default function Funds() {
  const { funds } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <header className="stack-s">
        <h1>What each fund pays for</h1>
        <p className="lead">
          Rules belong to a fund, never to the whole site. A refusal names the fund, its rule and what it can
          buy.
        </p>
      </header>
      {funds.length === 0 ? (
        <Empty title="There is no scheme yet" level={2}>
          <p>When your council has its first scheme, its rules are here.</p>
        </Empty>
      ) : (
        <DataTable
          caption="Schemes"
          columns={[
            { key: 'name', label: 'Fund' },
            { key: 'canBuy', label: 'What it can buy' },
            { key: 'running', label: 'People have it now', numeric: true },
            { key: 'changed', label: 'Times changed', numeric: true },
          ]}
          rows={funds.map((fund) => ({
            key: fund.id,
            cells: {
              name: <a href={`/council/money/funds/${fund.id}`}>{fund.name}</a>,
              canBuy: fund.canBuy,
              running: String(fund.running),
              changed: String(fund.changed),
            },
          }))}
        />
      )}
    </div>
  )
}
