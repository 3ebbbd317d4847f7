import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPhoto } from '#services/photos/read-photo.server.ts'
import { photoResponse } from '~/http/photo-forms.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) =>
    photoResponse(await readPhoto(deps, actor, params['photoId'] ?? '', params['width'] ?? '')),
  )
