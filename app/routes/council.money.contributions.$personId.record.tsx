import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { recordPage } from '#services/contributions/person-contribution-page.server.ts'
import { recordPaidIn, recordTransfer, sayNotArrived } from '#services/contributions/record-payment.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Write down a payment – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => recordPage(deps, actor, params['personId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const personId = params['personId'] ?? ''
    const there = `/council/money/contributions/${personId}`
    return answer(form, async () => {
      const paymentId = text(form, 'paymentId')
      switch (text(form, 'intent')) {
        case 'arrived':
          await recordTransfer(deps, actor, personId, {
            paymentId,
            amount: text(form, 'amount'),
            onDay: readDate(form, 'onDay'),
          })
          return redirectWithNotice(there, 'Written down. They have a receipt.')
        case 'not_arrived':
          if (!isId(paymentId)) throw notFound()
          await sayNotArrived(deps, actor, personId, paymentId)
          return redirectWithNotice(there, 'Written down: it never came. They have been told.')
        case 'paid_in':
          await recordPaidIn(deps, actor, personId, {
            personId,
            payInId: text(form, 'payInId'),
            amount: text(form, 'amount'),
            open: text(form, 'open'),
          })
          return redirectWithNotice(there, 'Written down. They can use it now.')
        default:
          throw notFound()
      }
    })
  })

export default function Record() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { person } = page
  const forms = [
    ...page.announced.map((one) => ({
      id: one.id,
      title: `The ${pounds(one.pence)} that ${person.shortName} announced on ${one.day}`,
      says: `Reference ${one.reference}. ${one.words}.`,
      amount: one.pence,
      announced: true,
    })),
    {
      id: page.newId,
      title: page.announced.length > 0 ? 'Another transfer' : 'A transfer to the council',
      says:
        page.owed > 0 ? `${pounds(page.owed)} is owed.` : 'Nothing is owed: it will count for later weeks.',
      amount: null,
      announced: false,
    },
  ]
  // A new payment that was refused comes back under the id that it was sent with.
  const sent = typed(answered, 'paymentId')
  const isMine = (id: string): boolean =>
    typed(answered, 'intent') === 'arrived' &&
    (sent === id || (id === page.newId && !page.announced.some((one) => one.id === sent)))
  return (
    <div className="narrow stack-l">
      <BackLink href={`/council/money/contributions/${person.id}`}>{person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <h1>Write down a payment</h1>
      {forms.map((one) => {
        const mine = isMine(one.id)
        const suffix = mine || forms.length === 1 ? '' : `-${one.id}`
        return (
          <section key={one.id} className="card stack" aria-labelledby={`h-${one.id}`}>
            <h2 id={`h-${one.id}`}>{one.title}</h2>
            <p>{one.says}</p>
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="intent" value="arrived" />
              <input type="hidden" name="paymentId" value={mine && sent ? sent : one.id} />
              <MoneyField
                name="amount"
                id={`amount${suffix}`}
                label="How much arrived in the council’s account?"
                required
                defaultValue={
                  mine ? typed(answered, 'amount') : one.amount === null ? '' : (one.amount / 100).toFixed(2)
                }
                error={mine ? answered?.errors['amount'] : undefined}
              />
              <DateField
                name="onDay"
                id={`onDay${suffix}`}
                label="On which day?"
                defaultValue={mine ? typedDate(answered, 'onDay') : page.today}
                error={mine ? answered?.errors['onDay'] : undefined}
              />
              <Button>It has arrived</Button>
            </form>
            {one.announced ? (
              <form method="post">
                <input type="hidden" name="intent" value="not_arrived" />
                <input type="hidden" name="paymentId" value={one.id} />
                <Button kind="second" size="small">
                  It never came<span className="vh">: {one.title}</span>
                </Button>
              </form>
            ) : null}
          </section>
        )
      })}
      {page.payIns.map((fund) => {
        const mine = typed(answered, 'payInId') === fund.id
        const suffix = mine ? '' : `-${fund.id}`
        return (
          <section key={fund.id} className="card stack" aria-labelledby={`h-${fund.id}`}>
            <h2 id={`h-${fund.id}`}>Into {fund.fund}</h2>
            <p>
              {fund.overdue > 0
                ? `${pounds(fund.overdue)} was due on ${fund.overdueSince ?? ''}.`
                : 'Nothing is late.'}{' '}
              It can be used as soon as it is written down.
            </p>
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="intent" value="paid_in" />
              <input type="hidden" name="payInId" value={fund.id} />
              <input type="hidden" name="open" value={String(fund.open)} />
              <MoneyField
                name="amount"
                id={`amount${suffix}`}
                label={`How much of ${person.shortName}’s part is in the account of the fund now that was not there before?`}
                required
                defaultValue={mine ? typed(answered, 'amount') : ''}
                error={mine ? answered?.errors['amount'] : undefined}
              />
              <Button>It is in the account</Button>
            </form>
          </section>
        )
      })}
    </div>
  )
}
