import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilLandingPage } from '#services/accounts/council-landing-page.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Council – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => councilLandingPage(deps, actor))

export default function Council() {
  const { title, links } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <h1>{title}</h1>
      {links.length === 0 ? <p>Your role has no pages here yet. They come with the money pages.</p> : null}
      <ul className="plain grid grid-2">
        {links.map((link) => (
          <li key={link.href} className="card stack-s">
            <h2>
              <a href={link.href}>{link.label}</a>
            </h2>
            <p>{link.says}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
