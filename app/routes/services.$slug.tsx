import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { Keep, KeptLink } from '~/components/keep/keep.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Service } from '~/components/service-page/service.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'
import { keptFor } from '~/http/shortlist.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const [page, kept] = await Promise.all([
      servicePage(deps, actor, params['slug'] ?? '', url.searchParams.get('reviews') === 'all'),
      keptFor(deps, actor, request),
    ])
    return { ...page, kept }
  })

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => {
  if (!page) return [{ title: 'We could not find that page – Kith' }]
  const origin = originOf(matches)
  const { provider, price } = page
  return publicPage(origin, {
    title: `${page.title} from ${provider.name}`,
    description: page.summary,
    path: `/services/${page.slug}`,
    about: {
      '@type': 'Service',
      name: page.title,
      description: page.summary,
      url: `${origin}/services/${page.slug}`,
      provider: {
        '@type': 'Organization',
        name: provider.name,
        url: `${origin}/providers/${provider.slug}`,
      },
      // What a regulator or people say of it stands on the page, with how many and since when; a mean alone would not.
      ...(price
        ? { offers: { '@type': 'Offer', price: (price.total / 100).toFixed(2), priceCurrency: 'GBP' } }
        : {}),
    },
  })
}

export default function ServiceOfSlug() {
  const { paying, kept, ...page } = useLoaderData<typeof loader>()
  return (
    <>
      <BackLink href="/find">Find other support</BackLink>
      <Service
        page={page}
        paying={paying}
        keep={
          kept ? (
            <div className="stack-s no-print">
              <Keep serviceId={page.id} title={page.title} kept={kept} />
              {kept.ids.some((id) => id !== page.id) ? (
                <p className="go">
                  <a href={`/compare?service=${page.slug}`}>Compare it with others you kept</a>
                </p>
              ) : null}
              <KeptLink kept={kept} />
            </div>
          ) : null
        }
      />
    </>
  )
}
