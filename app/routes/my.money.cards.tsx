import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import { cardsPage } from '#services/payments/payment-page.server.ts'
import { cardCameBack, forgetCard, startSavingCard } from '#services/payments/save-card.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Saved cards – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    const setup = url.searchParams.get('saved')
    if (setup)
      return redirectWithNotice(
        url.pathname,
        (await cardCameBack(deps, actor, setup)) ? 'Your card is saved.' : 'No card was saved.',
      )
    const personId = personInView(actor)
    requireScope(actor, personId, 'see_money')
    return cardsPage(deps, actor, personId)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      if (text(form, 'intent') === 'forget') {
        await forgetCard(deps, actor, text(form, 'cardId'))
        return redirectWithNotice(url.pathname, 'The card is forgotten.')
      }
      return redirect(await startSavingCard(deps, actor, text(form, 'personId')))
    })
  })

export default function Cards() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">My money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Saved cards</h1>
        <p className="lead">
          A saved card pays for support after each visit that you said yes to. Kith never sees its number.
        </p>
        {page.label ? <p>{page.label}</p> : null}
      </header>
      {page.cards.length === 0 ? (
        <Empty title="No card is saved" level={2}>
          <p>You can save one here, or pay each time.</p>
        </Empty>
      ) : (
        <ul className="plain stack">
          {page.cards.map((card, at) => (
            <li key={card.id}>
              <Card>
                <h2>{card.name}</h2>
                <p>
                  {card.expires ? `Runs out ${card.expires}. ` : ''}
                  {at === 0 ? 'This one is charged.' : 'Kept, and not charged.'}
                </p>
                {page.acts ? (
                  <form method="post">
                    <input type="hidden" name="intent" value="forget" />
                    <input type="hidden" name="cardId" value={card.id} />
                    <Button kind="second">{`Forget the ${card.name}`}</Button>
                  </form>
                ) : null}
              </Card>
            </li>
          ))}
        </ul>
      )}
      {page.acts ? (
        <form method="post" className="stack">
          <input type="hidden" name="personId" value={page.personId} />
          <p>You type the card’s number on the payment service’s page, and come back here.</p>
          <Button size="big">{page.cards.length === 0 ? 'Save a card' : 'Save another card'}</Button>
        </form>
      ) : null}
    </div>
  )
}
