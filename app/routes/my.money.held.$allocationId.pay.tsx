import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { instructPage } from '#services/holding/held-fund-page.server.ts'
import { instructPayment } from '#services/holding/instruct.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { SayHow } from '~/components/holding/say-how.tsx'
import { PayCheck } from '~/components/holding/pay-check.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Pay this? – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) => {
    toCircleWithoutPerson(actor)
    return instructPage(deps, actor, params['allocationId'] ?? '', {
      payableIds: url.searchParams.getAll('pay'),
      week: url.searchParams.get('week') === 'yes',
      all: url.searchParams.get('all') === 'yes',
    })
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    return answer(form, async () => {
      const { pence, holder } = await instructPayment(deps, actor, {
        personId: text(form, 'personId'),
        allocationId,
        payableIds: texts(form, 'payableId'),
        expectedPence: text(form, 'expectedPence'),
        note: text(form, 'note'),
      })
      return redirectWithNotice(
        `/my/money/held/${allocationId}`,
        `${holder} has been told to pay ${pounds(pence)}. It is not paid yet; you see here when it is.`,
      )
    })
  })

export default function Pay() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { holder, person } = page
  return (
    <div className="narrow stack-l">
      <BackLink href={`/my/money/held/${page.allocationId}`}>{page.fund}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Pay this?</h1>
        <p className="lead">
          {holder.name} pays {pounds(page.pence)} from {page.self ? 'your' : `${person.shortName}’s`}{' '}
          {page.fund.toLowerCase()}. It was spent when the visit was agreed, so {pounds(page.free)} stays
          free.
        </p>
      </header>
      <PayCheck groups={page.groups} pence={page.pence} />
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="personId" value={person.id} />
        {page.payableIds.map((id) => (
          <input key={id} type="hidden" name="payableId" value={id} />
        ))}
        <input type="hidden" name="expectedPence" value={page.pence} />
        <SayHow
          acting={page.acting}
          asks={page.mustSayHow}
          holder={holder.name}
          value={typed(answered, 'note')}
          error={answered?.errors['note']}
        />
        <p>
          <Button size="big">{page.self ? 'Yes, pay this' : `Yes, pay this for ${person.shortName}`}</Button>
        </p>
        <p className="small">You can take it back until {holder.name} has paid it.</p>
      </form>
    </div>
  )
}
