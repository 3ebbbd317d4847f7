import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { raiseDispute } from '#services/contributions/dispute.server.ts'
import { wrongPage } from '#services/contributions/towards-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { tel } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Say that it is wrong – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return wrongPage(deps, actor, url.searchParams.get('week'))
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await raiseDispute(deps, actor, {
        personId: text(form, 'personId'),
        week: text(form, 'week'),
        reason: text(form, 'reason'),
      })
      return redirectWithNotice(
        '/my/money/towards',
        'The council has been told. That part is not collected until they have answered.',
      )
    })
  })

export default function Wrong() {
  const { person, council, week } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money/towards">What you pay towards it</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{week ? 'What is wrong with this week?' : 'Ask for a review'}</h1>
        {week ? (
          <p className="lead">
            {week.words}: the care cost {pounds(week.cost)}, and{' '}
            {person.self ? 'you pay' : `${person.shortName} pays`} {pounds(week.charged)} of it.
          </p>
        ) : (
          <p className="lead">
            Say so if what {person.self ? 'you pay' : `${person.shortName} pays`} is wrong, or more than{' '}
            {person.self ? 'you' : 'they'} can pay.
          </p>
        )}
      </header>
      <p>
        {council.name} answers with the reason. Nothing of that part is collected until then, and the support
        goes on. If a visit did not happen, say so on the visit’s own page, too: then it is not paid for at
        all.
      </p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="personId" value={person.id} />
        <input type="hidden" name="week" value={week?.monday ?? ''} />
        <Textarea
          name="reason"
          label="What is wrong, in your own words"
          hint="Such as: nobody came on Tuesday; my rent went up; I have paid this."
          rows={5}
          maxLength={1_000}
          required
          defaultValue={typed(answered, 'reason')}
          error={answered?.errors['reason']}
        />
        <Button size="big">Tell the council</Button>
      </form>
      <p>
        Or ring <a href={tel(council.phone)}>{council.phone}</a>: somebody writes it down for you.
      </p>
    </div>
  )
}
