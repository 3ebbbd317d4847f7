import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { closeQuestion, sayMore } from '#services/questions/go-on.server.ts'
import { myQuestionPage } from '#services/questions/questions-page.server.ts'
import { Button } from '~/components/button/button.tsx'
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
  run(args, ({ deps, actor, params }) => myQuestionPage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const whose = { personId: text(form, 'personId'), questionId: params['id'] ?? '' }
    return answer(form, async () => {
      if (text(form, 'intent') === 'close') {
        await closeQuestion(deps, actor, whose)
        return redirectWithNotice(url.pathname, 'Closed. You can still read it.')
      }
      await sayMore(deps, actor, { ...whose, words: text(form, 'words') })
      return redirectWithNotice(url.pathname, 'Sent. You are told when they answer.')
    })
  })

export default function MyQuestion() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/questions">Questions to providers</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>{page.about}</h1>
        <p className="lead">
          {page.with}. They do not see who {page.self ? 'you are' : 'it is for'}. Nothing is booked.
        </p>
        <p>
          <Tag tone={page.standing.tone}>{page.standing.words}</Tag>
        </p>
      </header>
      <Conversation messages={page.messages} />
      {page.open ? (
        <>
          <SayMore
            label="Write more"
            hint="They see what you write, and not who you are."
            button="Send it"
            personId={page.personId}
            value={typed(answered, 'words')}
            error={answered?.errors['words']}
          />
          <form method="post" className="no-print">
            <input type="hidden" name="personId" value={page.personId ?? ''} />
            <Button kind="quiet" name="intent" value="close">
              I know what I wanted to know: close it
            </Button>
          </form>
        </>
      ) : null}
      <ul className="plain stack-s">
        {page.serviceHref ? (
          <li>
            <a href={page.serviceHref}>Go to {page.about}, to ask for it</a>
          </li>
        ) : null}
        {page.phone ? (
          <li>
            Call {page.with} on <a href={`tel:${page.phone.replaceAll(' ', '')}`}>{page.phone}</a>
          </li>
        ) : null}
        <li>
          Something about this worries you? <a href="/concern">Raise a concern</a>
        </li>
      </ul>
    </div>
  )
}
