import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { keptBackPage } from '#services/employing/kept-back-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Money kept back – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return keptBackPage(deps, actor)
  })

export default function KeptBack() {
  const { person, funds, mayManage } = useLoaderData<typeof loader>()
  return (
    <div className="flow">
      <BackLink href="/my/money">{person.self ? 'My money' : 'Money'}</BackLink>
      <header className="stack-s">
        <h1>Money kept back</h1>
        <p className="lead">
          It stays in the fund for wages, holiday, notice and bad days. Nothing else is paid from it, and a
          council does not count it as too much.
        </p>
      </header>
      {funds.length === 0 ? (
        <Empty title="There is no fund just now" level={2} />
      ) : (
        funds.map((fund) => (
          <section key={fund.id} className="stack" aria-labelledby={`k-${fund.id}`}>
            <h2 id={`k-${fund.id}`}>{fund.name}</h2>
            <p>
              {fund.kept.length === 0 ? 'Nothing is kept back in this fund.' : `${fund.total} is kept back.`}
            </p>
            {fund.kept.length > 0 ? (
              <SummaryList
                rows={fund.kept.map(({ term, value, why }) => ({
                  term,
                  value: why ? `${value}. ${why}` : value,
                }))}
              />
            ) : null}
            {mayManage ? (
              <p>
                <a href={`/my/kept-back/${fund.id}`}>
                  Keep money back for notice or bad days<span className="vh"> in {fund.name}</span>
                </a>
              </p>
            ) : null}
          </section>
        ))
      )}
    </div>
  )
}
