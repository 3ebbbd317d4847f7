import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { emulatorPanel, pressEmulator } from '#services/cards/emulator-pages.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { MoneyField, TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Cards of the demo – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => emulatorPanel(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const input = Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ) as Record<string, string>
    return answer(form, async () => redirectWithNotice(url.pathname, await pressEmulator(deps, actor, input)))
  })

function Press({
  what,
  label,
  about,
  fields,
}: {
  what: string
  label: string
  about: string
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
        <span className="vh">: {about}</span>
      </Button>
    </form>
  )
}

export default function DemoCards() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const cash = typed(answered, 'press') === 'cash'
  const options = page.cards.map(({ card, label }) => ({ value: card, label }))
  return (
    <div className="stack-l">
      <BackLink href="/demo">Back to the demo’s people</BackLink>
      <ErrorSummary
        errors={answered?.errors}
        ids={cash ? { card: 'cash-card', amount: 'cash-amount' } : {}}
      />
      <header className="stack-s">
        <h1>Cards of the demo</h1>
        <p className="lead">
          This is the emulator: no money moves. Make happen here what shops and cash machines do with people’s
          prepaid cards.
        </p>
      </header>
      {page.waiting.length > 0 ? (
        <section className="stack" aria-labelledby="visits">
          <h2 id="visits">Visits that wait to be paid with a card</h2>
          <ul className="plain stack">
            {page.waiting.map((one) => (
              <li key={one.id}>
                <Card>
                  <h3>
                    {pounds(one.pence)} from {one.holder} to {one.provider}
                  </h3>
                  <Press
                    what="visit"
                    label="Pay the provider with the card"
                    about={`${pounds(one.pence)} to ${one.provider}`}
                    fields={{ card: one.card, payment: one.id }}
                  />
                </Card>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {page.cards.length === 0 ? (
        <p>No prepaid card was made yet. A council’s finance makes them.</p>
      ) : (
        <>
          <section className="stack" aria-labelledby="buy">
            <h2 id="buy">Buy something with a card</h2>
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="press" value="purchase" />
              <Select
                name="card"
                label="With which card?"
                options={options}
                defaultValue={cash ? undefined : typed(answered, 'card')}
                error={cash ? undefined : answered?.errors['card']}
              />
              <TextField
                name="shop"
                label="At which shop?"
                defaultValue={typed(answered, 'shop')}
                error={answered?.errors['shop']}
              />
              <Select
                name="mcc"
                label="What kind of shop is it?"
                options={page.kinds.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
                defaultValue={typed(answered, 'mcc') ?? '5411'}
                error={answered?.errors['mcc']}
              />
              <MoneyField
                name="amount"
                label="How much?"
                defaultValue={cash ? undefined : typed(answered, 'amount')}
                error={cash ? undefined : answered?.errors['amount']}
              />
              <Radios
                name="takes"
                label="When does the shop take it?"
                options={[
                  { value: 'now', label: 'At once' },
                  { value: 'later', label: 'Later: it is only set aside' },
                ]}
                defaultValue={typed(answered, 'takes') ?? 'now'}
              />
              <Button>Pay with the card</Button>
            </form>
          </section>
          <section className="stack" aria-labelledby="cash">
            <h2 id="cash">Take out cash</h2>
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="press" value="cash" />
              <Select
                name="card"
                id="cash-card"
                label="Cash with which card?"
                options={options}
                defaultValue={cash ? typed(answered, 'card') : undefined}
                error={cash ? answered?.errors['card'] : undefined}
              />
              <MoneyField
                name="amount"
                id="cash-amount"
                label="How much cash?"
                defaultValue={cash ? typed(answered, 'amount') : undefined}
                error={cash ? answered?.errors['amount'] : undefined}
              />
              <Button kind="second">Take out cash</Button>
            </form>
          </section>
        </>
      )}
      {page.movements.length > 0 ? (
        <section className="stack" aria-labelledby="made">
          <h2 id="made">Purchases made here</h2>
          <ul className="plain stack">
            {page.movements.map((one) => (
              <li key={one.id}>
                <Card>
                  <h3>{one.what}</h3>
                  <p>
                    {one.card}, {one.day}. {one.kind}
                  </p>
                  <div className="row">
                    {one.open ? (
                      <>
                        <Press
                          what="clear"
                          label="The shop takes it"
                          about={one.what}
                          fields={{ authorisation: one.id, amount: one.amount }}
                        />
                        <Press
                          what="let_go"
                          label="The shop lets it go"
                          about={one.what}
                          fields={{ authorisation: one.id }}
                        />
                      </>
                    ) : (
                      <Press
                        what="refund"
                        label="The shop gives it back"
                        about={one.what}
                        fields={{ transaction: one.transaction ?? '', amount: one.amount }}
                      />
                    )}
                  </div>
                </Card>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
