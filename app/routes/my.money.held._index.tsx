import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { heldFundsPage } from '#services/holding/held-fund-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Money held for you – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return heldFundsPage(deps, actor)
  })

export default function HeldFunds() {
  const { person, funds } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
      <h1>Money held for {person.self ? 'you' : person.shortName}</h1>
      {funds.length === 0 ? (
        <Empty title="Nobody holds money for you just now" level={2}>
          <p>
            A support service can look after your account while you stay in charge, or a provider you trust
            can hold a fund for you. Each way of holding a budget is as good as any other.{' '}
            <a href="/help">Talk to a person about it</a>
          </p>
        </Empty>
      ) : (
        <ul className="plain stack">
          {funds.map((fund) => (
            <li key={fund.allocationId} className="card stack-s">
              <h2>
                <a href={`/my/money/held/${fund.allocationId}`}>{fund.name}</a>
              </h2>
              <p>
                {fund.managed ? `In an account that ${fund.holder} looks after` : `Held by ${fund.holder}`}
                {fund.ended ? '. It has ended.' : '.'}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
