import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { askForCode } from '#services/accounts/ask-for-code.server.ts'
import { signInWithCode } from '#services/accounts/sign-in-with-code.server.ts'
import { Button, LinkLikeButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { CodeField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { readSigningIn, welcome } from '~/http/signed-in.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Type your code – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, request }) => {
    const signingIn = readSigningIn(deps, request)
    if (!signingIn) return redirect('/sign-in')
    return {
      email: signingIn.email,
      readMailAt: deps.settings.demo && !deps.settings.smtpUrl ? '/demo/mail' : null,
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const signingIn = readSigningIn(deps, request)
    if (!signingIn) return redirect('/sign-in')
    return answer(form, async () => {
      if (text(form, 'intent') === 'again') {
        await askForCode(deps, actor, { email: signingIn.email })
        return redirectWithNotice('/sign-in/code', 'We sent a new code. The older ones no longer work.')
      }
      const input = { email: signingIn.email, code: text(form, 'code'), browser: browserOf(request) }
      return welcome(deps, request, await signInWithCode(deps, actor, input), signingIn.next)
    })
  })

export default function Code() {
  const { email, readMailAt } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/sign-in">Use another e-mail address</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Type your code</h1>
        <p>
          We sent six digits to <strong className="break">{email}</strong>. It can take a minute. Look among
          unwanted mail (“junk”, “spam”) too.
        </p>
        {readMailAt ? (
          <p>
            This is a demo: <a href={readMailAt}>read the e-mail here</a>.
          </p>
        ) : null}
      </header>
      <form method="post" className="stack" noValidate>
        <CodeField
          name="code"
          label="Your code"
          hint="It works for 10 minutes, and once."
          defaultValue={typed(answered, 'code')}
          error={answered?.errors['code']}
        />
        <Button size="big">Sign in</Button>
      </form>
      <form method="post">
        <input type="hidden" name="intent" value="again" />
        <p>
          No e-mail? <LinkLikeButton>Send a new code</LinkLikeButton>
        </p>
      </form>
    </div>
  )
}
