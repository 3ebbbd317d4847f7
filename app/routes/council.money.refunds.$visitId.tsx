import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { councilRefundPage } from '#services/refunds/refund-pages.server.ts'
import { sayArrived } from '#services/refunds/return-money.server.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DecideRefund } from '~/components/refund/decide-refund.tsx'
import { ArrivedForm, RefundCard } from '~/components/refund/refund-parts.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { refundPress } from '~/http/refund-form.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Money given back for a visit – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => councilRefundPage(deps, actor, params['visitId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const visitId = params['visitId'] ?? ''
    const here = `/council/money/refunds/${visitId}`
    const intent = text(form, 'intent')
    if (intent === 'arrived' || intent === 'not-arrived')
      return answer(form, async () => {
        await sayArrived(deps, actor, {
          refundId: text(form, 'refundId'),
          payerKind: 'council',
          arrived: intent === 'arrived',
        })
        return redirectWithNotice(here, 'Said. The provider has been told.')
      })
    return refundPress(deps, actor, form, { visitId, as: 'council', here })
  })

export default function Refund() {
  const { visit, mayDecide } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="flow">
      <BackLink href="/council/money/refunds">Money given back</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{visit.title}</h1>
        <p className="lead">
          {visit.provider} for {visit.person.name}, {visit.when}
        </p>
        <p>
          {pounds(visit.paid)} was charged for it:{' '}
          {visit.parts.map(({ fund, paid }) => `${pounds(paid)} from ${fund}`).join(' and ')}.{' '}
          {pounds(visit.left)} of it was not given back.
        </p>
      </header>
      {visit.refunds.map((refund) => (
        <RefundCard key={refund.id} refund={refund} notesAt="/council/money/invoices">
          {refund.onItsWayTo.includes('council') ? <ArrivedForm refundId={refund.id} /> : null}
        </RefundCard>
      ))}
      {mayDecide ? <DecideRefund by="council" visit={visit} answered={answered} /> : null}
      {visit.left === 0 ? <p>All of it was given back.</p> : null}
    </div>
  )
}
