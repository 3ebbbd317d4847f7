import type { LoaderFunctionArgs } from '@remix-run/node'
import { moneyCsv } from '#services/budgets/money-page.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const { filename, csv } = await moneyCsv(deps, actor, { month: url.searchParams.get('month') })
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'private, no-store',
      },
    })
  })
