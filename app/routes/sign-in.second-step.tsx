import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { landingPage, safeNext } from '#services/accounts/landing.rules.ts'
import { beginSecondStep, finishSecondStep, secondStepPage } from '#services/accounts/second-step.server.ts'
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { CodeField } from '~/components/forms/text-field.tsx'
import { signedInFor } from '~/http/actor.server.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { keptFormId } from '~/http/kept-form.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Second step – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const next = safeNext(url.searchParams.get('next'))
    const step = await secondStepPage(deps, actor, browserOf(request))
    const signedIn = await signedInFor(args)
    if (step.state === 'done' && signedIn) return redirect(next ?? landingPage(signedIn))
    return { step, next }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const next = safeNext(text(form, 'next'))
    return answer(form, async () => {
      const browser = browserOf(request)
      if (text(form, 'intent') === 'begin') {
        await beginSecondStep(deps, actor, browser)
        return redirect(`${url.pathname}${next ? `?next=${encodeURIComponent(next)}` : ''}`)
      }
      const token = await finishSecondStep(deps, actor, { code: text(form, 'code'), browser })
      const on = keptFormId(deps, request) ? '/sign-in/carry-on' : (next ?? '/council')
      return redirect(on, { headers: { 'Set-Cookie': sessionCookie(deps.settings, token) } })
    })
  })

export default function SecondStep() {
  const { step, next } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const hidden = next ? <input type="hidden" name="next" value={next} /> : null
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>One more step</h1>
        <p className="lead">
          You can see other people’s lives here, so a code from your e-mail alone is not enough.
        </p>
      </header>
      {step.state === 'begin' ? (
        <form method="post" className="stack">
          {hidden}
          <input type="hidden" name="intent" value="begin" />
          <p>
            You need an authenticator app on your phone or computer. It is free, and it shows a new code every
            half minute. Your council’s IT team can say which one to use.
          </p>
          <Button size="big">Set up my app</Button>
        </form>
      ) : null}
      {step.state === 'enrol' ? (
        <section className="panel stack-s" aria-labelledby="key">
          <h2 id="key">Put this key into your app</h2>
          <p>In the app choose “enter a setup key”, and type or paste:</p>
          <p className="code-input break">
            <strong>{step.key}</strong>
          </p>
          <p>
            Is the app on this device? <a href={step.uri}>Open it with the key filled in</a>
          </p>
        </section>
      ) : null}
      {step.state === 'enrol' || step.state === 'ask' ? (
        <form method="post" className="stack" noValidate>
          {hidden}
          <CodeField
            name="code"
            label="The six digits your app shows now"
            defaultValue={typed(answered, 'code')}
            error={answered?.errors['code']}
          />
          <Button size="big">Go on</Button>
        </form>
      ) : null}
      {step.state !== 'done' && step.passkeys > 0 ? (
        <p>
          Or{' '}
          <a href={next ? `/sign-in/passkey?next=${encodeURIComponent(next)}` : '/sign-in/passkey'}>
            use your passkey
          </a>
          : it is both steps in one.
        </p>
      ) : null}
      <p className="small soft">
        Lost your phone? Ring whoever looks after Kith at your council. They can take the app off your
        account, once they know that it is you.
      </p>
    </div>
  )
}
