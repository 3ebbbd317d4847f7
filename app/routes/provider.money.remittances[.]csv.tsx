import type { LoaderFunctionArgs } from '@remix-run/node'
import { remittancesCsv } from '#services/runs/remittances-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) =>
    csvResponse(await remittancesCsv(deps, actor, url.searchParams.get('org'))),
  )
