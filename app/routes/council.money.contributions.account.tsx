import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { payToPage, savePayTo } from '#services/contributions/pay-to.server.ts'
import { councilAccounts, setUpCouncilAccount } from '#services/payments/council-account.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Where people pay to – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const accounts = await councilAccounts(deps, actor, url.searchParams.get('back'))
    const { councils } = await payToPage(deps, actor)
    return {
      councils: councils.map((council) => ({
        ...council,
        online: accounts.find(({ councilId }) => councilId === council.id) ?? null,
      })),
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      if (text(form, 'intent') === 'set_up')
        return redirect(await setUpCouncilAccount(deps, actor, text(form, 'councilId')))
      await savePayTo(deps, actor, {
        councilId: text(form, 'councilId'),
        name: text(form, 'name'),
        sortCode: text(form, 'sortCode'),
        account: text(form, 'account'),
      })
      return redirectWithNotice(
        '/council/money/contributions',
        'Saved. People who pay by bank transfer see it from now on.',
      )
    })
  })

export default function Account() {
  const { councils } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/contributions">What people pay towards it</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Where people pay to</h1>
        <p className="lead">
          People pay by bank transfer to the account that stands here, and by card and Direct Debit once that
          is set up.
        </p>
      </header>
      {councils.map((council) => {
        const mine = councils.length === 1 || typed(answered, 'councilId') === council.id
        const field = (name: 'name' | 'sortCode' | 'account') => ({
          name,
          id: councils.length === 1 ? name : `${name}-${council.id}`,
          defaultValue: (mine ? typed(answered, name) : undefined) ?? council.account[name],
          error: mine ? answered?.errors[name] : undefined,
        })
        return (
          <section key={council.id} className="stack-l" aria-label={council.name}>
            <h2>{council.name}</h2>
            <form method="post" className="stack" noValidate aria-label={`Bank account of ${council.name}`}>
              <h3>By bank transfer</h3>
              <input type="hidden" name="councilId" value={council.id} />
              <TextField {...field('name')} label="Name of the account" maxLength={80} required />
              <TextField
                {...field('sortCode')}
                label="Sort code"
                hint="Six digits"
                width={8}
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                required
              />
              <TextField
                {...field('account')}
                label="Account number"
                hint="Eight digits"
                width={8}
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                required
              />
              <Button>Save</Button>
            </form>
            {council.online ? <Online councilId={council.id} account={council.online} /> : null}
          </section>
        )
      })}
    </div>
  )
}

type Account = Awaited<ReturnType<typeof councilAccounts>>[number]

function Online({ councilId, account }: { councilId: string; account: Account }) {
  const { status, words, missing, dueBy, label } = account
  return (
    <div className="stack">
      <h3>By card and Direct Debit</h3>
      <p>
        {status === 'ready'
          ? 'People can pay by card and by Direct Debit. The money goes to the council’s own account at the payment service, and from there to its bank.'
          : status === 'new'
            ? 'This is not set up yet. The money goes to an account of the council’s own at the payment service, and from there to its bank; none of it passes through Kith.'
            : words.what}{' '}
        {label}
      </p>
      {missing.length > 0 ? (
        <Notice tone="warn" title="What is missing" level={4}>
          <ul>
            {missing.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
          {dueBy ? <p>Give it by {dueBy}: after that people cannot pay like this.</p> : null}
        </Notice>
      ) : null}
      {status === 'ready' || status === 'checking' ? null : (
        <form method="post">
          <input type="hidden" name="intent" value="set_up" />
          <input type="hidden" name="councilId" value={councilId} />
          <Button kind="second">
            {status === 'new' || status === 'closed'
              ? 'Set up card and Direct Debit'
              : 'Give what is missing'}
          </Button>
        </form>
      )}
    </div>
  )
}
