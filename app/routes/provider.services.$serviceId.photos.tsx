import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { servicePhotosPage } from '#services/photos/photos-page.server.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PhotoErrors, PhotoKeeping } from '~/components/photos/keeping.tsx'
import { photoForms } from '~/http/photo-forms.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Photographs of ${data?.of ?? 'a service'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => servicePhotosPage(deps, actor, params['serviceId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, (context) => {
    const id = context.params['serviceId'] ?? ''
    return photoForms(context, { kind: 'service', id }, `/provider/services/${id}/photos`)
  })

export default function ServicePhotos() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/services/${page.id}`}>{page.of}</BackLink>
      <PhotoErrors answered={answered} />
      <header className="stack-s">
        <h1>Photographs</h1>
        <p className="lead">
          Where it is, how to get in, what is done there: people choose more easily when they have seen it.
        </p>
        <p>
          Up to {page.most}. The first one is shown large.{' '}
          {page.seen
            ? 'What you change here is seen at once.'
            : 'Nobody sees them until the service is published.'}
        </p>
      </header>
      <PhotoKeeping photos={page.photos} most={page.most} mayEdit={page.mayEdit} answered={answered} />
    </div>
  )
}
