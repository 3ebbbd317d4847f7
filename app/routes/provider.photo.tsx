import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { providerPhotoPage } from '#services/photos/photos-page.server.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PhotoErrors, PhotoKeeping } from '~/components/photos/keeping.tsx'
import { photoForms } from '~/http/photo-forms.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your photograph – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => providerPhotoPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async (context) => {
    const { deps, actor, url } = context
    // The address says which organisation, as it did when the page was shown.
    const { id } = await providerPhotoPage(deps, actor, url.searchParams.get('org'))
    return photoForms(context, { kind: 'provider', id }, `/provider/photo?org=${id}`)
  })

export default function ProviderPhoto() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/details?org=${page.id}`}>Your organisation</BackLink>
      <PhotoErrors answered={answered} />
      <header className="stack-s">
        <h1>Your photograph</h1>
        <p className="lead">
          One photograph of {page.of}: your door, your team, your van. It stands on your page instead of your
          quilt square.
        </p>
        <p>
          {page.seen
            ? 'What you change here is seen at once.'
            : 'Nobody sees it until one of your services is published.'}
        </p>
      </header>
      <PhotoKeeping photos={page.photos} most={page.most} mayEdit={page.mayEdit} answered={answered} />
    </div>
  )
}
