import type { LoaderFunctionArgs } from '@remix-run/node'
import { dueCsv } from '#services/runs/due-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) =>
    csvResponse(await dueCsv(deps, actor, url.searchParams.get('council'))),
  )
