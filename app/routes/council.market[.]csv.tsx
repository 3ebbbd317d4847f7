import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportMarket } from '#services/market/export-market.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const { filename, csv } = await exportMarket(deps, actor, Object.fromEntries(url.searchParams))
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
      },
    })
  })
