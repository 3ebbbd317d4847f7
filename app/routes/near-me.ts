import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { nearestPlace } from '#services/discovery/nearest-place.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { run } from '~/http/run.server.ts'
import { statusOf } from '~/http/status.ts'

/** There is nothing to look at here. */
export const loader = () => redirect('/find')

/** Where a browser is, as a place to search near: asked by a press, answered as a name, kept nowhere. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, request }) => {
    try {
      const near = await nearestPlace(deps, Object.fromEntries(await request.formData()))
      return data({ near }, { headers: { 'Cache-Control': 'no-store' } })
    } catch (error) {
      if (!isDomainError(error)) throw error
      return new Response(error.publicMessage, { status: statusOf[error.code] })
    }
  })
