import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { bankDetailsPage } from '#services/payees/payees-page.server.ts'
import { proposePayee, withdrawPayee } from '#services/payees/propose-payee.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Bank details – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => bankDetailsPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const providerId = text(form, 'providerId')
    const here = `/provider/money/bank-details?org=${providerId}`
    return answer(form, async () => {
      if (text(form, 'intent') === 'withdraw') {
        await withdrawPayee(deps, actor, { providerId, payeeId: text(form, 'payeeId') })
        return redirectWithNotice(here, 'It is taken back. Where you are paid stays as it was.')
      }
      await proposePayee(deps, actor, providerId, valuesOf(form))
      return redirectWithNotice(here, 'It is asked for. Your council checks it and rings you.')
    })
  })

export default function BankDetails() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const field = fieldProps({ errors: answered?.errors, value: (name) => typed(answered, name) })
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/money?org=${page.org}`}>Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Bank details</h1>
        <p className="lead">Where councils pay {page.provider} by bank transfer.</p>
      </header>
      {page.active ? (
        <SummaryList
          rows={[
            { term: 'Name on the account', value: page.active.name },
            { term: 'Account number', value: `ends in ${page.active.account.slice(-3)}` },
            { term: 'In use since', value: page.active.usableFrom ?? page.active.proposedOn },
          ]}
        />
      ) : (
        <Notice tone="warn" title="No council can pay you yet" level={2}>
          <p>Enter your account below. It is used once a council has checked it.</p>
        </Notice>
      )}
      {page.coming ? (
        <section className="card stack" aria-labelledby="coming">
          <h2 id="coming">A change was asked for</h2>
          <SummaryList
            rows={[
              { term: 'Name on the account', value: page.coming.name },
              { term: 'Account number', value: `ends in ${page.coming.account.slice(-3)}` },
              { term: 'Asked on', value: page.coming.proposedOn },
              {
                term: 'What comes next',
                value:
                  page.coming.state === 'cooling'
                    ? `You were rung. It is used from ${page.coming.usableFrom ?? ''}; until then nothing changes.`
                    : `A council asks the bank whether the name fits, and rings you on the number that it knows${page.phone ? '' : '. You have entered none: ring your council'}.`,
              },
            ]}
          />
          {page.mayChange ? (
            <form method="post">
              <input type="hidden" name="intent" value="withdraw" />
              <input type="hidden" name="providerId" value={page.org} />
              <input type="hidden" name="payeeId" value={page.coming.id} />
              <Button kind="second">Stop this change: it was not us, or it is wrong</Button>
            </form>
          ) : (
            <p>If it was not your organisation, tell an owner, or ring your council now.</p>
          )}
        </section>
      ) : null}
      {page.mayChange ? (
        <form method="post" className="stack" noValidate aria-labelledby="new">
          <h2 id="new">{page.active ? 'Be paid into another account' : 'Enter your account'}</h2>
          <p>
            It is used only after a council has asked the bank whether the name fits, has rung you on the
            number that it knows, and three working days have passed. Everybody who runs your organisation is
            told at once.
          </p>
          <input type="hidden" name="providerId" value={page.org} />
          <TextField
            {...field('accountName')}
            label="Name on the account"
            hint="As your bank has it."
            maxLength={70}
            required
          />
          <TextField
            {...field('sortCode')}
            label="Sort code"
            hint="6 digits, such as 12-34-56."
            width={8}
            inputMode="numeric"
            spellCheck={false}
            required
          />
          <TextField
            {...field('accountNumber')}
            label="Account number"
            hint="8 digits."
            width={8}
            inputMode="numeric"
            spellCheck={false}
            required
          />
          {answered?.errors['sure'] ? (
            <Checkboxes
              name="sure"
              label="Have you looked again?"
              error={answered.errors['sure']}
              options={[{ value: 'yes', label: 'Both numbers are as my bank has them' }]}
            />
          ) : null}
          <p>
            <Button size="big">Ask for this account</Button>
          </p>
        </form>
      ) : (
        <p>Only an owner of your organisation can change where it is paid.</p>
      )}
      {page.past.length > 0 ? (
        <Details kind="box" summary="Accounts that are no longer used">
          <ul>
            {page.past.map((one) => (
              <li key={one.id}>
                {one.name}, ends in {one.account.slice(-3)}: {one.stateWords.toLowerCase()}
                {one.endedOn ? ` since ${one.endedOn}` : ''}
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </div>
  )
}
