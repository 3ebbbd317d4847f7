import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { addPasskey, newPasskeyChallenge } from '#services/accounts/passkeys.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PasskeyButton } from '~/components/passkey/passkey-button.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Make a passkey – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    try {
      const { options, cookies } = await newPasskeyChallenge(deps, actor, browserOf(request))
      const headers = new Headers()
      for (const cookie of cookies) headers.append('Set-Cookie', cookie)
      return data({ options, refusal: null }, { headers })
    } catch (error) {
      if (isDomainError(error) && error.code === 'REFUSED_BY_RULE')
        return data({ options: null, refusal: error.publicMessage }, { status: 409 })
      throw error
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const input = {
        name: text(form, 'name'),
        response: text(form, 'response'),
        browser: browserOf(request),
      }
      await addPasskey(deps, actor, input)
      return redirectWithNotice('/my/account', 'The passkey is made. You can sign in with it from now on.')
    })
  })

export default function NewPasskey() {
  const { options, refusal } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/account">Your account</BackLink>
      <ErrorSummary errors={answered?.errors} title="No passkey was made" />
      <header className="stack-s">
        <h1>Make a passkey</h1>
        <p className="lead">Your phone or computer keeps it, and asks for your finger, your face or a PIN.</p>
      </header>
      {options ? (
        <form method="post" className="stack">
          <TextField
            name="name"
            label="What to call it"
            hint="So that you know it again, such as “my phone”."
            maxLength={60}
            defaultValue={typed(answered, 'name') ?? 'This device'}
            error={answered?.errors['name']}
          />
          <PasskeyButton kind="make" options={options}>
            Make a passkey
          </PasskeyButton>
        </form>
      ) : (
        <Notice tone="warn" level={2} title="This cannot be done now">
          <p>{refusal}</p>
        </Notice>
      )}
    </div>
  )
}
