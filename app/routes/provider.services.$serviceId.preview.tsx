import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { previewPage } from '#services/catalogue/service-page.server.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Service } from '~/components/service-page/service.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Preview – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => previewPage(deps, actor, params['serviceId'] ?? ''))

export default function Preview() {
  const { page, serviceId, missing, mayEdit } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href={`/provider/services/${serviceId}`}>Back to your answers</BackLink>
      <Notice tone="warn" title="Preview: only you can see this" level={2}>
        <p>This is the page as people will see it. Only your organisation sees this preview.</p>
        {missing.length > 0 ? (
          <>
            <p>Still missing:</p>
            <ul>
              {missing.map(({ step, name, sentence }) => (
                <li key={step}>
                  {mayEdit ? <a href={`/provider/services/${serviceId}/${step}`}>{name}</a> : name}:{' '}
                  {sentence}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </Notice>
      <Service page={page} preview />
    </div>
  )
}
