import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { Keep, KeptLink } from '~/components/keep/keep.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Service } from '~/components/service-page/service.tsx'
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

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? [
        { title: `${page.title} from ${page.provider.name} – Kith` },
        { name: 'description', content: page.summary.slice(0, 300) },
        { tagName: 'link', rel: 'canonical', href: `/services/${page.slug}` },
      ]
    : [{ title: 'We could not find that page – Kith' }]

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
