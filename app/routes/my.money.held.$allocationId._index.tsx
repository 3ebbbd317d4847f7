import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { heldFundPage } from '#services/holding/held-fund-page.server.ts'
import { withdrawInstruction } from '#services/holding/instruct.server.ts'
import { askHolder } from '#services/holding/messages.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { Agreement } from '~/components/holding/agreement.tsx'
import { Breaches } from '~/components/holding/breaches.tsx'
import { Complain } from '~/components/holding/complain.tsx'
import { FundStatementTable } from '~/components/holding/fund-statement.tsx'
import { Messages } from '~/components/holding/messages.tsx'
import { MoneyHeld } from '~/components/holding/money-held.tsx'
import { OwedLines } from '~/components/holding/owed-lines.tsx'
import { SayPay } from '~/components/holding/say-pay.tsx'
import { Standing } from '~/components/holding/standing.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? `${page.fund}, held by ${page.holder.name}` : 'Money held for you'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => {
    toCircleWithoutPerson(actor)
    return heldFundPage(deps, actor, params['allocationId'] ?? '')
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    const here = `/my/money/held/${allocationId}`
    const personId = text(form, 'personId')
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'withdraw':
          await withdrawInstruction(deps, actor, {
            personId,
            allocationId,
            instructionId: text(form, 'instructionId'),
          })
          return redirectWithNotice(here, 'It is taken back. They have been told not to pay it.')
        case 'ask': {
          const holder = await askHolder(deps, actor, { personId, allocationId, words: text(form, 'words') })
          return redirectWithNotice(here, `${holder} has your message. The answer comes here.`)
        }
        default:
          throw notFound()
      }
    })
  })

export default function HeldFund() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { person, holder, managed, self } = page
  const base = `/my/money/held/${page.allocationId}`
  const you = self ? 'you' : person.shortName
  return (
    <div className="stack-l">
      <BackLink href="/my/money">{self ? 'My money' : `${person.shortName}’s money`}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{page.fund}</h1>
        <p className="lead">
          {managed
            ? `${holder.name} looks after the account. ${self ? 'You are' : `${person.shortName} is`} in charge: nothing is paid until ${you} say${self ? '' : 's'} so.`
            : `${holder.name} holds this fund for ${you} and pays as was agreed. ${self ? 'You see' : `${person.shortName} sees`} every payment at once.`}
        </p>
        {self ? null : <p className="small">“You” in the words below means {person.shortName}.</p>}
      </header>
      <MoneyHeld money={page.money} what={managed ? 'The account' : 'The fund'} />
      <Breaches breaches={page.breaches} />
      <SayPay page={page} path={base} />
      {page.told.length > 0 ? (
        <section className="stack" aria-labelledby="told">
          <h2 id="told">{holder.name} has been told to pay</h2>
          <OwedLines
            lines={page.told}
            visits
            about={(line) => (
              <p className="small">
                {line.told?.by === person.shortName && self ? 'You' : line.told?.by} said so on{' '}
                {line.told?.on}.{line.told?.note ? ` “${line.told.note}”` : ''}
                {line.told?.again ? ' It was paid, came back, and will be paid again.' : ''}
              </p>
            )}
            press={(line) =>
              page.mayManage && line.told && !line.told.again ? (
                <form method="post">
                  <input type="hidden" name="intent" value="withdraw" />
                  <input type="hidden" name="personId" value={person.id} />
                  <input type="hidden" name="instructionId" value={line.told.instructionId} />
                  <Button kind="quiet" size="small">
                    Take it back<span className="vh">: {line.what}</span>
                  </Button>
                </form>
              ) : null
            }
          />
        </section>
      ) : null}
      {page.toBuy.length > 0 ? (
        <section className="stack" aria-labelledby="to-buy">
          <h2 id="to-buy">{holder.name} has been told to buy</h2>
          <ul className="stack-s">
            {page.toBuy.map((one) => (
              <li key={one.instructionId}>
                <a href={`/my/money/purchases/${one.purchaseId}`}>
                  {one.what}, {one.seller}
                </a>
                : {pounds(one.pence)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {page.byItself.length > 0 ? (
        <section className="stack" aria-labelledby="itself">
          <h2 id="itself">{holder.name} pays these without asking</h2>
          <p>
            {page.standing
              ? 'You said: pay what I have said yes to, without asking me again.'
              : 'The agreement says that they may.'}{' '}
            If something is wrong with one of them, write to {holder.name} today.
          </p>
          <OwedLines lines={page.byItself} visits />
        </section>
      ) : null}
      {page.onTheWay.length > 0 ? (
        <section className="stack" aria-labelledby="way">
          <h2 id="way">On its way</h2>
          <ul>
            {page.onTheWay.map((payment) => (
              <li key={payment.id}>
                {pounds(payment.pence)} to {payment.provider}, sent on {payment.sentOn}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="stack" aria-labelledby="statement">
        <h2 id="statement">Every payment this month</h2>
        {page.statement.lines.length === 0 ? (
          <Empty title="Nothing has happened this month">
            <p>When money arrives, or something is paid, it is written here.</p>
          </Empty>
        ) : (
          <FundStatementTable statement={page.statement} caption="Newest first" visits whole={false} />
        )}
        <p className="go">
          <a href={`${base}/statement`}>Statement for any time, to print</a>
        </p>
        <p>You do not need to keep receipts for what is written here.</p>
      </section>
      <section className="stack" aria-labelledby="agreement">
        <h2 id="agreement">What was agreed</h2>
        {managed ? (
          <Standing
            standing={page.standing}
            mayManage={page.mayManage}
            path={`${base}/standing`}
            page={page}
          />
        ) : null}
        <Agreement
          rows={page.agreement}
          problem={page.problem}
          then="Until then each payment needs your yes. Your council writes the agreement down with you."
        />
      </section>
      <section className="stack" aria-labelledby="messages">
        <h2 id="messages">Write to {holder.name}</h2>
        <form method="post" className="stack" noValidate>
          <input type="hidden" name="intent" value="ask" />
          <input type="hidden" name="personId" value={person.id} />
          <Textarea
            name="words"
            label="What would you like to know or say?"
            rows={3}
            maxLength={2000}
            defaultValue={typed(answered, 'words')}
            error={answered?.errors['words']}
            required
          />
          <p>
            <Button kind="second">Send it</Button>
          </p>
        </form>
        <Messages messages={page.messages} holder={holder.name} />
      </section>
      <Complain holder={holder} council={page.council} health={page.health} managed={managed} />
    </div>
  )
}
