import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { finishPayment, tryAgain } from '#services/payments/finish-payment.server.ts'
import { paymentPage } from '#services/payments/payment-page.server.ts'
import { startCheckout } from '#services/payments/start-checkout.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A payment – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    paymentPage(deps, actor, {
      paymentId: params['paymentId'] ?? '',
      back: url.searchParams.get('back') !== null,
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const paymentId = params['paymentId'] ?? ''
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'again':
          return redirect(`/my/money/payments/${await tryAgain(deps, actor, paymentId)}`)
        case 'page':
          return redirect(await startCheckout(deps, actor, { paymentId }))
        default:
          return redirect((await finishPayment(deps, actor, paymentId)) ?? url.pathname)
      }
    })
  })

export default function Payment() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">My money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>
          {pounds(page.pence)} to {page.provider}
        </h1>
        <p className="lead">{page.stands}</p>
        {page.label ? <p>{page.label}</p> : null}
      </header>
      {page.failure && page.state !== 'confirmed' ? (
        <Notice tone="warn" title="What happened" level={2}>
          <p>{page.failure.what}</p>
          <p>{page.paidSince ? 'It was paid another way since. Nothing to do.' : page.failure.next}</p>
        </Notice>
      ) : null}
      <SummaryList
        rows={[
          { term: 'For support on', value: page.days.join(', ') },
          { term: 'Begun', value: page.began },
          { term: 'Reference', value: page.reference },
        ]}
      />
      {page.canFinish ? (
        <form method="post" className="stack">
          <p>You go to the bank’s or the payment service’s page, and come back here.</p>
          <Button size="big">Finish this payment</Button>
        </form>
      ) : null}
      {page.canTryAgain ? (
        <form method="post" className="stack">
          <input type="hidden" name="intent" value="again" />
          <Button size="big">{`Try again to pay ${pounds(page.pence)}`}</Button>
        </form>
      ) : null}
      {page.canPayOnPage ? (
        <form method="post">
          <input type="hidden" name="intent" value="page" />
          <Button kind="second">Pay with another card</Button>
        </form>
      ) : null}
      {page.canTryAgain ? (
        <p>
          <a href="/my/money/cards">{page.hasCard ? 'Change the saved card' : 'Save a card'}</a>
        </p>
      ) : null}
    </div>
  )
}
