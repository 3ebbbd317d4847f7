import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import {
  cardDashboard,
  cardPaymentsPage,
  setUpCardPayments,
} from '#services/payments/provider-account.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Card payments – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    cardPaymentsPage(deps, actor, {
      org: url.searchParams.get('org'),
      back: url.searchParams.get('back') !== null,
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const go = text(form, 'intent') === 'dashboard' ? cardDashboard : setUpCardPayments
      return redirect(await go(deps, actor, text(form, 'org')))
    })
  })

const PAYOUT: Readonly<Record<string, string>> = {
  pending: 'On its way',
  paid: 'In your bank',
  failed: 'Did not arrive',
}
const DISPUTE: Readonly<Record<string, string>> = {
  open: 'Open',
  won: 'Stays with you',
  lost: 'Went back to the payer',
}

export default function CardPayments() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const open = page.disputes.filter(({ state }) => state === 'open').length
  return (
    <div className="stack-l">
      <BackLink href="/provider/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Card payments</h1>
        <p className="lead">{page.words.what}</p>
        {page.label ? <p>{page.label}</p> : null}
      </header>
      <Notice tone={page.status === 'ready' ? 'info' : 'warn'} title="What to do" level={2}>
        <p>{page.words.next}</p>
        {page.missing.length > 0 ? (
          <ul>
            {page.missing.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        ) : null}
        {page.dueBy ? <p>Give it by {page.dueBy}: after that card payments stop.</p> : null}
        {page.status === 'ready' && !page.paysOut ? (
          <p>Money comes in, but is not paid into your bank yet.</p>
        ) : null}
      </Notice>
      {page.mayPress ? (
        <>
          {page.status === 'ready' || page.status === 'checking' ? null : (
            <form method="post" className="stack">
              <input type="hidden" name="org" value={page.provider.id} />
              <p>
                You go to the payment service’s pages and come back. Kith does not see what you give there.
              </p>
              <Button size="big">
                {page.status === 'new' || page.status === 'closed'
                  ? 'Set up card payments'
                  : 'Give what is missing'}
              </Button>
            </form>
          )}
          {page.hasDashboard ? (
            <form method="post">
              <input type="hidden" name="org" value={page.provider.id} />
              <input type="hidden" name="intent" value="dashboard" />
              <Button kind="second">Open your pages at the payment service</Button>
            </form>
          ) : null}
        </>
      ) : (
        <p>Only an owner of your organisation can change this.</p>
      )}
      <section className="stack" aria-labelledby="disputes">
        <h2 id="disputes">Questioned payments</h2>
        <p>
          {open === 0
            ? 'No payer’s bank is asking for money back.'
            : `${String(open)} to answer, on your pages at the payment service.`}
        </p>
        {page.disputes.length > 0 ? (
          <DataTable
            caption="Payments that payers questioned at their bank, newest first"
            columns={[
              { key: 'payment', label: 'Payment' },
              { key: 'amount', label: 'Amount', numeric: true },
              { key: 'why', label: 'Why' },
              { key: 'by', label: 'Answer by' },
              { key: 'state', label: 'How it stands' },
            ]}
            rows={page.disputes.map((one) => ({
              key: one.id,
              cells: {
                payment: one.payment,
                amount: pounds(one.pence),
                why: one.words,
                by: one.state === 'open' ? (one.answerBy ?? 'No day is named') : 'Ended',
                state: DISPUTE[one.state],
              },
            }))}
          />
        ) : null}
      </section>
      <section className="stack" aria-labelledby="payouts">
        <h2 id="payouts">Paid into your bank</h2>
        {page.payouts.length === 0 ? (
          <p>Nothing was paid out yet.</p>
        ) : (
          <DataTable
            caption="Payouts, newest first"
            columns={[
              { key: 'day', label: 'Day' },
              { key: 'amount', label: 'Amount', numeric: true },
              { key: 'state', label: 'How it stands' },
            ]}
            rows={page.payouts.map((payout) => ({
              key: payout.id,
              cells: {
                day: payout.day,
                amount: pounds(payout.pence),
                state: payout.failure
                  ? `Did not arrive. ${payout.failure.what} ${payout.failure.next}`
                  : PAYOUT[payout.state],
              },
            }))}
          />
        )}
      </section>
    </div>
  )
}
