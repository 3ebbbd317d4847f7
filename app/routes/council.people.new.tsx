import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilsOfAdviser } from '#services/circle/people-page.server.ts'
import { setUpPerson } from '#services/circle/set-up-person.server.ts'
import { Button } from '~/components/button/button.tsx'
import { PersonFields } from '~/components/circle/person-fields.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { personForm } from '~/http/circle-forms.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Set up a person – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => ({ councils: await councilsOfAdviser(deps, actor) }))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const id = await setUpPerson(deps, actor, { ...personForm(form), email: text(form, 'email') })
      return redirectWithNotice(
        `/council/people/${id}`,
        'They are set up. Next, write down who may act for them.',
      )
    })
  })

export default function NewPerson() {
  const { councils } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const value = (name: string) => typed(answered, name)
  const field = fieldProps({ errors: answered?.errors, value })
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/people">People</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Set up a person</h1>
        <p className="lead">
          With an e-mail address they can sign in themselves. Without one they are acted for.
        </p>
      </header>
      <form method="post" className="stack" noValidate>
        <PersonFields councils={councils} errors={answered?.errors} value={value} />
        <TextField
          {...field('email')}
          type="email"
          label="E-mail address, if they have one of their own"
          hint="Not a supporter’s address: supporters have their own accounts."
          spellCheck={false}
        />
        <Button size="big">Set them up</Button>
      </form>
    </div>
  )
}
