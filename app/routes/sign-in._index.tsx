import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { askForCode } from '#services/accounts/ask-for-code.server.ts'
import { safeNext } from '#services/accounts/landing.rules.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { signedInFor } from '~/http/actor.server.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { keptFormId } from '~/http/kept-form.server.ts'
import { run } from '~/http/run.server.ts'
import { onward, signingInCookie } from '~/http/signed-in.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Sign in – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, request, url }) => {
    const next = safeNext(url.searchParams.get('next'))
    const signedIn = await signedInFor(args)
    if (signedIn) return redirect(onward(deps, request, { signedIn, nameMissing: false, next }))
    return { next, demo: deps.settings.demo, kept: keptFormId(deps, request) !== null }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { email } = await askForCode(deps, actor, { email: text(form, 'email') })
      const cookie = signingInCookie(deps, { email, next: safeNext(text(form, 'next')) })
      return redirect('/sign-in/code', { headers: { 'Set-Cookie': cookie } })
    })
  })

export default function SignIn() {
  const { next, demo, kept } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Sign in</h1>
        <p className="lead">We send a code to your e-mail address. There is no password to remember.</p>
      </header>
      {kept ? (
        <Notice level={2} title="You were signed out while you typed">
          <p>What you filled in is kept for 30 minutes. Sign in, and you can go on with it.</p>
        </Notice>
      ) : null}
      <form method="post" className="stack" noValidate>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <TextField
          name="email"
          label="Your e-mail address"
          hint="If you are new here, the same page makes your account."
          type="email"
          autoComplete="email"
          spellCheck={false}
          defaultValue={typed(answered, 'email')}
          error={answered?.errors['email']}
          required
        />
        <Button size="big">Send me a code</Button>
      </form>
      <p>
        <a href={next ? `/sign-in/passkey?next=${encodeURIComponent(next)}` : '/sign-in/passkey'}>
          Sign in with a passkey
        </a>{' '}
        (your finger, face or PIN), if you have made one.
      </p>
      <section className="stack-s" aria-labelledby="no-email">
        <h2 id="no-email">No e-mail address?</h2>
        <p>
          You need none. Your council’s adviser can set you up, and somebody you trust can do things for you
          here. <a href="/help">How to talk to a person</a>
        </p>
        {demo ? (
          <p>
            This is a demo: <a href="/demo">sign in as one of its people</a> instead.
          </p>
        ) : null}
      </section>
    </div>
  )
}
