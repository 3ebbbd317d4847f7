import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { sayYes, withdrawPurchase } from '#services/purchases/answer-purchase.server.ts'
import { giveUp, setAside } from '#services/purchases/order-purchase.server.ts'
import { purchasePage, type PurchasePage } from '#services/purchases/purchase-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Panel } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Papers, PurchaseSummary } from '~/components/purchases/purchase-summary.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Something bought elsewhere – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => purchasePage(deps, actor, params['purchaseId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const press = { personId: text(form, 'personId'), purchaseId: params['purchaseId'] ?? '' }
    const back = (words: string) => redirectWithNotice(url.pathname, words)
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'yes':
          return back(
            (await sayYes(deps, actor, press)) === 'agreed'
              ? 'You both agree. The money can be set aside.'
              : 'You said yes. The council is asked now.',
          )
        case 'withdraw':
          await withdrawPurchase(deps, actor, press)
          return back('It is taken back. Nothing was set aside.')
        case 'set_aside':
          await setAside(deps, actor, press)
          return back('The money is set aside.')
        case 'give_up':
          await giveUp(deps, actor, press)
          return back('It is given up. The money is back in the fund.')
        default:
          throw notFound()
      }
    })
  })

export default function Purchase() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { may } = page
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money/purchases">Things bought elsewhere</BackLink>
      <ErrorSummary errors={answered?.errors} title="Nothing was changed" />
      <header className="stack-s">
        <h1>{page.what}</h1>
        <p>
          <Tag tone={page.standing.tone}>{page.standing.words}</Tag>
        </p>
        <p className="lead">{putForward(page)}</p>
        {page.person.self ? null : (
          <p className="small">“You” in the words below means {page.person.shortName}.</p>
        )}
      </header>
      <Next page={page} />
      <section className="stack" aria-labelledby="facts">
        <h2 id="facts">What it is</h2>
        <PurchaseSummary
          facts={page}
          more={[
            ...(page.agreedOn
              ? [
                  {
                    term: 'Agreed',
                    value: `${page.agreedOn}, by ${page.agreedBy ?? 'the rule of this fund'}`,
                  },
                ]
              : []),
            ...(page.audited ? [{ term: 'Looked at by finance', value: page.audited }] : []),
          ]}
        />
      </section>
      {page.state === 'paid' ? <Receipts page={page} /> : null}
      {may.withdraw || may.giveUp || may.askAgain ? (
        <Details
          summary={
            may.giveUp ? 'It costs something else, or is not wanted any more' : 'It is not wanted any more'
          }
        >
          <div className="stack">
            {may.askAgain ? (
              <p>
                <a href={`/my/money/purchases/${page.id}/paid#new-price`}>Ask for another price</a>
              </p>
            ) : null}
            {may.giveUp ? (
              <Press
                page={page}
                intent="give_up"
                kind="danger"
                words="Give it up: the money goes back to the fund"
              />
            ) : null}
            {may.withdraw ? <Press page={page} intent="withdraw" kind="danger" words="Take it back" /> : null}
          </div>
        </Details>
      ) : null}
    </div>
  )
}

const putForward = (page: PurchasePage): string =>
  `${pounds(page.pence)} from ${page.fund}, put forward on ${page.proposedOn}${page.by ? ` by ${page.by}` : ''}.`

function Press({
  page,
  intent,
  words,
  kind = 'main',
}: {
  page: PurchasePage
  intent: string
  words: string
  kind?: 'main' | 'second' | 'danger'
}) {
  return (
    <form method="post">
      <input type="hidden" name="personId" value={page.person.id} />
      <input type="hidden" name="intent" value={intent} />
      <Button kind={kind}>{words}</Button>
    </form>
  )
}

/** The one next step of this state. */
function Next({ page }: { page: PurchasePage }) {
  const { may } = page
  if (may.sayYes)
    return (
      <Panel labelledBy="next">
        <h2 id="next">Do you want this?</h2>
        <p>
          Nothing is bought without your yes. {pounds(page.left)} is left in {page.fund} today.
        </p>
        <div className="row-s">
          <Press page={page} intent="yes" words="Yes, I want this" />
          <Press page={page} intent="withdraw" words="No" kind="second" />
        </div>
      </Panel>
    )
  if (page.state === 'agreed')
    return page.stopped ? (
      <Notice tone="stop" title="The money cannot be set aside now" level={2}>
        <p>{page.stopped}</p>
        <p>
          <a href="/my/money/purchases/new">Ask with another fund</a>, or <a href="/help">talk to a person</a>
          .
        </p>
      </Notice>
    ) : (
      <Panel labelledBy="next">
        <h2 id="next">Set the money aside</h2>
        <p>
          {pounds(page.pence)} of {page.fund} is then kept for this, so that it cannot be spent twice.{' '}
          {pounds(page.leftAfter)} is left after that. {page.pays}
        </p>
        {may.setAside ? (
          <Press page={page} intent="set_aside" words={`Set ${pounds(page.pence)} aside`} />
        ) : (
          <p>You may not set money aside for this person.</p>
        )}
      </Panel>
    )
  if (page.state === 'ordered')
    return (
      <Panel labelledBy="next">
        <h2 id="next">Pay for it</h2>
        <p>{page.holder ? holderWords(page.holder) : page.pays}</p>
        {may.record ? (
          <p>
            <LinkButton href={`/my/money/purchases/${page.id}/paid`}>It is paid</LinkButton>
          </p>
        ) : null}
      </Panel>
    )
  if (page.state === 'refused')
    return (
      <Notice tone="stop" title="The council said no" level={2}>
        <p>{page.reason}</p>
        <p>
          You can <a href="/my/money/purchases/new">ask again with another fund</a>, or{' '}
          <a href="/help">talk to a person</a>. <a href="/rights">Your rights</a> say how to complain.
        </p>
      </Notice>
    )
  return null
}

function holderWords({ name, state, answer: words }: NonNullable<PurchasePage['holder']>): string {
  if (state === 'refused') return `${name} said that it did not pay this. ${words}`.trim()
  return `${name} holds this fund for you and was asked to pay. They write down what it came to.`
}

function Receipts({ page }: { page: PurchasePage }) {
  const { may } = page
  return (
    <section className="stack" aria-labelledby="after">
      <h2 id="after">Receipt and money back</h2>
      <p>{page.receipts}</p>
      {page.asksForReceipt ? <Papers papers={page.papers} base="/my/money/evidence" /> : null}
      <p className="row-s">
        {may.giveEvidence ? (
          <LinkButton href={`/my/money/purchases/${page.id}/receipt`} kind="second">
            Send the receipt
          </LinkButton>
        ) : null}
        {may.refund ? (
          <LinkButton href={`/my/money/purchases/${page.id}/refund`} kind="second">
            The seller gave money back
          </LinkButton>
        ) : null}
      </p>
    </section>
  )
}
