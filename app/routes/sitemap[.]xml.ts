import type { LoaderFunctionArgs } from '@remix-run/node'
import { sitemap } from '#services/discovery/sitemap.server.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, url }) => {
    const xml = await sitemap(deps, url.searchParams.get('part'))
    return new Response(xml, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } })
  })
