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
  run(args, ({ deps, actor, params }) => invoicePage(deps, actor, params['invoiceId'] ?? '', 'provider'))

export default function Invoice() {
  const page = useLoaderData<typeof loader>()
  const { view } = page
  return (
    <div className="stack-l">
      <BackLink href={`/provider/money/invoices?org=${view.providerId}`}>Invoices</BackLink>
      <InvoiceView base="/provider/money/invoices" visitHref={(id) => `/provider/visits/${id}`} {...page}>
        <p className="no-print">
          It cannot be changed. To give money back, open the visit; a credit note is made then. For your
          accounts: <a href={`/invoices/${view.id}/lines.csv?as=xero`}>a file for Xero</a>
          {view.kind === 'invoice' ? (
            <>
              {' '}
              or <a href={`/invoices/${view.id}/lines.csv?as=quickbooks`}>for QuickBooks</a>
            </>
          ) : null}
          .
        </p>
      </InvoiceView>
    </div>
  )
}
