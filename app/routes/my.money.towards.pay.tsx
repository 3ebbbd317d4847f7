import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { beginTransfer, endTransfer } from '#services/contributions/pay-transfer.server.ts'
import { sayPaidIn } from '#services/contributions/record-payment.server.ts'
import { payPage } from '#services/contributions/towards-page.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { debitCameBack, endDebit, setUpDebit, waysToPay } from '#services/payments/direct-debit.server.ts'
import { contributionCameBack, payContributionByCard } from '#services/payments/pay-contribution.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { tel } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Pay your part – Kith' }]

const HERE = '/my/money/towards/pay'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    const [paid, debit] = [url.searchParams.get('paid'), url.searchParams.get('debit')]
    if (paid !== null) {
      const state = await contributionCameBack(deps, actor, paid)
      throw await redirectWithNotice(
        state === 'needs_you' ? HERE : '/my/money/towards',
        BACK[state] ?? 'It is on its way. You get a receipt when it has arrived.',
      )
    }
    if (debit !== null && (await debitCameBack(deps, actor, debit)))
      throw await redirectWithNotice(
        HERE,
        'Your Direct Debit is set up. You are told the amount and the day before anything is collected.',
      )
    const [page, ways] = await Promise.all([payPage(deps, actor), waysToPay(deps, actor)])
    return { ...page, ways }
  })

/** What became of a payment by card, to those who come back from its page. */
const BACK: Readonly<Record<string, string>> = {
  confirmed: 'It is paid. Your receipt is among your payments.',
  needs_you: 'Nothing was taken. The page on which you pay is still open.',
  cancelled: 'It was called off. Nothing was taken.',
  failed: 'It did not go through. Nothing was taken.',
}

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const personId = text(form, 'personId')
    const press = { personId, paymentId: text(form, 'paymentId') }
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'begin':
          await beginTransfer(deps, actor, { personId, amount: text(form, 'amount') })
          return redirectWithNotice(HERE, 'Here is your reference. Type it into your bank.')
        case 'sent':
          await endTransfer(deps, actor, press, 'sent')
          return redirectWithNotice(
            '/my/money/towards',
            'Thank you. It counts as paid when the council’s bank has it; you get a receipt then.',
          )
        case 'cancel':
          await endTransfer(deps, actor, press, 'cancelled')
          return redirectWithNotice(HERE, 'That transfer is called off.')
        case 'card':
          return redirect(
            await payContributionByCard(deps, actor, { personId, cardAmount: text(form, 'cardAmount') }),
          )
        case 'debit':
          return redirect(await setUpDebit(deps, actor, personId))
        case 'end_debit':
          await endDebit(deps, actor, personId)
          return redirectWithNotice(HERE, 'Your Direct Debit is ended. Nothing more is collected by it.')
        case 'paid_in':
          await sayPaidIn(deps, actor, {
            personId,
            payInId: text(form, 'payInId'),
            amount: text(form, 'amount'),
            open: text(form, 'open'),
          })
          return redirectWithNotice('/my/money', 'It is in your fund. You can use it now.')
        default:
          throw notFound()
      }
    })
  })

export default function Pay() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const nothing = page.owed === 0 && page.payIns.length === 0 && !page.announced && !page.ways.debit
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money/towards">What you pay towards it</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{page.person.self ? 'Pay your part' : `Pay ${page.person.shortName}’s part`}</h1>
        {page.owed > 0 ? (
          <p className="lead">
            {pounds(page.owed)} is owed.
            {page.onItsWay > 0 ? ` ${pounds(page.onItsWay)} is on its way.` : ''}
            {page.disputed > 0
              ? ` ${pounds(page.disputed)} is not asked for while the council looks at it.`
              : ''}
          </p>
        ) : null}
      </header>
      {nothing ? (
        <Empty title="There is nothing to pay" level={2}>
          <p>When there is, this page says how.</p>
        </Empty>
      ) : null}
      {page.payIns.map((fund) => (
        <PaidIn key={fund.id} fund={fund} />
      ))}
      {page.ways.takes && page.owed > 0 ? <ByCard /> : null}
      {page.announced ? <Announced /> : page.owed > 0 ? <Begin /> : null}
      {page.ways.debit || (page.ways.takes && page.owed > 0) ? <Debit /> : null}
    </div>
  )
}

function Begin() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const mine = typed(answered, 'intent') === 'begin'
  return (
    <section className="stack" aria-labelledby="transfer">
      <h2 id="transfer">By bank transfer</h2>
      <p>You get a reference, which tells the council whose money it is. You may pay a part.</p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="begin" />
        <input type="hidden" name="personId" value={page.person.id} />
        <MoneyField
          name="amount"
          label="How much do you pay now?"
          required
          defaultValue={mine ? typed(answered, 'amount') : (page.collectable / 100).toFixed(2)}
          error={mine ? answered?.errors['amount'] : undefined}
        />
        <Button>Show me where to pay</Button>
      </form>
    </section>
  )
}

