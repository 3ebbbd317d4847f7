import type { LoaderFunctionArgs } from '@remix-run/node'
import { personPackFile } from '#services/audit-packs/pack-files.server.ts'
import { keptFile, packFileOf } from '~/http/file.server.ts'
import { periodOf } from '~/http/period.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) =>
    keptFile(
      await personPackFile(
        deps,
        actor,
        params['allocationId'] ?? '',
        periodOf(url),
        packFileOf(params['file']),
      ),
    ),
  )
