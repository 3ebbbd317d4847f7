import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { askRefund } from '#services/refunds/ask-refund.server.ts'
import { providerRefundPage } from '#services/refunds/refund-pages.server.ts'
import { askRefundSchema } from '#services/refunds/refund.schema.ts'
import { saySentBack } from '#services/refunds/return-money.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DecideRefund } from '~/components/refund/decide-refund.tsx'
import { AmountFields, RefundCard, WhyField } from '~/components/refund/refund-parts.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { refundPress } from '~/http/refund-form.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Give money back – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => providerRefundPage(deps, actor, params['visitId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const visitId = params['visitId'] ?? ''
    const here = `/provider/visits/${visitId}/refund`
    switch (text(form, 'intent')) {
      case 'offer':
        return answer(form, async () => {
          const { pence, reason } = askRefundSchema.parse(valuesOf(form))
          await askRefund(deps, actor, { visitId, as: 'provider', pence, reason })
          return redirectWithNotice(here, 'Said. The council decides.')
        })
      case 'sent':
        return answer(form, async () => {
          await saySentBack(deps, actor, text(form, 'refundId'))
          return redirectWithNotice(here, 'Said. They are asked whether it has arrived.')
        })
      default:
        return refundPress(deps, actor, form, { visitId, as: 'provider', here })
    }
  })

export default function Refund() {
  const { visit, mayDecide, mayOffer, maySend } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="flow">
      <BackLink href={`/provider/visits/${visit.id}`}>The visit</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Give money back</h1>
        <p className="lead">
          {visit.title} with {visit.person.shortName}, {visit.when}
        </p>
        <p>
          {pounds(visit.paid)} was charged for it. {pounds(visit.left)} of it was not given back.
        </p>
      </header>
      {visit.refunds.map((refund) => (
        <RefundCard key={refund.id} refund={refund} notesAt="/provider/money/invoices">
          {maySend && refund.toSend ? (
            <form method="post" className="stack-s">
              <input type="hidden" name="refundId" value={refund.id} />
              <p>Have you sent it back by bank transfer?</p>
              <p>
                <Button name="intent" value="sent" kind="second">
                  We have sent it back
                </Button>
              </p>
            </form>
          ) : null}
        </RefundCard>
      ))}
      {mayDecide ? <DecideRefund by="provider" visit={visit} answered={answered} /> : null}
      {mayOffer ? (
        <form method="post" className="stack" noValidate>
          <h2>Tell the council that you give money back</h2>
          <p>The council pays for this visit, so the council decides. Nothing moves before that.</p>
          <AmountFields left={visit.left} values={answered?.values ?? {}} errors={answered?.errors} />
          <WhyField name="reason" label="Why?" values={answered?.values ?? {}} errors={answered?.errors} />
          <p>
            <Button name="intent" value="offer">
              Tell the council
            </Button>
          </p>
        </form>
      ) : null}
      {visit.left === 0 ? <p>All of it was given back.</p> : null}
      {visit.settled ? null : <p>Money can be given back once the visit is agreed and settled.</p>}
    </div>
  )
}
