import type { LoaderFunctionArgs } from '@remix-run/node'
import { holderStatementCsv } from '#services/holding/statement-page.server.ts'
import { periodOf } from '~/http/period.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) => {
    const { filename, csv } = await holderStatementCsv(
      deps,
      actor,
      params['allocationId'] ?? '',
      periodOf(url),
    )
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'private, no-store',
      },
    })
  })
