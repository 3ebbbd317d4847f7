import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { cardPage } from '#services/cards/card-page.server.ts'
import { giveSecondCard } from '#services/cards/second-card.server.ts'
import { pressCard } from '#services/cards/use-card.server.ts'
import { payAnotherWay, sayPaidBefore } from '#services/cards/waiting-visits.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { CardLeft } from '~/components/prepaid/card-left.tsx'
import { CardPicture } from '~/components/prepaid/card-picture.tsx'
import { Movements } from '~/components/prepaid/movements.tsx'
import { counted, whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Prepaid card – Kith' }]

const PATH = '/my/money/card'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return cardPage(deps, actor)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const input = { ...valuesOf(form), personId: text(form, 'personId') }
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'second':
          await giveSecondCard(deps, actor, input)
          return redirectWithNotice(PATH, 'The second card is made. It is started when it has come.')
        case 'before':
          await sayPaidBefore(deps, actor, input)
          return redirectWithNotice(PATH, 'Thank you. The visit is paid, and counted once.')
        case 'another':
          await payAnotherWay(deps, actor, input)
          return redirectWithNotice('/my/money/pay', 'It waits here, to be paid another way.')
        default:
          return redirectWithNotice(PATH, await pressCard(deps, actor, input))
      }
    })
  })

type Page = ReturnType<typeof useLoaderData<typeof loader>>
type Fund = Page['funds'][number]
type Shown = Fund['cards'][number]

const WORDS: Readonly<Record<Shown['state'], string>> = {
  waiting: 'In the post',
  active: 'Works',
  frozen: 'Frozen',
  replaced: 'Ended',
  closed: 'Ended',
}

export default function PrepaidCard() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const cardId = typed(answered, 'cardId')
  const fundId = typed(answered, 'allocationId')
  const ids = {
    ...(cardId ? { why: `why-${cardId}` } : {}),
    ...(fundId ? { supporterUserId: `second-${fundId}` } : {}),
  }
  return (
    <div className="stack-l">
      <BackLink href="/my/money">{whoseThing(page.person, 'money')}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={ids} />
      <header className="narrow stack-s">
        <h1>Prepaid card</h1>
        <p className="lead">
          A card with the money of one fund on it. It pays for support, and for what you buy elsewhere; each
          purchase is checked against what is left.
        </p>
        {page.label ? <p>{page.label}</p> : null}
      </header>
      {page.funds.length === 0 ? (
        <Empty title="There is no fund on a card" level={2}>
          <p>
            {page.council.name} can put a direct payment on a card, if you want that. Ask on{' '}
            {page.council.phone}.
          </p>
        </Empty>
      ) : (
        page.funds.map((fund) => <FundOnCard key={fund.id} fund={fund} page={page} />)
      )}
    </div>
  )
}

