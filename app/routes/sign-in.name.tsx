import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { changeName } from '#services/accounts/change-name.server.ts'
import { safeNext } from '#services/accounts/landing.rules.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { signedInFor } from '~/http/actor.server.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { onward } from '~/http/signed-in.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your name – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, url }) => {
    if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
    return { next: safeNext(url.searchParams.get('next')) }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await changeName(deps, actor, { name: text(form, 'name') })
      const signedIn = await signedInFor(args)
      if (!signedIn) return redirect('/')
      return redirect(
        onward(deps, request, { signedIn, nameMissing: false, next: safeNext(text(form, 'next')) }),
      )
    })
  })

export default function Name() {
  const { next } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <form method="post" className="stack" noValidate>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <TextField
          name="name"
          heading
          label="What is your name?"
          hint="As the people you deal with here should read it."
          autoComplete="name"
          maxLength={120}
          defaultValue={typed(answered, 'name')}
          error={answered?.errors['name']}
          required
        />
        <Button size="big">Go on</Button>
      </form>
    </div>
  )
}
