import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answerQuestion } from '#services/questions/go-on.server.ts'
import { askedQuestionPage } from '#services/questions/questions-page.server.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Conversation } from '~/components/questions/conversation.tsx'
import { SayMore } from '~/components/questions/say-more.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `A question about ${page.about} – Kith` : 'A question – Kith' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => askedQuestionPage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await answerQuestion(deps, actor, { questionId: params['id'] ?? '', words: text(form, 'words') })
      return redirectWithNotice(url.pathname, 'Sent. They are told.')
    })
  })

export default function ProviderQuestion() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/provider/questions">Questions from people</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>{page.about}</h1>
        <p className="lead">{page.with}. You do not learn who it is here.</p>
        <p>
          <Tag tone={page.standing.tone}>{page.standing.words}</Tag>
        </p>
      </header>
      <Conversation messages={page.messages} />
      {page.open ? (
        <SayMore
          label="Your answer"
          hint="Say what it costs, if it costs anything. Do not ask who they are: they decide when to say."
          button="Send the answer"
          personId={null}
          value={typed(answered, 'words')}
          error={answered?.errors['words']}
        />
      ) : (
        <p>They know what they wanted to know, and closed this.</p>
      )}
    </div>
  )
}
