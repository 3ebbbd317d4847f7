import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { colleaguePage, resetColleague } from '#services/accounts/colleagues.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { roleWords, stepWords } from '~/components/second-step/words.ts'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A colleague – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => colleaguePage(deps, actor, params['userId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const input = { userId: params['userId'] ?? '', seen: text(form, 'seen') }
      const { name } = await resetColleague(deps, actor, input)
      return redirectWithNotice(
        '/council/colleagues',
        `The second step of ${name} was reset, and they are told by e-mail.`,
      )
    })
  })

export default function Colleague() {
  const one = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/colleagues">All colleagues</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <h1>{one.name}</h1>
      <SummaryList
        rows={[
          { term: 'What they do', value: roleWords(one) },
          { term: 'Where', value: one.council },
          { term: 'E-mail address', value: <span className="break">{one.email}</span> },
          { term: 'Second step', value: stepWords(one) },
        ]}
      />
      <form method="post" className="card stack" noValidate aria-labelledby="reset">
        <h2 id="reset">Have they lost their phone and their codes?</h2>
        <p>
          Then take everything off: the app, its backup codes and all passkeys. They are signed out
          everywhere, get an e-mail, and set up a new app at their next sign-in. Your name is kept with it.
        </p>
        <Radios
          name="seen"
          label="How did you make sure that it is them?"
          hint="An e-mail or a call from them is not enough."
          options={[
            { value: 'in_person', label: 'I saw them' },
            { value: 'video', label: 'I saw them in a video call' },
            { value: 'known_number', label: 'I rang them on a number that we had before' },
          ]}
          defaultValue={typed(answered, 'seen')}
          error={answered?.errors['seen']}
        />
        <p>
          <Button kind="danger">Reset their second step</Button>
        </p>
      </form>
    </div>
  )
}
