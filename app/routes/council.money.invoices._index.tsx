import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { billedToPage, saveBilledTo } from '#services/invoicing/billed-to.server.ts'
import { councilInvoicesPage } from '#services/invoicing/invoices-pages.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { InvoiceList } from '~/components/invoicing/invoice-list.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Invoices to the council – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const [page, billedTo] = await Promise.all([
      councilInvoicesPage(deps, actor, {
        show: url.searchParams.get('show'),
        page: url.searchParams.get('page'),
      }),
      billedToPage(deps, actor),
    ])
    return { page, billedTo }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await saveBilledTo(deps, actor, {
        councilId: text(form, 'councilId'),
        address: text(form, 'address'),
      })
      return redirectWithNotice(
        '/council/money/invoices',
        'Saved. Invoices that are issued from now on carry it.',
      )
    })
  })

export default function Invoices() {
  const { page, billedTo } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Invoices to the council</h1>
        <p className="lead">What providers billed for support that the council pays for.</p>
      </header>
      <InvoiceList
        base="/council/money/invoices"
        names="from"
        none="When a provider bills the council, the invoice is here."
        {...page}
      />
      {billedTo.map((council) => {
        const mine = billedTo.length === 1 || typed(answered, 'councilId') === council.id
        return (
          <form
            key={council.id}
            method="post"
            className="stack narrow"
            noValidate
            aria-labelledby={`billed-${council.id}`}
          >
            <h2 id={`billed-${council.id}`}>The address of {council.name} on invoices</h2>
            <input type="hidden" name="councilId" value={council.id} />
            <Textarea
              name="address"
              id={billedTo.length === 1 ? 'address' : `address-${council.id}`}
              label="To whom and where"
              hint="A line each, six at most. Invoices that were issued stay as they are."
              rows={5}
              defaultValue={(mine ? typed(answered, 'address') : undefined) ?? council.address}
              error={mine ? answered?.errors['address'] : undefined}
            />
            <Button kind="second">Save the address</Button>
          </form>
        )
      })}
    </div>
  )
}
