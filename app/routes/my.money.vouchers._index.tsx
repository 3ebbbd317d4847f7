import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { vouchersPage } from '#services/budgets/voucher-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Vouchers – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return vouchersPage(deps, actor)
  })

export default function Vouchers() {
  const { person, vouchers } = useLoaderData<typeof loader>()
  return (
    <>
      <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
      <div className="stack-l">
        <header className="stack-s">
          <h1>{whoseThing(person, 'vouchers')}</h1>
          <p className="lead">
            A voucher is worth a fixed sum for one purpose, until a day. It can be used bit by bit.
          </p>
        </header>
        {vouchers.length === 0 ? (
          <Empty title="There is no voucher" level={2}>
            <p>When a council or a fund gives one, it shows here and under money.</p>
          </Empty>
        ) : (
          <ul className="plain grid grid-2">
            {vouchers.map((one) => (
              <li key={one.id}>
                <Card labelledBy={`v-${one.id}`}>
                  <h2 id={`v-${one.id}`}>
                    <a href={`/my/money/vouchers/${one.id}`}>{one.name}</a>
                  </h2>
                  <p>
                    <Tag tone={one.standing.tone}>{one.standing.words}</Tag>
                  </p>
                  <p>
                    {pounds(one.value)} from {one.funder}. {pounds(one.used)} is used, {pounds(one.setAside)}{' '}
                    is set aside.
                  </p>
                  <p>{one.canBuy}</p>
                </Card>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}
