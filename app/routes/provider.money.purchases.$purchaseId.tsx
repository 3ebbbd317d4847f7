import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import {
  holderPurchasePage,
  payAsHolder,
  refuseAsHolder,
} from '#services/purchases/holder-purchases.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PaidFields } from '~/components/purchases/paid-fields.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Something to buy – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => holderPurchasePage(deps, actor, params['purchaseId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const given = { ...valuesOf(form), purchaseId: params['purchaseId'] ?? '' }
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'paid':
          await payAsHolder(deps, actor, { ...given, paidOn: readDate(form, 'paidOn') })
          return redirectWithNotice('/provider/money/purchases', 'It is written down as paid. They are told.')
        case 'refuse':
          await refuseAsHolder(deps, actor, given)
          return redirectWithNotice('/provider/money/purchases', 'Saved: not paid. They are told why.')
        default:
          throw notFound()
      }
    })
  })

export default function HolderPurchase() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const refusing = typed(answered, 'intent') === 'refuse'
  const errors = answered?.errors
  return (
    <div className="narrow stack-l">
      <BackLink href="/provider/money/purchases">Things to buy for people</BackLink>
      <ErrorSummary errors={errors} />
      <h1>
        {page.what}, for {page.person}
      </h1>
      <SummaryList
        rows={[
          { term: 'From', value: page.seller },
          { term: 'Agreed price', value: pounds(page.pence) },
          { term: 'Fund', value: page.fund },
          { term: 'Asked on', value: page.askedOn },
          ...(page.paidPence === null ? [] : [{ term: 'Paid', value: pounds(page.paidPence) }]),
          ...(page.answer ? [{ term: 'You wrote', value: page.answer }] : []),
        ]}
      />
      {page.open ? (
        <>
          <form method="post" className="stack-l" noValidate>
            <input type="hidden" name="intent" value="paid" />
            <PaidFields
              price={(refusing ? undefined : typed(answered, 'price')) ?? (page.pence / 100).toFixed(2)}
              paidOn={(refusing ? undefined : typedDate(answered, 'paidOn')) ?? ''}
              errors={refusing ? undefined : errors}
              mostOver={page.mostOver}
            />
            <Button size="big">Write it down</Button>
          </form>
          <Details summary="We do not pay this" open={refusing}>
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="intent" value="refuse" />
              <Textarea
                name="answer"
                label="Why not?"
                hint="They read this. Say what they can do."
                rows={3}
                maxLength={1000}
                defaultValue={refusing ? typed(answered, 'answer') : undefined}
                error={refusing ? errors?.['answer'] : undefined}
              />
              <Button kind="second">Say that it is not paid</Button>
            </form>
          </Details>
        </>
      ) : (
        <p>
          {page.paidPence === null ? 'There is nothing to be paid now.' : 'It is paid, and they are told.'}
        </p>
      )}
    </div>
  )
}
