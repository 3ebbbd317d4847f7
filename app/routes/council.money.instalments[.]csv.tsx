import type { LoaderFunctionArgs } from '@remix-run/node'
import { councilInstalmentsCsv } from '#services/budgets/council-instalments-page.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => {
    const { filename, csv } = await councilInstalmentsCsv(deps, actor)
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
      },
    })
  })
