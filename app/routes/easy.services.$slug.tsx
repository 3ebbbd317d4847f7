import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyServicePage } from '#services/easy-read/service-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { EasyRead } from '~/components/easy-read/easy-read.tsx'
import { Keep, KeptLink } from '~/components/keep/keep.tsx'
import { BackLink, Chips } from '~/components/navigation/navigation.tsx'
import { PhotoGallery } from '~/components/photos/photo.tsx'
import { Tile } from '~/components/tile/picture.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'
import { keptFor } from '~/http/shortlist.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const [page, kept] = await Promise.all([
      easyServicePage(deps, actor, params['slug'] ?? ''),
      keptFor(deps, actor, request),
    ])
    return { ...page, kept }
  })

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) =>
  page
    ? publicPage(originOf(matches), {
        title: `${page.title} from ${page.provider.name}, in Easy Read`,
        description: page.summary,
        path: `/easy/services/${page.slug}`,
      })
    : [{ title: 'We could not find that page – Kith' }]

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function EasyServiceOfSlug() {
  const page = useLoaderData<typeof loader>()
  const { id, title, provider, parts, photos, kept } = page
  return (
    <>
      <header className="stack">
        <BackLink href="/easy/find">Find other support</BackLink>
        <div className="easy-result-top">
          <Tile id={provider.id} kind={provider.kind} size="l" />
          <div className="stack-s">
            <h1>{title}</h1>
            {provider.name === title ? null : <p>{provider.name}</p>}
          </div>
        </div>
        <div className="row no-print">
          <Press page={page} />
          {page.mayWrite ? (
            <LinkButton href={`/services/${page.slug}/ask`} kind="second" size="big">
              Ask a question
            </LinkButton>
          ) : null}
          <Keep serviceId={id} title={title} kept={kept} />
        </div>
        <KeptLink kept={kept} />
        <Chips
          label="On this page"
          chips={parts.map(({ id: part, heading }) => ({ label: heading ?? '', href: `#${part}` }))}
        />
      </header>
      <PhotoGallery photos={photos} />
      <EasyRead parts={parts} />
      <div className="row no-print">
        <Press page={page} />
        {provider.phone ? (
          <LinkButton href={`tel:${provider.phone.replaceAll(' ', '')}`} kind="second" size="big">
            Ring them: {provider.phone}
          </LinkButton>
        ) : null}
      </div>
    </>
  )
}

/** The one press that the page is for; nothing where there is nothing to press. */
function Press({ page: { slug, mayAsk, intoWeek } }: { page: Page }) {
  if (mayAsk)
    return (
      <LinkButton href={`/book/${slug}`} size="big">
        Ask for this support
      </LinkButton>
    )
  return intoWeek ? (
    <LinkButton href={`/services/${slug}/week`} size="big">
      Put it in my week
    </LinkButton>
  ) : null
}
