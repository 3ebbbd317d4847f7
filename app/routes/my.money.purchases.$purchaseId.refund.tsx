import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { purchasePage } from '#services/purchases/purchase-page.server.ts'
import { recordRefund } from '#services/purchases/refund-purchase.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Money that came back – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const page = await purchasePage(deps, actor, params['purchaseId'] ?? '')
    return page.may.refund ? page : redirect(`/my/money/purchases/${page.id}`)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const purchaseId = params['purchaseId'] ?? ''
    return answer(form, async () => {
      await recordRefund(deps, actor, { ...valuesOf(form), personId: text(form, 'personId'), purchaseId })
      return redirectWithNotice(
        `/my/money/purchases/${purchaseId}`,
        'It is written down. The money is back where it came from.',
      )
    })
  })

export default function Refund() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const most = page.paid ? page.paid.pence - page.paid.refunded : 0
  return (
    <div className="narrow stack-l">
      <BackLink href={`/my/money/purchases/${page.id}`}>{page.what}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>The seller gave money back</h1>
        <p className="lead">
          {page.what}, from {page.seller}. It goes back to {page.fund}: up to {pounds(most)}.
        </p>
      </header>
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="personId" value={page.person.id} />
        <MoneyField
          name="price"
          label="How much came back?"
          defaultValue={typed(answered, 'price')}
          error={answered?.errors['price']}
          required
        />
        <Button size="big">Write it down</Button>
      </form>
    </div>
  )
}
