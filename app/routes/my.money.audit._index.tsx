import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { personPacksPage } from '#services/audit-packs/pack-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Everything about a fund – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return personPacksPage(deps, actor)
  })

export default function PersonPacks() {
  const { person, funds } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
      <header className="stack-s">
        <h1>Everything about a fund</h1>
        <p className="lead">
          What came, what it paid for, and every paper, in one press. If the council asks how money was used,
          this is the answer: it sees the same.
        </p>
      </header>
      {funds.length === 0 ? (
        <Empty title="There is no fund yet" level={2}>
          <p>When a council or the NHS agrees a budget, it shows here.</p>
        </Empty>
      ) : (
        <ul className="plain stack">
          {funds.map((fund) => (
            <li key={fund.id} className="card stack-s">
              <h2>
                <a href={`/my/money/audit/${fund.id}`}>{fund.name}</a>
              </h2>
              <p>
                {fund.held}, {fund.days}.
              </p>
              <p>
                {fund.looks === 0
                  ? 'Nobody of the council has opened all of it.'
                  : `The council has opened all of it ${fund.looks === 1 ? 'once' : `${String(fund.looks)} times`}.`}
              </p>
              <p>
                <LinkButton href={`/my/money/audit/${fund.id}/pack.zip`} kind="second" size="small" download>
                  Save all of it
                  <span className="vh">
                    : {fund.name}, {fund.days}
                  </span>
                </LinkButton>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
