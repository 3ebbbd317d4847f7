import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { holderStatementPage } from '#services/holding/statement-page.server.ts'
import { StatementOfFund } from '~/components/holding/statement-page.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { periodOf } from '~/http/period.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Statement – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    holderStatementPage(deps, actor, params['allocationId'] ?? '', periodOf(url)),
  )

export default function Statement() {
  const page = useLoaderData<typeof loader>()
  const base = `/provider/money/accounts/${page.allocationId}`
  return (
    <div className="stack-l">
      <BackLink href={base}>{page.person.name}</BackLink>
      <StatementOfFund page={page} path={`${base}/statement`} csv={`${base}/statement.csv`} />
    </div>
  )
}
