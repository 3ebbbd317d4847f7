import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { pressSandbox, sandboxPanel } from '#services/payments/sandbox-pages.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Payments of the demo – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => sandboxPanel(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const input = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ) as Record<string, string>
    return answer(form, async () => redirectWithNotice(url.pathname, await pressSandbox(deps, actor, input)))
  })

function Press({
  what,
  label,
  fields,
}: {
  what: string
  label: string
  fields: Readonly<Record<string, string>>
}) {
  return (
    <form method="post">
      <input type="hidden" name="press" value={what} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind="second" size="small">
        {label}
      </Button>
    </form>
  )
}

export default function DemoPayments() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="stack-l">
      <BackLink href="/demo">Back to the demo’s people</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Payments of the demo</h1>
        <p className="lead">
          This is the sandbox: no money moves. Make happen here what banks and payers do.
        </p>
      </header>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">What the next payment does</h2>
        <p>{page.planned.length === 0 ? 'It is paid.' : `${page.planned.join('; then ')}.`}</p>
        <form method="post" className="stack">
          <input type="hidden" name="press" value="plan" />
          <Select
            name="plan"
            label="The next payment"
            options={[
              { value: 'decline', label: 'is refused' },
              { value: 'needs_you', label: 'needs the person: their bank asks' },
              { value: 'wait', label: 'is sent and waits' },
              { value: 'outage', label: 'gets no answer' },
              { value: 'lost_answer', label: 'is paid, and the answer is lost' },
            ]}
          />
          <Select
            name="reason"
            label="If it is refused, because"
            options={page.reasons.map(({ reason, words }) => ({ value: reason, label: words }))}
          />
          <Button>Plan it</Button>
        </form>
      </section>
      <section className="stack" aria-labelledby="payments">
        <h2 id="payments">Payments</h2>
        {page.payments.length === 0 ? <p>No payment was made in the sandbox yet.</p> : null}
        <ul className="plain stack">
          {page.payments.map(({ reference, provider, pence, state }) => (
            <li key={reference}>
              <Card>
                <h3>
                  {pounds(pence)} to {provider}
                </h3>
                <div className="row">
                  {state === 'sent' ? (
                    <>
                      <Press what="settle" label="It arrives" fields={{ reference, how: 'confirmed' }} />
                      <Press what="settle" label="It is refused" fields={{ reference, how: 'declined' }} />
                    </>
                  ) : (
                    <Press what="dispute" label="The payer questions it" fields={{ reference }} />
                  )}
                </div>
              </Card>
            </li>
          ))}
        </ul>
      </section>
      {page.disputes.length > 0 ? (
        <section className="stack" aria-labelledby="disputes">
          <h2 id="disputes">Questioned payments</h2>
          {page.disputes.map(({ dispute, pence }) => (
            <div key={dispute} className="row">
              <p>{pounds(pence)}</p>
              <Press what="close" label="The provider keeps it" fields={{ dispute, how: 'won' }} />
              <Press what="close" label="The payer gets it back" fields={{ dispute, how: 'lost' }} />
            </div>
          ))}
        </section>
      ) : null}
      <section className="stack" aria-labelledby="accounts">
        <h2 id="accounts">Providers’ accounts</h2>
        {page.accounts.length === 0 ? <p>No provider has set card payments up yet.</p> : null}
        {page.accounts.map(({ account, provider }) => (
          <Card key={account}>
            <h3>{provider}</h3>
            <div className="row">
              <Press what="pay_out" label="Pay out" fields={{ account, how: 'paid' }} />
              <Press
                what="pay_out"
                label="Pay out, and the bank refuses"
                fields={{ account, how: 'failed' }}
              />
              <Press what="pause" label="Pause the account" fields={{ account }} />
            </div>
          </Card>
        ))}
      </section>
    </div>
  )
}
