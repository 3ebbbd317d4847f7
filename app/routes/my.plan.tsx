import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { planPage } from '#services/plans/plan-page.server.ts'
import { takeAnswersOut } from '#services/plans/put-answers.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PlanShown } from '~/components/plan/plan-shown.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Plan – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => planPage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await takeAnswersOut(deps, actor, { personId: text(form, 'personId') })
      return redirectWithNotice('/my/plan', 'The answers are out of the plan, and gone from it for good.')
    })
  })

export default function Plan() {
  const { personId, self, shortName, council, plan, answers, mayChange } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const they = self ? 'you' : shortName
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/week">{self ? 'My week' : `${shortName}’s week`}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>{self ? 'My plan' : `${shortName}’s plan`}</h1>
        <p className="lead">
          {self ? 'You' : shortName}, advisers of {council} and supporters who may see the plan can read this
          page.
        </p>
      </header>
      <PlanShown
        plan={plan}
        answers={answers}
        noPlan={
          <p>
            {council} has agreed no plan with {they} here yet.{' '}
            <a href="/rights">How an assessment is asked for</a>
          </p>
        }
        noAnswers={
          <p>
            Nothing is written here. You can answer{' '}
            <a href="/choose">a few questions about what would help</a>, and then put into the plan what{' '}
            {self ? 'you want' : `${shortName} wants`} in it.
          </p>
        }
      >
        {mayChange && answers ? (
          <div className="row no-print">
            <LinkButton href="/choose/plan" kind="second">
              Put newer answers in
            </LinkButton>
            <form method="post">
              <input type="hidden" name="personId" value={personId} />
              <Button kind="quiet">Take it out of the plan</Button>
            </form>
          </div>
        ) : null}
      </PlanShown>
    </div>
  )
}
