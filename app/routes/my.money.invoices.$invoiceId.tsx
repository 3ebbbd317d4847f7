import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { invoicePage } from '#services/invoicing/invoice-page.server.ts'
import { InvoiceView } from '~/components/invoicing/invoice-view.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.view.title ?? 'An invoice'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => {
    toCircleWithoutPerson(actor)
    return invoicePage(deps, actor, params['invoiceId'] ?? '', 'person')
  })

export default function Invoice() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/my/money/invoices">Invoices</BackLink>
      <InvoiceView base="/my/money/invoices" visitHref={(id) => `/my/visits/${id}`} {...page}>
        <p className="no-print">
          Is something wrong with it? Open the visit: there you can ask for money back, or{' '}
          <a href="/help">talk to a person</a>.
        </p>
      </InvoiceView>
    </div>
  )
}
