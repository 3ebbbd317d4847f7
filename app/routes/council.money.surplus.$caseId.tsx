import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { decideSurplus, endAppeal } from '#services/surplus/answer-surplus.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { councilSurplusPage } from '#services/surplus/surplus-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { MoneyField, Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SurplusFacts } from '~/components/surplus/surplus-facts.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Surplus – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => councilSurplusPage(deps, actor, params['caseId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const input = { reclaim: text(form, 'reclaim'), decision: text(form, 'decision') }
    return answer(form, async () => {
      const decide = text(form, 'intent') === 'end' ? endAppeal : decideSurplus
      await decide(deps, actor, params['caseId'] ?? '', input)
      return redirectWithNotice(url.pathname, 'It is decided, and the person is told.')
    })
  })

export default function CouncilSurplus() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const asks = page.decides || page.endsAppeal
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/surplus">Surplus</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <h1>
        {page.person}: {page.fund}
      </h1>
      <SurplusFacts {...page} />
      {page.answer ? (
        <p>
          {page.person} wrote: “{page.answer}”
        </p>
      ) : null}
      {page.decision ? (
        <p>
          Decided: {page.reclaim === null || page.reclaim === 0 ? 'nothing' : pounds(page.reclaim)} goes back.
          “{page.decision}”
          {page.state === 'decided' && page.appealBy ? ` It can be appealed until ${page.appealBy}.` : ''}
        </p>
      ) : null}
      {page.appeal ? (
        <p>
          {page.person} appealed: “{page.appeal}”
        </p>
      ) : null}
      {page.ownDecision ? (
        <Notice tone="info">
          <p>You decided this. Somebody else of your team looks at the appeal.</p>
        </Notice>
      ) : null}
      {asks ? (
        <form method="post" className="stack" noValidate>
          <input type="hidden" name="intent" value={page.endsAppeal ? 'end' : 'decide'} />
          <MoneyField
            name="reclaim"
            label="How much goes back"
            hint="0 when the person keeps all of it."
            defaultValue={typed(answered, 'reclaim')}
            error={answered?.errors['reclaim']}
          />
          <Textarea
            name="decision"
            label="Why"
            hint="The person reads this."
            rows={4}
            maxLength={1000}
            defaultValue={typed(answered, 'decision')}
            error={answered?.errors['decision']}
          />
          <Button size="big">{page.endsAppeal ? 'End the appeal' : 'Decide'}</Button>
        </form>
      ) : null}
    </div>
  )
}
