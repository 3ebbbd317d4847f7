import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { personInvoicesPage } from '#services/invoicing/invoices-pages.server.ts'
import { InvoiceList } from '~/components/invoicing/invoice-list.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? whoseThing(page.person, 'invoices') : 'My invoices'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return personInvoicesPage(deps, actor, {
      show: url.searchParams.get('show'),
      page: url.searchParams.get('page'),
    })
  })

export default function Invoices() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/my/money">{whoseThing(page.person, 'money')}</BackLink>
      <header className="stack-s">
        <h1>{whoseThing(page.person, 'invoices')}</h1>
        <p className="lead">
          What providers billed for {page.person.self ? 'your' : `${page.person.shortName}’s`} support: to{' '}
          {page.person.self ? 'you' : page.person.shortName}, to the council, or to whoever holds a fund.
        </p>
        <p>An invoice is paid when the bank or the card says so.</p>
      </header>
      <InvoiceList
        base="/my/money/invoices"
        names="from"
        none="When a provider bills for a visit, the invoice is here. You need no receipts for what Kith knows."
        {...page}
      />
    </div>
  )
}
