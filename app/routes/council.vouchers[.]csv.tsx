import type { LoaderFunctionArgs } from '@remix-run/node'
import { voucherReportCsv } from '#services/budgets/voucher-report.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const { filename, csv } = await voucherReportCsv(deps, actor, url.searchParams.get('table'))
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
      },
    })
  })
