import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { providerHours } from '#services/hours-saved/provider-hours.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { providerMoneyPage } from '#services/providers/provider-money-page.server.ts'
import { Assumed } from '~/components/hours/assumed.tsx'
import { LinkCards } from '~/components/links/link-cards.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Money – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const org = url.searchParams.get('org')
    return {
      ...(await providerMoneyPage(deps, actor, org)),
      hours: await providerHours(deps, actor, org),
    }
  })

export default function ProviderMoney() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Money</h1>
        <p className="lead">What {page.provider.name} has earned, and what has arrived.</p>
      </header>
      <SummaryList
        rows={[
          { term: 'Owed to you', value: pounds(page.due) },
          { term: 'On its way', value: pounds(page.sent) },
          { term: 'Arrived in the last 28 days', value: pounds(page.paid) },
        ]}
      />
      {page.hours ? (
        <section className="stack-s" aria-labelledby="hours">
          <h2 id="hours">
            {page.hours.invoices === 1
              ? 'One invoice you did not type'
              : `${String(page.hours.invoices)} invoices you did not type`}
          </h2>
          <p>In the last 12 months, credit notes with them. That is about {page.hours.saved}.</p>
          <Assumed {...page.hours} each="invoice" />
        </section>
      ) : null}
      <LinkCards links={page.links} />
    </div>
  )
}
