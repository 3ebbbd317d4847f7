import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { payPage } from '#services/holding/account-page.server.ts'
import { payForPerson } from '#services/holding/pay-for-person.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { PayCheck } from '~/components/holding/pay-check.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Have you paid this? – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) => {
    const allocationId = params['allocationId'] ?? ''
    const page = await payPage(deps, actor, allocationId, url.searchParams.getAll('pay'))
    // Nothing was ticked: back to the list.
    return page.payableIds.length === 0 ? redirect(`/provider/money/accounts/${allocationId}#to-pay`) : page
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    return answer(form, async () => {
      const { pence, account } = await payForPerson(deps, actor, {
        allocationId,
        payableIds: texts(form, 'payableId'),
        expectedPence: text(form, 'expectedPence'),
      })
      return redirectWithNotice(
        `/provider/money/accounts/${allocationId}`,
        `${pounds(pence)} is marked as paid. ${account.shortName} has been told.`,
      )
    })
  })

export default function Pay() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/money/accounts/${page.allocationId}`}>{page.person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Have you paid this?</h1>
        <p className="lead">
          {pounds(page.pence)} from {page.person.name}’s {page.fund.toLowerCase()}. {page.person.shortName}{' '}
          sees it at once.
        </p>
      </header>
      <PayCheck groups={page.groups} pence={page.pence} />
      {page.groups.some(({ own }) => own) ? (
        <Notice>
          <p>One of these is your own service. {page.person.shortName} is told that you paid yourself.</p>
        </Notice>
      ) : null}
      {page.pence > page.inIt ? (
        <Notice tone="warn">
          <p>
            The account should hold {pounds(page.inIt)}, which is less than this. Look at the bank before you
            go on.
          </p>
        </Notice>
      ) : null}
      <form method="post" className="stack">
        {page.payableIds.map((id) => (
          <input key={id} type="hidden" name="payableId" value={id} />
        ))}
        <input type="hidden" name="expectedPence" value={page.pence} />
        <p>
          <Button size="big">Yes, I have paid {pounds(page.pence)}</Button>
        </p>
      </form>
    </div>
  )
}
