import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { invoicePage } from '#services/invoicing/invoice-page.server.ts'
import { InvoiceView } from '~/components/invoicing/invoice-view.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.view.title ?? 'An invoice'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => invoicePage(deps, actor, params['invoiceId'] ?? '', 'council'))

export default function Invoice() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/council/money/invoices">Invoices to the council</BackLink>
      <InvoiceView
        base="/council/money/invoices"
        visitHref={(id) => `/council/money/refunds/${id}`}
        {...page}
      >
        <p className="no-print">
          Open a visit of it to decide that money is given back, when it turns out that it was not as said.
        </p>
      </InvoiceView>
    </div>
  )
}
