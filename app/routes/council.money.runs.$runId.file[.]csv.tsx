import type { LoaderFunctionArgs } from '@remix-run/node'
import { takeRunFile } from '#services/runs/send-run.server.ts'
import { csvResponse } from '~/http/csv.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) =>
    csvResponse(await takeRunFile(deps, actor, params['runId'] ?? '')),
  )
