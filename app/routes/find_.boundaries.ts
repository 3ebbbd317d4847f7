import type { LoaderFunctionArgs } from '@remix-run/node'
import { boundariesIn } from '#services/discovery/boundaries.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { run } from '~/http/run.server.ts'
import { statusOf } from '~/http/status.ts'

/** Boundaries change once a year, and an import is to be seen the next day. */
const FOR_EVERYBODY = 'public, max-age=86400'

/** Outlines of the councils in a part of the country, for the map that moves. The same for everybody. */
export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, url }) => {
    try {
      const areas = await boundariesIn(deps, url.searchParams.get('box') ?? '')
      return Response.json(areas, { headers: { 'Cache-Control': FOR_EVERYBODY } })
    } catch (error) {
      if (!isDomainError(error)) throw error
      return new Response('This is no part of the country that we have a map of.', {
        status: statusOf[error.code],
        headers: { 'Cache-Control': 'no-store' },
      })
    }
  })
