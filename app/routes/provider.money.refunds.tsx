import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { providerRefundsPage } from '#services/refunds/refund-pages.server.ts'
import { sayArrived } from '#services/refunds/return-money.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { RefundList } from '~/components/refund/refund-list.tsx'
import { ArrivedForm } from '~/components/refund/refund-parts.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Money given back – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => providerRefundsPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await sayArrived(deps, actor, {
        refundId: text(form, 'refundId'),
        payerKind: 'fund_holder',
        arrived: text(form, 'intent') === 'arrived',
      })
      return redirectWithNotice('/provider/money/refunds', 'Said. The provider has been told.')
    })
  })

export default function Refunds() {
  const { provider, asked, decided, coming, mayWork } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const href = (id: string): string => `/provider/visits/${id}/refund`
  return (
    <div className="stack-l">
      <BackLink href={`/provider/money?org=${provider.id}`}>Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Money given back</h1>
        <p className="lead">
          On your own contracts {provider.name} decides; where a council pays, the council does.
        </p>
        <p>To give money back unasked, open the visit.</p>
      </header>
      <section className="stack" aria-labelledby="asked">
        <h2 id="asked">Waiting for an answer</h2>
        {asked.length === 0 ? (
          <Empty title="Nobody waits">
            <p>When somebody asks for money back, it is here.</p>
          </Empty>
        ) : (
          <RefundList
            caption="Refunds that wait for an answer"
            visits={asked}
            waiting
            href={href}
            withProvider={false}
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
            withProvider={false}
          />
        </section>
      ) : null}
      {coming.length > 0 ? (
        <section className="stack" aria-labelledby="coming">
          <h2 id="coming">On its way to funds that you hold</h2>
          {coming.map((one) => (
            <div key={one.refundId} className="card stack-s">
              <p>
                {pounds(one.pence)} from {one.from}, for {one.person}.
              </p>
              {mayWork ? <ArrivedForm refundId={one.refundId} /> : null}
            </div>
          ))}
        </section>
      ) : null}
    </div>
  )
}
