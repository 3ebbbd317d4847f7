import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { confirmNewApp, newAppPage } from '#services/accounts/replace-app.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { CodeField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { AppKey } from '~/components/second-step/app-key.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { goneCookie, readSealed, sealedCookie } from '~/http/sealed-cookie.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your authenticator app – Kith' }]

/** The key that is shown, until a code of it was right: the page that says "not yet" shows the same one. */
const COOKIE = 'kith.new_app'
const MINUTES = 15

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const page = await newAppPage(deps, actor, readSealed(deps, request, COOKIE))
    const cookie = sealedCookie(deps, COOKIE, page.pending, MINUTES)
    return data({ replaces: page.replaces, key: page.key }, { headers: { 'Set-Cookie': cookie } })
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const waiting = readSealed(deps, request, COOKIE)
      await confirmNewApp(deps, actor, { code: text(form, 'code'), waiting })
      const onward = await redirectWithNotice(
        '/my/account/backup-codes',
        'Your new authenticator app is set up. Only its codes work from now on.',
      )
      onward.headers.append('Set-Cookie', goneCookie(deps, COOKIE))
      return onward
    })
  })

export default function Authenticator() {
  const { replaces, key } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/account">Your account</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{replaces ? 'Replace your authenticator app' : 'Set up an authenticator app'}</h1>
        <p className="lead">
          {replaces
            ? 'The old app works until the new one has shown its first code.'
            : 'The app shows a new code every half minute.'}
        </p>
      </header>
      <AppKey {...key} />
      <form method="post" className="stack" noValidate>
        <CodeField
          name="code"
          label="The six digits the new app shows now"
          defaultValue={typed(answered, 'code')}
          error={answered?.errors['code']}
        />
        <p className="hint">
          All other devices are signed out{replaces ? ', and your old backup codes stop working' : ''}.
        </p>
        <Button size="big">Use this app</Button>
      </form>
    </div>
  )
}
