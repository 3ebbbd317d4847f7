import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { recordCallBack, recordPayeeCheck, showPayeeNumbers } from '#services/payees/check-payee.server.ts'
import { payeePage } from '#services/payees/payees-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Who } from '~/components/card/card.tsx'
import { PAYEE_TONE } from '~/components/council-money/payee-tone.ts'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Bank details – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => payeePage(deps, actor, params['payeeId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const payeeId = params['payeeId'] ?? ''
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'show':
          return data({ shown: await showPayeeNumbers(deps, actor, payeeId) })
        case 'check':
          await recordPayeeCheck(deps, actor, payeeId, valuesOf(form))
          return redirectWithNotice(`/council/money/payees/${payeeId}`, 'What the bank says is written down.')
        default:
          await recordCallBack(deps, actor, payeeId, valuesOf(form))
          return redirectWithNotice(
            '/council/money/payees',
            text(form, 'answer') === 'yes'
              ? 'The call back is written down. It is used after three working days.'
              : 'It is refused. The provider is told.',
          )
      }
    })
  })

const MODULUS = {
  valid: 'The sort code and the account number can belong together',
  invalid: 'By the banks’ published check they do not belong together',
  not_covered: 'The banks publish no check for this sort code',
}

export default function Payee() {
  const payee = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const shown = useActionData<{ shown?: { sortCode: string; accountNumber: string } }>()?.shown
  const errors = shown ? undefined : answered?.errors
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/payees">Bank details of providers</BackLink>
      <ErrorSummary errors={errors} />
      <header className="stack-s">
        <h1>Bank details of {payee.provider.name}</h1>
        <p>
          <Who
            id={payee.provider.id}
            kind={payee.provider.kind}
            name={<strong>{payee.provider.name}</strong>}
          />
        </p>
        <p>
          <Tag tone={PAYEE_TONE[payee.state] ?? 'plain'}>{payee.stateWords}</Tag>
        </p>
      </header>
      {shown ? (
        <Notice status title="The whole numbers" level={2}>
          <p className="num">
            Sort code {shown.sortCode.replace(/(\d\d)(?=\d)/g, '$1-')}, account number {shown.accountNumber}
          </p>
          <p>That you saw them is written down.</p>
        </Notice>
      ) : null}
      <SummaryList
        rows={[
          { term: 'Name on the account', value: payee.accountName },
          { term: 'Account number', value: `ends in ${payee.account.slice(-3)}` },
          { term: 'Published check', value: `${MODULUS[payee.modulus]} (table ${payee.tableVersion})` },
          {
            term: 'Asked for',
            value: payee.proposed.by
              ? `${payee.proposed.on ?? ''}, by ${payee.proposed.by}`
              : (payee.proposed.on ?? ''),
          },
          ...(payee.before
            ? [
                {
                  term: 'Used until then',
                  value: `${payee.before.name}, ends in ${payee.before.account.slice(-3)}`,
                },
              ]
            : []),
          {
            term: 'Payee check',
            value: payee.check.by
              ? `${payee.check.words}. ${payee.check.by}, ${payee.check.on ?? ''}`
              : payee.check.words,
          },
          ...(payee.callBack
            ? [
                {
                  term: 'Call back',
                  value: `${payee.callBack.by ?? 'Somebody'}, ${payee.callBack.on ?? ''}: “${payee.callBack.note}”`,
                },
              ]
            : []),
          ...(payee.usableFrom ? [{ term: 'Used from', value: payee.usableFrom }] : []),
        ]}
      />
      {payee.state === 'proposed' ? (
        <>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="intent" value="show" />
            <p>
              Your bank needs the whole numbers for the payee check. That you look at them is written down.
            </p>
            <p>
              <Button kind="second">Show the whole numbers</Button>
            </p>
          </form>
          <form method="post" className="card stack" noValidate aria-labelledby="check">
            <h2 id="check">1. What does the bank say of the name?</h2>
            <input type="hidden" name="intent" value="check" />
            <Radios
              name="result"
              label="Payee check"
              options={payee.checks}
              defaultValue={typed(answered, 'result') ?? (payee.check.by ? payee.check.result : null)}
              error={errors?.['result']}
            />
            <p>
              <Button kind="second">Write it down</Button>
            </p>
          </form>
          <form method="post" className="card stack" noValidate aria-labelledby="call">
            <h2 id="call">2. Ring them</h2>
            <p>
              Use the number that you know from before, never one that came with the change.{' '}
              {payee.phone ? `On Kith it is ${payee.phone}.` : 'On Kith they have none.'}
            </p>
            {payee.detailsChangedOn ? (
              <Notice tone="warn" title="Look twice" level={3}>
                <p>
                  Their details on Kith were changed on {payee.detailsChangedOn}, shortly before this. Use a
                  number from your own records.
                </p>
              </Notice>
            ) : null}
            <input type="hidden" name="intent" value="call" />
            <Radios
              name="answer"
              label="Did they confirm it?"
              options={[
                { value: 'yes', label: 'Yes', hint: 'It is used after three working days, not sooner.' },
                { value: 'no', label: 'No', hint: 'It is refused. Where they are paid stays as it was.' },
              ]}
              defaultValue={typed(answered, 'answer') ?? null}
              error={errors?.['answer']}
            />
            <Textarea
              name="note"
              label="Whom did you ring, on which number, and what did they say?"
              rows={3}
              maxLength={500}
              defaultValue={typed(answered, 'note')}
              error={errors?.['note']}
            />
            <p>
              <Button>Write down the call back</Button>
            </p>
          </form>
        </>
      ) : null}
    </div>
  )
}
