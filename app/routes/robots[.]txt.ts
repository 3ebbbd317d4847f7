import type { LoaderFunctionArgs } from '@remix-run/node'
import { run } from '~/http/run.server.ts'

const PRIVATE = [
  'my',
  'book',
  'bookings',
  'circle',
  'provider',
  'council',
  'concern',
  'demo',
  'design',
  'shortlist',
  'compare',
  'sign-in',
  'sign-out',
]

/** Public pages only; what somebody searches for is nobody's to index. */
export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps }) => {
    const lines = [
      'User-agent: *',
      'Disallow: /find?',
      'Disallow: /easy/find?',
      'Disallow: /easy/my/',
      ...PRIVATE.flatMap((path) => [`Disallow: /${path}/`, `Disallow: /${path}$`]),
      `Sitemap: ${deps.settings.origin}/sitemap.xml`,
    ]
    return new Response(`${lines.join('\n')}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  })
