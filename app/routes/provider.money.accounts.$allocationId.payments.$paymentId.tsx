import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { paymentPage } from '#services/holding/account-page.server.ts'
import { markArrived, markCameBack } from '#services/holding/arrival.server.ts'
import { cameBackSchema } from '#services/holding/holding.schema.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'What became of a payment – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) =>
    paymentPage(deps, actor, params['allocationId'] ?? '', params['paymentId'] ?? ''),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    const paymentId = params['paymentId'] ?? ''
    const back = `/provider/money/accounts/${allocationId}`
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'arrived':
          await markArrived(deps, actor, { allocationId, paymentId, arrivedOn: readDate(form, 'arrivedOn') })
          return redirectWithNotice(back, 'It has arrived, and everybody sees that it is paid.')
        case 'back': {
          const { failure } = cameBackSchema.pick({ failure: true }).parse({ failure: text(form, 'failure') })
          await markCameBack(deps, actor, { allocationId, paymentId, failure })
          return redirectWithNotice(back, 'It is owed again. They and the provider have been told.')
        }
        default:
          throw notFound()
      }
    })
  })

const REASONS = [
  { value: 'wrong_details', label: 'The bank did not know the account' },
  { value: 'account_closed', label: 'The account is closed' },
  { value: 'returned', label: 'The bank sent it back and did not say why' },
  { value: 'other', label: 'Something else' },
] as const

export default function Payment() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { open } = page
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/money/accounts/${page.allocationId}`}>{page.person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>
          {pounds(page.pence)} to {page.provider}
        </h1>
        <p className="lead">
          Reference <strong className="num">{page.reference}</strong>, from {page.person.name}’s{' '}
          {page.fund.toLowerCase()}.
        </p>
      </header>
      {open ? (
        <>
          <p>Sent on {open.sentOn}, for:</p>
          <ul>
            {open.what.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
          <form method="post" className="card stack" noValidate aria-labelledby="arrived">
            <h2 id="arrived">It has arrived</h2>
            <input type="hidden" name="intent" value="arrived" />
            <DateField
              name="arrivedOn"
              label="On which day?"
              hint="As the bank’s statement says."
              defaultValue={typedDate(answered, 'arrivedOn') ?? page.today}
              error={answered?.errors['arrivedOn']}
            />
            <p>
              <Button>Say that it arrived</Button>
            </p>
          </form>
          <Details summary="It came back">
            <form method="post" className="stack" noValidate>
              <input type="hidden" name="intent" value="back" />
              <Radios
                name="failure"
                label="What did the bank say?"
                options={REASONS}
                defaultValue={typed(answered, 'failure')}
                error={answered?.errors['failure']}
              />
              <Button kind="danger">Say that it came back</Button>
            </form>
          </Details>
        </>
      ) : (
        <p>{page.ended}</p>
      )}
    </div>
  )
}
