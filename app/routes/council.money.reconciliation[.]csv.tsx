import type { LoaderFunctionArgs } from '@remix-run/node'
import { reconciliationCsv } from '#services/reconciliation/reconciliation-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) =>
    csvResponse(
      await reconciliationCsv(deps, actor, {
        show: url.searchParams.get('show'),
        source: url.searchParams.get('source'),
      }),
    ),
  )
