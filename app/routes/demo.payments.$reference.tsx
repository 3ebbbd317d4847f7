import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { leaveHostedPage, sandboxHostedPage } from '#services/payments/sandbox-pages.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'The sandbox’s page – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const page = await sandboxHostedPage(deps, actor, params['reference'] ?? '')
    return page ?? redirect('/demo/payments')
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const done = text(await readForm(request), 'leave') === 'done'
    return redirect(await leaveHostedPage(deps, actor, { reference: params['reference'] ?? '', done }))
  })

const DONE = {
  checkout: 'Pay',
  card: 'Save the demo card that ends in 4242',
  direct_debit: 'Set up the Direct Debit',
  agree: 'Agree to the payment',
  account: 'Give everything that is asked',
} as const

export default function Hosted() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <header className="stack-s">
        <h1>{page.words}</h1>
        {page.amount === null ? null : <p className="lead">{pounds(page.amount)}</p>}
      </header>
      <Notice title="This is the sandbox: no money moves" level={2}>
        <p>Here a payment service’s own page would stand. It asks for nothing real: only press.</p>
      </Notice>
      <form method="post" className="row">
        <Button size="big" name="leave" value="done">
          {DONE[page.kind]}
        </Button>
        <Button kind="second" name="leave" value="back">
          {page.kind === 'agree' ? 'Do not agree' : 'Go back without it'}
        </Button>
      </form>
    </div>
  )
}
