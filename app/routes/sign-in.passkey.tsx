import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { safeNext } from '#services/accounts/landing.rules.ts'
import { passkeyChallenge, signInWithPasskey } from '#services/accounts/passkeys.server.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PasskeyButton } from '~/components/passkey/passkey-button.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { run } from '~/http/run.server.ts'
import { welcome } from '~/http/signed-in.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Sign in with a passkey – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const { options, cookies } = await passkeyChallenge(deps, actor)
    const headers = new Headers()
    for (const cookie of cookies) headers.append('Set-Cookie', cookie)
    return data({ options, next: safeNext(url.searchParams.get('next')) }, { headers })
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const session = await signInWithPasskey(deps, actor, {
        response: text(form, 'response'),
        browser: browserOf(request),
      })
      return welcome(deps, request, session, text(form, 'next'))
    })
  })

export default function Passkey() {
  const { options, next } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}>
        Use a code instead
      </BackLink>
      <ErrorSummary errors={answered?.errors} title="You are not signed in" />
      <header className="stack-s">
        <h1>Sign in with a passkey</h1>
        <p className="lead">
          Your phone or computer asks for your finger, your face or a PIN. We never see those.
        </p>
      </header>
      <form method="post" action="/sign-in/passkey" className="stack">
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <PasskeyButton kind="use" options={options}>
          Use my passkey
        </PasskeyButton>
      </form>
    </div>
  )
}
