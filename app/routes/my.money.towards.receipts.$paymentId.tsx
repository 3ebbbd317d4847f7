import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { receiptPage } from '#services/contributions/towards-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Receipt – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => {
    toCircleWithoutPerson(actor)
    return receiptPage(deps, actor, params['paymentId'] ?? '')
  })

export default function Receipt() {
  const { person, council, pence, reference, how, day } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money/towards">What you pay towards it</BackLink>
      <header className="stack-s">
        <h1>Receipt for {pounds(pence)}</h1>
        <p className="lead">
          {council} has received this from {person.name} towards their care.
        </p>
      </header>
      <SummaryList
        rows={[
          { term: 'From', value: person.name },
          { term: 'To', value: council },
          { term: 'Amount', value: pounds(pence) },
          { term: 'Arrived', value: day },
          { term: 'How', value: how },
          { term: 'Reference', value: reference },
        ]}
      />
      <p className="no-print">
        <PrintButton />
      </p>
    </div>
  )
}
