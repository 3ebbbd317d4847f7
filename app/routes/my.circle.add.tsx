import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { giveAuthority } from '#services/circle/add-authority.server.ts'
import { circlePage, supporterChoices } from '#services/circle/circle-page.server.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { SupporterFields } from '~/components/circle/supporter-fields.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { supporterForm } from '~/http/circle-forms.server.ts'
import { ticked, typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Ask somebody to support me – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => {
    const { mine } = await circlePage(deps, actor)
    if (!mine && actor.kind === 'user' && actor.actingFor)
      throw new DomainError(
        'FORBIDDEN',
        `Only ${actor.actingFor.personName}, or their council, can choose who supports them.`,
      )
    if (!mine) throw notFound()
    return { choices: supporterChoices(), organisations: mine.organisations, personId: mine.personId }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await giveAuthority(deps, actor, {
        ...supporterForm(form),
        personId: text(form, 'personId'),
      } as Parameters<typeof giveAuthority>[2])
      return redirectWithNotice(
        '/my/circle',
        'They were told by e-mail. They can do things for you as soon as they sign in.',
      )
    })
  })

export default function AddSupporter() {
  const { choices, organisations, personId } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/circle">My circle</BackLink>
      <ErrorSummary errors={answered?.errors} ids={{ who: 'who', type: 'type', scopes: 'scopes' }} />
      <header className="stack-s">
        <h1>Ask somebody to support me</h1>
        <p className="lead">
          They can then do here what you allow, and every page and record says that it was them.
        </p>
      </header>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="personId" value={personId} />
        <SupporterFields
          {...choices}
          organisations={organisations}
          errors={answered?.errors}
          value={(name) => typed(answered, name)}
          chosenScopes={ticked(answered, 'scopes')}
          endsOn={typedDate(answered, 'endsOn')}
          whom="you"
        />
        <p>
          Somebody who receives and manages a direct payment for you, or decides for you, is written down by
          your council. <a href="/help">Ask your council</a>
        </p>
        <Button size="big">Let them support me</Button>
      </form>
    </div>
  )
}
