import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilMoneyPage } from '#services/councils/council-money-page.server.ts'
import { LinkCards } from '~/components/links/link-cards.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Money – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => councilMoneyPage(deps, actor))

export default function CouncilMoney() {
  const { council, groups } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Money</h1>
        <p className="lead">What {council} owes for people’s support, what it has paid, and the proof.</p>
      </header>
      {groups.map(({ id, title, pages }) => (
        <section key={id} className="stack" aria-labelledby={id}>
          <h2 id={id}>{title}</h2>
          <LinkCards links={pages} level={3} />
        </section>
      ))}
    </div>
  )
}
