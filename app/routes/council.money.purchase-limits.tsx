import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { purchaseLimitsPage, savePurchaseLimits } from '#services/purchases/purchase-limits.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Who agrees purchases – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => purchaseLimitsPage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await savePurchaseLimits(deps, actor, { ...valuesOf(form), councilId: text(form, 'councilId') })
      return redirectWithNotice('/council/money', 'Saved. What was agreed before stands.')
    })
  })

export default function PurchaseLimits() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Who agrees purchases</h1>
        <p className="lead">
          At {page.council.name}, an adviser agrees what people buy from somebody who is not listed. Up to
          these sums it takes less. A person’s own money needs nobody’s yes.
        </p>
      </header>
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="councilId" value={page.council.id} />
        <MoneyField
          name="atOnce"
          label="A carer chooses alone up to"
          hint="For one purchase with a carer’s budget. Leave it empty, and an adviser agrees each."
          defaultValue={typed(answered, 'atOnce') ?? page.atOnce}
          error={answered?.errors['atOnce']}
        />
        <MoneyField
          name="adviser"
          label="A personal adviser agrees alone up to"
          hint="For one purchase from a fund that they hold, with the person’s yes. Leave it empty, and finance agrees each."
          defaultValue={typed(answered, 'adviser') ?? page.adviser}
          error={answered?.errors['adviser']}
        />
        <Button size="big">Save</Button>
      </form>
    </div>
  )
}
