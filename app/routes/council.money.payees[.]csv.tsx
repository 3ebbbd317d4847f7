import type { LoaderFunctionArgs } from '@remix-run/node'
import { payeesCsv } from '#services/payees/payees-page.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => csvResponse(await payeesCsv(deps, actor)))
