import type { LoaderFunctionArgs } from '@remix-run/node'
import { importsCsv } from '#services/monitoring/monitoring-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) =>
    csvResponse(await importsCsv(deps, actor, url.searchParams.get('council'))),
  )
