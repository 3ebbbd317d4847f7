import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answerTooSmall, tooSmallPage } from '#services/budgets/tell-too-small.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Budgets said to be too small – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => tooSmallPage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await answerTooSmall(deps, actor, { id: text(form, 'id'), answer: text(form, 'answer') })
      return redirectWithNotice(url.pathname, 'They are told what you wrote.')
    })
  })

export default function TooSmall() {
  const { open, more } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const at = typed(answered, 'id')
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/people">People</BackLink>
      <ErrorSummary errors={answered?.errors} ids={at ? { answer: `answer-${at}` } : {}} />
      <header className="stack-s">
        <h1>Budgets that are said to be too small</h1>
        <p className="lead">
          A budget must be enough for the needs that were assessed. Each of these waits for an answer.
        </p>
      </header>
      {open.length === 0 ? (
        <Empty title="Nobody waits for an answer" level={2} />
      ) : (
        <ul className="plain stack">
          {open.map((one) => (
            <li key={one.id}>
              <Card labelledBy={`said-${one.id}`}>
                <h2 id={`said-${one.id}`}>
                  <a href={`/council/people/${one.personId}`}>{one.person}</a>
                </h2>
                <p>
                  {one.fund ?? 'Their budget'}.{' '}
                  {one.missing === null
                    ? 'It was not said how much is missing.'
                    : `${pounds(one.missing)} is missing.`}
                </p>
                {one.words ? <p>“{one.words}”</p> : null}
                <p className="small">
                  Said on {one.day}
                  {one.saidBy ? `, by ${one.saidBy}` : ''}.
                </p>
                <form method="post" className="stack-s" noValidate>
                  <input type="hidden" name="id" value={one.id} />
                  <Textarea
                    name="answer"
                    id={`answer-${one.id}`}
                    label={`What do you answer ${one.person}?`}
                    rows={3}
                    maxLength={2000}
                    defaultValue={at === one.id ? typed(answered, 'answer') : undefined}
                    error={at === one.id ? answered?.errors['answer'] : undefined}
                  />
                  <Button kind="second">
                    Send the answer<span className="vh"> to {one.person}</span>
                  </Button>
                </form>
              </Card>
            </li>
          ))}
        </ul>
      )}
      {more > 0 ? <p>{more} more wait. They show here when these are answered.</p> : null}
    </div>
  )
}
