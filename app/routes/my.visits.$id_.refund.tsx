import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { askRefund } from '#services/refunds/ask-refund.server.ts'
import { personRefundPage } from '#services/refunds/refund-pages.server.ts'
import { askRefundSchema } from '#services/refunds/refund.schema.ts'
import { sayArrived } from '#services/refunds/return-money.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { AmountFields, ArrivedForm, RefundCard, WhyField } from '~/components/refund/refund-parts.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Money back${page ? ` for ${page.visit.title}` : ''} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => personRefundPage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const visitId = params['id'] ?? ''
    const here = `/my/visits/${visitId}/refund`
    // Whose visit it is, before anything is read of what was sent.
    await personRefundPage(deps, actor, visitId)
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'ask': {
          const { pence, reason } = askRefundSchema.parse(valuesOf(form))
          const { decides } = await askRefund(deps, actor, { visitId, as: 'person', pence, reason })
          return redirectWithNotice(
            here,
            decides === 'council' ? 'Asked. The council decides.' : 'Asked. The provider decides.',
          )
        }
        case 'arrived':
        case 'not-arrived':
          await sayArrived(deps, actor, {
            refundId: text(form, 'refundId'),
            payerKind: 'person',
            arrived: text(form, 'intent') === 'arrived',
          })
          return redirectWithNotice(here, 'Thank you. We have told the provider.')
        default:
          throw notFound()
      }
    })
  })

export default function Refund() {
  const { visit, mayAsk, maySayArrived, self } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="flow">
      <BackLink href={`/my/visits/${visit.id}`}>The visit</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Money back for {visit.title}</h1>
        <p className="lead">
          {visit.provider}, {visit.when}
        </p>
        <p>
          {pounds(visit.paid)} was charged for it:{' '}
          {visit.parts.map(({ fund, paid }) => `${pounds(paid)} from ${fund}`).join(' and ')}.
        </p>
      </header>
      {visit.refunds.map((refund) => (
        <RefundCard key={refund.id} refund={refund} notesAt="/my/money/invoices">
          {maySayArrived && refund.onItsWayTo.includes('person') ? (
            <ArrivedForm refundId={refund.id} />
          ) : null}
        </RefundCard>
      ))}
      {mayAsk ? (
        <form method="post" className="stack" noValidate>
          <h2>Ask for money back</h2>
          <p>
            {visit.decides === 'council'
              ? 'The council pays for this visit, so the council decides.'
              : `${visit.provider} decides.`}{' '}
            Nothing moves before that. What is given back goes to the funds that paid.
          </p>
          <AmountFields left={visit.left} values={answered?.values ?? {}} errors={answered?.errors} />
          <WhyField
            name="reason"
            label="Why?"
            hint={`What was not as it should be? ${visit.provider} ${visit.decides === 'council' ? 'and the council read' : 'reads'} it.`}
            values={answered?.values ?? {}}
            errors={answered?.errors}
          />
          <p>
            <Button name="intent" value="ask">
              Ask for it
            </Button>
          </p>
        </form>
      ) : visit.left === 0 ? (
        <p>All of it was given back.</p>
      ) : visit.settled ? null : (
        <p>Money can be given back once the visit is agreed and settled.</p>
      )}
      <p>
        {self ? 'Not content with an answer?' : 'Is an answer not right?'}{' '}
        <a href="/help">Talk to a person</a>
      </p>
    </div>
  )
}
