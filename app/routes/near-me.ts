import { data, type ActionFunctionArgs } from '@remix-run/node'
import { nearestPlace } from '#services/discovery/nearest-place.server.ts'
import { run } from '~/http/run.server.ts'

/** Where a browser is, as a place to search near: asked by a press, answered as a name, kept nowhere. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, request }) => {
    const form = Object.fromEntries(await request.formData())
    return data({ near: await nearestPlace(deps, form) }, { headers: { 'Cache-Control': 'no-store' } })
  })
