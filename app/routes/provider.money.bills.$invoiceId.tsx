import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { invoicePage } from '#services/invoicing/invoice-page.server.ts'
import { InvoiceView } from '~/components/invoicing/invoice-view.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.view.title ?? 'A bill'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => invoicePage(deps, actor, params['invoiceId'] ?? '', 'fund_holder'))

export default function Bill() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href={`/provider/money/bills?org=${page.view.payerId}`}>Bills for funds you hold</BackLink>
      <InvoiceView base="/provider/money/bills" visitHref={null} {...page} />
    </div>
  )
}
