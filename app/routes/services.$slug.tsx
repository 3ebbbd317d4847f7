import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Service } from '~/components/service-page/service.tsx'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    servicePage(deps, actor, params['slug'] ?? '', url.searchParams.get('reviews') === 'all'),
  )

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? [
        { title: `${page.title} from ${page.provider.name} – Kith` },
        { name: 'description', content: page.summary.slice(0, 300) },
        { tagName: 'link', rel: 'canonical', href: `/services/${page.slug}` },
      ]
    : [{ title: 'We could not find that page – Kith' }]

export default function ServiceOfSlug() {
  const { paying, ...page } = useLoaderData<typeof loader>()
  return (
    <>
      <BackLink href="/find">Find other support</BackLink>
      <Service page={page} paying={paying} />
    </>
  )
}
