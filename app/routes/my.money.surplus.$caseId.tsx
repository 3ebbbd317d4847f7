import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { answerSurplus, appealSurplus } from '#services/surplus/answer-surplus.server.ts'
import { surplusPage } from '#services/surplus/surplus-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SurplusFacts } from '~/components/surplus/surplus-facts.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A question about your money – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => surplusPage(deps, actor, params['caseId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const caseId = params['caseId'] ?? ''
    return answer(form, async () => {
      if (text(form, 'intent') === 'appeal')
        await appealSurplus(deps, actor, caseId, { appeal: text(form, 'appeal') })
      else await answerSurplus(deps, actor, caseId, { answer: text(form, 'answer') })
      return redirectWithNotice(
        url.pathname,
        'The council has what you wrote. Nothing moves before you hear from them.',
      )
    })
  })

export default function Surplus() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">My money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{page.fund}: is this money needed?</h1>
        <p className="lead">
          {pounds(page.surplus)} more lies in this fund than {page.council.name} lets lie without asking.
        </p>
      </header>
      <SurplusFacts {...page} />
      {page.decision ? (
        <Notice title="What the council decided" level={2}>
          <p>
            {page.reclaim ? `${pounds(page.reclaim)} is to go back. ` : 'Nothing is taken. '}
            {page.decision}
          </p>
          {page.canAppeal ? <p>If you do not agree, say so by {page.appealBy}.</p> : null}
        </Notice>
      ) : null}
      {page.appeal ? (
        <p>You wrote: “{page.appeal}”</p>
      ) : page.answer ? (
        <p>You wrote: “{page.answer}”</p>
      ) : null}
      {page.mayAct && (page.state === 'told' || page.state === 'answered') ? (
        <form method="post" className="stack" noValidate>
          <Textarea
            name="answer"
            label="What is the money for?"
            hint="Such as: a weekend away in June, or I was in hospital and start again in March."
            rows={4}
            maxLength={1000}
            defaultValue={typed(answered, 'answer') ?? page.answer}
            error={answered?.errors['answer']}
          />
          <Button size="big">Tell the council</Button>
        </form>
      ) : null}
      {page.mayAct && page.canAppeal ? (
        <form method="post" className="stack" noValidate>
          <input type="hidden" name="intent" value="appeal" />
          <Textarea
            name="appeal"
            label="Why do you not agree?"
            rows={4}
            maxLength={1000}
            defaultValue={typed(answered, 'appeal')}
            error={answered?.errors['appeal']}
          />
          <Button size="big">Appeal</Button>
        </form>
      ) : null}
      <p>
        Would you rather talk? Ring {page.council.name}: {page.council.phone}.
      </p>
    </div>
  )
}
