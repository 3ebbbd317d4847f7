import type { LoaderFunctionArgs } from '@remix-run/node'
import { councilPackFile } from '#services/audit-packs/pack-files.server.ts'
import { keptFile, packFileOf } from '~/http/file.server.ts'
import { periodOf } from '~/http/period.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) =>
    keptFile(
      await councilPackFile(
        deps,
        actor,
        { allocationId: params['allocationId'] ?? '', openingId: params['openingId'] ?? '' },
        periodOf(url),
        packFileOf(params['file']),
      ),
    ),
  )
