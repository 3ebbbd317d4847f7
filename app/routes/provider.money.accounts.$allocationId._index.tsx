import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { accountPage } from '#services/holding/account-page.server.ts'
import { giveBackFees } from '#services/holding/fees.server.ts'
import { answerMessage } from '#services/holding/messages.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { Agreement } from '~/components/holding/agreement.tsx'
import { Breaches } from '~/components/holding/breaches.tsx'
import { FundStatementTable } from '~/components/holding/fund-statement.tsx'
import { Messages } from '~/components/holding/messages.tsx'
import { MoneyHeld } from '~/components/holding/money-held.tsx'
import { OwedLines } from '~/components/holding/owed-lines.tsx'
import { ToPay } from '~/components/holding/to-pay.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? `${page.person.name}, ${page.fund}` : 'An account'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => accountPage(deps, actor, params['allocationId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    const here = `/provider/money/accounts/${allocationId}`
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'answer':
          await answerMessage(deps, actor, {
            allocationId,
            messageId: text(form, 'messageId'),
            answer: text(form, 'answer'),
          })
          return redirectWithNotice(here, 'Answered. They have been told.')
        case 'give-back': {
          const pence = await giveBackFees(deps, actor, {
            allocationId,
            expectedPence: text(form, 'expectedPence'),
          })
          return redirectWithNotice(here, `${pounds(pence)} is in the fund again. They have been told.`)
        }
        default:
          throw notFound()
      }
    })
  })

export default function Account() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { person, holder } = page
  const base = `/provider/money/accounts/${page.allocationId}`
  const kind = page.managed ? 'a managed account' : 'an individual service fund'
  return (
    <div className="stack-l">
      <BackLink href="/provider/money/accounts">Money you hold for people</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{person.name}</h1>
        <p className="lead">
          {page.fund}, {kind} until {page.until}. Money from {page.funder}.
          {page.weeklyContribution > 0
            ? ` What ${person.shortName} pays towards it: ${pounds(page.weeklyContribution)} a week.`
            : ''}
        </p>
      </header>
      <MoneyHeld money={page.money} what="The account" />
      <ToPay
        lines={page.toPay}
        comesBack={page.comesBack}
        path={base}
        managed={page.managed}
        shortName={person.shortName}
      />
      {page.toBuy.length > 0 ? (
        <section className="stack" aria-labelledby="to-buy">
          <h2 id="to-buy">To buy</h2>
          <p>From somebody who is not listed here. It was agreed, and its money is set aside.</p>
          <ul className="plain stack">
            {page.toBuy.map((one) => (
              <li key={one.instructionId} className="card stack-s">
                <div className="head">
                  <strong>
                    {one.what}, {one.seller}
                  </strong>
                  <span className="num">{pounds(one.pence)}</span>
                </div>
                <p className="small">
                  {one.by} told you on {one.on}.
                </p>
                <p>
                  <a href={`/provider/money/purchases/${one.purchaseId}`}>
                    Say that you have paid it, or why not<span className="vh">: {one.what}</span>
                  </a>
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {page.needsWord.length > 0 ? (
        <section className="stack" aria-labelledby="word">
          <h2 id="word">Waits for {person.shortName}’s word</h2>
          <p>
            {person.shortName} sees these on the page “Money held for you” and was told. Do not pay them yet.
          </p>
          <OwedLines lines={page.needsWord} about={(line) => <p className="small">{line.why}</p>} />
        </section>
      ) : null}
      {page.onTheWay.length > 0 ? (
        <section className="stack" aria-labelledby="way">
          <h2 id="way">On its way</h2>
          <p>When your bank says that it has arrived, or has come back, say so here.</p>
          <ul className="plain stack">
            {page.onTheWay.map((payment) => (
              <li key={payment.id} className="card stack-s">
                <div className="head">
                  <strong>{payment.provider}</strong>
                  <span className="num">{pounds(payment.pence)}</span>
                </div>
                <p className="small soft">
                  Sent on {payment.sentOn}, reference {payment.reference}
                </p>
                <p className="go">
                  <a href={`${base}/payments/${payment.id}`}>
                    Say what became of it
                    <span className="vh">
                      : {payment.provider}, {pounds(payment.pence)}
                    </span>
                  </a>
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="stack" aria-labelledby="messages">
        <h2 id="messages">Messages</h2>
        {page.messages.length === 0 ? <p>Nobody has written to you about this fund.</p> : null}
        <Messages
          messages={page.messages}
          holder={holder.name}
          press={(message) => (
            <form method="post" className="stack-s" noValidate>
              <input type="hidden" name="intent" value="answer" />
              <input type="hidden" name="messageId" value={message.id} />
              <Textarea
                name="answer"
                id={typed(answered, 'messageId') === message.id ? 'answer' : `answer-${message.id}`}
                label={`Your answer to what ${message.by} wrote on ${message.on}`}
                rows={3}
                maxLength={2000}
                required
                {...(typed(answered, 'messageId') === message.id
                  ? { defaultValue: typed(answered, 'answer'), error: answered?.errors['answer'] }
                  : {})}
              />
              <Button kind="second">Answer</Button>
            </form>
          )}
        />
      </section>
      <Breaches breaches={page.breaches} remedies />
      {page.giveBack > 0 ? (
        <Notice tone="warn" title="Give back what was too much" level={2}>
          <p>
            You have taken {pounds(page.giveBack)} more for managing this fund than is agreed. It goes back to
            the fund it came from.
          </p>
          <form method="post">
            <input type="hidden" name="intent" value="give-back" />
            <input type="hidden" name="expectedPence" value={page.giveBack} />
            <Button>Give {pounds(page.giveBack)} back</Button>
          </form>
        </Notice>
      ) : null}
      <section className="stack" aria-labelledby="agreement">
        <h2 id="agreement">What was agreed</h2>
        {page.standing ? (
          <Notice>
            <p>
              <strong>{person.shortName} lets you pay without asking each time</strong>, since{' '}
              {page.standing.since}
              {page.standing.by === person.shortName ? '' : ` (${page.standing.by} said so for them)`}.{' '}
              {page.standing.note ? `“${page.standing.note}” ` : ''}It can be ended any day.
            </p>
          </Notice>
        ) : null}
        <Agreement
          rows={page.agreement}
          problem={page.problem}
          then={`Until the council has written it down with ${person.shortName}, pay only what they tell you to.`}
        />
      </section>
      <section className="stack" aria-labelledby="statement">
        <h2 id="statement">This month</h2>
        {page.statement.lines.length === 0 ? (
          <Empty title="Nothing has happened this month">
            <p>When money arrives, or something is paid, it is written here.</p>
          </Empty>
        ) : (
          <FundStatementTable
            statement={page.statement}
            caption="Newest first, as the person sees it"
            whole={false}
          />
        )}
        <p className="go">
          <a href={`${base}/statement`}>Statement for any time, to print</a>
        </p>
        <p className="go">
          <a href={`${base}/bank`}>Bring the bank’s file of this account</a>
        </p>
      </section>
      <Details kind="why" summary="What if somebody may not be safe, or the money is used against them?">
        <p>
          <a href="/concern">Raise a concern</a> with the adult safeguarding team. Do not wait for the review.
        </p>
      </Details>
    </div>
  )
}
