import type { LoaderFunctionArgs } from '@remix-run/node'
import { suppliersCsv } from '#services/orders/suppliers-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) =>
    csvResponse(await suppliersCsv(deps, actor, url.searchParams.get('council'))),
  )
