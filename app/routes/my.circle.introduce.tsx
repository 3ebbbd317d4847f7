import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { startActing } from '#services/circle/acting.server.ts'
import { councilsOpenToSupporters } from '#services/circle/people-page.server.ts'
import { introducePerson } from '#services/circle/set-up-person.server.ts'
import { Button } from '~/components/button/button.tsx'
import { PersonFields } from '~/components/circle/person-fields.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Checkbox } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { personForm } from '~/http/circle-forms.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Set up somebody I help – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => ({ councils: await councilsOpenToSupporters(deps, actor) }))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const authorityId = await introducePerson(deps, actor, {
        ...personForm(form),
        relationship: text(form, 'relationship'),
        agreed: text(form, 'agreed') as 'yes',
      })
      const name = await startActing(deps, actor, { authorityId })
      return redirectWithNotice('/my/circle', `${name} is set up. You are now doing things for ${name}.`)
    })
  })

export default function Introduce() {
  const { councils } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const value = (name: string) => typed(answered, name)
  const field = fieldProps({ errors: answered?.errors, value })
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/circle">People I support</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Set up somebody I help</h1>
        <p className="lead">
          For somebody who has no e-mail address and wants you to do things here for them.
        </p>
      </header>
      {councils.length === 0 ? (
        <Empty title="Councils here do this themselves">
          <p>
            Ring the adult social care team of their council. <a href="/help">Telephone numbers</a>
          </p>
        </Empty>
      ) : (
        <form method="post" className="stack" noValidate>
          <PersonFields councils={councils} errors={answered?.errors} value={value} />
          <TextField
            {...field('relationship')}
            label="What are you to them?"
            hint="Such as: sister, neighbour."
            maxLength={60}
            required
          />
          {answered?.errors['agreed'] ? (
            <p className="error-text">{answered.errors['agreed'].join(' ')}</p>
          ) : null}
          <Checkbox
            name="agreed"
            label="They know that I set this up for them, and they agree"
            defaultChecked={value('agreed') === 'yes'}
          />
          <Button size="big">Set them up</Button>
        </form>
      )}
    </div>
  )
}
