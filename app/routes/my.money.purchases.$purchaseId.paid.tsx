import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { askNewPrice } from '#services/purchases/ask-new-price.server.ts'
import { recordPaid } from '#services/purchases/pay-purchase.server.ts'
import { purchasePage } from '#services/purchases/purchase-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PaidFields } from '~/components/purchases/paid-fields.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'It is paid – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const page = await purchasePage(deps, actor, params['purchaseId'] ?? '')
    return page.may.record || page.may.askAgain ? page : redirect(`/my/money/purchases/${page.id}`)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const purchaseId = params['purchaseId'] ?? ''
    const back = `/my/money/purchases/${purchaseId}`
    const given = { ...valuesOf(form), personId: text(form, 'personId'), purchaseId }
    return answer(form, async () => {
      if (text(form, 'intent') === 'new_price') {
        const state = await askNewPrice(deps, actor, given)
        return redirectWithNotice(
          back,
          state === 'agreed'
            ? 'The new price is agreed. Set the money aside again before you buy it.'
            : 'The new price is asked for. Nothing is set aside until it is agreed.',
        )
      }
      const { receipt } = await recordPaid(deps, actor, { ...given, paidOn: readDate(form, 'paidOn') })
      return redirectWithNotice(
        back,
        receipt
          ? 'It is written down as paid. This fund asks for the receipt: you can send it now or later.'
          : 'It is written down as paid. No receipt is asked for.',
      )
    })
  })

export default function Paid() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const again = typed(answered, 'intent') === 'new_price'
  return (
    <div className="narrow stack-l">
      <BackLink href={`/my/money/purchases/${page.id}`}>{page.what}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={again ? { price: 'new-price' } : {}} />
      <header className="stack-s">
        <h1>{page.may.record ? 'It is paid' : 'It costs something else'}</h1>
        <p className="lead">
          {page.what}, from {page.seller}. {pounds(page.pence)} was agreed, from {page.fund}.
        </p>
      </header>
      {page.may.record ? (
        <form method="post" className="stack-l" noValidate>
          <input type="hidden" name="personId" value={page.person.id} />
          <PaidFields
            price={(again ? undefined : typed(answered, 'price')) ?? (page.pence / 100).toFixed(2)}
            paidOn={(again ? undefined : typedDate(answered, 'paidOn')) ?? ''}
            errors={again ? undefined : answered?.errors}
            mostOver={page.mostOverWords}
          />
          <Button size="big">Write it down</Button>
        </form>
      ) : null}
      {page.may.askAgain ? (
        <section className="stack" aria-labelledby="again">
          <h2 id="again">Ask for another price</h2>
          <p>
            The new price has to be agreed again.{' '}
            {page.state === 'ordered' ? 'What is set aside goes back to the fund until then.' : ''}
          </p>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="personId" value={page.person.id} />
            <input type="hidden" name="intent" value="new_price" />
            <MoneyField
              name="price"
              id="new-price"
              label="What does it cost now?"
              defaultValue={again ? typed(answered, 'price') : undefined}
              error={again ? answered?.errors['price'] : undefined}
              required
            />
            <Button kind="second">Ask for this price</Button>
          </form>
        </section>
      ) : null}
    </div>
  )
}
