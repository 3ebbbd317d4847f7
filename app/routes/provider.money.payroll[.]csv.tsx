import type { LoaderFunctionArgs } from '@remix-run/node'
import { payrollCsv } from '#services/employing/send-payroll.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const { filename, csv } = await payrollCsv(deps, actor, {
      org: url.searchParams.get('org'),
      sent: url.searchParams.get('sent'),
    })
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'private, no-store',
      },
    })
  })
