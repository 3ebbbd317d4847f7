import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { landingPage, safeNext } from '#services/accounts/landing.rules.ts'
import {
  beginSecondStep,
  finishSecondStep,
  passDemoStep,
  secondStepPage,
  useBackupCode as passWithBackupCode,
} from '#services/accounts/second-step.server.ts'
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { CodeField, TextField } from '~/components/forms/text-field.tsx'
import { AppKey } from '~/components/second-step/app-key.tsx'
import { signedInFor } from '~/http/actor.server.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { keptFormId } from '~/http/kept-form.server.ts'
import { run } from '~/http/run.server.ts'
import { withNext } from '~/http/signed-in.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Second step – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const next = safeNext(url.searchParams.get('next'))
    const step = await secondStepPage(deps, actor, browserOf(request))
    const signedIn = await signedInFor(args)
    if (step.state === 'done' && signedIn) return redirect(next ?? landingPage(signedIn))
    return { step, next, kept: keptFormId(deps, request) !== null }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const next = safeNext(text(form, 'next'))
    const browser = browserOf(request)
    const goOn = (token: string, to: string) =>
      redirect(to, { headers: { 'Set-Cookie': sessionCookie(deps.settings, token) } })
    const on = keptFormId(deps, request) ? withNext('/sign-in/carry-on', next) : (next ?? '/council')
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'begin':
          await beginSecondStep(deps, actor, browser)
          return redirect(withNext(url.pathname, next))
        case 'backup':
          return goOn(
            await passWithBackupCode(deps, actor, { backupCode: text(form, 'backupCode'), browser }),
            on,
          )
        case 'demo':
          return goOn(await passDemoStep(deps, actor, browser), on)
        default: {
          const { token, first } = await finishSecondStep(deps, actor, { code: text(form, 'code'), browser })
          // The app is new: its backup codes come before everything else.
          return goOn(token, first ? withNext('/my/account/backup-codes', on) : on)
        }
      }
    })
  })

export default function SecondStep() {
  const { step, next, kept } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const hidden = next ? <input type="hidden" name="next" value={next} /> : null
  const passkey = next ? `/sign-in/passkey?next=${encodeURIComponent(next)}` : '/sign-in/passkey'
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{step.again ? 'Show once more that it is you' : 'One more step'}</h1>
        <p className="lead">
          {step.again
            ? 'It is more than 10 minutes since you did. What you want to do cannot be taken back.'
            : 'You can see other people’s lives here, so a code from your e-mail alone is not enough.'}
        </p>
        {kept ? <p>What you filled in is kept. Nothing was sent yet.</p> : null}
      </header>
      {step.state === 'begin' && !step.demo ? (
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
      {step.key ? <AppKey {...step.key} /> : null}
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
      {step.passkeys > 0 ? (
        <p>
          {step.state === 'passkey' ? '' : 'Or '}
          <a href={passkey}>{step.state === 'passkey' ? 'Use your passkey' : 'use your passkey'}</a>: it is
          both steps in one.
        </p>
      ) : null}
      {step.state === 'ask' && step.codesLeft > 0 ? (
        <Details kind="box" summary="Use a backup code instead" open={typed(answered, 'intent') === 'backup'}>
          <form method="post" className="stack" noValidate>
            {hidden}
            <input type="hidden" name="intent" value="backup" />
            <TextField
              name="backupCode"
              label="One of your backup codes"
              hint="Ten letters and digits, such as 7K4MP-XQ2RT. Each works once."
              width={8}
              autoComplete="off"
              spellCheck={false}
              defaultValue={typed(answered, 'backupCode')}
              error={answered?.errors['backupCode']}
            />
            <Button kind="second">Go on with it</Button>
          </form>
        </Details>
      ) : null}
      {step.demo ? (
        <form method="post" className="stack-s">
          {hidden}
          <input type="hidden" name="intent" value="demo" />
          <p>This is a demo, and the people in it have no phone. A press is enough here.</p>
          <Button size="big">Count it as done</Button>
        </form>
      ) : null}
      <p className="small soft">
        Lost your phone and your backup codes? Ring an administrator of your council, or whoever runs Kith.
        They can take the app off your account, once they know that it is you.
      </p>
    </div>
  )
}
