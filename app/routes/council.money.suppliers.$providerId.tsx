import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { giveSupplierNumber } from '#services/orders/give-supplier-number.server.ts'
import { supplierPage } from '#services/orders/suppliers-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Who } from '~/components/card/card.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Supplier number – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    supplierPage(deps, actor, {
      providerId: params['providerId'] ?? '',
      council: url.searchParams.get('council'),
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await giveSupplierNumber(deps, actor, {
        councilId: text(form, 'councilId'),
        providerId: params['providerId'] ?? '',
        number: text(form, 'number'),
      })
      return redirectWithNotice('/council/money/suppliers', 'The supplier number is saved.')
    })
  })

export default function Supplier() {
  const { councilId, provider, number } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/suppliers">Suppliers</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Supplier number</h1>
        <p>
          <Who id={provider.id} kind={provider.kind} name={<strong>{provider.name}</strong>} />
        </p>
      </header>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="councilId" value={councilId} />
        <TextField
          name="number"
          label="Their number in your finance system"
          hint="Payment runs that were made already keep the number they were made with."
          defaultValue={typed(answered, 'number') ?? number}
          error={answered?.errors['number']}
          maxLength={40}
          spellCheck={false}
          required
        />
        <p>
          <Button size="big">Save the number</Button>
        </p>
      </form>
    </div>
  )
}