function ByCard() {
  const { ways, person, collectable } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const mine = typed(answered, 'intent') === 'card'
  return (
    <section className="stack" aria-labelledby="card">
      <h2 id="card">By card</h2>
      {ways.open ? (
        <p>
          <a href={ways.open.url}>Go on with {pounds(ways.open.pence)}</a>, or enter another amount: then that
          page is closed.
        </p>
      ) : null}
      <p>You go to the payment service’s page and come back. Kith does not see your card. {ways.label}</p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="card" />
        <input type="hidden" name="personId" value={person.id} />
        <MoneyField
          name="cardAmount"
          label="How much do you pay by card?"
          required
          defaultValue={mine ? typed(answered, 'cardAmount') : (collectable / 100).toFixed(2)}
          error={mine ? answered?.errors['cardAmount'] : undefined}
        />
        <Button>Pay by card</Button>
      </form>
    </section>
  )
}

function Debit() {
  const { ways, person, council } = useLoaderData<typeof loader>()
  return (
    <section className="stack" aria-labelledby="debit">
      <h2 id="debit">By Direct Debit</h2>
      <p>
        {ways.debit
          ? `What is owed is collected once in four weeks${ways.debit.last4 ? `, from the account that ends in ${ways.debit.last4}` : ''}. You are told the amount and the day at least five working days before.`
          : `${council.name} collects what is owed once in four weeks. You are told the amount and the day at least five working days before. You can end it at any time, and your bank gives back what was collected wrongly.`}
      </p>
      <form method="post">
        <input type="hidden" name="intent" value={ways.debit ? 'end_debit' : 'debit'} />
        <input type="hidden" name="personId" value={person.id} />
        <Button kind="second">{ways.debit ? 'End the Direct Debit' : 'Set up a Direct Debit'}</Button>
      </form>
    </section>
  )
}

function Announced() {
  const page = useLoaderData<typeof loader>()
  const { announced, payTo, council, person } = page
  if (!announced) return null
  const press = (intent: string, label: string, kind: 'main' | 'second') => (
    <form method="post">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="personId" value={person.id} />
      <input type="hidden" name="paymentId" value={announced.id} />
      <Button kind={kind}>{label}</Button>
    </form>
  )
  return (
    <section className="stack" aria-labelledby="transfer">
      <h2 id="transfer">Pay {pounds(announced.pence)} by bank transfer</h2>
      <SummaryList
        rows={[
          ...(payTo
            ? [
                { term: 'To', value: payTo.name },
                { term: 'Sort code', value: payTo.sortCode },
                { term: 'Account number', value: payTo.account },
              ]
            : []),
          { term: 'Reference', value: <strong>{announced.reference}</strong> },
          { term: 'Amount', value: pounds(announced.pence) },
        ]}
      />
      {payTo ? null : (
        <Notice>
          <p>
            {council.name} has not told us its account. It stands on its letters, or ring{' '}
            <a href={tel(council.phone)}>{council.phone}</a>.
          </p>
        </Notice>
      )}
      <p>Then come back and say so. It counts as paid when the council’s bank has it.</p>
      <div className="row-s">
        {press('sent', 'I have sent it', 'main')}
        {press('cancel', 'I will not send it', 'second')}
      </div>
    </section>
  )
}

function PaidIn({ fund }: { fund: Awaited<ReturnType<typeof payPage>>['payIns'][number] }) {
  const { person } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const mine = typed(answered, 'payInId') === fund.id
  const suggested = fund.overdue > 0 ? fund.overdue : (fund.next?.pence ?? fund.open)
  if (!fund.ownAccount)
    return (
      <section className="stack" aria-labelledby={`fund-${fund.id}`}>
        <h2 id={`fund-${fund.id}`}>Into {fund.fund}</h2>
        <p>
          {pounds(fund.open)} is still to be paid into the account that {fund.holder ?? 'somebody'} holds.
          They, or the council, write it down when it arrives.
        </p>
      </section>
    )
  return (
    <section className="stack" aria-labelledby={`fund-${fund.id}`}>
      <h2 id={`fund-${fund.id}`}>Into {fund.fund}</h2>
      <p>
        {fund.overdue > 0
          ? `${pounds(fund.overdue)} was due on ${fund.overdueSince ?? ''} and has not arrived.`
          : `Next to pay in: ${pounds(suggested)} on ${fund.next?.due ?? ''}.`}{' '}
        Pay it into the same account as the council’s money. Then say so here, and you can use it.
      </p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="paid_in" />
        <input type="hidden" name="personId" value={person.id} />
        <input type="hidden" name="payInId" value={fund.id} />
        <input type="hidden" name="open" value={String(fund.open)} />
        <MoneyField
          name="amount"
          id={`amount-${fund.id}`}
          label="How much is in the account now that was not there before?"
          required
          defaultValue={mine ? typed(answered, 'amount') : (suggested / 100).toFixed(2)}
          error={mine ? answered?.errors['amount'] : undefined}
        />
        <Button>It is in the account</Button>
      </form>
    </section>
  )
}
