import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilRefundsPage } from '#services/refunds/refund-pages.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { RefundList } from '~/components/refund/refund-list.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Money given back – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => councilRefundsPage(deps, actor))

export default function Refunds() {
  const { asked, decided } = useLoaderData<typeof loader>()
  const href = (id: string): string => `/council/money/refunds/${id}`
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <header className="stack-s">
        <h1>Money given back</h1>
        <p className="lead">For visits that the council pays for, the council decides.</p>
        <p>
          To begin one, open the visit from its <a href="/council/money/invoices">invoice</a>.
        </p>
      </header>
      <section className="stack" aria-labelledby="asked">
        <h2 id="asked">Waiting for your answer</h2>
        {asked.length === 0 ? (
          <Empty title="Nobody waits">
            <p>When a person or a provider asks for money back, it is here.</p>
          </Empty>
        ) : (
          <RefundList
            caption="Refunds that wait for an answer"
            visits={asked}
            waiting
            href={href}
            withProvider
          />
        )}
      </section>
      {decided.length > 0 ? (
        <section className="stack" aria-labelledby="decided">
          <h2 id="decided">Answered</h2>
          <RefundList
            caption="Refunds that were answered"
            visits={decided}
            waiting={false}
            href={href}
            withProvider
          />
        </section>
      ) : null}
    </div>
  )
}
