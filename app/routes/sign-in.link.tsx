import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readSignInLink } from '#services/accounts/sign-in-link.server.ts'
import { signInWithCode } from '#services/accounts/sign-in-with-code.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { run } from '~/http/run.server.ts'
import { readSigningIn, welcome } from '~/http/signed-in.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Sign in – Kith' }]

/** Mail programs open links by themselves to check them: opening this page signs nobody in. */
export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, url }) => {
    const sealed = (url.searchParams.get('t') ?? '').slice(0, 2_000)
    return { sealed, email: readSignInLink(deps, sealed)?.email ?? null }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const link = readSignInLink(deps, text(form, 't'))
      if (!link)
        throw new DomainError('INVALID', 'This link is more than 10 minutes old. Ask for a new code.')
      const session = await signInWithCode(deps, actor, { ...link, browser: browserOf(request) })
      return welcome(deps, request, session, readSigningIn(deps, request)?.next ?? null)
    })
  })

export default function Link() {
  const { sealed, email } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  // The code is not on this page: what is wrong with it is said about the whole.
  const errors = answered ? { '': Object.values(answered.errors).flat() } : null
  if (!email || errors)
    return (
      <div className="narrow stack-l">
        <ErrorSummary errors={errors} title="You are not signed in" />
        <h1>Ask for a new code</h1>
        <p>This link works for 10 minutes, and once. Nothing is lost: a new one takes a minute.</p>
        <p>
          <LinkButton href="/sign-in" size="big">
            Ask for a new code
          </LinkButton>
        </p>
      </div>
    )
  return (
    <div className="narrow stack-l">
      <h1>Sign in to Kith</h1>
      <p>
        As <strong className="break">{email}</strong>
      </p>
      <form method="post" action="/sign-in/link">
        <input type="hidden" name="t" value={sealed} />
        <Button size="big">Sign in</Button>
      </form>
      <p className="small soft">If you did not ask to sign in, close this page.</p>
    </div>
  )
}
