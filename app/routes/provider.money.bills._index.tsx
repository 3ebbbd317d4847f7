import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { billsPage } from '#services/invoicing/invoices-pages.server.ts'
import { InvoiceList } from '~/components/invoicing/invoice-list.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bills for funds you hold – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    billsPage(deps, actor, {
      org: url.searchParams.get('org'),
      show: url.searchParams.get('show'),
      page: url.searchParams.get('page'),
    }),
  )

export default function Bills() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href={`/provider/money?org=${page.provider.id}`}>Money</BackLink>
      <header className="stack-s">
        <h1>Bills for funds you hold</h1>
        <p className="lead">
          What {page.provider.name} is to pay from money that it holds for somebody: a managed account, or an
          individual service fund.
        </p>
      </header>
      <InvoiceList
        base="/provider/money/bills"
        extra={`org=${page.provider.id}`}
        names="from"
        none="When somebody whose fund you hold is billed for a visit, the invoice is here."
        {...page}
      />
    </div>
  )
}