function FundOnCard({ fund, page }: { fund: Fund; page: Page }) {
  const answered = useAnswer()
  const here = typed(answered, 'allocationId') === fund.id
  return (
    <section className="stack-l" aria-labelledby={`fund-${fund.id}`}>
      <header className="narrow stack-s">
        <h2 id={`fund-${fund.id}`}>{fund.name}</h2>
        <CardLeft fund={fund} />
      </header>
      <Waiting fund={fund} page={page} />
      {fund.cards.length === 0 ? (
        <Notice title="No card yet" level={3}>
          <p>
            {page.council.name} has not had a card made for this fund, or it has ended. Ring them on{' '}
            {page.council.phone}.
          </p>
        </Notice>
      ) : (
        <ul className="plain stack-l">
          {fund.cards.map((card) => (
            <li key={card.id}>
              <OneCard card={card} fund={fund} personId={page.person.id} />
            </li>
          ))}
        </ul>
      )}
      {fund.elsewhere ? (
        <Notice tone="info" title={`${fund.scheme ?? 'The card scheme'} runs this card`} level={3}>
          <p>
            To freeze it or to have it replaced, ring the number on its back. What is paid with it comes here
            with their next file.
          </p>
        </Notice>
      ) : null}
      {fund.mayCarry.length > 0 ? (
        <Details summary="A second card for somebody who supports you" kind="box" open={here}>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="intent" value="second" />
            <input type="hidden" name="personId" value={page.person.id} />
            <input type="hidden" name="allocationId" value={fund.id} />
            <Radios
              name="supporterUserId"
              id={`second-${fund.id}`}
              label="Who carries it?"
              hint="It draws on this fund, within the same rules. You see each purchase, and it stops when they no longer manage your money."
              options={fund.mayCarry.map(({ userId, name }) => ({ value: userId, label: name }))}
              defaultValue={here ? typed(answered, 'supporterUserId') : undefined}
              error={here ? answered?.errors['supporterUserId'] : undefined}
            />
            <Button kind="second">Have a second card made</Button>
          </form>
        </Details>
      ) : null}
      {fund.rules.length > 0 ? (
        <Details summary="What this card may be used for" kind="box">
          <ul>
            {fund.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </Details>
      ) : null}
      <section className="stack" aria-labelledby={`moves-${fund.id}`}>
        <h3 id={`moves-${fund.id}`}>What was bought with it</h3>
        {fund.movements.length === 0 ? (
          <p>Nothing was bought with a card of this fund yet.</p>
        ) : (
          <Movements
            fund={fund.name}
            movements={fund.movements}
            manyCards={fund.cards.length + fund.ended.length > 1}
          />
        )}
      </section>
    </section>
  )
}

function Waiting({ fund, page }: { fund: Fund; page: Page }) {
  if (fund.waiting.length === 0) return null
  return (
    <Card labelledBy={`waits-${fund.id}`}>
      <h3 id={`waits-${fund.id}`}>To pay with the card</h3>
      <p>
        To be paid: {counted(fund.waiting.length, 'visit', 'visits')}. Pay the provider exactly this with the
        card: on the telephone, online, or when they are with you. The money is counted already, so it does
        not come out of what is left; it is marked as paid by itself.
      </p>
      <ul className="plain stack">
        {fund.waiting.map((one) => (
          <li key={one.id} className="stack-s">
            <p>
              <strong>
                {pounds(one.pence)} to {one.provider}
              </strong>
              <br />
              Say the reference {one.reference}
            </p>
            {page.acts ? (
              <div className="row">
                {one.before ? (
                  <ForPayment
                    intent="before"
                    page={page}
                    paymentId={one.id}
                    transactionId={one.before.id}
                    label={`It was ${one.before.words}`}
                  />
                ) : null}
                <ForPayment
                  intent="another"
                  page={page}
                  paymentId={one.id}
                  label={`Pay ${one.provider} another way`}
                />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function ForPayment({
  intent,
  page,
  paymentId,
  transactionId = '',
  label,
}: {
  intent: string
  page: Page
  paymentId: string
  transactionId?: string
  label: string
}) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="personId" value={page.person.id} />
      <input type="hidden" name="paymentId" value={paymentId} />
      <input type="hidden" name="transactionId" value={transactionId} />
      <Button kind="second" size="small">
        {label}
      </Button>
    </form>
  )
}

function OneCard({ card, fund, personId }: { card: Shown; fund: Fund; personId: string }) {
  const answered = useAnswer()
  const here = typed(answered, 'cardId') === card.id
  const fields = (
    <>
      <input type="hidden" name="personId" value={personId} />
      <input type="hidden" name="cardId" value={card.id} />
    </>
  )
  const press = (value: string, label: string, kind: 'main' | 'second' = 'second') => (
    <form method="post">
      {fields}
      <Button kind={kind} name="press" value={value}>
        {label}
        <span className="vh">: card ending {card.last4}</span>
      </Button>
    </form>
  )
  return (
    <div className="stack">
      <CardPicture
        last4={card.last4}
        holder={card.second ? `${card.holder}, second card` : card.holder}
        scheme={fund.scheme}
        works={card.state === 'active'}
        word={WORDS[card.state]}
      />
      <p>{card.stands}</p>
      <div className="row">
        {card.presses.includes('freeze') ? press('freeze', 'Freeze it') : null}
        {card.presses.includes('unfreeze')
          ? press('unfreeze', card.state === 'waiting' ? 'It has come: start it' : 'Unfreeze it', 'main')
          : null}
        {card.presses.includes('end') ? press('end', 'End this card') : null}
      </div>
      {card.presses.includes('replace') ? (
        <Details
          summary="It is lost, stolen or damaged"
          kind="box"
          open={here && 'why' in (answered?.errors ?? {})}
        >
          <form method="post" className="stack" noValidate>
            {fields}
            <input type="hidden" name="press" value="replace" />
            <Radios
              name="why"
              id={`why-${card.id}`}
              label="What happened to the card?"
              hint="A lost or stolen card stops at once. A new one is made, with a new number."
              options={[
                { value: 'lost', label: 'It is lost' },
                { value: 'stolen', label: 'It was stolen' },
                { value: 'damaged', label: 'It is damaged' },
              ]}
              defaultValue={here ? typed(answered, 'why') : undefined}
              error={here ? answered?.errors['why'] : undefined}
            />
            <Button>
              Stop it and send a new one<span className="vh">: card ending {card.last4}</span>
            </Button>
          </form>
        </Details>
      ) : null}
    </div>
  )
}
