import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { newAdviserPurchasePage } from '#services/purchases/new-purchase-page.server.ts'
import { proposeAsAdviser } from '#services/purchases/propose-purchase.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PurchaseFields } from '~/components/purchases/purchase-fields.tsx'
import { answer, readForm, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Suggest a purchase – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => newAdviserPurchasePage(deps, actor, params['allocationId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { purchaseId } = await proposeAsAdviser(deps, actor, {
        ...valuesOf(form),
        allocationId: params['allocationId'] ?? '',
      })
      return redirectWithNotice(
        `/council/purchases/${purchaseId}`,
        'It is suggested. Nothing is bought until they say yes.',
      )
    })
  })

export default function SuggestPurchase() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors = answered?.errors
  const [fund] = page.funds
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/purchases">Purchases</BackLink>
      <ErrorSummary errors={errors} ids={{ fund: 'what' }} />
      <header className="stack-s">
        <h1>Suggest something to {page.person.shortName}</h1>
        <p className="lead">
          From {fund?.name ?? 'a fund that has ended'}. {fund?.says}
        </p>
        <p>{page.limit}</p>
      </header>
      {errors?.['fund'] ? (
        <Notice tone="stop" title="This fund cannot pay for it" level={2}>
          <p>{errors['fund'].join(' ')}</p>
        </Notice>
      ) : null}
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="purchaseId" value={typed(answered, 'purchaseId') ?? page.purchaseId} />
        <PurchaseFields
          funds={page.funds}
          categories={page.categories}
          outcomes={page.outcomes}
          fixedFund
          whosePlan={`the plan of ${page.person.shortName}`}
          value={(name) => typed(answered, name)}
          errors={errors}
        />
        <Button size="big">Suggest it</Button>
      </form>
    </div>
  )
}
