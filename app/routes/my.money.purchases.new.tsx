import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { newPurchasePage } from '#services/purchases/new-purchase-page.server.ts'
import { proposePurchase } from '#services/purchases/propose-purchase.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PurchaseFields } from '~/components/purchases/purchase-fields.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Ask to buy something – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return newPurchasePage(deps, actor)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const done = await proposePurchase(deps, actor, {
        ...valuesOf(form),
        personId: text(form, 'personId'),
      })
      if (!done.maySee)
        return redirectWithNotice('/my/week', 'It is put forward. They say yes or no; nothing is bought yet.')
      return redirectWithNotice(
        `/my/money/purchases/${done.purchaseId}`,
        done.state === 'agreed'
          ? 'It is agreed: this fund is yours to choose with. Set the money aside before you buy it.'
          : 'It is put forward. Nothing is set aside yet.',
      )
    })
  })

export default function NewPurchase() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { self, shortName } = page.person
  const chosen = page.funds.find(({ id }) => id === typed(answered, 'fund'))
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money/purchases">Things bought elsewhere</BackLink>
      <ErrorSummary errors={answered?.errors} ids={{ paidOn: 'paidOn' }} />
      <header className="stack-s">
        <h1>Ask to buy something from somebody who is not listed</h1>
        <p className="lead">
          The rules of the fund are looked at first. Then it is agreed, and only then money is set aside.
          Support from people is found under <a href="/find">Find support</a>, because whoever gives care is
          checked first.
        </p>
      </header>
      {answered?.errors['fund'] && chosen?.accreditedOnly ? <Accredited services={page.accredited} /> : null}
      {page.funds.length === 0 ? (
        <Empty title="There is no fund to pay from just now">
          <p>
            When a council or the NHS agrees a budget, it shows under money.{' '}
            <a href="/help">Talk to a person</a>
          </p>
        </Empty>
      ) : (
        <form method="post" className="stack-l" noValidate>
          <input type="hidden" name="personId" value={page.person.id} />
          <input type="hidden" name="purchaseId" value={typed(answered, 'purchaseId') ?? page.purchaseId} />
          <PurchaseFields
            funds={page.funds}
            categories={page.categories}
            outcomes={page.outcomes}
            whosePlan={self ? 'your plan' : `${shortName}’s plan`}
            value={(name) => typed(answered, name)}
            errors={answered?.errors}
          />
          <Button size="big">Ask to buy it</Button>
        </form>
      )}
      <Details kind="why" summary="What happens then?">
        <ul>
          <li>An adviser of the council agrees it, or says why not. You are told.</li>
          <li>Own money, and a carer’s smaller purchases, are agreed at once.</li>
          <li>
            When you set the money aside it cannot be spent twice. You can give it up at any time before it is
            paid.
          </li>
          <li>
            If every fund says no, you can <a href="/help">talk to a person</a> at the council.
          </li>
        </ul>
      </Details>
    </div>
  )
}

/** The way out when a fund pays accredited providers only. */
function Accredited({
  services,
}: {
  services: readonly { title: string; provider: string; href: string }[]
}) {
  return (
    <Notice title="Whom this fund can pay" level={2}>
      {services.length > 0 ? (
        <>
          <p>These are from accredited providers, so it can pay them:</p>
          <ul>
            {services.map((one) => (
              <li key={one.href}>
                <a href={one.href}>{one.title}</a>, {one.provider}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p>
        <a href="/find?category=learning_and_skills">See all courses</a>, or{' '}
        <a href="/help">ask your council</a> whether another fund can pay for this one.
      </p>
    </Notice>
  )
}
