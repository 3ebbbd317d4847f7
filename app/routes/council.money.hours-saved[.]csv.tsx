import type { LoaderFunctionArgs } from '@remix-run/node'
import { councilHoursCsv } from '#services/hours-saved/council-hours.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => csvResponse(await councilHoursCsv(deps, actor)))
