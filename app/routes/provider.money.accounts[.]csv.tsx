import type { LoaderFunctionArgs } from '@remix-run/node'
import { accountsCsv } from '#services/holding/accounts-page.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const { filename, csv } = await accountsCsv(deps, actor, {
      org: url.searchParams.get('org'),
      show: url.searchParams.get('show'),
    })
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'private, no-store',
      },
    })
  })
