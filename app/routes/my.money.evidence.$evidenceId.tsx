import type { LoaderFunctionArgs } from '@remix-run/node'
import { readEvidence } from '#services/purchases/evidence.server.ts'
import { evidenceResponse } from '~/http/evidence.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) =>
    evidenceResponse(await readEvidence(deps, actor, params['evidenceId'] ?? '')),
  )
