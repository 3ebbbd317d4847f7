import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilLandingPage } from '#services/accounts/council-landing-page.server.ts'
import { LinkCards } from '~/components/links/link-cards.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Council – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => councilLandingPage(deps, actor))

export default function Council() {
  const { title, links } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <h1>{title}</h1>
      {links.length === 0 ? <p>Your role has no pages here.</p> : null}
      <LinkCards links={links} />
    </div>
  )
}
