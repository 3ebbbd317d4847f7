import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { askOrderPage } from '#services/orders/ask-order-page.server.ts'
import { askForOrder } from '#services/orders/ask-for-order.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Ask the council to order this – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => askOrderPage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const asked = await askForOrder(deps, actor, {
        personId: text(form, 'personId'),
        providerId: text(form, 'providerId'),
        allocationId: text(form, 'allocationId'),
        categoryCode: text(form, 'categoryCode'),
        reason: text(form, 'reason'),
      })
      return redirectWithNotice(
        `/bookings/${params['id'] ?? ''}/funds`,
        asked.now
          ? 'The council is asked to order this. It is not booked. We tell you when they have answered.'
          : 'The council was asked before, and has not answered yet.',
      )
    })
  })

export default function AskForOrder() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/bookings/${page.bookingId}/funds`}>Who pays</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Ask the council to order this</h1>
        <p className="lead">
          {page.title}, from {page.provider.name}
        </p>
      </header>
      {page.waiting ? (
        <Notice title="It is asked for already" level={2}>
          <p>
            {page.council.name} has not answered yet. We tell{' '}
            {page.person.self ? 'you' : page.person.shortName} when they have. You can ring them:{' '}
            {page.council.phone}.
          </p>
        </Notice>
      ) : page.funds.length === 0 ? (
        <p>
          The council pays from none of {page.person.self ? 'your' : `${page.person.shortName}’s`} funds
          itself, so nothing has to be ordered.
        </p>
      ) : (
        <form method="post" className="stack" noValidate>
          <p>
            When the council pays a provider itself, it has to order the support first. Somebody there looks
            at what you write, and answers you.
          </p>
          <input type="hidden" name="personId" value={page.person.id} />
          <input type="hidden" name="providerId" value={page.provider.id} />
          <input type="hidden" name="categoryCode" value={page.category.code} />
          <Radios
            name="allocationId"
            label="Which fund should pay?"
            options={page.funds.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={
              typed(answered, 'allocationId') ?? (page.funds.length === 1 ? page.funds[0]?.id : null)
            }
            error={answered?.errors['allocationId']}
          />
          <Textarea
            name="reason"
            label="What is it for?"
            hint="A few words are enough: what you want to do, and why this provider."
            rows={4}
            maxLength={1000}
            defaultValue={typed(answered, 'reason')}
            error={answered?.errors['reason']}
          />
          <p>
            <Button size="big">Ask the council</Button>
          </p>
        </form>
      )}
    </div>
  )
}
