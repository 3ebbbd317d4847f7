import type { LoaderFunctionArgs } from '@remix-run/node'
import { remittanceCsv } from '#services/runs/remittances-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) =>
    csvResponse(await remittanceCsv(deps, actor, params['paymentId'] ?? '')),
  )
